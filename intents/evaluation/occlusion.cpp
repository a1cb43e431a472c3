#include "intents/evaluation/occlusion.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "intents/normalize.h"

namespace parley::intents {
namespace {

// Smaller changes are noise of the rounding of weights.
constexpr double kChangeMin = 0.005;
// What a phrase must do beyond the phrases inside it to be worth a line.
constexpr double kGainMin = 0.05;

struct Span {
  std::size_t first = 0, last = 0;  // words, both included
  bool operator<(const Span& other) const {
    return std::pair(first, last) < std::pair(other.first, other.last);
  }
};

class Occluder {
 public:
  Occluder(std::string_view text, const std::function<double(const std::string&)>& probability_of)
      : text_(text),
        folded_(fold(text)),
        probability_of_(probability_of),
        whole_(probability_of(std::string(text))) {}

  std::vector<PhraseEffect> run() {
    const std::size_t words = std::min(folded_.words.size(), kOcclusionTextWords);
    for (std::size_t length = 1; length <= std::min(kOcclusionWordsMax, words); ++length)
      for (std::size_t first = 0; first + length <= words; ++first)
        judge({first, first + length - 1});
    std::vector<PhraseEffect> effects;
    for (const auto& [span, change] : changes_)
      if (std::fabs(change) >= kChangeMin && adds_to_its_parts(span, change))
        effects.push_back({std::string(text_.substr(begin_of(span), end_of(span) - begin_of(span))), change});
    std::stable_sort(effects.begin(), effects.end(), [](const PhraseEffect& a, const PhraseEffect& b) {
      return std::fabs(a.change) > std::fabs(b.change);
    });
    return effects;
  }

 private:
  std::size_t begin_of(const Span& span) const { return folded_.origin[folded_.words[span.first].begin]; }
  std::size_t end_of(const Span& span) const { return folded_.origin[folded_.words[span.last].end]; }

  void judge(const Span& span) {
    const std::string without =
        std::string(text_.substr(0, begin_of(span))) + std::string(text_.substr(end_of(span)));
    changes_[span] = whole_ - probability_of_(without);
  }

  bool adds_to_its_parts(const Span& span, double change) const {
    if (span.first == span.last) return true;
    const auto weaker = [&](const Span& part) {
      return std::fabs(changes_.at(part)) + kGainMin < std::fabs(change);
    };
    return weaker({span.first, span.last - 1}) && weaker({span.first + 1, span.last});
  }

  std::string_view text_;
  FoldedText folded_;
  const std::function<double(const std::string&)>& probability_of_;
  double whole_;
  std::map<Span, double> changes_;
};

}  // namespace

std::vector<PhraseEffect> phrase_effects(std::string_view text,
                                         const std::function<double(const std::string&)>& probability_of) {
  return Occluder(text, probability_of).run();
}

}  // namespace parley::intents
