#include "intents/import/names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "intents/corpus.h"

namespace parley::intents {
namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Kinds of Duckling, of the Recognizers (LUIS, CLU, .lu) and of Dialogflow.
constexpr std::array kBuiltIns = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"amount_of_money", "money"},
    {"currency", "money"},
    {"unit_currency", "money"},
    {"money", "money"},
    {"quantity_currency", "money"},
    {"date", "date"},
    {"datetime", "date"},
    {"date_time", "date"},
    {"datetimev2", "date"},
    {"datetime_v2", "date"},
    {"date_time_v2", "date"},
    {"time", "time"},
    {"duration", "duration"},
    {"number", "number"},
    {"number_integer", "number"},
    {"cardinal", "number"},
    {"quantity_number", "number"},
    {"email", "email"},
    {"phone_number", "phone"},
    {"phonenumber", "phone"},
    {"phone", "phone"},
    {"url", "url"},
});

}  // namespace

std::string legal_name(std::string_view foreign, std::string_view prefix) {
  std::string name;
  for (std::size_t i = 0; i < foreign.size(); ++i) {
    const char c = foreign[i];
    const bool hump = is_upper(c) && i > 0 && (is_lower(foreign[i - 1]) || is_digit(foreign[i - 1]));
    if (hump && !name.empty() && name.back() != '_') name += '_';
    if (is_upper(c))
      name += static_cast<char>(c - 'A' + 'a');
    else if (is_lower(c) || is_digit(c))
      name += c;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (!name.empty() && name.back() == '_')
    name.pop_back();
  if (name.empty() || !is_lower(name.front())) name = std::string(prefix) + (name.empty() ? "" : "_") + name;
  return name;
}

std::string intent_name(std::string_view foreign) {
  static constexpr std::array kNone = std::to_array<std::string_view>(
      {"none", "oos", "out_of_scope", "nlu_fallback", "fallback", "default_fallback_intent"});
  const std::string name = legal_name(foreign, "intent");
  return std::find(kNone.begin(), kNone.end(), name) != kNone.end() ? std::string(kNoneIntent) : name;
}

std::string built_in_of(std::string_view foreign) {
  for (const std::string_view mark : {"@sys.", "@", "builtin."})
    if (foreign.starts_with(mark)) {
      foreign.remove_prefix(mark.size());
      break;
    }
  const std::string name = legal_name(foreign, "entity");
  const auto& kinds = built_in_kinds();
  if (std::find(kinds.begin(), kinds.end(), name) != kinds.end()) return name;
  for (const auto& [theirs, ours] : kBuiltIns)
    if (name == theirs) return std::string(ours);
  return "";
}

std::string language_of_locale(std::string_view locale) {
  std::string code;
  for (const char c : locale.substr(0, std::min(locale.find_first_of("-_"), locale.size()))) {
    if (!is_upper(c) && !is_lower(c)) return "";
    code += static_cast<char>(is_upper(c) ? c - 'A' + 'a' : c);
  }
  return code.size() == 2 || code.size() == 3 ? code : "";
}

}  // namespace parley::intents
