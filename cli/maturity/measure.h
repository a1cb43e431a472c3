// What is measured of a bot, and how: the names that the bars of a maturity model may use.
//
// A share is measured over a number of things, and comes with the interval in which it lies at the model's
// confidence (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927):
// beside `ledger.fallback` there are `ledger.fallback.low`, `.high` and `.count`. A bar that asks for the far
// end of the interval can't be met by luck on few conversations.
//
// A measure without a value says why it has none; a bar that needs it is not met. Plain values; pure.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/cel/declarations.h"

namespace parley::cli {

enum class Unit {
  kCount,
  kShare,     // of things that were counted, 0 to 1, with its interval
  kFraction,  // 0 to 1, without one
  kMilliseconds,
  kYesNo,
};

/// A row of the table of measures.
struct MeasureKind {
  std::string_view name;  // "tests.failed"
  Unit unit;
  std::string_view what;  // in words, for reports: "tests that fail"
};

/// All that there is, by source: files, understanding, tests, ledger, drills.
const std::vector<MeasureKind>& measure_kinds();

struct Measure {
  std::optional<double> value;      // a count, a share from 0 to 1, milliseconds, or 0 and 1
  std::string missing;              // why there is no value
  std::size_t count = 0;            // of a share: of how many
  double low = 0, high = 0;         // of a share
  std::vector<std::string> places;  // what it is about, at most kPlacesMax: "flows/leave.yaml:12: ..."
};
inline constexpr std::size_t kPlacesMax = 5;

class Measures {
 public:
  explicit Measures(double confidence) : confidence_(confidence) {}

  /// `name` must be one of measure_kinds().
  void set(std::string_view name, double value, std::vector<std::string> places = {});
  void set_share(std::string_view name, std::size_t part, std::size_t whole,
                 std::vector<std::string> places = {});
  /// Of what a source can't measure: every measure whose name begins with `prefix` and has no value yet.
  void miss(std::string_view prefix, const std::string& why);

  /// Every kind is there.
  const Measure& get(std::string_view name) const;

 private:
  double confidence_;
  std::map<std::string, Measure, std::less<>> values_;
};

struct Interval {
  double low = 0, high = 1;
};
/// Wilson's score interval. `whole` above 0, `part` at most `whole`, confidence between 0 and 1.
Interval wilson_interval(std::size_t part, std::size_t whole, double confidence);

/// The names of all measures, with their CEL types.
cel::Declarations measure_names();

/// The name in the table for a variable of a condition: "ledger.fallback" for "ledger.fallback.high".
std::string_view measure_of(std::string_view variable);

/// As people read it: "12", "93.4 %", "180 ms", "yes"; "-" where it is missing.
std::string shown(const Measure& measure, Unit unit);

}  // namespace parley::cli
