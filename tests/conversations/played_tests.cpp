#include "tests/conversations/played_tests.h"

#include "tests/support/temp_folder.h"

namespace parley::test {

PlayedTests play_tests_in(const std::filesystem::path& bot_folder, const SmallBot& bot,
                          const conversations::RunOptions& options, const NamesForTests& names) {
  config::BotManifest manifest;
  manifest.languages = {"en", "nl"};
  manifest.folder = bot_folder;
  config::Findings findings;
  const auto read = conversations::read_tests(
      {manifest, names.outline, bot.services, bot.program.get(), names.examples}, findings);
  return {
      conversations::run_tests(read, {bot.understander, *bot.dialogue, *bot.program, bot.services}, options),
      findings.all()};
}

PlayedTests play_tests(const std::string& content, const SmallBot& bot, const NamesForTests& names) {
  const TempFolder folder;
  folder.write("tests/all.yaml", content);
  return play_tests_in(folder.path(), bot, {}, names);
}

}  // namespace parley::test
