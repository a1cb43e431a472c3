// Coverage as people and programs read it: a table, JSON, and the files of the flows with a count before each
// line. Pure; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/testing/coverage.h"

namespace parley::conversations {

/// Steps, branches, texts and intents, as a whole, by language and by flow; then the intents and texts that
/// nothing touched.
std::string coverage_table(const Coverage& coverage);

/// {"total", "languages", "flows":[{"flow", "path", "steps", "branches", "texts", "untouched_lines"}],
/// "untouched_intents"}; each figure {"touched", "total"}.
Json to_json(const Coverage& coverage);

/// The flows' files, by path: each line of `content_of` behind how often the steps that begin there were
/// taken ("-" where none begins, "!" where one was never taken), below a step the branches and texts that
/// were not.
std::map<std::string, std::string> listings(const Coverage& coverage,
                                            const std::map<std::string, std::string>& content_of);

}  // namespace parley::conversations
