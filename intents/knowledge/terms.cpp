#include "intents/knowledge/terms.h"

#include <algorithm>

#include "intents/entities/stemmer.h"
#include "intents/language_data.h"
#include "intents/normalize.h"

namespace parley::intents {
namespace {

bool is_one_letter(std::string_view word) {
  return word.size() == 1 && word[0] >= 'a' && word[0] <= 'z';
}

}  // namespace

std::vector<Term> terms_of(std::string_view text, const std::string& language) {
  const std::vector<std::string>& stop_words = language_data(language).stop_words;
  const FoldedText folded = fold(text);
  std::vector<Term> terms;
  for (std::size_t i = 0; i < folded.words.size(); ++i) {
    const std::string word(folded.word(i));
    if (is_one_letter(word) || std::binary_search(stop_words.begin(), stop_words.end(), word)) continue;
    terms.push_back({stem(word, language), word});
  }
  return terms;
}

}  // namespace parley::intents
