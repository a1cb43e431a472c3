#include "conversations/dialogue/language.h"

#include <algorithm>
#include <unicode/locid.h>

#include "conversations/dialogue/phrases.h"

namespace parley::conversations {

namespace {

bool is_button(const DialogueState& state, const std::string& text) {
  for (const Json& activity : state.last) {
    static const auto kActions = "/suggestedActions/actions"_json_pointer;
    if (!activity.contains(kActions)) continue;
    const Json& actions = activity.at(kActions);
    const auto is = [&](const Json& action, const char* field) {
      const auto found = action.find(field);
      return found != action.end() && *found == text;
    };
    if (std::any_of(actions.begin(), actions.end(),
                    [&](const Json& action) { return is(action, "value") || is(action, "title"); }))
      return true;
  }
  return false;
}

}  // namespace

std::string asked_language(const std::string& text) {
  const Words words = words_of(text);
  if (words.empty()) return "";
  for (const auto& [spoken, phrases] : all_phrases()) {
    const Words bare = without(words, phrases.fillers);
    for (const auto& [language, requests] : phrases.languages)
      if (equals_any(bare, requests)) return language;
  }
  return "";
}

bool speaks(const Program& program, const std::string& language) {
  const std::vector<std::string>& all = program.languages;
  return std::find(all.begin(), all.end(), language) != all.end();
}

std::string language_of_turn(const Program& program, const Event& event, const TurnContext& context,
                             const DialogueState& state) {
  const bool message = event.kind == Event::Kind::kMessage;
  if (message) {
    if (const std::string asked = asked_language(event.text); speaks(program, asked)) return asked;
  }
  const bool pressed = message && is_button(state, event.text);
  if (!pressed && speaks(program, context.language)) return context.language;
  if (speaks(program, state.language)) return state.language;
  if (speaks(program, context.language)) return context.language;
  return program.languages.empty() ? "en" : program.languages.front();
}

std::string language_name(const std::string& language) {
  const icu::Locale locale(language.c_str());
  icu::UnicodeString name;
  locale.getDisplayLanguage(locale, name);
  std::string text;
  return name.toUTF8String(text);
}

}  // namespace parley::conversations
