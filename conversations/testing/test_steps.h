// The steps of one conversation test, as they stand in its file: what the person does, one thing a step, and
// what is expected then, any number of things a step.
//
// One thread. Codes: see test_file.h.
#pragma once

#include <string>
#include <vector>

#include "config/yaml.h"
#include "conversations/testing/test_file.h"
#include "conversations/testing/test_names.h"

namespace parley::conversations {

/// `list`: the value of a test's `steps`. `language`: of the test, for example sentences.
std::vector<TestStep> read_test_steps(const config::Node& list, const TestNames& names,
                                      const std::string& language);

/// A value as YAML means it: 12, 2.5, true, null, text, list, map.
Json json_of(const config::Node& node);

}  // namespace parley::conversations
