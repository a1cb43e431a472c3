// Line plots as SVG inside an HTML page, with a legend that switches each line on and off.
//
// Switching needs no script: every legend entry is a checkbox that stands before the drawing, and kPageStyle
// hides the line of an unchecked one. Colours come from the style by the number of the line, so a page may
// forbid everything but that one style sheet.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace parley::intents {

struct PlotPoint {
  double x = 0;
  double y = 0;
};

struct PlotLine {
  std::string name;
  std::vector<PlotPoint> points;
  bool dashed = false;
};

/// A vertical line with a name.
struct PlotMark {
  std::string name;
  double x = 0;
};

struct Plot {
  std::string id;  // unique on its page
  std::string title;
  std::string x_label, y_label;
  double x_max = 1, y_max = 1;  // axes begin at 0
  std::vector<PlotLine> lines;  // at most kPlotLinesMax
  std::vector<PlotMark> marks;
};

inline constexpr std::size_t kPlotLinesMax = 4;

void write_plot(std::ostream& out, const Plot& plot);

}  // namespace parley::intents
