#include "tests/fuzz/small_bot.h"

#include <spdlog/spdlog.h>

#include "tests/fuzz/target.h"

namespace parley::fuzz {

std::filesystem::path small_bot_folder() {
  return std::filesystem::path(PARLEY_SOURCE_DIR) / "tests/fuzz/bot";
}

const cli::BotFiles& small_bot_files() {
  static const cli::BotFiles kFiles = [] {
    config::Findings findings;
    cli::BotFiles files = cli::read_bot(small_bot_folder(), findings);
    for (const config::Finding& finding : findings.all())
      require(finding.severity != config::Severity::kError, config::to_text(finding));
    return files;
  }();
  return kFiles;
}

BotPtr small_bot() {
  static const BotPtr kBot = [] {
    spdlog::set_level(spdlog::level::err);  // refusals are the rule here: not worth a line each
    // Kept, because training takes half a minute under sanitizers.
    auto bot =
        cli::make_bot(small_bot_files(), std::filesystem::path(PARLEY_SOURCE_DIR) / "build/fuzz-models");
    require(bot.ok(), "the bot of the fuzz targets can't be made");
    return *bot;
  }();
  return kBot;
}

void make_small_bot() {
  small_bot();
}

}  // namespace parley::fuzz
