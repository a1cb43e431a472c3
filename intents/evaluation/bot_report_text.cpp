// The report for a terminal: figures first, then what to look at, worst first, with the file and line to
// open.

#include <algorithm>
#include <iomanip>
#include <sstream>

#include "intents/evaluation/bot_report.h"
#include "intents/evaluation/figures.h"

namespace parley::intents {
namespace {

constexpr std::size_t kIntentsShown = 10;
constexpr std::size_t kPairsShown = 10;
constexpr std::size_t kSentencesShown = 3;
constexpr int kNameWidth = 28;

void row(std::ostream& out, std::string_view name, const std::string& value) {
  out << std::left << std::setw(kNameWidth) << name << value << '\n';
}

void write_figures(std::ostream& out, const Measures& measures) {
  row(out, "texts",
      std::to_string(measures.in_scope_count) + " in scope, " + std::to_string(measures.out_of_scope_count) +
          " out of it");
  row(out, "accuracy", with_digits(measures.accuracy, 3));
  row(out, "macro-F1", with_digits(measures.macro_f1, 3));
  row(out, "ECE (15 bins)", with_digits(measures.ece, 3));
  if (measures.oos_auroc) row(out, "oos AUROC", with_digits(*measures.oos_auroc, 3));
  if (measures.oos_recall)
    row(out, "oos recall",
        with_digits(*measures.oos_recall, 3) + " at " + with_digits(measures.acceptance.threshold, 2));
}

void write_intents(std::ostream& out, std::vector<IntentMeasures> intents) {
  std::stable_sort(intents.begin(), intents.end(),
                   [](const IntentMeasures& a, const IntentMeasures& b) { return a.f1() < b.f1(); });
  if (intents.size() > kIntentsShown) intents.resize(kIntentsShown);
  out << "\nWeakest intents             precision  recall  texts\n";
  for (const IntentMeasures& intent : intents)
    out << std::left << std::setw(kNameWidth) << intent.intent << std::setw(11)
        << with_digits(intent.precision(), 3) << std::setw(8) << with_digits(intent.recall(), 3)
        << intent.texts << '\n';
}

void write_threshold(std::ostream& out, const AcceptanceCurve& curve) {
  const auto say = [&](std::string_view name, const AcceptancePoint& point) {
    row(out, name,
        with_digits(point.threshold, 2) + ": " + percent(point.false_accepts) + " wrong answers, " +
            percent(point.false_rejects) + " needless questions");
  };
  out << "\nThreshold (a wrong answer costs " << with_digits(curve.cost, 1) << " needless questions)\n";
  say("accept of this bot", curve.shipped);
  say("cheapest", curve.best);
}

void write_side(std::ostream& out, const std::vector<ConfusedSentence>& sentences, const std::string& as) {
  for (std::size_t i = 0; i < std::min(kSentencesShown, sentences.size()); ++i) {
    const ConfusedSentence& confused = sentences[i];
    out << "  " << confused.sentence.place << ": \"" << confused.sentence.text << "\" is taken for " << as;
    if (!confused.like.text.empty())
      out << "\n      like \"" << confused.like.text << "\" (" << confused.like.place << ")";
    out << '\n';
  }
}

void write_confusions(std::ostream& out, const std::vector<Confusion>& confusions) {
  if (confusions.empty()) return;
  out << "\nTaken for one another\n";
  for (std::size_t i = 0; i < std::min(kPairsShown, confusions.size()); ++i) {
    const Confusion& pair = confusions[i];
    out << pair.left << " and " << pair.right << ": " << pair.left_as_right.size() << " and "
        << pair.right_as_left.size() << '\n';
    write_side(out, pair.left_as_right, pair.right);
    write_side(out, pair.right_as_left, pair.left);
  }
}

void write_pairs(std::ostream& out, std::string_view title, const std::vector<LikePair>& pairs) {
  if (pairs.empty()) return;
  out << '\n' << title << " (" << pairs.size() << ")\n";
  for (std::size_t i = 0; i < std::min(kPairsShown, pairs.size()); ++i)
    out << "  " << pairs[i].sentence.place << ": \"" << pairs[i].sentence.text << "\" ("
        << pairs[i].sentence.intent << ")\n      like \"" << pairs[i].other.text << "\" ("
        << pairs[i].other.intent << ", " << pairs[i].other.place << "), "
        << with_digits(pairs[i].similarity, 2) << '\n';
}

void write_curves(std::ostream& out, const BotReport& report) {
  out << "\nTypos in long words         accuracy\n";
  for (const TypoPoint& point : report.typos)
    row(out, percent(point.share), with_digits(point.accuracy, 3));
  out << "\nSentences an intent         accuracy\n";
  for (const LearningPoint& point : report.learning)
    row(out, with_digits(point.sentences_per_intent, 1), with_digits(point.accuracy, 3));
  row(out, "twice as many", "about " + with_digits(report.accuracy_with_twice, 3));
}

}  // namespace

std::string to_text(const BotReport& report) {
  std::ostringstream out;
  out << report.bot << ": " << report.folds << "-fold cross-validation, " << report.configuration << '\n';
  write_figures(out, report.measures);
  if (report.held_out) {
    out << "\nHeld-out texts\n";
    write_figures(out, *report.held_out);
  }
  write_threshold(out, report.acceptance);
  write_intents(out, report.measures.intents);
  write_confusions(out, report.confusions);
  write_pairs(out, "Nearer to another intent", report.strays);
  write_pairs(out, "Near-duplicates", report.duplicates);
  write_curves(out, report);
  return out.str();
}

}  // namespace parley::intents
