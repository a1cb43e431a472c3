#include "conversations/testing/reasons.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace parley::conversations {
namespace {

/// Rules by which the dialogue takes a text for its best intent; requests such as "cancel" have a rule each.
constexpr std::array<std::string_view, 4> kIntentRules{"start", "digress", "same_flow", "not_allowed"};
constexpr std::string_view kRequestRule = "pattern_";

bool takes_intent(const Json& rule) {
  if (!rule.is_string()) return false;
  const auto& name = rule.get_ref<const std::string&>();
  return name.starts_with(kRequestRule) ||
         std::find(kIntentRules.begin(), kIntentRules.end(), name) != kIntentRules.end();
}

}  // namespace

std::string intent_taken(const Json& reasons) {
  if (!reasons.is_object()) return "";
  const Json intents = reasons.value("intents", Json::array());
  const Json then = reasons.value("then", Json::array());
  const bool taken =
      takes_intent(reasons.value("rule", Json())) || std::any_of(then.begin(), then.end(), takes_intent);
  return taken && intents.is_array() && !intents.empty() && intents.front().is_object()
             ? intents.front().value("intent", "")
             : "";
}

}  // namespace parley::conversations
