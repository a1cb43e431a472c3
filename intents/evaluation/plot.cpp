#include "intents/evaluation/plot.h"

#include <algorithm>
#include <ostream>

#include "config/markup.h"
#include "intents/evaluation/figures.h"

namespace parley::intents {
namespace {

using config::markup_escaped;

// The drawing in its own units; the page scales it.
constexpr double kWidth = 640, kHeight = 340;
constexpr double kLeft = 56, kRight = 16, kTop = 28, kBottom = 48;
constexpr int kTicks = 5;

/// From values to places in the drawing.
class Canvas {
 public:
  explicit Canvas(const Plot& plot) : plot_(plot) {}

  double x(double value) const { return kLeft + clamped(value / plot_.x_max) * (kWidth - kLeft - kRight); }
  double y(double value) const {
    return kHeight - kBottom - clamped(value / plot_.y_max) * (kHeight - kTop - kBottom);
  }

 private:
  static double clamped(double share) { return std::clamp(share, 0.0, 1.0); }
  const Plot& plot_;
};

std::string place(double value) {
  return with_digits(value, 1);
}

std::string tick_text(double value, double max) {
  return with_digits(value, max > 10 ? 0 : max > 0.9 ? 1 : 2);
}

void write_text(std::ostream& out, double x, double y, std::string_view anchor, const std::string& text) {
  out << "<text x=\"" << place(x) << "\" y=\"" << place(y) << "\" text-anchor=\"" << anchor << "\">"
      << markup_escaped(text) << "</text>\n";
}

void write_stroke(std::ostream& out, std::string_view kind, double x1, double y1, double x2, double y2) {
  out << "<line class=\"" << kind << "\" x1=\"" << place(x1) << "\" y1=\"" << place(y1) << "\" x2=\""
      << place(x2) << "\" y2=\"" << place(y2) << "\"/>\n";
}

void write_axes(std::ostream& out, const Plot& plot, const Canvas& canvas) {
  for (int i = 0; i <= kTicks; ++i) {
    const double x = plot.x_max * i / kTicks, y = plot.y_max * i / kTicks;
    write_stroke(out, "grid", kLeft, canvas.y(y), kWidth - kRight, canvas.y(y));
    write_text(out, kLeft - 8, canvas.y(y) + 4, "end", tick_text(y, plot.y_max));
    write_text(out, canvas.x(x), kHeight - kBottom + 18, "middle", tick_text(x, plot.x_max));
  }
  write_text(out, kWidth - kRight, kHeight - 10, "end", plot.x_label);
  write_text(out, 4, 16, "start", plot.y_label);
}

void write_line(std::ostream& out, const PlotLine& line, std::size_t number, const Canvas& canvas) {
  out << "<g class=\"line c" << number << (line.dashed ? " dashed" : "") << "\"><polyline points=\"";
  for (const PlotPoint& point : line.points)
    out << place(canvas.x(point.x)) << ',' << place(canvas.y(point.y)) << ' ';
  out << "\"/>\n";
  for (const PlotPoint& point : line.points)
    out << "<circle cx=\"" << place(canvas.x(point.x)) << "\" cy=\"" << place(canvas.y(point.y))
        << "\" r=\"2.5\"><title>" << markup_escaped(line.name) << ": " << with_digits(point.y, 3) << " at "
        << with_digits(point.x, 2) << "</title></circle>\n";
  out << "</g>\n";
}

void write_legend(std::ostream& out, const Plot& plot) {
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    const std::string id = plot.id + "-" + std::to_string(i);
    out << "<input type=\"checkbox\" checked class=\"switch s" << i << "\" id=\"" << id
        << "\"><label class=\"c" << i << "\" for=\"" << id << "\">" << markup_escaped(plot.lines[i].name)
        << "</label>\n";
  }
}

}  // namespace

void write_plot(std::ostream& out, const Plot& plot) {
  const Canvas canvas(plot);
  out << "<figure class=\"plot\"><figcaption>" << markup_escaped(plot.title) << "</figcaption>\n";
  write_legend(out, plot);
  out << "<svg viewBox=\"0 0 " << place(kWidth) << ' ' << place(kHeight) << "\" role=\"img\" aria-label=\""
      << markup_escaped(plot.title) << "\">\n";
  write_axes(out, plot, canvas);
  for (std::size_t i = 0; i < plot.marks.size(); ++i) {
    const double x = canvas.x(plot.marks[i].x);
    const bool at_end = plot.marks[i].x > plot.x_max * 0.7;
    write_stroke(out, "mark", x, kTop, x, kHeight - kBottom);
    // Names stand below one another, so that marks at nearly one place can both be read.
    write_text(out, at_end ? x - 5 : x + 5, kTop + 12 + 15 * static_cast<double>(i), at_end ? "end" : "start",
               plot.marks[i].name);
  }
  for (std::size_t i = 0; i < plot.lines.size(); ++i)
    write_line(out, plot.lines[i], i, canvas);
  out << "</svg></figure>\n";
}

}  // namespace parley::intents
