// A table of decisions that were made: one row a case, one column a fact, and one column that says what was
// decided.
//
//   topic,urgent,hour,desk
//   vpn,yes,9,network
//   laptop,no,,workplace          an empty cell: not known
//
// CSV or TSV with a header (records.h). A column in which every value is a number is a number; one that holds
// only yes and no, or only true and false, is a flag; any other is a text. White space around a value does
// not count. Numbers are kept as 32-bit floats.
//
// Errors: every mistake is reported to Findings (codes `unreadable`, `too-large`, `not-utf8`, `table`), up to
// kTableFindingsMax for a table. Thread rule: plain data; one thread a call.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "engine/decision_tree.h"

namespace parley::intents {

inline constexpr std::size_t kTableMaxBytes = 16u << 20;

struct DecisionTable {
  struct Column {
    DecisionFeature feature;
    std::vector<float> values;  // by row: the number, 1 or 0, the number of the category; NaN: not known
  };

  std::string target;  // name of the column that says what was decided
  std::vector<Column> columns;
  std::vector<std::string> outcomes;     // sorted
  std::vector<std::uint32_t> decisions;  // by row: an index into outcomes

  std::size_t rows() const { return decisions.size(); }
};

/// `target` names the column of decisions; empty: the last one. Nullopt when something was reported.
std::optional<DecisionTable> read_decision_table(const std::filesystem::path& path, const std::string& target,
                                                 config::Findings& findings,
                                                 std::size_t bytes_max = kTableMaxBytes);
/// The same from text in memory; findings call it `shown_as`.
std::optional<DecisionTable> read_decision_table(std::string_view content, const std::string& shown_as,
                                                 const std::string& target, config::Findings& findings);

inline constexpr std::size_t kTableColumnsMax = 200;
inline constexpr std::size_t kTableRowsMax = 200'000;
inline constexpr std::size_t kTableCategoriesMax = 1'000;  // different texts in one column
inline constexpr std::size_t kTableOutcomesMax = 100;      // different decisions
inline constexpr std::size_t kTableFindingsMax = 20;       // reported for one table

}  // namespace parley::intents
