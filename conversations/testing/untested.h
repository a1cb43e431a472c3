// Flows that no conversation test touches, as far as the tests' text tells: the classifier is not asked.
//
// A test touches a flow when it says one of its intents' sentences or a button's words, expects one of its
// texts, names it under `ended`, or calls an operation that it calls; and then also the flows that it runs. A
// bot without any test gets no warnings: it has just begun. Code: untested-flow. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/diagnostic.h"
#include "conversations/flows/flow.h"
#include "conversations/testing/test_file.h"

namespace parley::conversations {

/// `sentences`: intent -> its example sentences.
void check_untested_flows(const Program& program, const std::vector<ConversationTest>& tests,
                          const std::map<std::string, std::vector<std::string>>& sentences,
                          config::Findings& findings);

}  // namespace parley::conversations
