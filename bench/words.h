// Made-up words, as often as words of a language are: the word of rank r is drawn with a chance of about
// 1 / r. The first hundred, which would be stop words, are left out. The same words in every run.
#pragma once

#include <cmath>
#include <random>
#include <string>

namespace parley::bench {

class Words {
 public:
  std::string word() {
    const double rank = kStopWords * std::exp(share_(draw_) * std::log(kVocabulary / kStopWords));
    std::string word;
    for (auto rest = static_cast<std::size_t>(rank) + 26; rest > 0; rest /= 26)
      word += static_cast<char>('a' + rest % 26);
    return word + "o";
  }

  std::string sentence(std::size_t words) {
    std::string text = word();
    for (std::size_t i = 1; i < words; ++i)
      text += " " + word();
    return text;
  }

 private:
  static constexpr double kVocabulary = 8'000, kStopWords = 100;

  std::mt19937 draw_{7};
  std::uniform_real_distribution<double> share_{0, 1};
};

}  // namespace parley::bench
