#include "bench/plot.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace parley::bench {
namespace {

// In the units of the picture. Text is 15 high: legible when a page shows the picture at two thirds.
constexpr double kWidth = 860, kLeft = 300, kRight = 190, kTop = 84, kRow = 34, kBar = 22, kBottom = 44;
constexpr double kShortest = 2;

constexpr auto kStyle =
    "<style>text{font:15px system-ui,'Segoe UI','DejaVu Sans',sans-serif;fill:#1c2024}"
    ".page{fill:#fff}.title{font-size:18px;font-weight:600}.soft{fill:#4d565f;font-size:14px}"
    ".k0{fill:#0b62c4}.k1{fill:#b45309}.k2{fill:#5c656e}.grid{stroke:#d0d6dc}"
    ".mark{stroke:#b42318;stroke-width:2;stroke-dasharray:6 4}"
    "@media(prefers-color-scheme:dark){text{fill:#f1f4f7}.page{fill:#14181c}.soft{fill:#b3bcc5}"
    ".k0{fill:#4c9aff}.k1{fill:#f0a04b}.k2{fill:#9aa4ae}.grid{stroke:#343c44}.mark{stroke:#ff7b6b}}</"
    "style>\n";

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text)
    safe += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  return safe;
}

std::string number(double value) {
  std::ostringstream text;
  text << std::setprecision(6) << value;
  return text.str();
}

// From values to the picture's x. A logarithmic axis begins at the power of ten below the smallest value.
class Axis {
 public:
  explicit Axis(const Plot& plot) : logarithmic_(plot.logarithmic) {
    double least = 0;
    for (const Bar& bar : plot.bars) {
      most_ = std::max(most_, bar.value + bar.more);
      if (bar.value > 0) least = least == 0 ? bar.value : std::min(least, bar.value);
    }
    if (plot.mark) most_ = std::max(most_, *plot.mark);
    if (most_ <= 0) most_ = 1;
    if (!logarithmic_) return;
    first_ = std::floor(std::log10(least > 0 ? least : 1));
    last_ = std::max(first_ + 1, std::ceil(std::log10(most_)));
  }

  double at(double value) const {
    const double whole = kWidth - kLeft - kRight;
    if (!logarithmic_) return kLeft + whole * value / most_;
    if (value <= 0) return kLeft;
    return kLeft + whole * std::max(0.0, std::log10(value) - first_) / (last_ - first_);
  }

  /// Where lines are drawn: at powers of ten, or at quarters of the largest value's magnitude.
  std::vector<double> ticks() const {
    std::vector<double> at;
    if (logarithmic_) {
      for (double power = first_; power <= last_; ++power)
        at.push_back(std::pow(10, power));
      return at;
    }
    const double magnitude = std::pow(10, std::floor(std::log10(most_)));
    const double step = most_ / magnitude > 5   ? 2 * magnitude
                        : most_ / magnitude > 2 ? magnitude
                                                : magnitude / 2;
    for (double value = 0; value <= most_ * 1.0001; value += step)
      at.push_back(value);
    return at;
  }

 private:
  bool logarithmic_;
  double most_ = 0, first_ = 0, last_ = 1;
};

void text(std::ostream& svg, double x, double y, const char* style, const char* anchor,
          const std::string& what) {
  svg << "<text x=\"" << number(x) << "\" y=\"" << number(y) << "\" class=\"" << style << "\" text-anchor=\""
      << anchor << "\">" << escaped(what) << "</text>\n";
}

void line(std::ostream& svg, double x, double bottom, const char* style) {
  svg << "<line x1=\"" << number(x) << "\" x2=\"" << number(x) << "\" y1=\"" << number(kTop) << "\" y2=\""
      << number(bottom) << "\" class=\"" << style << "\"/>\n";
}

void rectangle(std::ostream& svg, double from, double to, double y, int kind) {
  svg << "<rect x=\"" << number(from) << "\" y=\"" << number(y) << "\" width=\""
      << number(std::max(kShortest, to - from)) << "\" height=\"" << number(kBar) << "\" class=\"k"
      << kind % 3 << "\"/>\n";
}

void draw_axis(std::ostream& svg, const Axis& axis, double bottom) {
  for (const double tick : axis.ticks()) {
    line(svg, axis.at(tick), bottom, "grid");
    std::ostringstream name;
    name << std::setprecision(4) << (tick >= 10'000 ? tick / 1'000 : tick) << (tick >= 10'000 ? "k" : "");
    text(svg, axis.at(tick), bottom + 20, "soft", "middle", name.str());
  }
}

void draw_bar(std::ostream& svg, const Axis& axis, const Bar& bar, double y) {
  text(svg, kLeft - 12, y + 16, "", "end", bar.name);
  const double end = axis.at(bar.value), whole = axis.at(bar.value + bar.more);
  rectangle(svg, kLeft, end, y, bar.kind);
  if (bar.more > 0) rectangle(svg, end, whole, y, bar.kind + 1);
  text(svg, std::max(end, whole) + 8, y + 16, "", "start", bar.shown);
}

}  // namespace

std::string svg_of(const Plot& plot) {
  const double bottom = kTop + kRow * static_cast<double>(plot.bars.size()) + 4, height = bottom + kBottom;
  std::ostringstream svg;
  svg << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << kWidth << ' ' << height
      << "\" role=\"img\" aria-label=\"" << escaped(plot.title) << "\">\n"
      << kStyle << "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n";
  text(svg, 20, 32, "title", "start", plot.title);
  text(svg, 20, 56, "soft", "start", plot.note + (plot.logarithmic ? " The axis is logarithmic." : ""));
  const Axis axis(plot);
  draw_axis(svg, axis, bottom);
  for (std::size_t i = 0; i < plot.bars.size(); ++i)
    draw_bar(svg, axis, plot.bars[i], kTop + 8 + kRow * static_cast<double>(i));
  if (plot.mark) {
    line(svg, axis.at(*plot.mark), bottom, "mark");
    text(svg, axis.at(*plot.mark), kTop - 6, "soft", "middle", plot.mark_name);
  }
  svg << "</svg>\n";
  return svg.str();
}

}  // namespace parley::bench
