// Assessments for the terminal and for programs.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/maturity/assessment.h"
#include "cli/terminal.h"
#include "intents/evaluation/figures.h"

namespace parley::cli {
namespace {

using nlohmann::json;

const MeasureKind& kind_of(std::string_view name) {
  const auto& kinds = measure_kinds();
  return *std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == name; });
}

std::string figure(std::string_view name, const Measures& measures) {
  const Measure& measure = measures.get(name);
  const Unit unit = kind_of(name).unit;
  std::string text = std::string(name) + ' ' + shown(measure, unit);
  if (measure.value && unit == Unit::kShare)
    text += " (" + intents::percent(measure.low) + " to " + intents::percent(measure.high) + ", of " +
            std::to_string(measure.count) + ")";
  return text;
}

/// The measures that the bar reads, each once.
std::vector<std::string_view> measures_of(const JudgedBar& bar) {
  std::vector<std::string_view> names;
  for (const std::string& variable : bar.variables)
    if (std::find(names.begin(), names.end(), measure_of(variable)) == names.end())
      names.push_back(measure_of(variable));
  return names;
}

void put_in(std::string& text, std::string_view word, const std::string& value) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + value.size()))
    text.replace(at, word.size(), value);
}

void write_bar(std::ostream& out, const JudgedBar& bar, const Measures& measures) {
  static constexpr std::array<std::string_view, 4> kMarks{"met     ", "MISSED  ", "UNKNOWN ", "waived  "};
  out << "    " << kMarks[static_cast<std::size_t>(bar.outcome)] << bar.bar.name << ": " << bar.bar.needs
      << '\n'
      << "             " << (bar.why.empty() ? figures_of(bar, measures) : bar.why) << '\n';
  if (!bar.waiver.empty()) out << "             waived " << bar.waiver << '\n';
}

void write_axis(std::ostream& out, const Assessment& assessment, config::Axis axis) {
  out << '\n' << config::name_of(axis) << ": " << level_words(assessment.level_of(axis), assessment) << '\n';
  int level = 0;
  for (const JudgedBar& bar : assessment.bars) {
    if (bar.bar.axis != axis) continue;
    if (bar.bar.level != level) {
      level = bar.bar.level;
      out << "  for " << level_words(level, assessment) << '\n';
    }
    write_bar(out, bar, assessment.measures);
  }
}

void write_to_do(std::ostream& out, const Assessment& assessment) {
  const auto open = assessment.to_do();
  if (open.empty()) return;
  out << "\nTo do for level " << level_words(assessment.level() + 1, assessment) << '\n';
  int number = 0;
  for (const JudgedBar* bar : open) {
    out << "  " << ++number << ". " << bar->bar.name << " (" << config::name_of(bar->bar.effort)
        << "): " << start_of(*bar, assessment) << "\n       " << bar->bar.because << '\n';
    if (!bar->why.empty()) out << "       not measured: " << bar->why << '\n';
    for (const std::string& place : places_of(*bar, assessment.measures))
      out << "       " << place << '\n';
  }
}

json measure_json(const Measure& measure, Unit unit) {
  json out = json::object();
  if (!measure.value) {
    out["value"] = nullptr;
    out["missing"] = measure.missing;
    return out;
  }
  if (unit == Unit::kYesNo)
    out["value"] = *measure.value != 0;
  else
    out["value"] = *measure.value;
  if (unit == Unit::kShare)
    out.update({{"low", measure.low}, {"high", measure.high}, {"count", measure.count}});
  if (!measure.places.empty()) out["places"] = measure.places;
  return out;
}

json bar_json(const JudgedBar& bar, const Assessment& assessment) {
  json out{{"bar", bar.bar.name},
           {"level", bar.bar.level},
           {"needs", bar.bar.needs},
           {"outcome", name_of(bar.outcome)},
           {"because", bar.bar.because},
           {"effort", config::name_of(bar.bar.effort)},
           {"start", start_of(bar, assessment)}};
  if (!bar.why.empty()) out["why"] = bar.why;
  if (!bar.waiver.empty()) out["waiver"] = bar.waiver;
  return out;
}

json axis_json(const Assessment& assessment, config::Axis axis) {
  json bars = json::array();
  for (const JudgedBar& bar : assessment.bars)
    if (bar.bar.axis == axis) bars.push_back(bar_json(bar, assessment));
  return {{"level", assessment.level_of(axis)}, {"bars", std::move(bars)}};
}

}  // namespace

std::string level_words(int level, const Assessment& assessment) {
  if (level == 0) return "0, below the first level";
  return std::to_string(level) + ' ' + assessment.level_names[static_cast<std::size_t>(level - 1)];
}

std::vector<std::string> places_of(const JudgedBar& bar, const Measures& measures) {
  std::vector<std::string> places;
  for (const std::string_view name : measures_of(bar)) {
    const Measure& measure = measures.get(name);
    places.insert(places.end(), measure.places.begin(), measure.places.end());
  }
  return places;
}

std::string start_of(const JudgedBar& bar, const Assessment& assessment) {
  std::string text = bar.bar.start;
  put_in(text, "BOT", assessment.folder);
  if (!assessment.ledger.empty()) put_in(text, "LEDGER", assessment.ledger);
  return text;
}

std::string figures_of(const JudgedBar& bar, const Measures& measures) {
  std::string text;
  for (const std::string_view name : measures_of(bar))
    text += (text.empty() ? "" : ", ") + figure(name, measures);
  return text;
}

std::string waived_words(const Assessment& assessment) {
  const std::size_t count = assessment.waived().size();
  return count == 0 ? "" : " (" + counted(count, "bar") + " waived)";
}

std::string to_text(const Assessment& assessment) {
  std::ostringstream out;
  out << assessment.bot << ' ' << assessment.version.substr(0, 12) << " stands on level "
      << level_words(assessment.level(), assessment) << waived_words(assessment) << "; it aims at "
      << level_words(assessment.aim, assessment) << "\n";
  for (const config::Axis axis : config::kAxes)
    write_axis(out, assessment, axis);
  write_to_do(out, assessment);
  for (const std::string& waiver : assessment.expired)
    out << "\nA waiver that no longer counts: " << waiver << "\n  take it out of bot.yaml, or meet the bar\n";
  return out.str();
}

json to_json(const Assessment& assessment) {
  json axes = json::object(), measures = json::object(), todo = json::array(), waivers = json::array();
  for (const config::Axis axis : config::kAxes)
    axes[std::string(config::name_of(axis))] = axis_json(assessment, axis);
  for (const MeasureKind& kind : measure_kinds())
    measures[std::string(kind.name)] = measure_json(assessment.measures.get(kind.name), kind.unit);
  for (const JudgedBar* bar : assessment.to_do()) {
    todo.push_back(bar_json(*bar, assessment));
    todo.back()["axis"] = config::name_of(bar->bar.axis);
  }
  for (const config::Waiver& waiver : assessment.waivers)
    waivers.push_back(
        {{"bar", waiver.bar}, {"reason", waiver.reason}, {"owner", waiver.owner}, {"until", waiver.until}});
  return {{"bot", assessment.bot},         {"version", assessment.version},   {"model", assessment.model},
          {"date", assessment.date},       {"level", assessment.level()},     {"aim", assessment.aim},
          {"axes", std::move(axes)},       {"measures", std::move(measures)}, {"todo", std::move(todo)},
          {"waivers", std::move(waivers)}, {"expired", assessment.expired}};
}

}  // namespace parley::cli
