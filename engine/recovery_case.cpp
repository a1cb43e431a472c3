#include "engine/recovery_case.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/result.h"

namespace parley {
namespace {

using What = CaseChange::What;

constexpr std::array<std::pair<CaseOutcome, std::string_view>, 8> kOutcomes{{
    {CaseOutcome::kRecovered, "recovered"},
    {CaseOutcome::kDeclined, "declined"},
    {CaseOutcome::kNoReaction, "no_reaction"},
    {CaseOutcome::kNoConsent, "no_consent"},
    {CaseOutcome::kExpired, "expired"},
    {CaseOutcome::kWithdrawn, "withdrawn"},
    {CaseOutcome::kFailed, "failed"},
    {CaseOutcome::kUnknown, "unknown"},
}};

constexpr std::array<std::pair<What, std::string_view>, 5> kWhats{{
    {What::kOpened, "opened"},
    {What::kDue, "due"},
    {What::kFollowedUp, "followed_up"},
    {What::kEscalated, "escalated"},
    {What::kClosed, "closed"},
}};

template <typename Enum, std::size_t Size>
std::string_view name_in(const std::array<std::pair<Enum, std::string_view>, Size>& names, Enum value) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == value; });
  PARLEY_CHECK(found != names.end());
  return found->second;
}

template <typename Enum, std::size_t Size>
std::optional<Enum> value_in(const std::array<std::pair<Enum, std::string_view>, Size>& names,
                             std::string_view name) {
  for (const auto& [value, known] : names)
    if (known == name) return value;
  return std::nullopt;
}

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

std::string_view name_of(CaseOutcome outcome) {
  return name_in(kOutcomes, outcome);
}

std::optional<CaseOutcome> case_outcome(std::string_view name) {
  return value_in(kOutcomes, name);
}

std::vector<std::string> case_outcome_names() {
  std::vector<std::string> names;
  for (const auto& [outcome, name] : kOutcomes)
    names.emplace_back(name);
  return names;
}

Json to_json(const CaseChange& change) {
  Json json = change.detail;
  json["case"] = change.id;
  json["what"] = name_in(kWhats, change.what);
  return json;
}

std::optional<CaseChange> case_change_from_json(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  const auto what = value_in(kWhats, text_at(json, "what"));
  CaseChange change{text_at(json, "case"), what.value_or(What::kOpened), json};
  if (!what || change.id.empty()) return std::nullopt;
  change.detail.erase("case");
  change.detail.erase("what");
  return change;
}

}  // namespace parley
