#include "engine/storage/ledger_walk.h"

namespace parley {
namespace {

constexpr std::size_t kPage = 500;  // ids at a time

Result<Done> visit_if_wanted(StoreReader& reader, const std::string& id, const std::string& bot,
                             TimePoint since, const VisitConversation& visit) {
  const auto found = reader.find(id);
  if (!found) return found.error();
  const bool wanted = *found && (*found)->record.bot == bot && (*found)->record.last_at >= since;
  return wanted ? visit((*found)->record) : Result(Done{});
}

}  // namespace

Result<Done> for_each_conversation(StoreReader& reader, const std::string& bot, TimePoint since,
                                   const VisitConversation& visit) {
  for (std::string after;;) {
    const auto ids = reader.conversations(after, kPage);
    if (!ids) return ids.error();
    for (const std::string& id : *ids)
      if (const auto visited = visit_if_wanted(reader, id, bot, since, visit); !visited) return visited;
    if (ids->size() < kPage) return Done{};
    after = ids->back();
  }
}

}  // namespace parley
