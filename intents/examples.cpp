#include "intents/examples.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "intents/language_data.h"
#include "intents/normalize.h"
#include "intents/typos.h"

namespace parley::intents {
namespace {

// An everyday sentence with a larger share of words that the bot knows may be the bot's business.
constexpr double kKnownWordsMax = 0.7;

int place_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? kNoColumn : static_cast<int>(found - names.begin());
}

void add_sentences(const Corpus& corpus, const std::vector<std::string>& intents,
                   std::vector<Example>& examples) {
  for (const Intent& intent : corpus.intents) {
    const int column = place_of(intents, intent.name);
    std::size_t number = 0;
    for (const Sentence& sentence : intent.sentences)
      examples.push_back({sentence.text, column, place_of(corpus.languages, sentence.language), number++});
  }
}

void add_names(const std::vector<std::string>& intents, std::vector<Example>& examples) {
  for (std::size_t i = 0; i < intents.size(); ++i)
    examples.push_back({words_of_name(intents[i]), static_cast<int>(i), kNoColumn, 0, true});
}

class KnownWords {
 public:
  explicit KnownWords(const std::vector<Example>& examples) {
    for (const Example& example : examples) {
      const FoldedText text = fold(example.text);
      for (std::size_t i = 0; i < text.words.size(); ++i)
        words_.emplace(text.word(i));
    }
  }

  /// Whether most words of `sentence` are known.
  bool cover(const std::string& sentence) const {
    const FoldedText text = fold(sentence);
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.words.size(); ++i)
      count += words_.contains(text.word(i)) ? 1 : 0;
    return static_cast<double>(count) > kKnownWordsMax * static_cast<double>(text.words.size());
  }

 private:
  std::set<std::string, std::less<>> words_;
};

void add_everyday_sentences(const Corpus& corpus, std::vector<Example>& examples) {
  const KnownWords known(examples);
  std::size_t number = 0;
  for (std::size_t language = 0; language < corpus.languages.size(); ++language)
    for (const std::string& sentence : language_data(corpus.languages[language]).everyday)
      if (!known.cover(sentence))
        examples.push_back({sentence, kNoColumn, static_cast<int>(language), number++});
}

}  // namespace

std::vector<std::string> intent_names(const Corpus& corpus) {
  std::vector<std::string> names;
  for (const Intent& intent : corpus.intents)
    if (intent.name != kNoneIntent && !intent.sentences.empty()) names.push_back(intent.name);
  return names;
}

std::vector<Example> examples_of(const Corpus& corpus, const std::vector<std::string>& intents,
                                 bool everyday) {
  std::vector<Example> examples;
  add_sentences(corpus, intents, examples);
  add_names(intents, examples);
  if (everyday) add_everyday_sentences(corpus, examples);
  return examples;
}

std::vector<Example> with_misspelt_copies(const std::vector<Example>& examples, std::size_t copies) {
  std::vector<Example> all = examples;
  for (std::size_t copy = 1; copy <= copies; ++copy)
    for (std::size_t i = 0; i < examples.size(); ++i) {
      Example misspelt = examples[i];
      misspelt.text = with_typos(misspelt.text, {}, copy * 1'000'003 + i);
      if (misspelt.text != examples[i].text) all.push_back(std::move(misspelt));
    }
  return all;
}

std::string words_of_name(std::string_view name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto is = [&](std::size_t at, auto test) {
      return test(static_cast<unsigned char>(name[at])) != 0;
    };
    const bool hump = i > 0 && is(i, [](int c) { return std::isupper(c); }) &&
                      is(i - 1, [](int c) { return std::islower(c); });
    if (hump) words += ' ';
    words += name[i] == '_' || name[i] == '-' || name[i] == '.' || name[i] == '/' ? ' ' : name[i];
  }
  return words;
}

}  // namespace parley::intents
