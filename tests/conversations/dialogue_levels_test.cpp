// What a level of maturity holds back: flows, what they use, steps; and what is said in a preview.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

// Asking for leave asks questions and runs a sub-flow on level 3; the hours are only said; a ticket has a
// step on level 3, with a question in its branch.
const std::string kFlows = R"yaml(
flow: request_leave
title: Ask for leave
when: request_leave
steps:
  - run: days
  - say: Noted.
---
flow: days
level: 3
slots:
  start: {type: date, ask: From which day?}
steps:
  - collect: [start]
---
flow: hours
title: Opening hours
when: opening_hours
steps:
  - say: From nine to five.
---
flow: open_ticket
title: Open a ticket
when: open_ticket
slots:
  problem: {type: text, ask: What is the problem?}
steps:
  - say: Restart it first.
  - level: 3
    if: "true"
    then:
      - collect: [problem]
      - say: A ticket for {problem}.
)yaml";

class LevelBot {
 public:
  explicit LevelBot(int own_level = 5) : bot_(kFlows) {
    auto program = std::make_shared<conversations::Program>(*bot_.program);
    program->level = own_level;
    dialogue_ = conversations::make_dialogue(program, "small", "v1");
  }

  conversations::ConversationDriver talk(const ChannelStanding& standing) const {
    TurnContext context = test_context();
    context.standing = std::make_shared<ChannelStanding>(standing);
    return {bot_.understander, *dialogue_, context};
  }
  conversations::ConversationDriver talk() const { return {bot_.understander, *dialogue_, test_context()}; }

 private:
  SmallBot bot_;
  std::shared_ptr<const Dialogue> dialogue_;
};

ChannelStanding at_level(int level, std::set<std::string, std::less<>> features = {"questions"}) {
  return {false, level, std::move(features)};
}

const std::string kNotYetLeave =
    "I'm sorry, I can't do this yet: Ask for leave. These are things I can help you with now.";

}  // namespace

TEST_CASE("A channel offers no flow above its level, and says what there is") {
  const LevelBot bot;
  auto low = bot.talk(at_level(2));
  const auto refused = low.say("leave");
  CHECK(texts(refused) == Texts{kNotYetLeave});
  CHECK(rule(refused) == "not_yet");
  CHECK(buttons(refused) == Texts{"Open a ticket", "Opening hours"});
  CHECK(texts(low.say("hours")) == Texts{"From nine to five."});
  auto high = bot.talk(at_level(3));
  CHECK(texts(high.say("leave")) == Texts{"From which day?"});
}

TEST_CASE("A flow needs the level of the flows that it runs, in the bot as on the channel") {
  CHECK(texts(LevelBot(2).talk().say("leave")) == Texts{kNotYetLeave});
  CHECK(texts(LevelBot(3).talk().say("leave")) == Texts{"From which day?"});
  CHECK(texts(LevelBot(2).talk(at_level(5)).say("leave")) == Texts{kNotYetLeave});
}

TEST_CASE("What a flow uses must be unlocked at the channel's level") {
  const LevelBot bot;
  CHECK(texts(bot.talk(at_level(3, {"pages"})).say("leave")) == Texts{kNotYetLeave});
  CHECK(texts(bot.talk(at_level(3, {"pages"})).say("hours")) == Texts{"From nine to five."});
  CHECK(texts(bot.talk(at_level(0)).say("hours")) == Texts{"I'm sorry, I can't do this yet: Opening hours."});
}

TEST_CASE("A step above the level ends its flow, after what stands before it") {
  const LevelBot bot;
  auto low = bot.talk(at_level(2));
  const auto ended = low.say("Open a ticket");
  CHECK(texts(ended) ==
        Texts{"Restart it first.",
              "I'm sorry, I can't do this yet: Open a ticket. These are things I can help you with now."});
  CHECK(ends(ended) == Texts{"open_ticket: not_yet"});
  CHECK(buttons(ended) == Texts{"Opening hours"});  // not what has just been refused
  auto locked = bot.talk(at_level(3, {}));          // the step is far enough, its branch asks a question
  CHECK(ends(locked.say("Open a ticket")) == Texts{"open_ticket: not_yet"});
  auto high = bot.talk(at_level(3));
  CHECK(texts(high.say("Open a ticket")) == Texts{"Restart it first.", "What is the problem?"});
  CHECK(ends(LevelBot(2).talk().say("Open a ticket")) == Texts{"open_ticket: not_yet"});
}

TEST_CASE("A flow under way goes on when the level falls") {
  const SmallBot bot(kFlows);
  const auto advanced = [&](const Json& state, const std::string& text, int level) {
    TurnContext context = test_context();
    context.standing = std::make_shared<ChannelStanding>(at_level(level));
    Event event;
    event.text = text;
    event.understanding = bot.understander.understand(text, {"en", context.now});
    return bot.dialogue->advance(state, event, context);
  };
  const Advance asked = advanced(nullptr, "leave", 3);
  CHECK(asked.activities.back().at("text") == "From which day?");
  CHECK(advanced(asked.state, "monday", 1).activities.back().at("text") == "Noted.");
  CHECK(advanced(nullptr, "leave", 1).reasons.at("rule") == "not_yet");
}

TEST_CASE("Who jumps into a branch with a level is held back as well") {
  const SmallBot bot(R"yaml(
flow: hours
title: Opening hours
when: opening_hours
steps:
  - if: "false"
    then:
      - level: 4
        if: "true"
        then:
          - name: inside
            say: Only for experts.
          - end: told
  - go: inside
)yaml");
  TurnContext context = test_context();
  context.standing = std::make_shared<ChannelStanding>(at_level(3));
  conversations::ConversationDriver talk(bot.understander, *bot.dialogue, context);
  CHECK(ends(talk.say("hours")) == Texts{"hours: not_yet"});
}

TEST_CASE("A preview is said to be one before the greeting, in words of the bot's own if it has some") {
  const auto greeted = [](const SmallBot& bot, const std::string& language, bool preview) {
    TurnContext context = test_context(language);
    context.standing = std::make_shared<ChannelStanding>(ChannelStanding{preview, {}, {}});
    return texts(conversations::ConversationDriver(bot.understander, *bot.dialogue, context).start());
  };
  const SmallBot bot;
  CHECK(greeted(bot, "en", true) ==
        Texts{"You are using a preview. Not everybody can see this chat yet, and not everything may work.",
              "Hello! How can I help you?"});
  CHECK(greeted(bot, "nl", true).front().starts_with("Je gebruikt een proefversie."));
  CHECK(greeted(bot, "en", false) == Texts{"Hello! How can I help you?"});
  CHECK(greeted(SmallBot("flow: pattern_preview\nsteps:\n  - say: Try me.\n"), "en", true).front() ==
        "Try me.");
}

TEST_CASE("What a channel offers survives its way through JSON") {
  const ChannelStanding all{true, 2, {"pages", "questions"}};
  const StandingPtr read = standing_from_json(to_json(all));
  REQUIRE(read != nullptr);
  CHECK(read->preview);
  CHECK(read->level == 2);
  CHECK(read->features == all.features);
  CHECK(to_json(ChannelStanding{}) == Json::object());
  CHECK(standing_from_json(nullptr) == nullptr);
}
