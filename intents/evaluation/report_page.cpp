#include "intents/evaluation/report_page.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "config/markup.h"
#include "intents/evaluation/figures.h"
#include "intents/evaluation/page_style.h"
#include "intents/evaluation/plot.h"

namespace parley::intents {
namespace {

using config::markup_escaped;

// A list longer than this is cut on the page; the JSON has all of it.
constexpr std::size_t kListedMax = 200;

void write_head(std::ostream& out, const BotReport& report) {
  write_page_head(out, "How well " + report.bot + " understands");
  out << "<p>" << report.folds << "-fold cross-validation over " << report.measures.in_scope_count
      << " sentences in scope and " << report.measures.out_of_scope_count << " out of it, trained "
      << markup_escaped(report.configuration) << ".</p>\n";
}

void write_figure(std::ostream& out, std::string_view name, const std::string& value) {
  out << "<div><dt>" << name << "</dt><dd>" << value << "</dd></div>\n";
}

void write_figures(std::ostream& out, const Measures& measures) {
  out << "<dl class=\"figures\">\n";
  write_figure(out, "Accuracy", percent(measures.accuracy));
  write_figure(out, "Macro-F1", with_digits(measures.macro_f1, 3));
  write_figure(out, "Calibration error", with_digits(measures.ece, 3));
  if (measures.oos_auroc) write_figure(out, "Out-of-scope AUROC", with_digits(*measures.oos_auroc, 3));
  if (measures.oos_recall) write_figure(out, "Out-of-scope recall", percent(*measures.oos_recall));
  out << "</dl>\n";
}

/// The next larger value that five ticks divide well.
double round_maximum(double value) {
  for (const double round : {0.05, 0.1, 0.25, 0.5, 1.0})
    if (value <= round) return round;
  return 1;
}

Plot threshold_plot(const AcceptanceCurve& curve) {
  Plot plot{"threshold", "What each threshold costs", "accept", "share of all texts", 1, 0.05, {}, {}};
  PlotLine accepts{"wrong answers", {}}, rejects{"needless questions", {}},
      cost{"cost for each text", {}, true};
  for (const AcceptancePoint& point : curve.points) {
    accepts.points.push_back({point.threshold, point.false_accepts});
    rejects.points.push_back({point.threshold, point.false_rejects});
    cost.points.push_back({point.threshold, curve.cost * point.false_accepts + point.false_rejects});
    plot.y_max = std::max({plot.y_max, point.false_accepts, point.false_rejects});
  }
  plot.y_max = round_maximum(plot.y_max);
  plot.lines = {accepts, rejects, cost};
  plot.marks = {{"accept " + with_digits(curve.shipped.threshold, 2), curve.shipped.threshold},
                {"cheapest " + with_digits(curve.best.threshold, 2), curve.best.threshold}};
  return plot;
}

PlotLine calibration_line(const std::string& name, const Measures& measures) {
  PlotLine line{name, {}};
  for (const CalibrationBin& bin : measures.bins)
    if (bin.count > 0) line.points.push_back({bin.mean_certainty, bin.share_right});
  return line;
}

Plot calibration_plot(const BotReport& report) {
  Plot plot{"calibration",
            "Of the texts given a probability, how many are right?",
            "probability",
            "share right",
            1,
            1,
            {},
            {}};
  plot.lines = {calibration_line("cross-validated", report.measures), {"ideal", {{0, 0}, {1, 1}}, true}};
  if (report.held_out) plot.lines.push_back(calibration_line("held-out texts", *report.held_out));
  return plot;
}

Plot typo_plot(const BotReport& report) {
  Plot plot{
      "typos", "What typos cost", "share of words of five letters or more with a typo", "accuracy", 1, 1, {},
      {}};
  PlotLine line{"accuracy", {}};
  for (const TypoPoint& point : report.typos)
    line.points.push_back({point.share, point.accuracy});
  plot.lines = {line};
  return plot;
}

Plot learning_plot(const BotReport& report) {
  Plot plot{"learning", "What more sentences bring", "sentences an intent", "accuracy", 1, 1, {}, {}};
  PlotLine line{"accuracy", {}};
  for (const LearningPoint& point : report.learning)
    line.points.push_back({point.sentences_per_intent, point.accuracy});
  plot.lines = {line};
  if (!line.points.empty()) {
    const PlotPoint last = line.points.back();
    plot.lines.push_back({"estimate", {last, {last.x * 2, report.accuracy_with_twice}}, true});
    plot.x_max = std::max(1.0, last.x * 2.1);
  }
  return plot;
}

void write_intents(std::ostream& out, std::vector<IntentMeasures> intents) {
  std::stable_sort(intents.begin(), intents.end(),
                   [](const auto& a, const auto& b) { return a.f1() < b.f1(); });
  out << "<h2>Intents, weakest first</h2><div class=\"wide\"><table><tr><th>intent</th><th "
         "class=\"number\">texts</th>"
         "<th class=\"number\">precision</th><th class=\"number\">recall</th><th "
         "class=\"number\">F1</th></tr>\n";
  for (const IntentMeasures& intent : intents) {
    out << "<tr><td>" << markup_escaped(intent.intent) << "</td><td class=\"number\">" << intent.texts
        << "</td>";
    for (const double value : {intent.precision(), intent.recall(), intent.f1()})
      out << "<td class=\"number\">" << with_digits(value, 3) << "</td>";
    out << "</tr>\n";
  }
  out << "</table></div>\n";
}

void write_sentence(std::ostream& out, const LabelledText& text) {
  out << "&ldquo;" << markup_escaped(text.text) << "&rdquo; <small>" << markup_escaped(text.place)
      << "</small>";
}

void write_side(std::ostream& out, const std::vector<ConfusedSentence>& sentences, const std::string& as) {
  for (const ConfusedSentence& confused : sentences) {
    out << "<li>";
    write_sentence(out, confused.sentence);
    out << " is taken for " << markup_escaped(as);
    if (!confused.like.text.empty()) write_sentence(out << "<br>like ", confused.like);
    out << "</li>\n";
  }
}

void write_confusions(std::ostream& out, const std::vector<Confusion>& confusions) {
  if (confusions.empty()) return;
  out << "<h2>Taken for one another</h2>\n";
  for (std::size_t i = 0; i < std::min(kListedMax, confusions.size()); ++i) {
    const Confusion& pair = confusions[i];
    out << "<details" << (i == 0 ? " open" : "") << "><summary>" << markup_escaped(pair.left) << " and "
        << markup_escaped(pair.right) << ": " << pair.count() << "</summary><ul>\n";
    write_side(out, pair.left_as_right, pair.right);
    write_side(out, pair.right_as_left, pair.left);
    out << "</ul></details>\n";
  }
}

void write_pairs(std::ostream& out, std::string_view title, const std::vector<LikePair>& pairs) {
  if (pairs.empty()) return;
  out << "<h2>" << title << " (" << pairs.size() << ")</h2><ul>\n";
  for (std::size_t i = 0; i < std::min(kListedMax, pairs.size()); ++i) {
    out << "<li>";
    write_sentence(out, pairs[i].sentence);
    out << ' ' << markup_escaped(pairs[i].sentence.intent) << "<br>like ";
    write_sentence(out, pairs[i].other);
    out << ' ' << markup_escaped(pairs[i].other.intent) << ", " << with_digits(pairs[i].similarity, 2)
        << "</li>\n";
  }
  out << "</ul>\n";
}

}  // namespace

std::string to_page(const BotReport& report) {
  std::ostringstream out;
  write_head(out, report);
  write_figures(out, report.measures);
  if (report.held_out) {
    out << "<h2>Held-out texts</h2><p>" << report.held_out->in_scope_count << " in scope, "
        << report.held_out->out_of_scope_count << " out of it.</p>\n";
    write_figures(out, *report.held_out);
  }
  const AcceptanceCurve& curve = report.acceptance;
  write_plot(out, threshold_plot(curve));
  out << "<p>When a wrong answer costs as much as " << with_digits(curve.cost, 1)
      << " needless questions, accept: " << with_digits(curve.best.threshold, 2)
      << " is the cheapest: " << percent(curve.best.false_accepts) << " wrong answers and "
      << percent(curve.best.false_rejects) << " needless questions, against "
      << percent(curve.shipped.false_accepts) << " and " << percent(curve.shipped.false_rejects)
      << " now.</p>\n";
  write_plot(out, calibration_plot(report));
  write_plot(out, typo_plot(report));
  write_plot(out, learning_plot(report));
  out << "<p>Twice as many sentences: about " << percent(report.accuracy_with_twice) << ".</p>\n";
  write_confusions(out, report.confusions);
  write_pairs(out, "Nearer to another intent", report.strays);
  write_pairs(out, "Near-duplicates", report.duplicates);
  write_intents(out, report.measures.intents);
  out << "</body></html>\n";
  return out.str();
}

}  // namespace parley::intents
