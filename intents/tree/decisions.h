// The decisions of a bot: decisions/NAME.csv or .tsv, a table that a tree is grown from here and now, or
// decisions/NAME.json, a tree that `parley tree --json` made with settings of its own.
//
// Tables decide by their last column and are grown as far as they go, so that every row without a
// contradiction is decided as it says. Growing takes milliseconds: tables are small (kDecisionTableMaxBytes).
//
// Codes: duplicate-decision, table, and those of table.h and tree_json.h. One thread a call.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "config/diagnostic.h"
#include "engine/decision_tree.h"

namespace parley::intents {

/// By name; null where something was reported, so that its uses need not be reported too.
std::map<std::string, std::shared_ptr<const DecisionTree>> read_decisions(
    const std::filesystem::path& bot_folder, config::Findings& findings);

inline constexpr std::size_t kDecisionTableMaxBytes = 1u << 20;

}  // namespace parley::intents
