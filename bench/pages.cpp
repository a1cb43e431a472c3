// Passages have some 60 words, questions six.
#include "bench/pages.h"

#include <chrono>

#include "bench/words.h"
#include "config/bot_manifest.h"
#include "intents/knowledge/knowledge.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

constexpr std::size_t kPassagesPerPage = 10;
constexpr std::size_t kWordsPerPassage = 60;
constexpr int kSearches = 2'000;

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
