#include "intents/evaluation/cross_validation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "intents/typos.h"

namespace parley::intents {
namespace {

constexpr std::array kTypoShares{0.0, 0.25, 0.5, 1.0};
constexpr std::size_t kTypoWordMin = 5;
constexpr std::array kLearningShares{0.2, 0.4, 0.6, 0.8};
constexpr std::size_t kLearningFoldsMax = 2;

LabelledText labelled(const Intent& intent, const Sentence& sentence) {
  return {sentence.text, intent.name == kNoneIntent ? std::string(kOutOfScopeLabel) : intent.name,
          intent.path + ":" + std::to_string(sentence.position.line)};
}

struct Fold {
  Corpus kept;
  std::vector<LabelledText> held;
};

Fold deal(const Corpus& corpus, std::size_t fold, std::size_t folds) {
  Fold result;
  result.kept = corpus;
  for (Intent& intent : result.kept.intents) {
    std::map<std::string, std::size_t> dealt;  // by language
    std::vector<Sentence> kept;
    for (Sentence& sentence : intent.sentences) {
      if (dealt[sentence.language]++ % folds == fold)
        result.held.push_back(labelled(intent, sentence));
      else
        kept.push_back(std::move(sentence));
    }
    intent.sentences = std::move(kept);
  }
  return result;
}

bool can_learn(const Corpus& corpus) {
  return std::any_of(corpus.intents.begin(), corpus.intents.end(), [](const Intent& intent) {
    return intent.name != kNoneIntent && !intent.sentences.empty();
  });
}

/// The first sentences of each intent and language: a share of them, at least one.
Corpus share_of(const Corpus& corpus, double share) {
  Corpus result = corpus;
  for (Intent& intent : result.intents) {
    std::map<std::string, double> whole, taken;
    for (const Sentence& sentence : intent.sentences)
      ++whole[sentence.language];
    std::erase_if(intent.sentences, [&](const Sentence& sentence) {
      return ++taken[sentence.language] > std::max(1.0, std::round(share * whole[sentence.language]));
    });
  }
  return result;
}

double sentences_per_intent(const Corpus& corpus) {
  double sentences = 0, intents = 0;
  for (const Intent& intent : corpus.intents) {
    if (intent.name == kNoneIntent || intent.sentences.empty()) continue;
    sentences += static_cast<double>(intent.sentences.size());
    ++intents;
  }
  return intents > 0 ? sentences / intents : 0;
}

/// Texts in scope, and how many of them were understood.
struct Tally {
  double texts = 0, right = 0;

  void add(const std::vector<Prediction>& predictions) {
    for (const Prediction& prediction : predictions) {
      if (!prediction.wanted_in_scope()) continue;
      ++texts;
      right += prediction.right() ? 1 : 0;
    }
  }
  double accuracy() const { return texts > 0 ? right / texts : 0; }
};

class Validator {
 public:
  Validator(const Corpus& corpus, const CrossValidationOptions& options, const EvaluationProgress& progress)
      : corpus_(corpus), options_(options), progress_(progress) {
    learning_folds_ = std::min(kLearningFoldsMax, options.folds);
    trainings_ = options.folds + learning_folds_ * kLearningShares.size();
  }

  CrossValidation run() {
    for (std::size_t i = 0; i < options_.folds; ++i) {
      const Fold fold = deal(corpus_, i, options_.folds);
      if (!can_learn(fold.kept)) continue;
      judge(fold, i < learning_folds_);
      if (i < learning_folds_) learn(fold);
    }
    for (std::size_t i = 0; i < kTypoShares.size(); ++i)
      result_.typos.push_back({kTypoShares[i], typos_[i].accuracy()});
    for (const auto& [share, step] : learning_)
      result_.learning.push_back({step.sentences / step.folds, step.tally.accuracy()});
    return std::move(result_);
  }

 private:
  struct LearningStep {
    double sentences = 0, folds = 0;
    Tally tally;

    void add(const Corpus& learnt_from, const std::vector<Prediction>& predictions) {
      sentences += sentences_per_intent(learnt_from);
      ++folds;
      tally.add(predictions);
    }
  };

  Classifier train(const Corpus& corpus, std::string_view what) {
    const double begin = static_cast<double>(done_++) / static_cast<double>(trainings_);
    return Classifier(train_classifier(corpus, options_.training, [&](double share) {
      if (progress_) progress_(begin + share / static_cast<double>(trainings_), what);
    }));
  }

  void judge(const Fold& fold, bool whole_of_learning) {
    const Classifier classifier = train(fold.kept, "cross-validation");
    std::vector<Prediction> predictions = predict(classifier, fold.held);
    if (whole_of_learning) learning_[1.0].add(fold.kept, predictions);
    for (std::size_t i = 0; i < kTypoShares.size(); ++i)
      typos_[i].add(predict(classifier, misspelt(fold.held, kTypoShares[i])));
    std::move(predictions.begin(), predictions.end(), std::back_inserter(result_.predictions));
  }

  void learn(const Fold& fold) {
    for (const double share : kLearningShares) {
      const Corpus part = share_of(fold.kept, share);
      learning_[share].add(part, predict(train(part, "learning curve"), fold.held));
    }
  }

  static std::vector<LabelledText> misspelt(const std::vector<LabelledText>& texts, double share) {
    std::vector<LabelledText> copies = texts;
    for (std::size_t i = 0; i < copies.size(); ++i)
      copies[i].text = with_typos(texts[i].text, {share, kTypoWordMin}, i);
    return copies;
  }

  const Corpus& corpus_;
  const CrossValidationOptions& options_;
  const EvaluationProgress& progress_;
  std::size_t learning_folds_ = 0, trainings_ = 0, done_ = 0;
  std::array<Tally, kTypoShares.size()> typos_{};
  std::map<double, LearningStep> learning_;  // by share
  CrossValidation result_;
};

}  // namespace

bool can_be_divided(const Corpus& corpus) {
  return std::any_of(corpus.intents.begin(), corpus.intents.end(), [](const Intent& intent) {
    return intent.name != kNoneIntent && intent.sentences.size() > 1;
  });
}

CrossValidation cross_validate(const Corpus& corpus, const CrossValidationOptions& options,
                               const EvaluationProgress& progress) {
  return Validator(corpus, options, progress).run();
}

double accuracy_with_twice(const std::vector<LearningPoint>& learning) {
  if (learning.empty()) return 0;
  double count = 0, x_sum = 0, y_sum = 0, xx_sum = 0, xy_sum = 0;
  for (const LearningPoint& point : learning) {
    if (point.accuracy >= 1 || point.sentences_per_intent <= 0) continue;
    const double x = std::log(point.sentences_per_intent), y = std::log(1 - point.accuracy);
    ++count, x_sum += x, y_sum += y, xx_sum += x * x, xy_sum += x * y;
  }
  const double spread = count * xx_sum - x_sum * x_sum;
  const double last = learning.back().accuracy;
  if (count < 2 || spread <= 0) return last;
  const double slope = std::min(0.0, (count * xy_sum - x_sum * y_sum) / spread);
  return 1 - (1 - last) * std::pow(2.0, slope);
}

std::vector<LabelledText> labelled_texts_of(const Corpus& corpus) {
  std::vector<LabelledText> texts;
  for (const Intent& intent : corpus.intents)
    for (const Sentence& sentence : intent.sentences)
      texts.push_back(labelled(intent, sentence));
  return texts;
}

}  // namespace parley::intents
