// What each step does.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

/// One flow, started by "leave"; `slots` and `steps` are YAML, indented as in a file.
std::string flow(const std::string& slots, const std::string& steps) {
  const std::string declared = slots.empty() ? "" : "slots:\n" + slots;
  return "flow: tried\ntitle: Tried\nwhen: request_leave\n" + declared + "steps:\n" + steps;
}

conversations::Exchange play(const std::string& yaml, const std::string& answer = "") {
  const SmallBot bot(yaml);
  auto talk = bot.talk();
  auto reply = talk.say("leave");
  return answer.empty() ? reply : talk.say(answer);
}

}  // namespace

TEST_CASE("say takes its variants in turn") {
  const SmallBot bot(flow("", "  - say: [One., Two., Three.]\n"));
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave")) == Texts{"One."});
  CHECK(texts(talk.say("leave")) == Texts{"Two."});
  CHECK(texts(talk.say("leave")) == Texts{"Three."});
  CHECK(texts(talk.say("leave")) == Texts{"One."});
}

TEST_CASE("Variants whose condition holds are preferred, and where none holds those for everyone are said") {
  const auto said_to = [](const std::string& channel, std::vector<std::string> roles) {
    const SmallBot bot(flow("", R"(
  - say:
      - For everyone.
      - {if: channel == 'kiosk', text: At the kiosk.}
      - {if: "'manager' in user.roles", text: For managers.}
      - {if: "'manager' in user.roles", text: Also for managers.}
      - For all others.
)"));
    TurnContext context = test_context();
    context.channel = channel;
    context.person.roles = std::move(roles);
    conversations::ConversationDriver talk(bot.understander, *bot.dialogue, context);
    Texts heard;
    for (int i = 0; i < 3; ++i)
      heard.push_back(texts(talk.say("leave")).front());
    return heard;
  };
  CHECK(said_to("helpdesk", {}) == Texts{"For everyone.", "For all others.", "For everyone."});
  CHECK(said_to("kiosk", {}) == Texts{"At the kiosk.", "At the kiosk.", "At the kiosk."});
  CHECK(said_to("helpdesk", {"manager"}) == Texts{"For managers.", "Also for managers.", "For managers."});
  CHECK(said_to("kiosk", {"manager"}) == Texts{"At the kiosk.", "For managers.", "Also for managers."});
}

TEST_CASE("Questions, retry lines and confirmations may depend on what was said") {
  const SmallBot bot(flow(R"(  size:
    type: int
    ask: [{if: last != null, text: "Again {last}?"}, How many?]
    check: size < 10
    otherwise:
      - {if: size > 100, text: Nobody has that many.}
      - {if: size > 100, text: Really not.}
      - {if: last > 0, text: Not said.}
      - Fewer than ten.
  last: {type: int, optional: true}
  note: {type: text, optional: true}
)",
                          R"(  - collect: [size]
  - set: {last: size}
  - say: [{if: "last == 1 && note == null", text: "One, {last}."}, Several.]
  - confirm: [{if: size == 1, text: Only one?}, "All {size}?"]
    no:
      - set: {size: "null"}
      - collect: [size]
)"));
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave")) == Texts{"How many?"});
  CHECK(texts(talk.say("20")) == Texts{"Fewer than ten."});
  CHECK(texts(talk.say("1")) == Texts{"One, 1.", "Only one?"});
  CHECK(texts(talk.say("no")) == Texts{"Again 1?"});
}

TEST_CASE("Buttons of a say end up under the last reply, as things to say or pages to open") {
  const auto reply = play(flow("", R"(
  - say: Choose.
    buttons:
      - {title: Leave, value: I want leave}
      - {title: Open the portal, url: "https://example.com/"}
  - say: Or tell me.
)"));
  CHECK(texts(reply) == Texts{"Choose.", "Or tell me."});
  CHECK_FALSE(reply.activities[0].contains("suggestedActions"));
  const Json& actions = reply.activities[1].at("suggestedActions").at("actions");
  CHECK(actions.at(0) == Json{{"type", "imBack"}, {"title", "Leave"}, {"value", "I want leave"}});
  CHECK(actions.at(1) ==
        Json{{"type", "openUrl"}, {"title", "Open the portal"}, {"value", "https://example.com/"}});
}

TEST_CASE("A card is a hero card, an image an attachment with its text") {
  const auto reply = play(flow("", R"(
  - say: Look.
    card:
      title: Laptop
      text: For {user.name}
      image: {url: "https://example.com/a.png", alt: A laptop}
      buttons: [{title: Order}]
  - say: There.
    image: {url: "https://example.com/b.jpg?x=1", alt: Another}
)"));
  const Json& card = reply.activities[0].at("attachments").at(0);
  CHECK(card.at("contentType") == "application/vnd.microsoft.card.hero");
  CHECK(card.at("content").at("text") == "For Anna");
  CHECK(card.at("content").at("images").at(0) ==
        Json{{"url", "https://example.com/a.png"}, {"alt", "A laptop"}});
  CHECK(card.at("content").at("buttons").at(0).at("value") == "Order");
  const Json& image = reply.activities[1].at("attachments").at(0);
  CHECK(image == Json{{"contentType", "image/jpeg"},
                      {"contentUrl", "https://example.com/b.jpg?x=1"},
                      {"name", "Another"}});
}

TEST_CASE("An Adaptive Card waits for its submit and fills the slots from it") {
  const std::string yaml = flow(
      "  day: {type: date, check: day >= today, otherwise: Not in the past.}\n"
      "  count: {type: int}\n  why: {type: text, optional: true}\n",
      R"(
  - say: Fill in.
    card:
      adaptive:
        type: AdaptiveCard
        version: "1.5"
        body:
          - {type: TextBlock, text: "Hello {user.name}"}
          - {type: Input.Date, id: day}
          - {type: Input.Number, id: count}
          - {type: Input.Text, id: why}
      into: [day, count, why]
  - say: "{count} on {day, date, long}"
)");
  const SmallBot bot(yaml);
  auto talk = bot.talk();
  const auto card = talk.say("leave");
  const Json& attachment = card.activities.back().at("attachments").at(0);
  CHECK(attachment.at("contentType") == "application/vnd.microsoft.card.adaptive");
  CHECK(attachment.at("content").at("body").at(0).at("text") == "Hello Anna");
  CHECK(card.activities.back().at("inputHint") == "expectingInput");
  CHECK(texts(talk.say("what?")) == Texts{"Please fill in the form and send it.", "Fill in."});
  CHECK(texts(talk.submit({{"day", "soon"}, {"count", "2"}})).size() == 2);
  CHECK(texts(talk.submit({{"day", "2020-01-01"}, {"count", "2"}})) == Texts{"Not in the past."});
  CHECK(texts(talk.submit({{"day", "2026-03-09"}, {"count", "2"}, {"why", ""}})) ==
        Texts{"2 on March 9, 2026"});
}

TEST_CASE("set, if, switch and go take the branch of their values") {
  const std::string yaml = flow("  n: {type: int}\n  device: {type: device, ask: Which?}\n", R"(
  - set: {n: 1}
  - name: again
    say: "n is {n}"
  - if: n < 3
    then:
      - set: {n: n + 1}
      - go: again
  - collect: [device]
  - switch: device
    cases:
      laptop:
        - say: A laptop.
    default:
      - say: Something else.
)");
  const SmallBot bot(yaml);
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave")) == Texts{"n is 1", "n is 2", "n is 3", "Which?"});
  CHECK(texts(talk.say("monitor")) == Texts{"Something else."});
}

TEST_CASE("choose offers a computed list and keeps the value behind the title") {
  const std::string yaml = R"(
flow: tried
when: request_leave
slots: {day: {type: int}}
steps:
  - choose: day
    ask: Which?
    from: '[{"t": "Early", "v": 1}, {"t": "Late", "v": 2}]'
    title: "{item.t}"
    value: item.v
  - say: "day {day}"
)";
  CHECK(buttons(play(yaml)) == Texts{"Early", "Late"});
  CHECK(texts(play(yaml, "late")) == Texts{"day 2"});
  CHECK(texts(play(yaml, "noon")) == Texts{"Please choose one of these.", "Which?"});
}

TEST_CASE("run gives a sub-flow its parameters and takes its results back") {
  const std::string yaml = R"(
flow: tried
when: request_leave
steps:
  - run: twice
    with: {n: 21}
    as: answer
  - say: "It is {answer.doubled}"
---
flow: twice
params: {n: int}
result: {doubled: int}
slots: {doubled: {type: int}, sure: {type: bool, ask: Sure?}}
steps:
  - collect: [sure]
  - set: {doubled: n * 2}
)";
  CHECK(texts(play(yaml)) == Texts{"Sure?"});
  const auto reply = play(yaml, "yes");
  CHECK(texts(reply) == Texts{"It is 42"});
  CHECK(ends(reply) == Texts{"twice: completed", "tried: completed"});
}

TEST_CASE("A slot that is kept is not asked for again by a later flow") {
  const SmallBot bot(R"(
flow: tried
when: request_leave
slots: {device: {type: device, ask: Which?, keep: true}}
steps:
  - collect: [device]
  - say: "{device}"
)");
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("laptop")) == Texts{"laptop"});
  CHECK(texts(talk.say("leave")) == Texts{"laptop"});
}

TEST_CASE("A kept slot is known in a sub-flow, and no longer once a flow has cleared it") {
  const SmallBot bot(R"(
flow: tried
when: request_leave
steps:
  - run: ask_device
    as: asked
  - say: "{asked.device}"
---
flow: ask_device
result: {device: device}
slots: {device: {type: device, ask: Which?, keep: true}}
steps:
  - collect: [device]
---
flow: forget
when: open_ticket
slots: {device: {type: device, keep: true}}
steps:
  - set: {device: "null"}
  - say: Forgotten.
)");
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("laptop")) == Texts{"laptop"});
  CHECK(texts(talk.say("leave")) == Texts{"laptop"});
  talk.say("a ticket");
  CHECK(texts(talk.say("leave")) == Texts{"Which?"});
}

TEST_CASE("A call that fails takes its failed branch, and without words of its own the failure is told") {
  const SmallBot bot(flow("",
                          "  - call: hr.balance\n    with: {employee: user.id}\n    as: balance\n"
                          "    failed:\n      - end: failed\n  - say: \"{balance.days}\"\n"));
  conversations::ConversationDriver talk(bot.understander, *bot.dialogue, test_context());
  const auto reply = talk.say("leave");
  CHECK(ends(reply) == Texts{"tried: failed"});
  CHECK(texts(reply) == Texts{"I'm sorry, that did not work. Please try again later."});
}

TEST_CASE("The steps under failed know how the call failed") {
  const SmallBot bot(flow("",
                          "  - call: hr.balance\n    with: {employee: user.id}\n    as: balance\n"
                          "    failed:\n      - if: failure == 'timeout'\n"
                          "        then: [{say: It took too long.}]\n"
                          "        else: [{say: \"It is {failure}.\"}]\n  - say: \"{balance.days}\"\n"));
  for (const auto& [failure, said] : std::map<std::string, std::string>{{"timeout", "It took too long."},
                                                                        {"rejected", "It is rejected."}}) {
    conversations::ConversationDriver talk(bot.understander, *bot.dialogue, test_context());
    talk.answer_calls_with([&](const CallRequest& call) { return CallOutcome{call.id, false, {}, failure}; });
    CHECK(texts(talk.say("leave")) == Texts{said});
  }
  conversations::ConversationDriver talk(bot.understander, *bot.dialogue, test_context());
  talk.answer_calls_with([&](const CallRequest& call) {
    return CallOutcome{call.id, true, {{"days", std::string(limits::kCallResultMaxBytes, 'x')}}, ""};
  });
  CHECK(texts(talk.say("leave")) == Texts{"It is invalid."});
}

TEST_CASE("A flow that never stops, or an expression without a value, ends as an error that is told") {
  const auto endless = play(flow("  n: {type: int}\n",
                                 "  - name: again\n    set: {n: 1}\n  - if: n == 1\n    then:\n"
                                 "      - go: again\n  - say: Never.\n"));
  CHECK(ends(endless) == Texts{"tried: error"});
  CHECK(texts(endless).back().find("something went wrong on my side") != std::string::npos);
  const auto zero =
      play(flow("  n: {type: int}\n", "  - set: {n: 0}\n  - set: {n: 1 / n}\n  - say: Never.\n"));
  CHECK(ends(zero) == Texts{"tried: error"});
  CHECK(zero.reasons[0].at("error").get<std::string>().find("divi") != std::string::npos);
}

TEST_CASE("Even when the error flow itself fails, the person gets an answer") {
  const auto reply =
      play(flow("  n: {type: int}\n", "  - set: {n: 0}\n  - set: {n: 1 / n}\n  - say: Never.\n") +
           "---\nflow: pattern_error\nslots: {n: {type: int}}\nsteps:\n  - set: {n: 0}\n"
           "  - set: {n: 1 / n}\n  - say: Never.\n");
  CHECK(texts(reply) == Texts{"Something went wrong on my side. Please try again."});
  CHECK(ends(reply) == Texts{"tried: error"});
}

TEST_CASE("A bot may replace a built-in flow") {
  const SmallBot bot("flow: pattern_greeting\nsteps:\n  - say: Welcome to the desk.\n");
  auto talk = bot.talk();
  CHECK(texts(talk.start()) == Texts{"Welcome to the desk."});
}

TEST_CASE("On a plain channel texts are said without Markdown, elsewhere as written") {
  const SmallBot bot("flow: hours\nwhen: opening_hours\nsteps:\n  - say: We are **open**.\n");
  auto rich = bot.talk();
  CHECK(texts(rich.say("hours")) == Texts{"We are **open**."});
  conversations::Program program = *bot.program;
  program.plain_channels = {"sms", "webchat"};
  const auto dialogue =
      conversations::make_dialogue(std::make_shared<conversations::Program>(program), "small", "v1");
  conversations::ConversationDriver plain(bot.understander, *dialogue, test_context());
  const auto said = plain.say("hours");
  CHECK(texts(said) == Texts{"We are open."});
  CHECK(said.activities.front().at("textFormat") == "plain");
}

TEST_CASE("The title of a computed choice says dates and numbers as people of the language do") {
  const SmallBot bot(R"(
flow: pick
when: request_leave
slots:
  day: {type: date}
steps:
  - choose: day
    ask: Which?
    from: "[date(2026, 12, 24), date(2027, 1, 2)]"
    title: "{item, date, long}"
    value: item
  - say: "{day, date, long}"
)");
  auto talk = bot.talk("nl");
  CHECK(buttons(talk.say("leave")) == Texts{"24 december 2026", "2 januari 2027"});
  CHECK(texts(talk.say("2 januari 2027")) == Texts{"2 januari 2027"});
}
