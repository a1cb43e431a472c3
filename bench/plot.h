// A bar chart as SVG: one bar a figure, its name before it and its value behind it, on a linear or a
// logarithmic axis.
//
// It brings its own background and goes dark where the reader's system is, so that it can be read on any
// page.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace parley::bench {

struct Bar {
  std::string name;
  double value = 0;
  std::string shown;  // behind the bar
  int kind = 0;       // bars of a kind have its colour: 0, 1, 2
  double more = 0;    // stands on top of `value`, in the colour of the next kind
};

struct Plot {
  std::string file;   // "turns": turns.svg
  std::string title;  // with the unit
  std::string note;   // below it: what longer or shorter means
  bool logarithmic = false;
  std::optional<double> mark;  // a line across, such as a budget
  std::string mark_name;
  std::vector<Bar> bars;
};

std::string svg_of(const Plot& plot);

}  // namespace parley::bench
