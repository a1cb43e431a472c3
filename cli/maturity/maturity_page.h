// An assessment as one HTML page for a board: where the bot stands on each axis, drawn; each bar with what
// was measured; what to do next; what is waived; how it climbed. Nothing from elsewhere, no scripts; all text
// is escaped.
//
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "cli/maturity/assessment.h"
#include "cli/maturity/record.h"

namespace parley::cli {

/// `history`: oldest first; may be empty.
std::string maturity_page(const Assessment& assessment, const std::vector<RecordedAssessment>& history);

}  // namespace parley::cli
