// The climb and the fall of a bot: files, tests and a ledger as they change, measured by the real binary.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "engine/clock.h"
#include "tests/cli/command.h"
#include "tests/cli/talks.h"
#include "tests/support/temp_folder.h"

using namespace parley;
using parley::test::has;
using parley::test::Ran;
using parley::test::run_parley;
using parley::test::Talk;
using parley::test::TempFolder;

namespace {

const std::string kModel = R"(model: of a small shop
least_conversations: 50
levels:
  - level: 1
    name: Answer
    interaction:
      - {bar: answered, needs: files.unanswered_intents == 0, because: r, start: s, effort: hours}
  - level: 2
    name: Guide
    interaction:
      - {bar: tested, needs: tests.count >= 1 && tests.failed == 0, because: r, start: s, effort: hours}
  - level: 3
    name: Converse
    intelligence:
      - {bar: understood, needs: ledger.fallback.high <= 0.2, because: r, start: s, effort: weeks}
    integration:
      - {bar: sound, needs: ledger.errors.high <= 0.1, because: r, start: s, effort: days}
  - level: 4
    name: Care
    interaction:
      - {bar: forgets, needs: drills.erase, because: r, start: s, effort: minutes}
  - {level: 5, name: Improve}
)";

class SmallShop {
 public:
  SmallShop() {
    folder_.write("model.yaml", kModel);
    folder_.write("shop/bot.yaml", "bot: shop\nlanguages: [en]\nlevel: 3\n");
    folder_.write("shop/intents/a.yaml",
                  "intent: hours\nen: [when are you open, opening hours, are you open on sunday]\n---\n"
                  "intent: place\nen: [where are you, your address, how do I get there]\n");
    flow("hours");
  }

  void flow(const std::string& intent) {
    folder_.write("shop/flows/" + intent + ".yaml",
                  "flow: " + intent + "\nwhen: " + intent + "\nsteps:\n  - say: About " + intent + ".\n");
  }
  void waive(const std::string& bar, const std::string& until) {
    folder_.write("shop/bot.yaml", "bot: shop\nlanguages: [en]\nlevel: 3\nwaivers:\n  - {bar: " + bar +
                                       ", reason: We are new, owner: Ann, until: " + until + "}\n");
  }
  void test_expecting(const std::string& reply) {
    folder_.write("shop/tests/a.yaml",
                  "test: the hours\nsteps:\n  - user: when are you open\n  - bot: " + reply + "\n");
  }
  /// So many conversations an hour ago, each with a text that was understood or not.
  void talks(int count, bool understood) {
    const auto store = open_sqlite_store({folder_.path() / "ledger.db", ""});
    REQUIRE(store.ok());
    for (int i = 0; i < count; ++i, ++talks_)
      Talk("t" + std::to_string(talks_), "shop", SystemClock().now() - std::chrono::hours(1))
          .says("when are you open", understood ? "start" : "fallback")
          .reply()
          .ends("hours", "completed")
          .write_to(**store);
  }

  Ran run(const std::string& options = "") const {
    const std::string ledger = std::filesystem::exists(folder_.path() / "ledger.db")
                                   ? " --ledger " + (folder_.path() / "ledger.db").string()
                                   : "";
    return run_parley("maturity " + (folder_.path() / "shop").string() + " --model " +
                      (folder_.path() / "model.yaml").string() + ledger + " --cache " +
                      (folder_.path() / "cache").string() + ' ' + options);
  }
  int level() const {
    const Ran ran = run("--json");
    REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
    return nlohmann::json::parse(ran.out)["level"];
  }
  const TempFolder& folder() const { return folder_; }

 private:
  TempFolder folder_;
  int talks_ = 0;
};

}  // namespace

TEST_CASE("a bot climbs from 0 to 3 by what it shows, and falls when people are not understood any more") {
  SmallShop shop;
  CHECK(shop.level() == 0);
  CHECK(has(shop.run().out, "intents/a.yaml:4: "));  // the intent that nothing answers
  shop.flow("place");
  CHECK(shop.level() == 1);
  shop.test_expecting("About place.");
  CHECK(shop.level() == 1);
  shop.test_expecting("About hours.");
  CHECK(shop.level() == 2);
  shop.talks(49, true);
  CHECK(shop.level() == 2);
  CHECK(has(shop.run().out, "only 49 of the 50 conversations"));
  shop.talks(11, true);
  CHECK(shop.level() == 3);
  shop.talks(10, false);  // 14 %, and perhaps 25 %
  CHECK(shop.level() == 2);
  CHECK(shop.run("--fail-under 3").exit_code == 1);
  CHECK(shop.run("--fail-under 2").exit_code == 0);
}

TEST_CASE("the climb is recorded beside the ledger, and shown as a table and on the page") {
  SmallShop shop;
  shop.flow("place");
  shop.talks(1, true);
  CHECK(shop.level() == 1);
  shop.test_expecting("About hours.");
  const std::string page = (shop.folder().path() / "report.html").string();
  CHECK(shop.run("--html " + page).exit_code == 0);
  const Ran history = shop.run("--history");
  REQUIRE_MESSAGE(history.exit_code == 0, history.err);
  const std::size_t first = history.out.find("  1            2             2            1\n");
  const std::size_t second = history.out.find("  3            2             2            2\n");
  CHECK_MESSAGE(first != std::string::npos, history.out);
  CHECK_MESSAGE((second != std::string::npos && first < second), history.out);
  const std::string html = parley::test::read_file(page);
  CHECK(has(html, "aria-label=\"Levels: interaction 3 intelligence 2 integration 2, aim 3\""));
  CHECK(has(html, "How it climbed"));
  CHECK_FALSE(has(html, "<script"));
}

TEST_CASE("a drill on this version of the bot is evidence, and no longer when the bot changes") {
  SmallShop shop;
  std::string model = kModel;
  model.replace(model.find("drills.erase"), 12, "drills.restart");
  shop.folder().write("model.yaml", model);
  shop.flow("place");
  shop.talks(1, true);
  const auto drilled = [&] {
    return nlohmann::json::parse(shop.run("--json").out)["measures"]["drills.restart"]["value"];
  };
  CHECK(drilled().is_null());
  const Ran little =
      run_parley("drill " + (shop.folder().path() / "shop").string() + " --messages 4 --kills 1 --ledger " +
                 (shop.folder().path() / "ledger.db").string());
  CHECK_MESSAGE(has(little.out, "No evidence: that takes 100 messages and 3 kills"),
                little.out << little.err);
  CHECK(
      run_parley("drill " + (shop.folder().path() / "shop").string() + " --messages 5 --kills 5").exit_code ==
      2);
  CHECK(drilled().is_null());
  const Ran drill =
      run_parley("drill " + (shop.folder().path() / "shop").string() + " --messages 100 --kills 3 --ledger " +
                 (shop.folder().path() / "ledger.db").string() + " --cache " +
                 (shop.folder().path() / "cache").string());
  CHECK_MESSAGE(drill.exit_code == 0, drill.out << drill.err);
  CHECK(has(drill.out, "restart passed: 100 messages acknowledged, the server killed 3 times"));
  CHECK(has(drill.out, "restore passed"));
  CHECK(has(drill.out, "erase passed"));
  const auto measures = nlohmann::json::parse(shop.run("--json").out)["measures"];
  CHECK(measures["drills.restore"]["value"] == true);
  CHECK(measures["drills.erase"]["value"] == true);
  CHECK(drilled() == true);
  shop.test_expecting("About hours.");
  CHECK(drilled().is_null());
}

TEST_CASE("a file that is no record of maturity is refused, and left as it is") {
  SmallShop shop;
  shop.talks(1, true);
  shop.folder().write("maturity.db",
                      "this is a letter, and a long one at that: it goes on and on and on and on");
  const Ran ran = shop.run();
  CHECK(ran.exit_code == 1);
  CHECK_MESSAGE(has(ran.err, "maturity.db"), ran.err);
  CHECK(has(parley::test::read_file(shop.folder().path() / "maturity.db"), "this is a letter"));
}

TEST_CASE("a waiver is shown while it counts, and fails the run when it has run out") {
  SmallShop shop;
  shop.waive("answered", "2999-12-31");
  const Ran waived = shop.run();
  CHECK(waived.exit_code == 0);
  CHECK_MESSAGE(has(waived.out, "waived until 2999-12-31, Ann: We are new"), waived.out);
  shop.waive("answered", "2020-01-01");
  const Ran expired = shop.run();
  CHECK(expired.exit_code == 1);
  CHECK_MESSAGE(has(expired.out, "A waiver that no longer counts: answered: until 2020-01-01"), expired.out);
}

TEST_CASE("check warns of a waiver for a bar that the model does not have") {
  SmallShop shop;
  shop.flow("place");
  shop.waive("survives-a-restrt", "2999-12-31");
  const std::string check = "check " + (shop.folder().path() / "shop").string();
  const Ran misspelt = run_parley(check);
  CHECK(misspelt.exit_code == 0);
  CHECK_MESSAGE(has(misspelt.out, "bot.yaml:5:5: warning[waiver]"), misspelt.out);
  CHECK(has(misspelt.out, "survives-a-restart"));
  shop.waive("survives-a-restart", "2999-12-31");
  CHECK_FALSE(has(run_parley(check).out, "[waiver]"));
  const std::string own = " --model " + (shop.folder().path() / "model.yaml").string();
  CHECK(has(run_parley(check + own).out, "the model 'of a small shop' has no bar 'survives-a-restart'"));
}

TEST_CASE("a model with a mistake, a bot with one and a missing ledger are refused with their place") {
  SmallShop shop;
  shop.folder().write("model.yaml", "model: m\nlevels: 3\n");
  const Ran model = shop.run();
  CHECK(model.exit_code == 1);
  CHECK_MESSAGE(has(model.err, "model.yaml:2:"), model.err);
  shop.folder().write("model.yaml", kModel);
  shop.folder().write("shop/flows/place.yaml", "flow: place\nwhen: place\nsteps:\n  - sya: x\n");
  CHECK(has(shop.run().err, "flows/place.yaml:4:"));
  CHECK(
      run_parley("maturity " + (shop.folder().path() / "shop").string() + " --ledger nowhere.db").exit_code ==
      2);
  CHECK(run_parley("maturity").exit_code == 2);
}

TEST_CASE("the measures that models may use are listed with their units") {
  const Ran ran = run_parley("maturity --measures");
  CHECK(ran.exit_code == 0);
  CHECK(has(ran.out, "ledger.fallback                   share"));
}
