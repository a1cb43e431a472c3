#include "cli/lexicon.h"

namespace parley::cli {
namespace {

/// A sentence without values, so that it says nothing but the intent.
std::string sentence_of(const intents::Intent& intent, const std::string& language) {
  std::string found;
  for (const intents::Sentence& sentence : intent.sentences) {
    if (sentence.language != language) continue;
    if (sentence.annotations.empty()) return sentence.text;
    if (found.empty()) found = sentence.text;
  }
  return found.empty() ? intent.name : found;
}

}  // namespace

conversations::Lexicon lexicon_of(const intents::Corpus& corpus) {
  conversations::Lexicon lexicon;
  const std::string& language = corpus.languages.front();
  for (const intents::Intent& intent : corpus.intents)
    lexicon.sentences[intent.name] = sentence_of(intent, language);
  for (const intents::VocabularyEntity& entity : corpus.vocabulary) {
    if (!entity.pattern.empty()) lexicon.patterns[entity.name] = entity.pattern;
    if (!entity.parts.empty()) lexicon.parts[entity.name] = entity.parts;
    for (const intents::VocabularyValue& value : entity.values) {
      const auto words = value.words.find(language);
      const bool known = words != value.words.end() && !words->second.empty();
      lexicon.values[entity.name][value.name] = known ? words->second.front() : value.name;
    }
  }
  return lexicon;
}

}  // namespace parley::cli
