#include <doctest/doctest.h>
#include <filesystem>

#include "cli/load_bot.h"
#include "engine/storage/store.h"
#include "intents/suggestions/heard_texts.h"
#include "tests/cli/command.h"
#include "tests/support/engine_client.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

using namespace parley;
using namespace parley::test;

namespace {

const std::string kIntents = R"(# what people want from the desk
intent: reset_password   # keep in step with the flow
title: Reset a password
en:
  - I forgot my password   # the most frequent one
  - reset my password please
  - my password has expired
  - change my password
  - I need a new password
  # Anna: ask for more
nl:
  - ik ben mijn wachtwoord vergeten
  - wachtwoord opnieuw instellen
  - mijn wachtwoord is verlopen
  - wachtwoord wijzigen
  - nieuw wachtwoord graag
---
intent: request_leave
en: [book leave, "I want a day off", take vacation, holiday request, days off please]
nl: [verlof boeken, ik wil een dag vrij, vakantie opnemen, vakantie aanvragen, vrije dagen graag]
)";

const std::string kFlows =
    "flow: password\nwhen: reset_password\nslots:\n  system: {type: text, ask: Which system?}\n"
    "steps:\n  - collect: [system]\n  - say: It is reset.\n---\nflow: leave\nwhen: request_leave\n"
    "steps:\n  - say: Done.\n";

constexpr TimePoint kStart{std::chrono::milliseconds(1'767'225'600'000)};  // 2026-01-01

/// A bot on disk, and its server with a ledger that a test talks to.
class Desk {
 public:
  Desk() {
    folder_.write("bot/bot.yaml", "bot: desk\nlanguages: [en, nl]\ncountry: NL\n");
    folder_.write("bot/intents/desk.yaml", kIntents);
    folder_.write("bot/flows/desk.yaml", kFlows);
    config::Findings findings;
    const cli::BotFiles files = cli::read_bot(bot(), findings);
    REQUIRE_MESSAGE(!findings.has_errors(), findings.all().front().message);
    auto made = cli::make_bot(files, folder_.path() / "cache");
    REQUIRE_MESSAGE(made.ok(), made.error().message);
    auto opened = open_sqlite_store({ledger(), ""});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message);
    store_ = std::move(*opened);
    engine_ = std::make_unique<Engine>(EngineOptions{1, folder_.path(), {{"test", *made}}, nullptr}, *store_,
                                       clock_);
  }
  ~Desk() { stop(); }

  void stop() {
    engine_.reset();
    store_.reset();
  }
  /// One conversation, with all of these messages.
  void talk(const std::string& id, const std::vector<std::string>& texts) {
    REQUIRE(open(*engine_, id).ok());
    for (const std::string& text : texts)
      REQUIRE(say(*engine_, id, text).ok());
  }
  void pass(std::chrono::hours time) { clock_.advance(time); }

  std::filesystem::path bot() const { return folder_.path() / "bot"; }
  std::filesystem::path ledger() const { return folder_.path() / "ledger.db"; }
  std::filesystem::path out() const { return folder_.path() / "suggestions.yaml"; }
  std::filesystem::path intents() const { return bot() / "intents/desk.yaml"; }

  Ran suggest(const std::string& more = "") const {
    return run_parley("suggest " + bot().string() + " --ledger " + ledger().string() + " --out " +
                      out().string() + " --cache " + (folder_.path() / "cache").string() + " " + more);
  }
  Ran accept(const std::string& suggestions) const {
    folder_.write("suggestions.yaml", suggestions);
    return run_parley("suggest " + bot().string() + " --accept " + out().string());
  }
  bool is_clean() const { return run_parley("check " + bot().string()).exit_code == 0; }

 private:
  TempFolder folder_;
  ManualClock clock_{kStart};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Engine> engine_;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("unclear texts of a running server's ledger are suggested once, with counts, in groups") {
  Desk desk;
  desk.talk("a", {"my badge is broken", "My BADGE is broken!", "cancel", "the badge is broken again"});
  desk.talk("b", {"I forgot my password", "the crm of the sales team", "mijn toegangspas is kapot"});
  desk.talk("c", {"qwertz 3000", "call me on +31 6 12345678 about the badge of anna@mail.test"});
  const Ran ran = desk.suggest();
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  const std::string file = read_file(desk.out());
  CHECK_MESSAGE(has(file, "  - my badge is broken  # 2\n"), file);
  CHECK(has(file, "  - the badge is broken again  # 1\n"));
  CHECK(has(file, "nl:\n  - mijn toegangspas is kapot  # 1\n"));
  CHECK_MESSAGE(!has(file, "forgot my password"), "a sentence of the bot");
  CHECK_MESSAGE(!has(file, "crm"), "the answer to a question");
  CHECK_MESSAGE(!has(file, "- cancel"), "a command");
  CHECK_MESSAGE(has(file, "badge of name@example.com"), file);
  CHECK(!has(file, "anna@mail.test"));
  CHECK(!has(file, "12345678"));
  const std::size_t group = file.find("intent: ", file.find("---"));
  CHECK_MESSAGE(has(file.substr(group, file.find("\n---", group) - group), "my badge is broken"), file);
  CHECK(has(file.substr(group, 40), "badge"));
  const auto permissions = std::filesystem::status(desk.out()).permissions();
  CHECK((permissions & std::filesystem::perms::others_read) == std::filesystem::perms::none);
  CHECK_MESSAGE(desk.suggest().exit_code == 1, "a file under review is never overwritten");
}

TEST_CASE("only what was said to this bot since that day is suggested") {
  Desk desk;
  desk.talk("a", {"my badge is broken"});
  desk.talk("b", {"our kettle is cold"});
  desk.pass(std::chrono::hours(72));
  desk.talk("b", {"the coffee machine leaks"});
  desk.stop();
  REQUIRE(desk.suggest("--since 2026-01-03").exit_code == 0);
  CHECK(!has(read_file(desk.out()), "badge"));
  CHECK(!has(read_file(desk.out()), "kettle"));
  CHECK(has(read_file(desk.out()), "coffee"));
  CHECK(desk.suggest("--since tuesday").exit_code != 0);
  auto reader = open_sqlite_reader(desk.ledger());
  REQUIRE(reader.ok());
  CHECK(intents::read_heard_texts(**reader, "another", TimePoint{})->messages == 0);
  const auto one = intents::read_heard_texts(**reader, "desk", TimePoint{}, 1);
  CHECK(one->texts.size() == 1);
  CHECK(one->left_out == 2);
}

TEST_CASE("a file that is no ledger is refused") {
  const Desk desk;
  const auto other = desk.bot() / "bot.yaml";
  const Ran ran = run_parley("suggest " + desk.bot().string() + " --ledger " + other.string());
  CHECK(ran.exit_code == 1);
  CHECK(has(ran.err, other.string()));
}

TEST_CASE("accepted lines move into the intents, and nothing else in those files changes") {
  const Desk desk;
  const Ran ran = desk.accept(
      "# of january\n---\nintent: reset_password\nnew: no\naccept: yes\nen:\n  - pasword gone  # 3\n"
      "nl:\n  - ww kwijt  # 1\n---\n# Anna looks into this\nintent: badge\nnew: yes\naccept: no\nen:\n"
      "  - my badge is broken  # 2\n---\nintent: request_leave\nnew: no\naccept: yes\nen:\n"
      "  - \"off, when?\"  # 1\n---\nintent: parking\nnew: yes\naccept: yes\nen:\n"
      "  - where can I park  # 1\n");
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  std::string expected =
      replaced(kIntents, "need a new password\n", "need a new password\n  - pasword gone\n");
  expected = replaced(expected, "wachtwoord graag\n", "wachtwoord graag\n  - ww kwijt\n");
  expected = replaced(expected, "days off please]", "days off please, \"off, when?\"]");
  CHECK(read_file(desk.intents()) == expected);
  CHECK(read_file(desk.bot() / "intents/parking.yaml") == "intent: parking\nen:\n  - where can I park\n");
  CHECK(read_file(desk.out()) ==
        "# of january\n---\n# Anna looks into this\nintent: badge\nnew: yes\naccept: no\nen:\n"
        "  - my badge is broken  # 2\n");
  CHECK(desk.is_clean());
  for (const auto& entry : std::filesystem::directory_iterator(desk.bot() / "intents"))
    CHECK_MESSAGE(entry.path().extension() == ".yaml", entry.path());
}

TEST_CASE("accepting the same file again, as after a crash, adds nothing twice") {
  const Desk desk;
  const std::string suggestions =
      "---\nintent: reset_password\nnew: no\naccept: yes\nen:\n  - pasword gone  # 3\n";
  REQUIRE(desk.accept(suggestions).exit_code == 0);
  CHECK_MESSAGE(!std::filesystem::exists(desk.out()), "nothing is left in it");
  const std::string once = read_file(desk.intents());
  const Ran again = desk.accept(suggestions);
  CHECK_MESSAGE(again.exit_code == 0, again.err);
  CHECK(read_file(desk.intents()) == once);
  CHECK(!std::filesystem::exists(desk.out()));
}

TEST_CASE("a suggestion that contradicts the bot is refused with its position, and nothing is written") {
  const Desk desk;
  const std::string head = "---\nintent: reset_password\nnew: no\naccept: yes\nen:\n  - pasword gone\n";
  const auto refused = [&](const std::string& more, const std::string& position_and_code) {
    const Ran ran = desk.accept(head + more);
    CHECK(ran.exit_code == 1);
    CHECK_MESSAGE(has(ran.err, desk.out().string() + position_and_code), ran.err);
    CHECK(read_file(desk.intents()) == kIntents);
    CHECK(read_file(desk.out()) == head + more);
  };
  refused("  - Book LEAVE\n", ":7:5: error[ambiguous-sentence]");
  refused("---\nintent: request_leave\nnew: no\naccept: yes\nen: [pasword gone]\n",
          ":11:6: error[ambiguous-sentence]");
  refused("  - on [monday](dat)\n", ":7:5: error[unknown-entity]");
  refused("  - '!!!'\n", ":7:5: error[empty-sentence]");
  refused("de:\n  - passwort weg\n", ":7:1: error[unknown-key]");
  refused("---\nintent: parking\nnew: no\naccept: yes\nen:\n  - park\n", ":8:9: error[unknown-intent]");
  refused("---\nintent: Parking!\nnew: yes\naccept: yes\nen:\n  - park\n", ":8:9: error[bad-name]");
  refused("---\nintent: parking\naccept: perhaps\n", ":9:9: error[type]");
}

TEST_CASE("without an accepted suggestion, and with a broken bot, accepting says what to do") {
  const Desk desk;
  const Ran nothing = desk.accept("---\nintent: reset_password\naccept: no\nen:\n  - pasword gone\n");
  CHECK(nothing.exit_code == 1);
  CHECK(has(nothing.err, "accept: yes"));
  CHECK(run_parley("suggest " + desk.bot().string()).exit_code == 2);
}
