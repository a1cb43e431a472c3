// Texts of people: folded by ICU and cut into words, each byte traceable to where it came from.
#include "intents/normalize.h"

#include <algorithm>

#include "config/text_file.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

void check_words(const intents::FoldedText& text) {
  std::uint32_t end = 0;
  for (const intents::Word& word : text.words) {
    require(word.begin >= end && word.begin < word.end && word.end <= text.text.size(),
            "a word out of place");
    end = word.end;
  }
}

void run(std::string_view input) {
  const intents::FoldedText text = intents::fold(input);
  require(text.origin.size() == text.text.size() + 1, "a byte without an origin");
  require(std::is_sorted(text.origin.begin(), text.origin.end()), "origins out of order");
  require(text.origin.back() <= input.size(), "an origin behind the text");
  require(config::is_utf8(text.text), "folded to what is not UTF-8");
  check_words(text);
  require(config::is_utf8(intents::word_key(input)), "a key that is not UTF-8");
  require(config::is_utf8(intents::folded(input)), "a folded text that is not UTF-8");
}

const AddTarget kAdd{"normalize", run};

}  // namespace
}  // namespace parley::fuzz
