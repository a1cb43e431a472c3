#include "engine/storage/recovery_cases.h"

#include <algorithm>
#include <utility>

#include "engine/replay.h"

namespace parley {
namespace {

using What = CaseChange::What;

constexpr std::size_t kPage = 500;           // ids at a time
constexpr std::size_t kEventsMax = 100'000;  // of one conversation; the rest is left out

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

RecoveryCase opened_by(const CaseChange& change, TimePoint at) {
  RecoveryCase opened;
  opened.id = change.id;
  opened.happened = text_at(change.detail, "happened");
  opened.about = change.detail.value("about", Json::object());
  opened.by = text_at(change.detail, "by");
  opened.address = text_at(change.detail, "address");
  if (const Json consent = change.detail.value("consent", Json()); consent.is_boolean())
    opened.consent = consent.get<bool>();
  opened.flow = text_at(change.detail, "flow");
  opened.opened = at;
  return opened;
}

void apply(const CaseChange& change, TimePoint at, RecoveryCase& to) {
  if (change.what == What::kDue) {
    const Json due = change.detail.value("due", Json());
    if (due.is_number_integer()) to.due = TimePoint(std::chrono::milliseconds(due.get<std::int64_t>()));
    to.event = text_at(change.detail, "event");
  }
  if (change.what == What::kFollowedUp) to.followed_up = at;
  if (change.what == What::kEscalated) to.escalated = true;
  if (change.what != What::kClosed) return;
  to.closed = at;
  to.outcome = text_at(change.detail, "outcome");
}

}  // namespace

void RecoveryCases::see(const LedgerEvent& event) {
  if (event.kind != EventKind::kCase) return;
  const auto change = case_change_from_json(Json::parse(event.detail, nullptr, false));
  if (!change) return;
  if (change->what == What::kOpened) {
    cases_.push_back(opened_by(*change, event.at));
    return;
  }
  const auto known = std::find_if(cases_.begin(), cases_.end(),
                                  [&](const RecoveryCase& one) { return one.id == change->id; });
  if (known != cases_.end()) apply(*change, event.at, *known);
}

Result<Done> for_each_with_cases(StoreReader& reader, const VisitCases& visit) {
  for (std::string after;;) {
    const auto ids = reader.conversations_with_cases(after, kPage);
    if (!ids) return ids.error();
    for (const std::string& id : *ids) {
      const auto found = reader.find(id);
      if (!found) return found.error();
      const auto events = events_of(reader, id, kEventsMax);
      if (!events) return events.error();
      RecoveryCases cases;
      for (const LedgerEvent& event : *events)
        cases.see(event);
      if (*found) visit((*found)->record, cases.all());
    }
    if (ids->size() < kPage) return Done{};
    after = ids->back();
  }
}

}  // namespace parley
