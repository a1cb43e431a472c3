// The record of assessments and drills, so that a climb can be shown over time: maturity.db beside the
// ledger, an SQLite file of its own because a running server is the only writer of the ledger.
//
// Rows are only ever added; a trigger refuses to change one. Errors: kUnavailable (can't be read or
// written, or another process writes for longer than kRecordWaitMs), kCorrupt, kConflict (another program's
// file, or of a newer version). Thread rule: one thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/maturity/assessment.h"
#include "engine/message.h"
#include "engine/sqlite.h"

namespace parley::cli {

inline constexpr int kRecordWaitMs = 5'000;

struct RecordedAssessment {
  TimePoint at{};
  std::string version, model;
  std::array<int, config::kAxes.size()> axis_levels{};
  int level() const { return *std::min_element(axis_levels.begin(), axis_levels.end()); }
};

struct RecordedDrill {
  TimePoint at{};
  std::string bot, version, name;
  bool passed = false;
  std::string report;
};

class MaturityRecord {
 public:
  /// Beside this ledger; made if it is not there.
  static Result<MaturityRecord> open_beside(const std::filesystem::path& ledger);

  Result<Done> add(const Assessment& assessment, TimePoint at);
  Result<Done> add(const RecordedDrill& drill);

  /// Oldest first.
  Result<std::vector<RecordedAssessment>> history(const std::string& bot) const;
  /// The last one of this name on this version of the bot.
  Result<std::optional<RecordedDrill>> last_drill(const std::string& bot, const std::string& version,
                                                  const std::string& name) const;

 private:
  explicit MaturityRecord(sqlite::Connection connection) : connection_(std::move(connection)) {}
  sqlite::Connection connection_;
};

}  // namespace parley::cli
