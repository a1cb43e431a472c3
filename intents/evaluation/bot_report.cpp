#include "intents/evaluation/bot_report.h"

namespace parley::intents {
namespace {

// The part of the whole that cross-validation and the learning curve take, in progress.
constexpr double kValidationShare = 0.9;

Measures measure_held_out(const Corpus& corpus, const BotReportOptions& options,
                          const EvaluationProgress& progress) {
  const Classifier classifier(train_classifier(corpus, options.validation.training, [&](double done) {
    if (progress) progress(kValidationShare + done * (1 - kValidationShare), "held-out texts");
  }));
  return measure(predict(classifier, options.held_out), options.accept);
}

}  // namespace

BotReport evaluate_bot(const std::string& bot, const Corpus& corpus, const BotReportOptions& options,
                       const EvaluationProgress& progress) {
  BotReport report;
  report.bot = bot;
  report.configuration = options.validation.training.kind == ModelKind::kFast ? "fast" : "thorough";
  report.folds = options.validation.folds;
  CrossValidation validation =
      cross_validate(corpus, options.validation, [&](double done, std::string_view what) {
        if (progress) progress(done * kValidationShare, what);
      });
  report.measures = measure(validation.predictions, options.accept);
  report.acceptance = acceptance_curve(validation.predictions, options.accept, options.cost);
  report.typos = std::move(validation.typos);
  report.accuracy_with_twice = accuracy_with_twice(validation.learning);
  report.learning = std::move(validation.learning);
  if (!options.held_out.empty()) report.held_out = measure_held_out(corpus, options, progress);

  const std::vector<LabelledText> sentences = labelled_texts_of(corpus);
  std::vector<std::string> texts;
  for (const LabelledText& sentence : sentences)
    texts.push_back(sentence.text);
  const SentenceIndex index(texts);
  report.confusions = find_confusions(validation.predictions, sentences, index);
  report.duplicates = find_duplicates(sentences, index);
  report.strays = find_strays(sentences, index);
  return report;
}

}  // namespace parley::intents
