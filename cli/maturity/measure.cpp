#include "cli/maturity/measure.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "engine/result.h"
#include "intents/evaluation/figures.h"

namespace parley::cli {
namespace {

constexpr std::array<std::string_view, 3> kOfShares{".low", ".high", ".count"};

const MeasureKind* find_kind(std::string_view name) {
  const auto& kinds = measure_kinds();
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const MeasureKind& kind) { return kind.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

std::vector<std::string> first_of(std::vector<std::string> places) {
  if (places.size() > kPlacesMax) places.resize(kPlacesMax);
  return places;
}

cel::Type type_of(Unit unit) {
  switch (unit) {
    case Unit::kShare:
    case Unit::kFraction:
      return cel::Kind::kDouble;
    case Unit::kYesNo:
      return cel::Kind::kBool;
    default:
      return cel::Kind::kInt;
  }
}

}  // namespace

const std::vector<MeasureKind>& measure_kinds() {
  using enum Unit;
  static const std::vector<MeasureKind> kKinds{
      {"files.warnings", kCount, "warnings of `parley check`"},
      {"files.intents", kCount, "intents"},
      {"files.unanswered_intents", kCount, "intents that no flow answers"},
      {"files.calls", kCount, "calls of services"},
      {"files.calls_without_branch", kCount, "calls whose failure has no steps of its own"},
      {"files.flows", kCount, "flows"},
      {"files.flows_without_person", kCount, "flows out of which nobody gets to a person"},
      {"files.languages", kCount, "languages"},
      {"files.missing_translations", kCount, "texts without a translation that is good"},
      {"files.redaction", kYesNo, "personal data is taken out before it is written"},
      {"understanding.accuracy", kShare, "sentences whose best intent is right"},
      {"understanding.wrong_answers", kShare, "sentences answered with a wrong intent"},
      {"understanding.false_accepts", kShare, "sentences out of scope that are answered all the same"},
      {"understanding.calibration_error", kFraction, "how far probabilities are from shares (ECE)"},
      {"understanding.typo_loss", kFraction, "accuracy lost when every second long word has a typo"},
      {"tests.count", kCount, "conversation tests"},
      {"tests.failed", kCount, "conversation tests that fail"},
      {"tests.steps", kShare, "steps that the tests touch"},
      {"tests.branches", kShare, "branches that the tests touch"},
      {"explore.errors", kCount, "ways that break or get nowhere (`parley explore`)"},
      {"explore.steps", kShare, "steps that are reached with answers of every kind"},
      {"ledger.conversations", kCount, "conversations in which a person said something"},
      {"ledger.contained", kShare, "conversations that needed no person and did not end at a loss"},
      {"ledger.completed", kShare, "flows that came to an end that their author wrote"},
      {"ledger.abandoned", kShare, "flows that people left without a word, an hour ago or more"},
      {"ledger.stuck", kShare, "conversations in which one question got three answers that did not fit"},
      {"ledger.errors", kShare, "flows that ended with something gone wrong inside"},
      {"ledger.fallback", kShare, "texts that were not understood"},
      {"ledger.repeats", kShare, "texts that say again what was said just before"},
      {"ledger.handoffs_closed", kShare, "hand-offs that were given back within a day"},
      {"ledger.turn_p95", kMilliseconds, "time to the last reply, of 95 in 100 turns"},
      {"ledger.negative", kShare, "conversations with a negative experience"},
      {"ledger.recovered", kShare, "negative experiences that were made good"},
      {"drills.restart", kYesNo, "the drill `restart` passed on this version"},
      {"drills.restore", kYesNo, "the drill `restore` passed on this version"},
      {"drills.erase", kYesNo, "the drill `erase` passed on this version"},
  };
  return kKinds;
}

void Measures::set(std::string_view name, double value, std::vector<std::string> places) {
  PARLEY_CHECK(find_kind(name) != nullptr);
  Measure measure;
  measure.value = value;
  measure.places = first_of(std::move(places));
  values_.insert_or_assign(std::string(name), std::move(measure));
}

void Measures::set_share(std::string_view name, std::size_t part, std::size_t whole,
                         std::vector<std::string> places) {
  if (whole == 0) return miss(name, "there is nothing to count");
  const Interval interval = wilson_interval(part, whole, confidence_);
  set(name, static_cast<double>(part) / static_cast<double>(whole), std::move(places));
  Measure& measure = values_.find(name)->second;
  measure.count = whole;
  measure.low = interval.low;
  measure.high = interval.high;
}

void Measures::miss(std::string_view prefix, const std::string& why) {
  for (const MeasureKind& kind : measure_kinds())
    if (kind.name.starts_with(prefix))
      values_.try_emplace(std::string(kind.name)).first->second.missing = why;
}

const Measure& Measures::get(std::string_view name) const {
  static const Measure kUnknown{std::nullopt, "it was not measured", 0, 0, 0, {}};
  const auto found = values_.find(name);
  return found == values_.end() ? kUnknown : found->second;
}

Interval wilson_interval(std::size_t part, std::size_t whole, double confidence) {
  PARLEY_CHECK(whole > 0 && part <= whole);
  const double n = static_cast<double>(whole), p = static_cast<double>(part) / n;
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
  const double middle = p + z * z / (2 * n), shrunk = 1 + z * z / n;
  const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {std::max(0.0, (middle - reach) / shrunk), std::min(1.0, (middle + reach) / shrunk)};
}

cel::Declarations measure_names() {
  cel::Declarations names;
  for (const MeasureKind& kind : measure_kinds()) {
    const std::string name(kind.name);
    names.add(name, type_of(kind.unit));
    if (kind.unit != Unit::kShare) continue;
    names.add(name + ".low", type_of(Unit::kShare));
    names.add(name + ".high", type_of(Unit::kShare));
    names.add(name + ".count", type_of(Unit::kCount));
  }
  return names;
}

std::string_view measure_of(std::string_view variable) {
  for (const std::string_view end : kOfShares)
    if (variable.ends_with(end) && find_kind(variable) == nullptr)
      return variable.substr(0, variable.size() - end.size());
  return variable;
}

std::string shown(const Measure& measure, Unit unit) {
  if (!measure.value) return "-";
  switch (unit) {
    case Unit::kShare:
    case Unit::kFraction:
      return intents::percent(*measure.value);
    case Unit::kYesNo:
      return *measure.value != 0 ? "yes" : "no";
    case Unit::kMilliseconds:
      return intents::with_digits(*measure.value, 0) + " ms";
    case Unit::kCount:
      break;
  }
  return intents::with_digits(*measure.value, 0);
}

}  // namespace parley::cli
