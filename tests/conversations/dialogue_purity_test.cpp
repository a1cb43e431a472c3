// The contract of the dialogue, held against thousands of random events: the same arguments give the same
// bytes, nothing throws, a message is always answered unless a person has taken over, and the state stays
// small.
#include <doctest/doctest.h>
#include <random>

#include "conversations/dialogue/dialogue.h"
#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

constexpr int kConversations = 60;
constexpr int kEventsEach = 40;
constexpr std::size_t kSmallStateBytes = 16 * 1024;

class RandomEvents {
 public:
  RandomEvents(std::uint32_t seed, const WordUnderstander& understander)
      : random_(seed), understander_(understander) {}

  Event next(const Advance& last) {
    if (!last.calls.empty() && chance(80)) return call_ended(last.calls.front().id);
    const int kind = static_cast<int>(random_() % 100);
    if (kind < 3) return call_ended("call-" + std::to_string(random_() % 5));
    if (kind < 6) return custom(chance(50) ? "handback" : "unknown");
    if (kind < 8) return timer();
    if (kind < 12) return submitted();
    return message();
  }

 private:
  bool chance(unsigned percent) { return random_() % 100 < percent; }

  Event message() {
    static const std::vector<std::string> kTexts{"leave",
                                                 "leave from monday until friday",
                                                 "monday",
                                                 "friday",
                                                 "yesterday",
                                                 "yes",
                                                 "no",
                                                 "a ticket for me",
                                                 "my laptop is broken",
                                                 "laptop",
                                                 "two",
                                                 "2",
                                                 "cancel",
                                                 "help",
                                                 "repeat",
                                                 "start over",
                                                 "thanks",
                                                 "hello",
                                                 "what are your opening hours",
                                                 "no, I meant monday",
                                                 "not monday but friday",
                                                 "change the start",
                                                 "payslip",
                                                 "xyzzy",
                                                 "",
                                                 "   ",
                                                 "none of these",
                                                 "try again",
                                                 "stop",
                                                 "\xff\xfe broken \xc3",
                                                 "I want to talk to a person",
                                                 std::string(5000, 'x'),
                                                 "drop this whole thing",
                                                 "make it tuesday",
                                                 "{injected}",
                                                 "by phone"};
    Event event;
    event.text = kTexts[random_() % kTexts.size()];
    event.understanding = understander_.understand(event.text, {});
    return event;
  }
  Event call_ended(const std::string& id) {
    Event event;
    event.kind = Event::Kind::kCallEnded;
    event.call.call_id = id;
    event.call.ok = chance(70);
    const std::vector<Json> values{Json{{"days", 12}}, Json{{"days", 1}}, Json(nullptr), Json("garbage"),
                                   Json::array({1, 2})};
    event.call.value = values[random_() % values.size()];
    return event;
  }
  Event custom(const std::string& name) {
    Event event;
    event.kind = Event::Kind::kCustom;
    event.name = name;
    event.outside = chance(80);
    return event;
  }
  Event timer() {
    Event event;
    event.kind = Event::Kind::kTimer;
    event.name = "t";
    return event;
  }
  Event submitted() {
    Event event;
    event.value = chance(50) ? Json{{"day", 3}, {"x", nullptr}} : Json::array({Json::object()});
    return event;
  }

  std::mt19937 random_;
  const WordUnderstander& understander_;
};

std::string bytes(const Advance& advance) {
  Json calls = Json::array();
  for (const CallRequest& call : advance.calls)
    calls.push_back({call.id, call.service, call.operation, call.arguments});
  Json ends = Json::array();
  for (const FlowEnd& end : advance.ends)
    ends.push_back({end.flow, end.reason});
  return Json{advance.state, advance.activities, calls, ends, advance.handed_off, advance.reasons}.dump();
}

bool waits_for_call(const Json& state) {
  for (const Json& frame : state.value("frames", Json::array())) {
    if (frame.value("/waiting/for"_json_pointer, "") == "call") return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Whatever happens, in whatever order, the dialogue keeps its contract") {
  const SmallBot bot;
  const auto twin = conversations::make_dialogue(bot.program, "small", "v1");
  for (std::uint32_t seed = 1; seed <= kConversations; ++seed) {
    RandomEvents events(seed, bot.understander);
    TurnContext context = test_context(seed % 2 == 0 ? "en" : "nl");
    Json state;
    Advance last;
    for (int i = 0; i < kEventsEach; ++i) {
      CAPTURE(seed);
      CAPTURE(i);
      const Event event = events.next(last);
      CAPTURE(event.text);
      context.now += std::chrono::seconds(30);
      const bool silent = state.is_object() && state.value("handed_off", false);
      Advance next = bot.dialogue->advance(state, event, context);
      REQUIRE(bytes(next) == bytes(twin->advance(state, event, context)));
      const bool message = event.kind == Event::Kind::kMessage;
      const bool answered = !next.activities.empty() || waits_for_call(next.state);
      if (message && !silent) REQUIRE(answered);
      if (message && silent) REQUIRE(next.activities.empty());
      REQUIRE(next.state.dump().size() < kSmallStateBytes);
      REQUIRE(next.state.value("frames", Json::array()).size() <= limits::kFlowDepthMax);
      REQUIRE(next.reasons.dump().find("exception") == std::string::npos);
      state = next.state;
      last = std::move(next);
    }
  }
}

TEST_CASE("A state whose parts were mixed up at random is survived") {
  const SmallBot bot;
  std::mt19937 random(7);
  std::vector<Json> states;
  for (const char* text : {"leave", "a ticket for me", "xyzzy", "leave from monday until friday"}) {
    auto talk = bot.talk();
    talk.say(text);
    talk.say("what are your opening hours");
    states.push_back(talk.state());
  }
  for (int i = 0; i < 400; ++i) {
    Json state = states[random() % states.size()];
    const Json donor = states[random() % states.size()].flatten();
    auto from = donor.begin();
    std::advance(from, random() % donor.size());
    const Json target = state.flatten();
    auto to = target.begin();
    std::advance(to, random() % target.size());
    state[Json::json_pointer(to.key())] = from.value();
    conversations::ConversationDriver talk(bot.understander, *bot.dialogue, test_context(), "UTC", state);
    for (const char* text : {"friday", "yes", "cancel", "leave"}) {
      CAPTURE(state.dump());
      talk.say(text);
      const bool quiet = talk.state().value("handed_off", false) || waits_for_call(talk.state());
      if (!quiet) REQUIRE_FALSE(talk.say("help").activities.empty());
    }
  }
}
