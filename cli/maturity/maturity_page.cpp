#include "cli/maturity/maturity_page.h"

#include <cmath>
#include <numbers>
#include <sstream>

#include "config/markup.h"
#include "engine/activity.h"
#include "intents/evaluation/figures.h"
#include "intents/evaluation/page_style.h"

namespace parley::cli {
namespace {

using config::Axis;
using config::markup_escaped;

constexpr double kCentreX = 250, kCentreY = 225, kStep = 34;  // of the drawing, in its own units
constexpr std::size_t kHistoryShown = 20;

/// Where a level stands on an axis: the first axis points up, the others to the right and the left below.
std::string point(Axis axis, double level) {
  const double angle = -std::numbers::pi / 2 + 2 * std::numbers::pi / 3 * static_cast<double>(axis);
  return intents::with_digits(kCentreX + std::cos(angle) * kStep * level, 1) + ',' +
         intents::with_digits(kCentreY + std::sin(angle) * kStep * level, 1);
}

template <typename LevelOf>
void write_triangle(std::ostream& out, std::string_view kind, LevelOf level_of) {
  out << "<polygon class=\"" << kind << "\" points=\"";
  for (const Axis axis : config::kAxes)
    out << point(axis, level_of(axis)) << ' ';
  out << "\"/>";
}

void write_axis_name(std::ostream& out, Axis axis, int level) {
  static constexpr std::array<std::array<int, 2>, config::kAxes.size()> kAt{
      {{250, 30}, {400, 345}, {100, 345}}};
  const auto& at = kAt[static_cast<std::size_t>(axis)];
  out << "<text text-anchor=\"middle\" x=\"" << at[0] << "\" y=\"" << at[1] << "\">" << config::name_of(axis)
      << ' ' << level << "</text>";
}

void write_axes(std::ostream& out, const Assessment& assessment) {
  out << "<svg class=\"axes\" viewBox=\"0 0 500 370\" role=\"img\" aria-label=\"Levels:";
  for (const Axis axis : config::kAxes)
    out << ' ' << config::name_of(axis) << ' ' << assessment.level_of(axis);
  out << ", aim " << assessment.aim << "\">";
  for (int level = 1; level <= config::kLevelMax; ++level)
    write_triangle(out, "ring", [&](Axis) { return level; });
  for (const Axis axis : config::kAxes)
    out << "<polyline class=\"spoke\" points=\"" << point(axis, 0) << ' ' << point(axis, config::kLevelMax)
        << "\"/>";
  write_triangle(out, "aim", [&](Axis) { return assessment.aim; });
  write_triangle(out, "stands", [&](Axis axis) { return assessment.level_of(axis); });
  for (int level = 1; level <= config::kLevelMax; ++level)
    out << "<text class=\"number\" x=\"" << kCentreX + 5 << "\" y=\"" << kCentreY - kStep * level + 4 << "\">"
        << level << "</text>";
  for (const Axis axis : config::kAxes)
    write_axis_name(out, axis, assessment.level_of(axis));
  out << "</svg>\n";
}

void write_figures(std::ostream& out, const Assessment& assessment) {
  out << "<dl class=\"figures\"><div><dt>stands on level</dt><dd>"
      << markup_escaped(level_words(assessment.level(), assessment) + waived_words(assessment))
      << "</dd></div><div><dt>aims at</dt><dd>" << markup_escaped(level_words(assessment.aim, assessment))
      << "</dd></div>";
  for (const Axis axis : config::kAxes)
    out << "<div><dt>" << config::name_of(axis) << "</dt><dd>" << assessment.level_of(axis) << "</dd></div>";
  out << "</dl>\n";
}

void write_to_do(std::ostream& out, const Assessment& assessment) {
  const auto open = assessment.to_do();
  if (open.empty()) return;
  out << "<h2>To do for level " << markup_escaped(level_words(assessment.level() + 1, assessment))
      << "</h2><ol>\n";
  for (const JudgedBar* bar : open) {
    out << "<li><b>" << markup_escaped(bar->bar.name) << "</b> (" << config::name_of(bar->bar.effort)
        << "): <code>" << markup_escaped(start_of(*bar, assessment)) << "</code><br>"
        << markup_escaped(bar->bar.because);
    if (!bar->why.empty()) out << "<br><small>not measured: " << markup_escaped(bar->why) << "</small>";
    for (const std::string& place : places_of(*bar, assessment.measures))
      out << "<br><small>" << markup_escaped(place) << "</small>";
    out << "</li>\n";
  }
  out << "</ol>\n";
}

void write_bars(std::ostream& out, const Assessment& assessment, Axis axis) {
  out << "<h2>" << config::name_of(axis) << ": level "
      << markup_escaped(level_words(assessment.level_of(axis), assessment))
      << "</h2><div class=\"wide\"><table><tr><th class=\"number\">level</th><th>bar</th><th>needs</th>"
         "<th>measured</th><th></th></tr>\n";
  for (const JudgedBar& bar : assessment.bars) {
    if (bar.bar.axis != axis) continue;
    out << "<tr><td class=\"number\">" << bar.bar.level << "</td><td>" << markup_escaped(bar.bar.name)
        << "<br><small>" << markup_escaped(bar.bar.because) << "</small></td><td><code>"
        << markup_escaped(bar.bar.needs) << "</code></td><td>"
        << markup_escaped(bar.why.empty() ? figures_of(bar, assessment.measures) : bar.why);
    if (!bar.waiver.empty()) out << "<br><small>waived " << markup_escaped(bar.waiver) << "</small>";
    out << "</td><td class=\"" << name_of(bar.outcome) << "\">" << name_of(bar.outcome) << "</td></tr>\n";
  }
  out << "</table></div>\n";
}

void write_waivers(std::ostream& out, const Assessment& assessment) {
  if (!assessment.waived().empty()) out << "<h2>Waived for a time</h2><ul>\n";
  for (const JudgedBar* bar : assessment.waived())
    out << "<li class=\"waived\">" << markup_escaped(bar->bar.name) << ": " << markup_escaped(bar->waiver)
        << "</li>\n";
  if (!assessment.waived().empty()) out << "</ul>\n";
  if (!assessment.expired.empty()) out << "<h2>Waivers that no longer count</h2><ul>\n";
  for (const std::string& waiver : assessment.expired)
    out << "<li class=\"missed\">" << markup_escaped(waiver) << "</li>\n";
  if (!assessment.expired.empty()) out << "</ul>\n";
}

void write_history(std::ostream& out, const std::vector<RecordedAssessment>& history) {
  if (history.empty()) return;
  out << "<h2>How it climbed</h2><div class=\"wide\"><table><tr><th>measured</th><th>version</th>";
  for (const Axis axis : config::kAxes)
    out << "<th class=\"number\">" << config::name_of(axis) << "</th>";
  out << "<th class=\"number\">level</th></tr>\n";
  const std::size_t first = history.size() > kHistoryShown ? history.size() - kHistoryShown : 0;
  for (std::size_t i = history.size(); i-- > first;) {
    out << "<tr><td>" << timestamp_text(history[i].at).substr(0, 16) << "Z</td><td>"
        << markup_escaped(history[i].version.substr(0, 12)) << "</td>";
    for (const int level : history[i].axis_levels)
      out << "<td class=\"number\">" << level << "</td>";
    out << "<td class=\"number\">" << history[i].level() << "</td></tr>\n";
  }
  out << "</table></div>\n";
}

}  // namespace

std::string maturity_page(const Assessment& assessment, const std::vector<RecordedAssessment>& history) {
  std::ostringstream out;
  intents::write_page_head(out, "How mature " + assessment.bot + " is");
  out << "<p>Measured on " << assessment.date << " against " << markup_escaped(assessment.model)
      << ", version " << markup_escaped(assessment.version.substr(0, 12))
      << " of the bot. The bot stands where its lowest axis does.</p>\n";
  write_figures(out, assessment);
  write_axes(out, assessment);
  out << "<p>Filled: where the bot stands. Dashed: what it aims at. One ring is one level.</p>\n";
  write_waivers(out, assessment);
  write_to_do(out, assessment);
  for (const Axis axis : config::kAxes)
    write_bars(out, assessment, axis);
  write_history(out, history);
  out << "</body></html>\n";
  return out.str();
}

}  // namespace parley::cli
