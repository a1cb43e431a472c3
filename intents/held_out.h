// Texts that a classifier did not see in training, with what they should have been taken for: from them comes
// the Calibration.
//
// Thread rule: a HeldOutTexts belongs to one thread.
#pragma once

#include <array>
#include <vector>

#include "intents/calibration.h"
#include "intents/classifier.h"
#include "intents/examples.h"

namespace parley::intents {

/// What a held-out text is to the classifier that did not see it. Gibberish is a sentence read backwards.
enum class Standing : std::size_t { kInScope, kNotForTheBot, kHiddenIntent, kGibberish };
inline constexpr std::size_t kStandings = 4;

class HeldOutTexts {
 public:
  /// `classifier` asks its network about every text, if it has one.
  void add(const Classifier& classifier, const std::string& text, const Example& example, Standing standing);
  /// Fills model.calibration. All texts were read by classifiers with the same intents and languages.
  void calibrate(ClassifierModel& model);

 private:
  struct Text {
    Reading reading;  // scores and known shares only
    Standing standing = Standing::kInScope;
    std::size_t intent = 0;  // of texts in scope
    int language = kNoColumn;
    double weight = 1;
  };

  void weigh();
  void calibrate_linear(ClassifierModel& model);
  void calibrate_languages(ClassifierModel& model) const;
  void calibrate_network(ClassifierModel& model);

  std::vector<Text> texts_;
};

}  // namespace parley::intents
