// Flows that ask a decision tree.
#include <doctest/doctest.h>

#include "bot_folder.h"
#include "conversations/dialogue/dialogue.h"
#include "tests/conversations/dialogue_support.h"
#include "tests/support/temp_folder.h"

using namespace parley;
using namespace parley::test;

namespace {

const std::string kTable =
    "topic,urgent,hour,desk\n"
    "vpn,yes,9,network\nvpn,no,10,network\nvpn,yes,20,on_call\nvpn,no,21,network\n"
    "laptop,yes,11,workplace\nlaptop,no,20,workplace\n,no,,reception\n,yes,,reception\n";

/// A bot with one flow, whose `topic`, `urgent` and `hour` are said in its steps, and a table.
class DecidingBot {
 public:
  explicit DecidingBot(const std::string& steps, const std::string& table = kTable) {
    folder_.write("bot.yaml", "bot: small\nlanguages: [en]\n");
    folder_.write("intents/a.yaml", "intent: start\nen: [start]\n");
    folder_.write("decisions/routing.csv", table);
    folder_.write("flows/a.yaml",
                  "flow: tried\ntitle: Tried\nwhen: start\nslots:\n"
                  "  topic: {type: text, optional: true}\n  urgent: {type: bool, optional: true}\n"
                  "  hour: {type: int, optional: true}\n  desk: {type: text, optional: true}\nsteps:\n" +
                      steps);
    loaded_ = conversations::load_folder(folder_.path());
    std::string errors;
    for (const config::Finding& finding : loaded_.findings.all())
      errors += finding.severity == config::Severity::kError ? to_text(finding) : "";
    REQUIRE_MESSAGE(loaded_.program, errors);
    dialogue_ = conversations::make_dialogue(loaded_.program, "small", "v1");
    understander_.intent("start", "start");
  }

  conversations::Exchange start() const {
    conversations::ConversationDriver talk(understander_, *dialogue_, test_context(),
                                           loaded_.program->timezone);
    return talk.say("start");
  }

 private:
  TempFolder folder_;
  conversations::LoadedFolder loaded_;
  std::shared_ptr<const Dialogue> dialogue_;
  WordUnderstander understander_;
};

Texts said(const std::string& set, const std::string& step) {
  return texts(DecidingBot("  - set: {" + set + "}\n" + step).start());
}

const std::string kWith = "  - decide: routing\n    with: {topic: topic, urgent: urgent, hour: hour}\n";
const std::string kInto = kWith + "    into: desk\n  - say: \"To {desk}.\"\n";

}  // namespace

TEST_CASE("decide puts what the tree decides into a slot") {
  CHECK(said("topic: \"'vpn'\", urgent: true, hour: 20", kInto) == Texts{"To on_call."});
  CHECK(said("topic: \"'vpn'\", urgent: true, hour: 9", kInto) == Texts{"To network."});
  CHECK(said("topic: \"'vpn'\", urgent: false, hour: 20", kInto) == Texts{"To network."});
  CHECK(said("topic: \"'laptop'\", urgent: false, hour: 9", kInto) == Texts{"To workplace."});
}

TEST_CASE("a slot without a value is not known to the tree, which learned where such cases go") {
  CHECK(said("topic: null, urgent: true", kInto) == Texts{"To reception."});
  const std::string by_hour =
      "  - decide: routing\n    with: {hour: hour}\n    into: desk\n  - say: \"{desk}\"\n";
  CHECK(texts(DecidingBot(by_hour, "hour,d\n-5,low\n5,high\n,unknown\n,unknown\n").start()) ==
        Texts{"unknown"});
}

TEST_CASE("decide takes the branch of what was decided, the default, or goes on") {
  const std::string cases = kWith +
                            "    cases:\n      on_call:\n        - say: Somebody is called.\n"
                            "      workplace: []\n    default:\n      - say: A ticket is made.\n"
                            "  - say: Done.\n";
  CHECK(said("topic: \"'vpn'\", urgent: true, hour: 22", cases) == Texts{"Somebody is called.", "Done."});
  CHECK(said("topic: \"'laptop'\", urgent: true, hour: 22", cases) == Texts{"Done."});
  CHECK(said("topic: \"'vpn'\", urgent: true, hour: 8", cases) == Texts{"A ticket is made.", "Done."});
}

TEST_CASE("a default may stand there though the table needs none") {
  const std::string steps =
      "  - decide: routing\n    with: {topic: topic}\n    cases:\n      a: []\n      b: []\n"
      "    default:\n      - say: Something new.\n  - say: Done.\n";
  CHECK(texts(DecidingBot(steps, "topic,d\nx,a\ny,b\n").start()) == Texts{"Done."});
}

TEST_CASE("the reasons of a turn name the decision and the answers that led to it") {
  const auto reply = DecidingBot("  - set: {topic: \"'vpn'\", urgent: true, hour: 20}\n" + kInto).start();
  REQUIRE(reply.reasons.size() == 1);
  REQUIRE(reply.reasons[0].contains("decisions"));
  const Json& decision = reply.reasons[0]["decisions"].at(0);
  CHECK(decision["decision"] == "routing");
  CHECK(decision["outcome"] == "on_call");
  CHECK(decision["because"].size() >= 2);
  CHECK(std::find(decision["because"].begin(), decision["because"].end(), "topic is vpn") !=
        decision["because"].end());
  CHECK(reply.reasons[0]["slots"]["desk"] == "on_call");
}

TEST_CASE("outcomes become values of the slot's type") {
  const std::string table = "topic,floor\nvpn,2\nlaptop,3\n";
  const std::string steps =
      "  - set: {topic: \"'laptop'\"}\n  - decide: routing\n    with: {topic: topic}\n    into: hour\n"
      "  - say: \"Above {hour - 1}.\"\n";
  CHECK(texts(DecidingBot(steps, table).start()) == Texts{"Above 2."});
}

TEST_CASE("a feature that can't be worked out ends the flow as any such expression does") {
  const std::string steps =
      "  - decide: routing\n    with: {topic: topic, urgent: urgent, hour: 1 / (hour - hour)}\n    into: "
      "desk\n";
  const auto reply = DecidingBot("  - set: {hour: 3}\n" + steps).start();
  CHECK(Json(reply.reasons).dump().find("divide by zero") != std::string::npos);
}
