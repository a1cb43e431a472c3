#include <spdlog/spdlog.h>

#include "engine/bot.h"
#include "engine/turn_parts.h"

namespace parley {
namespace {

Advance unanswered(const LoadedConversation& loaded, Json reasons) {
  Advance advance;
  advance.state = loaded.state;
  advance.flow_open = loaded.flow_open;
  advance.reasons = std::move(reasons);
  return advance;
}

// What a flow failed on, for whoever keeps the server: where, and no value of the person's or a service's.
void log_trouble(const Turn& turn) {
  const auto at = turn.advance.reasons.find("error_at");
  if (at == turn.advance.reasons.end()) return;
  const std::string expression = at->value("expression", "");
  spdlog::warn("bot {}: the flow '{}' ended as error at {}:{}{}", turn.bot->manifest.name,
               at->value("flow", ""), at->value("file", ""), at->value("line", 0),
               expression.empty() ? "" : ", which can't be computed: " + expression);
}

}  // namespace

// The dialogue does not throw, but it is other people's code: one conversation's trouble must stay its own.
bool run_dialogue(const LoadedConversation& loaded, Turn& turn) {
  if (!turn.answered) {
    turn.advance = unanswered(loaded, Json::object());
    return true;
  }
  try {
    turn.advance = turn.bot->dialogue->advance(loaded.state, turn.event, turn.context);
    log_trouble(turn);
    return true;
  } catch (const std::exception& problem) {
    spdlog::error("the dialogue of bot {} failed: {}", turn.bot->manifest.name, problem.what());
    // A call or timer would fail for ever: it is stored without an effect, and the conversation goes on.
    if (is_internal(turn.task)) turn.advance = unanswered(loaded, {{"error", "the dialogue failed"}});
    return is_internal(turn.task);
  }
}

}  // namespace parley
