#include "intents/understander.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "intents/classifier.h"
#include "intents/clauses.h"
#include "intents/entities/entity_finder.h"
#include "intents/language_data.h"
#include "intents/model_file.h"
#include "intents/sentiment.h"
#include "intents/trainer.h"

namespace parley::intents {
namespace {

constexpr std::size_t kIntentsReturned = 5;
constexpr std::size_t kWordsReturned = 5;
constexpr double kPieceShare = 0.2;       // of the strongest piece's weight: weaker ones are not told
constexpr double kIntentCertain = 0.5;    // below, its annotations do not decide the roles of entities
constexpr double kLanguageCertain = 0.8;  // below, the entities of all the bot's languages are looked for
constexpr double kLanguageLikely = 0.6;   // below, a text of which nothing is known is of the first language

/// Scratch memory of one thread, kept between texts.
struct Scratch {
  Reading reading;
  std::vector<double> probabilities;
  std::vector<double> word_weights;
};

Scratch& scratch() {
  thread_local Scratch memory;
  return memory;
}

/// "8911", "FH-10041", "jan@example.com", "JR": of no language, though letters of it may look like one.
bool is_code(std::string_view token) {
  constexpr std::size_t kInitialsMax = 3;
  const auto is = [&](auto test) { return std::any_of(token.begin(), token.end(), test); };
  const bool capitals =
      std::all_of(token.begin(), token.end(), [](unsigned char c) { return !std::islower(c) && c < 0x80; });
  return is([](unsigned char c) { return std::isdigit(c) || c == '@'; }) ||
         (capitals && token.size() <= kInitialsMax);
}

/// Whether a text has a word that can tell its language.
bool tells_language(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n,;";
  for (std::size_t begin = text.find_first_not_of(kBlanks); begin != text.npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
    if (!is_code(text.substr(begin, end - begin))) return true;
    begin = text.find_first_not_of(kBlanks, end);
  }
  return false;
}

/// Words by weight, strongest first; a word that occurs twice counts once, with the sum.
std::vector<WordWeight> words_by_weight(const FoldedText& text, const std::vector<double>& weights) {
  std::vector<WordWeight> words;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto same =
        std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.word == text.word(i); });
    if (same != words.end())
      same->weight += weights[i];
    else
      words.push_back({std::string(text.word(i)), weights[i]});
  }
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return std::fabs(a.weight) > std::fabs(b.weight); });
  return words;
}

/// Words of the span that no entity covers: "postcode 1094 HJ" is a value with its name, no request.
std::size_t words_beside(const FoldedText& text, const ClauseSpan& span,
                         const std::vector<Entity>& entities) {
  std::size_t beside = 0;
  for (std::size_t i = span.first; i < span.last; ++i) {
    const std::size_t at = text.origin[text.words[i].begin];
    beside += std::none_of(entities.begin(), entities.end(),
                           [&](const Entity& entity) { return entity.begin <= at && at < entity.end; });
  }
  return beside;
}

/// The strongest pieces of words; the runs of a word overlap, so each stretch is told once.
std::vector<WordPiece> strongest_pieces(const FoldedText& text, std::vector<RunWeight> runs) {
  std::stable_sort(runs.begin(), runs.end(), [](const RunWeight& a, const RunWeight& b) {
    return std::fabs(a.weight) > std::fabs(b.weight);
  });
  std::vector<WordPiece> pieces;
  for (const RunWeight& run : runs) {
    if (pieces.size() == kPiecesMax || std::fabs(run.weight) < kPieceShare * std::fabs(runs.front().weight))
      break;
    const std::string_view word = text.word(run.word);
    const auto overlaps = [&](const WordPiece& piece) {
      return piece.word == word && run.begin < piece.end && piece.begin < run.end;
    };
    if (std::none_of(pieces.begin(), pieces.end(), overlaps))
      pieces.push_back({std::string(word), run.begin, run.end, run.weight});
  }
  return pieces;
}

class TrainedUnderstander final : public BotUnderstander {
 public:
  TrainedUnderstander(ClassifierModel model, const Corpus& corpus, std::shared_ptr<const Sentiment> sentiment)
      : classifier_(std::move(model)),
        sentiment_(std::move(sentiment)),
        entities_(corpus),
        languages_(corpus.languages) {
    for (const std::string& language : languages_) {
      const std::vector<std::string>& links = language_data(language).links;
      links_.insert(links_.end(), links.begin(), links.end());
    }
  }

  Understanding understand(std::string_view text, const UnderstandContext& context) const override {
    Scratch& memory = scratch();
    Understanding result = understand(text, context, kIntentsReturned, memory);
    result.negative = sentiment_->negative(text);
    if (memory.reading.ranked.empty()) return result;
    add_clauses(text, context, memory.reading.text, result);
    classifier_.word_weights(memory.reading, memory.reading.ranked.front(), memory.word_weights);
    result.words = words_by_weight(memory.reading.text, memory.word_weights);
    if (result.words.size() > kWordsReturned) result.words.resize(kWordsReturned);
    return result;
  }

  Explanation explain(std::string_view text, const UnderstandContext& context) const override {
    Scratch memory;
    Explanation result;
    result.understanding = understand(text, context, classifier_.model().intents.size(), memory);
    result.understanding.negative = sentiment_->negative(text);
    add_unknown_words(memory.reading, result);
    if (memory.reading.ranked.empty()) return result;
    classifier_.word_weights(memory.reading, memory.reading.ranked.front(), memory.word_weights);
    for (const WordWeight& word : words_by_weight(memory.reading.text, memory.word_weights))
      (word.weight >= 0 ? result.words_for : result.words_against).push_back(word);
    result.understanding.words = result.words_for;
    result.pieces = strongest_pieces(memory.reading.text,
                                     classifier_.run_weights(memory.reading, memory.reading.ranked.front()));
    return result;
  }

 private:
  Understanding understand(std::string_view text, const UnderstandContext& context, std::size_t intents_max,
                           Scratch& memory) const {
    Understanding result;
    classifier_.read(text, memory.reading);
    classifier_.probabilities(memory.reading, memory.probabilities);
    result.in_scope = classifier_.in_scope(memory.reading);
    for (std::size_t i = 0; i < std::min(intents_max, memory.reading.ranked.size()); ++i)
      result.intents.push_back(
          {classifier_.model().intents[memory.reading.ranked[i]], memory.probabilities[i] * result.in_scope});
    const auto [language, certain] = language_of(text, memory.reading, context);
    result.language = language;
    const bool known = !result.intents.empty() && result.intents.front().probability >= kIntentCertain;
    const LocalTime local = local_time(context.now, context.timezone);
    result.entities = entities_.find(text, memory.reading.text,
                                     {.language = language,
                                      .language_certain = certain,
                                      .intent = known ? result.intents.front().intent : std::string_view(),
                                      .today = local.day,
                                      .clock = local.clock});
    return result;
  }

  /// Where the text asks for several things, each of them as if it stood alone, and the asides.
  void add_clauses(std::string_view text, const UnderstandContext& context, const FoldedText& folded,
                   Understanding& result) const {
    thread_local Scratch memory;
    const auto bytes_of = [&](const ClauseSpan& span) {
      const std::size_t begin = folded.origin[folded.words[span.first].begin];
      return std::pair(begin, folded.origin[folded.words[span.last - 1].end] - begin);
    };
    // A text that is clear as a whole is seldom two: "return my boots, order FH-1, postcode 1234 AB".
    const bool clear = result.intents.front().probability >= kSure;
    const std::size_t words_wanted = kClauseWordsMin + (clear ? 1 : 0);
    const auto judge = [&](const ClauseSpan& span) -> ClauseJudgement {
      if (words_beside(folded, span, result.entities) < words_wanted) return {};
      const auto [begin, size] = bytes_of(span);
      classifier_.read(text.substr(begin, size), memory.reading);
      if (memory.reading.ranked.empty()) return {};
      classifier_.probabilities(memory.reading, memory.probabilities);
      return {static_cast<int>(memory.reading.ranked.front()),
              memory.probabilities.front() * classifier_.in_scope(memory.reading)};
    };
    const UnderstandContext known{result.language, context.now, context.timezone};
    const std::vector<ClauseSpan> clauses = find_clauses(text, folded, links_, judge);
    for (const ClauseSpan& span : find_asides(text, folded, links_, clauses, judge)) {
      const auto [begin, size] = bytes_of(span);
      result.asides.push_back({begin, begin + size});
    }
    for (const ClauseSpan& span : clauses) {
      const auto [begin, size] = bytes_of(span);
      Understanding part = understand(text.substr(begin, size), known, kIntentsReturned, memory);
      for (Entity& entity : part.entities) {
        entity.begin += begin;
        entity.end += begin;
      }
      result.clauses.push_back(
          {begin, begin + size, std::move(part.intents), part.in_scope, std::move(part.entities)});
    }
  }

  /// The text's language (the caller's, where it is known), and whether the text itself leaves no doubt.
  std::pair<std::string_view, bool> language_of(std::string_view text, const Reading& reading,
                                                const UnderstandContext& context) const {
    const auto known = std::find(languages_.begin(), languages_.end(), context.language);
    const auto [best, probability] = classifier_.language(reading);
    const bool told = !reading.ranked.empty() && tells_language(text);
    const bool certain = told && probability >= kLanguageCertain;
    if (known != languages_.end() && !(certain && context.may_change))
      return {*known, certain && languages_[best] == *known};
    const bool likely = told && probability >= kLanguageLikely;
    return {likely ? languages_[best] : languages_.front(), certain};
  }

  void add_unknown_words(const Reading& reading, Explanation& result) const {
    for (const Occurrence& occurrence : reading.occurrences)
      if (group_of(occurrence.key) == 0 && !occurrence.pair && !classifier_.knows(occurrence.key))
        result.unknown_words.emplace_back(reading.text.word(occurrence.word));
  }

  Classifier classifier_;
  std::shared_ptr<const Sentiment> sentiment_;
  EntityFinder entities_;
  std::vector<std::string> languages_;
  std::vector<std::string> links_;  // of all languages
};

void add_field(std::string& bytes, std::string_view field) {
  bytes += std::to_string(field.size());
  bytes += ':';
  bytes += field;
}

}  // namespace

std::string training_digest(const Corpus& corpus) {
  std::string bytes;
  add_field(bytes, std::to_string(kTrainerVersion) + "." + std::to_string(kModelFormat));
  for (const auto& language : corpus.languages) {
    add_field(bytes, language);
    for (const auto& sentence : language_data(language).everyday)
      add_field(bytes, sentence);
  }
  for (const Intent& intent : corpus.intents) {
    add_field(bytes, intent.name);
    for (const Sentence& sentence : intent.sentences) {
      add_field(bytes, sentence.language);
      add_field(bytes, sentence.text);
    }
  }
  if (corpus.vectors) add_field(bytes, digest_of(*corpus.vectors));
  return hex_digest(bytes);
}

Result<std::shared_ptr<const BotUnderstander>> load_or_train(const Corpus& corpus,
                                                             const std::filesystem::path& cache_folder,
                                                             const Progress& progress, std::string* warning,
                                                             ModelKind kind) {
  const bool trainable = std::any_of(corpus.intents.begin(), corpus.intents.end(), [](const Intent& intent) {
    return intent.name != kNoneIntent && !intent.sentences.empty();
  });
  if (!trainable)
    return Error{ErrorCode::kInvalid,
                 "there is no intent with sentences: write intents/*.yaml, then train again"};
  const std::string digest = training_digest(corpus);
  for (const ModelKind stored_kind : {ModelKind::kThorough, kind})
    if (!cache_folder.empty())
      if (auto stored = read_model_file(model_path(corpus, cache_folder, stored_kind), digest))
        return std::shared_ptr<const BotUnderstander>(std::make_shared<TrainedUnderstander>(
            std::move(stored).value(), corpus, load_or_train_sentiment(corpus, cache_folder)));
  const auto report = [&](double done) {
    if (progress) progress(done, "training");
  };
  TrainingOptions options;
  options.kind = kind;
  ClassifierModel model = train_classifier(corpus, options, report);
  if (!cache_folder.empty())
    if (const auto written = write_model_file(model_path(corpus, cache_folder, kind), model, digest);
        !written && warning)
      *warning = written.error().message;
  return std::shared_ptr<const BotUnderstander>(std::make_shared<TrainedUnderstander>(
      std::move(model), corpus, load_or_train_sentiment(corpus, cache_folder)));
}

std::filesystem::path model_path(const Corpus& corpus, const std::filesystem::path& cache_folder,
                                 ModelKind kind) {
  const char* const suffix = kind == ModelKind::kThorough ? ".thorough.model" : ".model";
  return cache_folder / (training_digest(corpus).substr(0, 32) + suffix);
}

}  // namespace parley::intents
