#include "cli/maturity/assessment.h"

#include <algorithm>

#include "conversations/cel/expression.h"
#include "engine/result.h"

namespace parley::cli {
namespace {

using config::Axis;
using config::Waiver;

cel::Value plain_value(const Measure& measure, Unit unit) {
  if (unit == Unit::kYesNo) return cel::Value::boolean(*measure.value != 0);
  if (unit == Unit::kShare || unit == Unit::kFraction) return cel::Value::number(*measure.value);
  return cel::Value::integer(static_cast<std::int64_t>(*measure.value));
}

cel::Value value_of(std::string_view variable, const Measure& measure, Unit unit) {
  if (variable == measure_of(variable)) return plain_value(measure, unit);
  if (variable.ends_with(".low")) return cel::Value::number(measure.low);
  if (variable.ends_with(".high")) return cel::Value::number(measure.high);
  return cel::Value::integer(static_cast<std::int64_t>(measure.count));
}
Unit unit_of(std::string_view measure) {
  const auto& kinds = measure_kinds();
  return std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == measure; })
      ->unit;
}

/// Of the first measure that has none.
std::string reason_missing(const std::vector<std::string>& variables, const Measures& measures) {
  for (const std::string& variable : variables) {
    const Measure& measure = measures.get(measure_of(variable));
    if (!measure.value) return std::string(measure_of(variable)) + ": " + measure.missing;
  }
  return "";
}

JudgedBar judge(const config::Bar& bar, const Measures& measures) {
  JudgedBar judged;
  judged.bar = bar;
  std::vector<cel::Problem> problems;
  const auto condition = cel::Expression::compile(bar.needs, measure_names(), problems);
  PARLEY_CHECK(condition != nullptr);  // check_bar has seen it
  judged.variables = condition->variables();
  judged.why = reason_missing(judged.variables, measures);
  if (!judged.why.empty()) return judged;
  cel::Bindings bindings;
  for (const std::string& variable : judged.variables) {
    const std::string_view name = measure_of(variable);
    bindings.set(variable, value_of(variable, measures.get(name), unit_of(name)));
  }
  const cel::Value met = condition->evaluate(bindings);
  judged.outcome = met.is_true() ? BarOutcome::kMet : BarOutcome::kMissed;
  if (met.is_error()) judged.why = met.error_message();
  return judged;
}

std::string in_words(const Waiver& waiver) {
  return "until " + waiver.until + ", " + waiver.owner + ": " + waiver.reason;
}

void waive(JudgedBar& judged, const std::vector<Waiver>& waivers, const std::string& today) {
  if (judged.outcome == BarOutcome::kMet) return;
  for (const Waiver& waiver : waivers) {
    if (waiver.bar != judged.bar.name || waiver.until < today) continue;
    judged.outcome = BarOutcome::kWaived;
    judged.waiver = in_words(waiver);
  }
}

bool stands(const JudgedBar& bar) {
  return bar.outcome == BarOutcome::kMet || bar.outcome == BarOutcome::kWaived;
}

int level_on(Axis axis, const std::vector<JudgedBar>& bars) {
  int level = config::kLevelMax;
  for (const JudgedBar& bar : bars)
    if (bar.bar.axis == axis && !stands(bar)) level = std::min(level, bar.bar.level - 1);
  return level;
}

/// The measures whose names are near the dotted word at `offset`.
std::string near_measures(const std::string& source, std::size_t offset) {
  constexpr std::string_view kOfNames = "abcdefghijklmnopqrstuvwxyz0123456789_.";
  const std::size_t end = std::min(source.find_first_not_of(kOfNames, offset), source.size());
  return config::near_names_hint(source.substr(offset, end - offset), measure_names().names());
}

std::string problem_of_waiver(const Waiver& waiver, const Assessment& assessment) {
  const bool known = std::any_of(assessment.bars.begin(), assessment.bars.end(),
                                 [&](const JudgedBar& bar) { return bar.bar.name == waiver.bar; });
  if (!known) return waiver.bar + ": the model has no such bar";
  return waiver.until < assessment.date ? waiver.bar + ": " + in_words(waiver) : "";
}

}  // namespace

std::string_view name_of(BarOutcome outcome) {
  constexpr std::array<std::string_view, 4> kNames{"met", "missed", "unmeasured", "waived"};
  return kNames[static_cast<std::size_t>(outcome)];
}

int Assessment::level() const {
  return *std::min_element(axis_levels.begin(), axis_levels.end());
}

std::vector<const JudgedBar*> Assessment::to_do() const {
  std::vector<const JudgedBar*> open;
  for (const JudgedBar& bar : bars)
    if (!stands(bar) && bar.bar.level <= level() + 1) open.push_back(&bar);
  std::stable_sort(open.begin(), open.end(),
                   [](const auto* a, const auto* b) { return a->bar.effort < b->bar.effort; });
  return open;
}

std::vector<const JudgedBar*> Assessment::waived() const {
  std::vector<const JudgedBar*> found;
  for (const JudgedBar& bar : bars)
    if (bar.outcome == BarOutcome::kWaived) found.push_back(&bar);
  return found;
}

void check_bar(const config::Node& needs) {
  std::vector<cel::Problem> problems;
  const std::string source = needs.text().value_or("");
  const auto condition = cel::Expression::compile(source, measure_names(), problems);
  for (const cel::Problem& problem : problems)
    needs.error_at(problem.offset, "condition", problem.message,
                   problem.hint.empty() ? near_measures(source, problem.offset) : problem.hint);
  if (condition && !condition->type().is(cel::Kind::kBool))
    needs.error("condition", "this is " + condition->type().to_string() + ", and a bar is met or not",
                "compare it: tests.failed == 0");
}

Assessment assess(const AssessedBot& bot, const config::MaturityModel& model, Measures measures,
                  const std::string& today) {
  Assessment result;
  result.bot = bot.manifest.name;
  result.folder = bot.manifest.folder.string();
  result.version = bot.version;
  result.ledger = bot.ledger;
  result.model = model.name;
  result.date = today;
  result.aim = bot.manifest.level;
  result.waivers = bot.manifest.waivers;
  result.measures = std::move(measures);
  for (std::size_t i = 0; i < model.levels.size(); ++i)
    result.level_names[i] = model.levels[i].name;
  for (const config::Bar& bar : model.bars) {
    result.bars.push_back(judge(bar, result.measures));
    waive(result.bars.back(), result.waivers, today);
  }
  for (const Axis axis : config::kAxes)
    result.axis_levels[static_cast<std::size_t>(axis)] = level_on(axis, result.bars);
  for (const Waiver& waiver : result.waivers)
    if (std::string problem = problem_of_waiver(waiver, result); !problem.empty())
      result.expired.push_back(std::move(problem));
  return result;
}

}  // namespace parley::cli
