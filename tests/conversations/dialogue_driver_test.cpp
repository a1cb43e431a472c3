// The driver's virtual clock: timers go off when it passes them, in order, at their own time.
#include <doctest/doctest.h>

#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

/// Sets two timers on every message and says the time and the id of each that goes off.
class TimerDialogue final : public Dialogue {
 public:
  Advance advance(const Json&, const Event& event, const TurnContext& context) const override {
    Advance result;
    if (event.kind == Event::Kind::kMessage) {
      result.timers = {{"late", context.now + std::chrono::hours(2)},
                       {"early", context.now + std::chrono::hours(1)}};
      if (event.text == "forget") result.timers = {{"late", std::nullopt}, {"early", std::nullopt}};
    } else {
      const auto since = context.now - test_context().now;
      const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(since).count();
      result.activities.push_back(
          {{"type", "message"}, {"text", event.name + " " + std::to_string(minutes)}});
    }
    return result;
  }
};

}  // namespace

TEST_CASE("Moving the clock sets off the timers on the way, and none that was taken back") {
  const WordUnderstander understander;
  const TimerDialogue dialogue;
  conversations::ConversationDriver talk(understander, dialogue, test_context());
  talk.say("remind me");
  CHECK(texts(talk.wait(std::chrono::minutes(30))).empty());
  CHECK(texts(talk.wait(std::chrono::hours(3))) == Texts{"early 60", "late 120"});
  CHECK(texts(talk.wait(std::chrono::hours(3))).empty());
  talk.say("remind me");
  talk.say("forget");
  CHECK(texts(talk.wait(std::chrono::hours(3))).empty());
}
