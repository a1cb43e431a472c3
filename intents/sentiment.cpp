#include "intents/sentiment.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>

#include "config/yaml.h"
#include "intents/model_file.h"
#include "intents/trainer.h"
#include "intents/understander.h"

namespace parley {

const std::map<std::string_view, std::string_view>& sentiment_files();

namespace intents {
namespace {

/// Mean probability from which on the sentences of an intent are complaints.
constexpr double kComplaints = 0.5;

Corpus read_sentences() {
  Corpus corpus;
  corpus.languages.clear();
  for (const std::string_view name : {kNegative, kOther})
    corpus.intents.push_back({std::string(name), "", "", {}, {}});
  config::Findings findings;
  for (const auto& [file_name, content] : sentiment_files()) {
    const config::YamlFile file(std::string(content), std::string(file_name), findings);
    for (const config::Node& document : file.documents()) {
      const std::string language = document.need("language").text().value_or("");
      corpus.languages.push_back(language);
      for (Intent& intent : corpus.intents)
        for (const config::Node& item : document.need(intent.name).items())
          intent.sentences.push_back({item.text().value_or(""), language, {}, item.position()});
    }
  }
  for (const auto& finding : findings.all())
    std::fputs(config::to_text(finding).c_str(), stderr);
  PARLEY_CHECK(findings.all().empty());
  return corpus;
}

ClassifierModel load_or_train_model(const Corpus& corpus, const std::filesystem::path& cache_folder) {
  const std::string digest = training_digest(corpus);
  const std::filesystem::path path = model_path(corpus, cache_folder, ModelKind::kFast);
  if (!cache_folder.empty())
    if (auto stored = read_model_file(path, digest)) return std::move(stored).value();
  ClassifierModel model = train_classifier(corpus);
  // What can't be written is trained again by the next process.
  if (!cache_folder.empty()) static_cast<void>(write_model_file(path, model, digest));
  return model;
}

/// An intent of complaints: more often than not its sentences tell of a negative experience.
bool tells_of_experience(const Intent& intent, const Sentiment& shipped) {
  double sum = 0;
  for (const Sentence& sentence : intent.sentences)
    sum += shipped.negative(sentence.text);
  return sum > kComplaints * static_cast<double>(intent.sentences.size());
}

}  // namespace

const Corpus& sentiment_corpus() {
  static const Corpus kCorpus = read_sentences();
  return kCorpus;
}

Sentiment::Sentiment(ClassifierModel model)
    : classifier_(std::move(model)),
      column_(static_cast<std::size_t>(
          std::find(classifier_.model().intents.begin(), classifier_.model().intents.end(), kNegative) -
          classifier_.model().intents.begin())) {}

double Sentiment::negative(std::string_view text) const {
  thread_local Reading reading;
  thread_local std::vector<double> probabilities;
  classifier_.read(text, reading);
  classifier_.probabilities(reading, probabilities);
  for (std::size_t i = 0; i < reading.ranked.size(); ++i)
    if (reading.ranked[i] == column_) return probabilities[i];
  return 0;
}

std::shared_ptr<const Sentiment> shipped_sentiment(const std::filesystem::path& cache_folder) {
  static std::mutex mutex;
  static std::shared_ptr<const Sentiment> known;
  const std::lock_guard lock(mutex);
  if (!known)
    known = std::make_shared<const Sentiment>(load_or_train_model(sentiment_corpus(), cache_folder));
  return known;
}

Corpus sentiment_corpus_of(const Corpus& bot, const Sentiment& shipped) {
  std::vector<const Sentence*> own;
  for (const Intent& intent : bot.intents)
    if (!tells_of_experience(intent, shipped))
      for (const Sentence& sentence : intent.sentences)
        own.push_back(&sentence);
  Corpus corpus = sentiment_corpus();
  if (own.size() < kOwnSentencesMin) return corpus;
  for (const std::string& language : bot.languages)
    if (std::find(corpus.languages.begin(), corpus.languages.end(), language) == corpus.languages.end())
      corpus.languages.push_back(language);
  const std::size_t step = (own.size() + kOwnSentencesMax - 1) / kOwnSentencesMax;
  for (std::size_t i = 0; i < own.size(); i += step)
    corpus.intents.back().sentences.push_back({own[i]->text, own[i]->language, {}, own[i]->position});
  return corpus;
}

std::shared_ptr<const Sentiment> load_or_train_sentiment(const Corpus& bot,
                                                         const std::filesystem::path& cache_folder) {
  const auto shipped = shipped_sentiment(cache_folder);
  const Corpus corpus = sentiment_corpus_of(bot, *shipped);
  if (corpus.intents.back().sentences.size() == sentiment_corpus().intents.back().sentences.size())
    return shipped;
  return std::make_shared<const Sentiment>(load_or_train_model(corpus, cache_folder));
}

}  // namespace intents
}  // namespace parley
