// The results of tests as JUnit XML, which build servers read.
//
// One <testsuite> a file of tests, one <testcase> a test, a <failure> with the difference in it. Source: the
// schema that Jenkins ships (jenkinsci/xunit-plugin, junit-10.xsd). Pure; any thread.
#pragma once

#include <string>

#include "conversations/testing/test_runner.h"

namespace parley::conversations {

/// `bot` names the whole.
std::string junit_xml(const TestReport& report, const std::string& bot);

}  // namespace parley::conversations
