// The record of assessments, drills and the phases of channels, so that a climb can be shown over time:
// maturity.db beside the ledger, an SQLite file of its own because verbs write it while a server runs, which
// is the only writer of its ledger.
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

/// The last assessment of one version of a bot, with its whole report (to_json in assessment.h, as text).
struct LastAssessment {
  RecordedAssessment row;
  std::string report;
};

/// From `at` on a channel was in this phase.
struct RecordedPhase {
  TimePoint at{};
  std::string channel, bot, version;
  std::string phase;         // "open", "preview", "closed"
  int opens_at = 0;          // the level that its settings asked for
  std::optional<int> level;  // that was measured; none: nothing was
  bool below = false;        // the bot stood below what the channel had opened at
};

class MaturityRecord {
 public:
  /// Beside this ledger; made if it is not there.
  static Result<MaturityRecord> open_beside(const std::filesystem::path& ledger);

  Result<Done> add(const Assessment& assessment, TimePoint at);
  Result<Done> add(const RecordedDrill& drill);
  Result<Done> add(const RecordedPhase& phase);

  /// Oldest first.
  Result<std::vector<RecordedAssessment>> history(const std::string& bot) const;
  /// The last one of this name on this version of the bot.
  Result<std::optional<RecordedDrill>> last_drill(const std::string& bot, const std::string& version,
                                                  const std::string& name) const;
  /// By this model.
  Result<std::optional<LastAssessment>> last_assessment(const std::string& bot, const std::string& version,
                                                        const std::string& model) const;
  /// Of all channels of the bot, oldest first.
  Result<std::vector<RecordedPhase>> phases(const std::string& bot) const;

 private:
  explicit MaturityRecord(sqlite::Connection connection) : connection_(std::move(connection)) {}
  sqlite::Connection connection_;
};

}  // namespace parley::cli
