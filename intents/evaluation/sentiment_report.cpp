#include "intents/evaluation/sentiment_report.h"

#include <map>
#include <utility>

#include "intents/trainer.h"

namespace parley::intents {
namespace {

struct Fold {
  Corpus kept;
  std::vector<SentimentJudgement> held;  // not judged yet
};

/// Every `folds`-th sentence of a kind and language, from the one numbered `fold` on.
Fold deal(const Corpus& corpus, std::size_t fold, std::size_t folds) {
  Fold result{corpus, {}};
  for (Intent& intent : result.kept.intents) {
    std::map<std::string, std::size_t> dealt;  // by language
    std::vector<Sentence> kept;
    for (Sentence& sentence : intent.sentences) {
      if (dealt[sentence.language]++ % folds == fold)
        result.held.push_back({sentence.text, sentence.language, intent.name == kNegative, 0});
      else
        kept.push_back(std::move(sentence));
    }
    intent.sentences = std::move(kept);
  }
  return result;
}

}  // namespace

std::vector<SentimentJudgement> sentiment_validated(const Corpus& corpus, std::size_t folds) {
  std::vector<SentimentJudgement> all;
  for (std::size_t i = 0; i < folds; ++i) {
    Fold fold = deal(corpus, i, folds);
    const Sentiment sentiment(train_classifier(fold.kept));
    for (SentimentJudgement& one : fold.held) {
      one.probability = sentiment.negative(one.text);
      all.push_back(std::move(one));
    }
  }
  return all;
}

std::vector<SentimentJudgement> sentiment_judged(const std::vector<LabelledText>& texts,
                                                 const Sentiment& sentiment) {
  std::vector<SentimentJudgement> all;
  for (const LabelledText& text : texts)
    all.push_back({text.text, "", text.intent == kNegative, sentiment.negative(text.text)});
  return all;
}

SentimentFigures sentiment_figures(const std::vector<SentimentJudgement>& judgements,
                                   const std::string& language, double threshold) {
  SentimentFigures figures;
  for (const SentimentJudgement& one : judgements) {
    if (!language.empty() && one.language != language) continue;
    const bool taken = one.probability >= threshold;
    ++(one.negative ? figures.negative : figures.other);
    if (taken) ++(one.negative ? figures.found : figures.false_alarms);
  }
  return figures;
}

}  // namespace parley::intents
