// Conversation tests as a file of a bot, read and played with a SmallBot.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "conversations/testing/test_file.h"
#include "conversations/testing/test_runner.h"
#include "tests/conversations/dialogue_support.h"

namespace parley::test {

struct PlayedTests {
  conversations::TestReport report;
  std::vector<config::Finding> findings;  // about the files of the tests
};

/// What tests may name beside flows: intents, and their sentences.
struct NamesForTests {
  conversations::BotOutline outline{};
  conversations::ExampleSentences examples{};
};

/// All files of <bot_folder>/tests; the bot speaks English and Dutch.
PlayedTests play_tests_in(const std::filesystem::path& bot_folder, const SmallBot& bot,
                          const conversations::RunOptions& options = {}, const NamesForTests& names = {});

/// One file with this content, all.yaml.
PlayedTests play_tests(const std::string& content, const SmallBot& bot = SmallBot(),
                       const NamesForTests& names = {});

}  // namespace parley::test
