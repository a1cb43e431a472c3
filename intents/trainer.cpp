#include "intents/trainer.h"

#include <algorithm>

#include "intents/examples.h"
#include "intents/held_out.h"
#include "intents/linear_trainer.h"
#include "intents/thorough_trainer.h"

namespace parley::intents {
namespace {

constexpr std::size_t kFolds = 5;
// Above this many sentences rare n-grams are dropped, and one fold is enough.
constexpr std::size_t kLargeCorpus = 3'000;
// In how many examples an n-gram of a large corpus must occur.
constexpr std::size_t kFastCountMin = 2;
constexpr std::size_t kThoroughCountMin = 3;
constexpr double kNetworkShare = 0.8;  // of the time that a thorough training takes

class Trainer {
 public:
  Trainer(const Corpus& corpus, const TrainingOptions& options, const std::function<void(double)>& progress)
      : options_(options),
        progress_(progress),
        languages_(corpus.languages),
        intents_(intent_names(corpus)),
        vectors_(corpus.vectors ? *corpus.vectors : WordVectors{}),
        examples_(examples_of(corpus, intents_, options.everyday_sentences)),
        folds_(examples_.size() > kLargeCorpus ? 1 : kFolds) {}

  ClassifierModel train() {
    for (std::size_t fold = 0; fold < folds_; ++fold)
      hold_out(fold);
    ClassifierModel model = fit(examples_);
    held_out_.calibrate(model);
    return model;
  }

 private:
  ClassifierModel fit(const std::vector<Example>& examples) {
    const bool thorough = options_.kind == ModelKind::kThorough;
    const std::size_t count_min = examples.size() <= kLargeCorpus ? 1
                                  : thorough                      ? kThoroughCountMin
                                                                  : kFastCountMin;
    const double linear_share = thorough ? 1 - kNetworkShare : 1;
    ClassifierModel model = train_linear(examples, intents_, languages_,
                                         {options_.threads, options_.typo_copies, count_min, vectors_},
                                         [&](double done) { report(done * linear_share); });
    if (thorough)
      model.network = train_network_half(examples, model, {options_.threads, count_min},
                                         [&](double done) { report(linear_share + done * kNetworkShare); });
    ++fits_;
    return model;
  }

  void report(double done) const {
    if (progress_) progress_((static_cast<double>(fits_) + done) / static_cast<double>(folds_ + 1));
  }

  bool is_hidden_intent(const Example& example, std::size_t fold) const {
    return example.intent != kNoColumn && intents_.size() > 2 &&
           static_cast<std::size_t>(example.intent) % kFolds == fold % std::min(kFolds, intents_.size());
  }

  /// Trains without one fold and notes how its sentences score.
  void hold_out(std::size_t fold) {
    std::vector<Example> kept;
    std::vector<const Example*> held;
    for (const Example& example : examples_) {
      const bool hidden = is_hidden_intent(example, fold);
      const bool of_fold = !example.is_name && example.number % kFolds == fold;
      if (!hidden && !of_fold) kept.push_back(example);
      if (!example.is_name && (hidden || of_fold)) held.push_back(&example);
    }
    const Classifier classifier(fit(kept), Asking::kAlways);
    for (const Example* example : held) {
      const Standing standing = example->intent == kNoColumn       ? Standing::kNotForTheBot
                                : is_hidden_intent(*example, fold) ? Standing::kHiddenIntent
                                                                   : Standing::kInScope;
      held_out_.add(classifier, example->text, *example, standing);
      const std::string backwards(example->text.rbegin(), example->text.rend());
      if (example->number % kFolds == fold)
        held_out_.add(classifier, backwards, *example, Standing::kGibberish);
    }
  }

  TrainingOptions options_;
  std::function<void(double)> progress_;
  std::vector<std::string> languages_;
  std::vector<std::string> intents_;
  WordVectors vectors_;
  std::vector<Example> examples_;
  std::size_t folds_ = kFolds;
  std::size_t fits_ = 0;
  HeldOutTexts held_out_;
};

}  // namespace

ClassifierModel train_classifier(const Corpus& corpus, const TrainingOptions& options,
                                 const std::function<void(double)>& progress) {
  return Trainer(corpus, options, progress).train();
}

}  // namespace parley::intents
