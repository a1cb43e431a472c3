#include "intents/typos.h"

#include <array>
#include <utility>

#include "intents/random.h"

namespace parley::intents {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The key left or right of `letter` on a QWERTY keyboard.
char neighbour(char letter, Random& random) {
  static constexpr std::array<std::string_view, 3> kKeys = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  const char lower = static_cast<char>(letter | 0x20);
  for (const auto keys : kKeys) {
    const std::size_t at = keys.find(lower);
    if (at == std::string_view::npos) continue;
    if (at == 0) return keys[1];
    if (at + 1 == keys.size()) return keys[at - 1];
    return keys[random.below(2) == 0 ? at - 1 : at + 1];
  }
  return letter;
}

void misspell(std::string& word, Random& random) {
  const std::size_t at = random.below(word.size());
  switch (random.below(4)) {
    case 0:
      word.erase(at, 1);
      break;
    case 1:
      word.insert(at, 1, word[at]);
      break;
    case 2:
      word[at] = neighbour(word[at], random);
      break;
    default:
      std::swap(word[at], word[at + 1 < word.size() ? at + 1 : at - 1]);
  }
}

}  // namespace

std::string with_typos(std::string_view text, const TypoRate& rate, std::uint64_t seed) {
  Random random(seed);
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_letter(text[end]))
      ++end;
    if (end == i) {
      result += text[i++];
      continue;
    }
    std::string word(text.substr(i, end - i));
    if (word.size() >= rate.shortest_word && random.happens(rate.share)) misspell(word, random);
    result += word;
    i = end;
  }
  return result;
}

}  // namespace parley::intents
