// The understander of one bot: classifier, language detection and entities behind engine/understanding.h.
//
//   auto corpus = intents::read_corpus(manifest, findings);
//   auto understander = intents::load_or_train(corpus, cache_folder, progress);
//   (*understander)->understand("book leave from monday", {.language = "", .now = now, .timezone =
//   "Europe/Amsterdam"});
//
// Texts are cut after limits::kTextMaxChars code points and kept to limits::kEntitiesPerTextMax entities.
// Invalid UTF-8 separates words. A text without a single known feature has no intents and in_scope 0.
//
// Thread rule: immutable after making; understand and explain may run on any number of threads at once.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "engine/understanding.h"
#include "intents/corpus.h"
#include "intents/trainer.h"

namespace parley::intents {

/// Called with `done` rising from 0 to 1 and what is going on ("training"): one call at a time, on any
/// thread.
using Progress = std::function<void(double done, std::string_view what)>;

/// A part of a word that spoke for the first intent, or against it.
struct WordPiece {
  std::string word;
  std::size_t begin = 0;  // bytes into the word
  std::size_t end = 0;
  double weight = 0;
};

/// Pieces that an explanation names.
inline constexpr std::size_t kPiecesMax = 8;

/// Why a text was understood as it was, for `parley explain`.
struct Explanation {
  Understanding understanding;             // with every intent in `intents`, not only the best five
  std::vector<WordWeight> words_for;       // for the first intent, strongest first
  std::vector<WordWeight> words_against;   // weight is negative, strongest first
  std::vector<WordPiece> pieces;           // strongest first, none overlapping a stronger one
  std::vector<std::string> unknown_words;  // never seen in training
};

class BotUnderstander : public Understander {
 public:
  virtual Explanation explain(std::string_view text, const UnderstandContext& context) const = 0;
};

/// Loads the model that belongs to this corpus from `cache_folder`, or trains it and stores it there. A model
/// file that is damaged or of another version is trained anew; one that can't be written is an error only in
/// `warning`. An empty `cache_folder` keeps nothing. kInvalid: the corpus has no intent with sentences.
/// A thorough model that is stored already is taken for either kind.
Result<std::shared_ptr<const BotUnderstander>> load_or_train(const Corpus& corpus,
                                                             const std::filesystem::path& cache_folder,
                                                             const Progress& progress = {},
                                                             std::string* warning = nullptr,
                                                             ModelKind kind = ModelKind::kFast);

/// Where the model of this corpus is stored.
std::filesystem::path model_path(const Corpus& corpus, const std::filesystem::path& cache_folder,
                                 ModelKind kind);

/// Hex digest over all that training depends on (intents, sentences, languages, trainer version), and
/// nothing else: changing a title, a reply or the country does not change it. The name of the model file.
std::string training_digest(const Corpus& corpus);

}  // namespace parley::intents
