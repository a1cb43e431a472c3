// Turns for tests of stores: as small as a turn can be.
#pragma once

#include <future>
#include <memory>
#include <string>

#include "engine/activity.h"
#include "engine/engine.h"
#include "engine/storage/store.h"

namespace parley::test {

/// The turn of `conversation` that follows on `before`: a person's activity and a reply to it.
inline TurnRecord small_turn(const std::string& conversation, Sequence before,
                             const std::string& client_id = "", const std::string& text = "hello") {
  TurnRecord turn;
  turn.after.id = conversation;
  turn.after.channel = "test";
  turn.after.person = {"anna", "Anna", {"employee", "manager"}};
  turn.after.bot = "tester";
  turn.after.bot_version = "1";
  turn.after.language = "en";
  turn.after.created = TimePoint(std::chrono::milliseconds(1'000));
  for (Sequence sequence : {before + 1, before + 2}) {
    LedgerEvent event;
    event.sequence = sequence;
    event.at = TimePoint(std::chrono::milliseconds(1'000 + static_cast<std::int64_t>(sequence)));
    event.kind = sequence == before + 1 ? EventKind::kActivityIn : EventKind::kActivityOut;
    event.cause = sequence == before + 1 ? 0 : before + 1;
    event.activity =
        json_text({{"id", activity_id(conversation, sequence)}, {"type", "message"}, {"text", text}});
    turn.events.push_back(event);
  }
  turn.events.front().client_id = client_id;
  turn.events.front().detail = R"({"reasons":{}})";
  turn.after.last_sequence = before + 2;
  turn.after.last_at = turn.events.back().at;
  turn.after.state = R"({"messages":)" + std::to_string(before / 2 + 1) + "}";
  return turn;
}

inline std::future<Result<Done>> commit_later(Store& store, TurnRecord turn) {
  auto promise = std::make_shared<std::promise<Result<Done>>>();
  auto future = promise->get_future();
  store.commit(std::move(turn), [promise](Result<Done> done) { promise->set_value(std::move(done)); });
  return future;
}

inline Result<Done> commit(Store& store, TurnRecord turn) {
  return commit_later(store, std::move(turn)).get();
}

}  // namespace parley::test
