// Pages of made-up words, as often as words of a language are: the word of rank r is drawn with a chance of
// about 1 / r. The first hundred, which would be stop words, are left out. Passages have some 60 words,
// questions six.
#include "bench/pages.h"

#include <chrono>
#include <cmath>
#include <random>

#include "config/bot_manifest.h"
#include "intents/knowledge/knowledge.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

constexpr std::size_t kPassagesPerPage = 10;
constexpr std::size_t kWordsPerPassage = 60;
constexpr double kVocabulary = 8'000, kStopWords = 100;
constexpr int kSearches = 2'000;

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
  std::mt19937 draw_{7};
  std::uniform_real_distribution<double> share_{0, 1};
};

void write_pages(const test::TempFolder& folder, std::size_t passages, Words& words) {
  for (std::size_t page = 0; page * kPassagesPerPage < passages; ++page) {
    std::string text = "# " + words.sentence(3) + "\n\n";
    for (std::size_t i = 0; i < kPassagesPerPage; ++i)
      text += "## " + words.sentence(3) + "\n\n" + words.sentence(kWordsPerPassage) + ".\n\n";
    folder.write("knowledge/en/" + std::to_string(page) + ".md", text);
  }
}

template <typename Run>
double microseconds(const Run& run) {
  const auto begin = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

PagesCost measure_pages(std::size_t passages) {
  const test::TempFolder folder;
  Words words;
  write_pages(folder, passages, words);
  config::BotManifest manifest;
  manifest.folder = folder.path();
  manifest.languages = {"en"};
  config::Findings findings;
  std::shared_ptr<const Knowledge> knowledge = intents::read_knowledge(manifest, findings);  // warms up
  PagesCost cost{passages, 0, 0};
  cost.load_ms = microseconds([&] { knowledge = intents::read_knowledge(manifest, findings); }) / 1000;
  std::vector<std::string> questions;
  for (int i = 0; i < kSearches; ++i)
    questions.push_back(words.sentence(6));
  const std::vector<std::string> roles;
  cost.search_us = microseconds([&] {
                     for (const std::string& question : questions)
                       knowledge->search({"en", question, "webchat", roles, 1});
                   }) /
                   kSearches;
  return cost;
}

}  // namespace parley::bench
