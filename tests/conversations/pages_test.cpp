// Pages answer what nothing else takes, and are searched by a step.
#include <doctest/doctest.h>

#include "bot_folder.h"
#include "conversations/dialogue/dialogue.h"
#include "tests/conversations/dialogue_support.h"
#include "tests/support/temp_folder.h"

using namespace parley;
using namespace parley::test;

namespace {

const std::string kFlows = R"yaml(
flow: request_leave
title: Ask for leave
when: request_leave
slots:
  start: {type: date, ask: From which day?}
  why: {type: text, ask: What for?}
steps:
  - collect: [start, why]
  - say: Booked.
---
flow: hours
title: Opening hours
when: opening_hours
steps:
  - say: From nine to five.
---
flow: look_up
title: Look something up
when: look_up
slots:
  topic: {type: text, ask: About what?}
steps:
  - collect: [topic]
  - search: topic
    as: found
    limit: 3
    accept: 0.2
  - say: "{size(found)}: {size(found) == 0 ? 'nothing' : found[0].heading}"
)yaml";

const std::string kTravel =
    "---\nlink: https://example.com/travel\n---\n# Travel\n\n## Hotels\n\nA hotel may cost 160 euros a "
    "night.\n\n## Rental cars\n\nTake the smallest car.\n\n## Trains\n\nFirst class is fine.\n";
const std::string kPay =
    "---\nroles: [manager]\nchannels: [helpdesk]\n---\n# Bonus budget\n\nThree percent of all salaries.\n";
const std::string kReizen = "# Reizen\n\n## Hotels\n\nEen hotel mag 160 euro per nacht kosten.\n";

/// A bot with flows and pages, talked with by somebody on the webchat.
class PagesBot {
 public:
  explicit PagesBot(const std::string& flows = kFlows, bool pages = true) {
    folder_.write("bot.yaml", "bot: small\nlanguages: [en, nl]\nlevel: 5\n");
    folder_.write("intents/a.yaml",
                  "intent: request_leave\ntitle: Ask for leave\nen: [leave]\n---\nintent: opening_hours\n"
                  "title: Opening hours\nen: [hours]\n---\nintent: look_up\ntitle: Look up\nen: [look up]\n");
    folder_.write("flows/a.yaml", flows);
    if (pages) {
      folder_.write("knowledge/en/travel.md", kTravel);
      folder_.write("knowledge/en/pay.md", kPay);
      folder_.write("knowledge/nl/reizen.md", kReizen);
    }
    loaded_ = conversations::load_folder(folder_.path());
    std::string errors;
    for (const config::Finding& finding : loaded_.findings.all())
      errors += finding.severity == config::Severity::kError ? to_text(finding) : "";
    REQUIRE_MESSAGE(loaded_.program, errors);
    dialogue_ = conversations::make_dialogue(loaded_.program, "small", "v1");
    understander_.intent("leave", "request_leave");
    understander_.intent("hours", "opening_hours");
    understander_.intent("look up", "look_up");
    understander_.intent("perhaps", "request_leave", 0.5);
    understander_.intent("perhaps", "opening_hours", 0.5);
    understander_.intent("unsure", "opening_hours", 0.3);
    understander_.aside_behind(", ");
    understander_.entity("monday", "date", "2026-03-09");
  }

  conversations::ConversationDriver talk(const std::string& language = "en",
                                         const std::string& channel = "webchat",
                                         const std::vector<std::string>& roles = {}) const {
    TurnContext context = test_context(language);
    context.channel = channel;
    context.person.roles = roles;
    return conversations::ConversationDriver(understander_, *dialogue_, context, loaded_.program->timezone);
  }

 private:
  TempFolder folder_;
  conversations::LoadedFolder loaded_;
  std::shared_ptr<const Dialogue> dialogue_;
  WordUnderstander understander_;
};

const std::string kHotels =
    "A hotel may cost 160 euros a night.\n\nRead more: [Travel, Hotels](https://example.com/travel#hotels)";

Json knowledge_reason(const conversations::Exchange& exchange) {
  return exchange.reasons.empty() ? Json() : exchange.reasons.front().value("knowledge", Json());
}

}  // namespace

TEST_CASE("a page answers what no intent takes, with its link") {
  const PagesBot bot;
  auto talk = bot.talk();
  const auto reply = talk.say("what may a hotel cost per night");
  CHECK(texts(reply) == Texts{kHotels});
  CHECK(rule(reply) == "knowledge");
  const Json why = knowledge_reason(reply);
  CHECK(why["page"] == "knowledge/en/travel.md");
  CHECK(why["heading"] == "Hotels");
  CHECK(why["accepted"] == true);
  CHECK(why["score"].get<double>() >= 0.5);
}

TEST_CASE("a page answers in the language that is spoken") {
  const PagesBot bot;
  auto talk = bot.talk("nl");
  CHECK(texts(talk.say("wat mag een hotel kosten")) == Texts{"Een hotel mag 160 euro per nacht kosten."});
}

TEST_CASE("below the threshold the fallback speaks, and the best passage is in the reasons") {
  const PagesBot bot;
  auto talk = bot.talk();
  const auto reply = talk.say("giraffes sleep in a hotel of straw in the zoo");
  CHECK(rule(reply) == "fallback");
  CHECK(knowledge_reason(reply)["accepted"] == false);
  CHECK(knowledge_reason(reply)["heading"] == "Hotels");
  CHECK(knowledge_reason(talk.say("zebra")).is_null());
}

TEST_CASE("a taken intent is never beaten by a page") {
  const PagesBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("hotel hours")) == Texts{"From nine to five."});
}

TEST_CASE("likely intents are asked about before pages are looked at") {
  const PagesBot bot;
  auto talk = bot.talk();
  CHECK(rule(talk.say("perhaps a hotel at night")) == "clarify");
}

TEST_CASE("an intent that is too unsure leaves the text to the pages") {
  const PagesBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("unsure hotel at night")) == Texts{kHotels});
}

TEST_CASE("an answer from the pages counts as understood") {
  const PagesBot bot;
  auto talk = bot.talk();
  talk.say("zebra");
  talk.say("what may a hotel cost");
  CHECK(rule(talk.say("zebra")) == "fallback");
  const auto second = talk.say("giraffe");
  CHECK_FALSE(buttons(second).empty());  // only now the second rung, with topics
}

TEST_CASE("in the middle of a flow a page answers, and the question is asked again") {
  const PagesBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave please")) == Texts{"From which day?"});
  const auto reply = talk.say("what may a hotel cost per night?");
  CHECK(texts(reply) == Texts{kHotels, "From which day?"});
  CHECK(rule(reply) == "knowledge");
  CHECK(texts(talk.say("monday")) == Texts{"What for?"});
  CHECK(texts(talk.say("what may a hotel cost per night?")) == Texts{"Booked."});  // any text is an answer
}

TEST_CASE("a question that pages answered three times is not stuck") {
  const PagesBot bot;
  auto talk = bot.talk();
  talk.say("leave please");
  for (int i = 0; i < 4; ++i)
    CHECK(texts(talk.say("what may a hotel cost per night?")) == Texts{kHotels, "From which day?"});
}

TEST_CASE("a few words that are no answer get the retry line, not a page") {
  const PagesBot bot;
  auto talk = bot.talk();
  talk.say("leave please");
  CHECK(rule(talk.say("hotels")) == "retry");
  CHECK(rule(talk.say("hotels?")) == "knowledge");
}

TEST_CASE("the question of a built-in flow is dropped for a page's answer") {
  const PagesBot bot;
  auto talk = bot.talk();
  talk.say("zebra");
  CHECK_FALSE(buttons(talk.say("giraffe")).empty());
  CHECK(texts(talk.say("what may a hotel cost per night?")) == Texts{kHotels});
}

TEST_CASE("a page that is not for this person or channel does not answer") {
  const PagesBot bot;
  auto manager = bot.talk("en", "helpdesk", {"manager"});
  CHECK(texts(manager.say("what is the bonus budget")) == Texts{"Three percent of all salaries."});
  auto visitor = bot.talk("en", "webchat", {"manager"});
  CHECK(rule(visitor.say("what is the bonus budget")) == "fallback");
  auto employee = bot.talk("en", "helpdesk", {"employee"});
  CHECK(rule(employee.say("what is the bonus budget")) == "fallback");
}

TEST_CASE("a bot says what its pages say in its own way") {
  const std::string own =
      "\n---\nflow: pattern_knowledge\nparams: {page: text, heading: text, text: text, link: text, score: "
      "number}\n"
      "steps:\n  - say: \"{page} / {heading} / {link} / {score > 0.5 ? 'sure' : 'unsure'} / {text}\"\n";
  const PagesBot bot(kFlows + own);
  auto talk = bot.talk();
  CHECK(texts(talk.say("what may a hotel cost per night")) ==
        Texts{"Travel / Hotels / https://example.com/travel#hotels / sure / A hotel may cost 160 euros a "
              "night."});
}

TEST_CASE("a bot without pages falls back") {
  const std::string flows = kFlows.substr(0, kFlows.find("---\nflow: look_up"));
  const std::string other = "---\nflow: look_up\ntitle: Look up\nwhen: look_up\nsteps:\n  - say: No.\n";
  const PagesBot bot(flows + other, false);
  auto talk = bot.talk();
  CHECK(rule(talk.say("what may a hotel cost")) == "fallback");
}

TEST_CASE("a step finds passages for whom they are meant, best first") {
  const PagesBot bot;
  auto talk = bot.talk();
  talk.say("look up");
  CHECK(texts(talk.say("hotels and trains")) == Texts{"2: Hotels"});
  talk.say("look up");
  CHECK(texts(talk.say("zebra")) == Texts{"0: nothing"});
  talk.say("look up");
  CHECK(texts(talk.say("bonus budget")) == Texts{"0: nothing"});
  auto manager = bot.talk("en", "helpdesk", {"manager"});
  manager.say("look up");
  CHECK(texts(manager.say("bonus budget")) == Texts{"1: Bonus budget"});
}

TEST_CASE("what a step found has known fields, and its settings are checked") {
  const auto codes = [](const std::string& steps) {
    const TempFolder folder;
    folder.write("bot.yaml", "bot: small\nlanguages: [en]\n");
    folder.write("intents/a.yaml", "intent: look_up\ntitle: Look up\nen: [look up]\n");
    folder.write("knowledge/en/travel.md", kTravel);
    folder.write("flows/a.yaml", "flow: tried\ntitle: Tried\nwhen: look_up\nsteps:\n" + steps);
    const conversations::LoadedFolder loaded = conversations::load_folder(folder.path());
    std::vector<std::string> found;
    for (const config::Finding& finding : loaded.findings.all())
      if (finding.severity == config::Severity::kError) found.push_back(finding.code);
    return found;
  };
  using Codes = std::vector<std::string>;
  const std::string read = "  - say: \"{found[0].heading}\"\n";
  CHECK(codes("  - search: \"'tea'\"\n    as: found\n" + read) == Codes{});
  CHECK(codes("  - search: \"'tea'\"\n    as: found\n  - say: \"{found[0].colour}\"\n") ==
        Codes{"expression"});
  CHECK(codes("  - search: 3\n    as: found\n" + read) == Codes{"value-type"});
  CHECK(codes("  - search: \"'tea'\"\n  - say: Done.\n") == Codes{"missing-key"});
  CHECK(codes("  - search: \"'tea'\"\n    as: found\n    limit: 6\n" + read) == Codes{"range"});
  CHECK(codes("  - search: \"'tea'\"\n    as: found\n    limit: 0\n" + read) == Codes{"range"});
  CHECK(codes("  - search: \"'tea'\"\n    as: found\n    accept: 1.5\n" + read) == Codes{"range"});
  CHECK(codes("  - search: \"'tea'\"\n    as: found\n    speed: 3\n" + read) == Codes{"unknown-key"});
}

TEST_CASE("what else was asked beside a request is answered from the pages first") {
  const PagesBot bot;
  auto talk = bot.talk();
  const auto both = talk.say("book leave, what may a hotel cost per night");
  CHECK(texts(both) == Texts{kHotels, "From which day?"});
  CHECK(both.reasons.front()["asides"][0]["heading"] == "Hotels");
  CHECK(texts(talk.say("monday, what may a hotel cost per night")) == Texts{kHotels, "What for?"});
}

TEST_CASE("an aside is no question where any text is an answer, nor below the threshold, nor twice") {
  const PagesBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("hours, what do giraffes in a zoo sleep on")) == Texts{"From nine to five."});
  CHECK(texts(talk.say("what may a hotel cost, what may a hotel cost per night")) == Texts{kHotels});
  talk.say("leave");
  talk.say("monday");
  CHECK(texts(talk.say("a wedding, what may a hotel cost per night")) == Texts{"Booked."});
}
