#include "engine/understand_text.h"

#include <algorithm>
#include <spdlog/spdlog.h>

#include "engine/activity.h"

namespace parley {
namespace {

bool has_language(const Bot& bot, const std::string& language) {
  const auto& all = bot.manifest.languages;
  return std::find(all.begin(), all.end(), language) != all.end();
}

}  // namespace

// Like the dialogue, it does not throw, and if it does, only this text goes without.
Understanding understand_text(const Bot& bot, std::string_view text, TurnContext& context) {
  if (text.empty() || is_too_long(text)) return {};
  Understanding understanding;
  try {
    understanding = bot.understander->understand(
        text, {context.language, context.now, bot.manifest.timezone, may_change_language(text)});
  } catch (const std::exception& problem) {
    spdlog::error("bot {} could not understand a text: {}", bot.manifest.name, problem.what());
  }
  if (has_language(bot, understanding.language)) context.language = understanding.language;
  return understanding;
}

}  // namespace parley
