#include "intents/evaluate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

namespace parley::intents {
namespace {

constexpr double kAccept = 0.5;
constexpr std::size_t kBins = 15;

/// Predictions gathered into bins by their probability.
class CalibrationBins {
 public:
  void add(double probability, bool right) {
    auto& bin = bins_[std::min(static_cast<std::size_t>(probability * kBins), kBins - 1)];
    bin.probability += probability;
    bin.right += right ? 1 : 0;
    ++count_;
  }

  double error() const {
    double sum = 0;
    for (const auto& bin : bins_)
      sum += std::fabs(bin.probability - bin.right);
    return count_ > 0 ? sum / static_cast<double>(count_) : 0;
  }

 private:
  struct Bin {
    double probability = 0;
    double right = 0;
  };
  std::array<Bin, kBins> bins_{};
  std::size_t count_ = 0;
};

/// The chance that one of `high` is above one of `low`; ties count half.
double chance_above(std::vector<double> high, std::vector<double> low) {
  if (high.empty() || low.empty()) return 0;
  std::sort(low.begin(), low.end());
  double wins = 0;
  for (const double value : high) {
    const auto [first, last] = std::equal_range(low.begin(), low.end(), value);
    wins += static_cast<double>(first - low.begin()) + static_cast<double>(last - first) / 2;
  }
  return wins / static_cast<double>(high.size()) / static_cast<double>(low.size());
}

}  // namespace

Result<std::vector<LabelledText>> read_labelled_texts(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return Error{ErrorCode::kNotFound, path.string() + " can't be read"};
  std::vector<LabelledText> texts;
  std::string line;
  std::getline(file, line);
  for (std::size_t number = 2; std::getline(file, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || line.find('\t', tab + 1) != std::string::npos)
      return Error{ErrorCode::kInvalid, path.string() + ":" + std::to_string(number) +
                                            ": a text, one tab and an intent are expected"};
    texts.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return texts;
}

Corpus corpus_of(const std::vector<LabelledText>& texts, const std::string& language) {
  Corpus corpus;
  corpus.languages = {language};
  for (const auto& [text, label] : texts) {
    const std::string name = label == kOutOfScopeLabel ? std::string(kNoneIntent) : label;
    auto intent = std::find_if(corpus.intents.begin(), corpus.intents.end(),
                               [&](const Intent& candidate) { return candidate.name == name; });
    if (intent == corpus.intents.end()) intent = corpus.intents.insert(intent, {name, "", "", {}, {}});
    intent->sentences.push_back({text, language, {}, {}});
  }
  return corpus;
}

Evaluation evaluate(const Classifier& classifier, const std::vector<LabelledText>& texts) {
  Evaluation result;
  Reading reading;
  std::vector<double> probabilities;
  std::vector<double> inside;
  std::vector<double> outside;
  CalibrationBins bins;
  for (const auto& [text, intent] : texts) {
    classifier.read(text, reading);
    classifier.probabilities(reading, probabilities);
    const double in_scope = classifier.in_scope(reading);
    const double best = probabilities.empty() ? 0 : probabilities.front();
    const bool accepted = best * in_scope >= kAccept;
    if (intent == kOutOfScopeLabel) {
      outside.push_back(in_scope);
      result.accepted_out_of_scope += accepted ? 1 : 0;
      continue;
    }
    const bool right =
        !reading.ranked.empty() && classifier.model().intents[reading.ranked.front()] == intent;
    inside.push_back(in_scope);
    bins.add(best, right);
    result.accuracy += right ? 1 : 0;
    if (accepted) ++(right ? result.accepted_right : result.accepted_wrong);
  }
  result.in_scope_count = inside.size();
  result.out_of_scope_count = outside.size();
  const double in_count = std::max(1.0, static_cast<double>(inside.size()));
  result.accuracy /= in_count;
  result.accepted_right /= in_count;
  result.accepted_wrong /= in_count;
  result.accepted_out_of_scope /= std::max(1.0, static_cast<double>(outside.size()));
  result.calibration_error = bins.error();
  result.auroc = chance_above(std::move(inside), std::move(outside));
  return result;
}

}  // namespace parley::intents
