// Levels that act on channels: a real server measures its bot in the background, opens a channel at its
// level, raises an alarm when the bot falls, and closes, offers less or reopens as its settings say.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <thread>

#include "connectors/people.h"
#include "engine/clock.h"
#include "engine/replay.h"
#include "tests/cli/command.h"
#include "tests/cli/talks.h"
#include "tests/support/native_client.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

using namespace parley;
using parley::test::has;
using parley::test::NativeClient;
using parley::test::read_file;
using parley::test::run_parley;
using parley::test::ServerProcess;
using parley::test::Talk;
using parley::test::TempFolder;

namespace {

constexpr auto kPatience = std::chrono::minutes(2);
constexpr const char* kSecretName = "PARLEY_TEST_PREVIEW_SECRET";
const std::string kSecret(32, 'p');

// Level 2 is for who understands people, and opens questions; 3 is out of reach.
const std::string kModel = R"(model: of a small shop
least_conversations: 4
levels:
  - level: 1
    name: Answer
    interaction:
      - {bar: answered, needs: files.unanswered_intents == 0, because: r, start: s, effort: hours}
  - level: 2
    name: Guide
    unlocks: [questions]
    intelligence:
      - {bar: understood, needs: ledger.fallback <= 0.5, because: r, start: s, effort: weeks}
  - level: 3
    name: Converse
    interaction:
      - {bar: recovers, needs: ledger.recovered.low >= 1.0, because: r, start: s, effort: weeks}
  - {level: 4, name: Care}
  - {level: 5, name: Improve}
)";

const std::string kIntents =
    "intent: hours\nen: [when are you open, opening hours, are you open on sunday]\n---\n"
    "intent: order\nen: [I want to order a tent, buy a tent, order something]\n---\n"
    "intent: none\nen: [the moon is made of cheese, sing me a song, purple elephants dance, what is love]\n";

const std::string kFlows =
    "flow: hours\nwhen: hours\nsteps:\n  - say: From nine to five.\n---\n"
    "flow: order\ntitle: Order something\nwhen: order\nslots:\n  thing: {type: text, ask: What shall it "
    "be?}\n"
    "steps:\n  - collect: [thing]\n  - say: Noted.\n";

std::string token_of(const std::string& person) {
  config::TokenRules rules;
  rules.secret = kSecret;
  return connectors::employee_token(rules, {person, "", {}}, SystemClock().now(), std::chrono::minutes(5));
}

/// The texts that the bot has said.
std::vector<std::string> heard(const NativeClient& client) {
  std::vector<std::string> texts;
  for (const auto& [sequence, activity] : client.received())
    if (activity.at("from").value("role", "") == "bot") texts.push_back(activity.value("text", ""));
  return texts;
}

class Shop {
 public:
  /// `channel`: what the settings say of it beside its bot and origins.
  explicit Shop(const std::string& channel, const std::string& every = "1h") {
    setenv(kSecretName, kSecret.c_str(), 1);
    folder_.write("model.yaml", kModel);
    folder_.write("shop/bot.yaml", "bot: shop\nlanguages: [en]\nlevel: 3\n");
    folder_.write("shop/intents/a.yaml", kIntents);
    folder_.write("shop/flows/a.yaml", kFlows);
    settings(channel, every);
  }

  void settings(const std::string& channel, const std::string& every = "1h") {
    folder_.write(
        "parley.yaml",
        "listen: 127.0.0.1:0\ndata: data\nbots: {shop: shop}\nmaturity: {model: model.yaml, every: " + every +
            "}\nchannels:\n  webchat:\n    bot: shop\n    access: anonymous\n    origins: [self]\n" +
            channel);
  }

  /// So many conversations of an hour ago in which the bot understood people. No server may run.
  void understood(int count) {
    std::filesystem::create_directories(folder_.path() / "data");
    const auto store = open_sqlite_store({ledger(), ""});
    REQUIRE(store.ok());
    for (int i = 0; i < count; ++i)
      Talk("t" + std::to_string(++talks_), "shop", SystemClock().now() - std::chrono::hours(1))
          .says("when are you open")
          .reply()
          .ends("hours", "completed")
          .write_to(**store);
  }

  void start() {
    log_ = folder_.path() / ("log" + std::to_string(++starts_));
    server_ = std::make_unique<ServerProcess>(PARLEY_BINARY, folder_.path() / "parley.yaml", 0, log_);
  }
  void stop() { server_.reset(); }
  void reload() const {
    REQUIRE(run_parley("reload --settings " + (folder_.path() / "parley.yaml").string()).exit_code == 0);
  }

  /// Waits until the log says it so often.
  bool says(const std::string& text, std::size_t times = 1) const {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
      if (count(text) >= times) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }
  std::size_t count(const std::string& text) const {
    const std::string log = read_file(log_);
    std::size_t found = 0;
    for (std::size_t at = 0; (at = log.find(text, at)) != std::string::npos; at += text.size())
      ++found;
    return found;
  }
  /// Measures again, as an operator would have it, and waits for the outcome.
  void measure(const std::string& level) const {
    const std::size_t before = count("event=maturity_measured");
    reload();
    REQUIRE(says("event=maturity_measured", before + 1));
    REQUIRE(says("bot=shop level=" + level));
  }

  std::unique_ptr<NativeClient> client(const std::string& person = "") const {
    auto client = std::make_unique<NativeClient>(server_->port(), "webchat");
    if (!person.empty()) client->show(token_of(person));
    client->connect();
    return client;
  }
  /// One conversation with one text; gives what the bot said to it last.
  std::string ask(const std::string& text, const std::string& person = "") const {
    const auto talk = client(person);
    REQUIRE_MESSAGE(talk->connected(), talk->last_error());
    talk->send("a", text);
    REQUIRE(talk->settle());
    return heard(*talk).back();
  }
  void conversations(int count, const std::string& text) const {
    for (int i = 0; i < count; ++i)
      ask(text);
  }
  /// Why a visitor can't come in; empty: can.
  std::string refusal(const std::string& person = "") const { return client(person)->last_error(); }

  std::filesystem::path ledger() const { return folder_.path() / "data" / "ledger.db"; }
  const TempFolder& folder() const { return folder_; }

 private:
  TempFolder folder_;
  std::filesystem::path log_;
  std::unique_ptr<ServerProcess> server_;
  int talks_ = 0, starts_ = 0;
};

const std::string kPeople =
    "    people: [e1]\n    tokens: {algorithm: HS256, secret_env: PARLEY_TEST_PREVIEW_SECRET}\n";
constexpr const char* kNonsense = "purple elephants dance";

}  // namespace

TEST_CASE("a channel whose bot has not shown its level is in preview for named people, who are told so") {
  Shop shop("    opens_at: 2\n" + kPeople);
  shop.start();
  REQUIRE(shop.says("event=maturity_measured"));
  REQUIRE(shop.says("event=channel_not_open", 2));  // once before it was measured
  CHECK(shop.says("level=1 opens_at=2 phase=preview missing=understood"));
  CHECK(shop.says("see=\"parley maturity"));
  CHECK(shop.refusal() == "preview_only");
  CHECK(shop.refusal("e2") == "preview_only");
  const auto named = shop.client("e1");
  REQUIRE(named->connected());
  named->send("a", "order something");
  REQUIRE(named->settle());
  const auto texts = heard(*named);
  CHECK(texts.front().starts_with("You are using a preview."));
  CHECK(texts.back() == "What shall it be?");  // nothing is held back from who tries it out
  CHECK(named->received().begin()->second.at("channelData").at("preview") == true);
}

TEST_CASE("without people for a preview such a channel is closed") {
  Shop shop("    opens_at: 2\n");
  shop.start();
  REQUIRE(shop.says("level=1 opens_at=2 phase=closed missing=understood"));
  CHECK(shop.refusal() == "channel_closed");
}

TEST_CASE("a channel opens at its level, and stays open over a restart without measuring again") {
  Shop shop("    opens_at: 2\n");
  shop.understood(4);
  shop.start();
  REQUIRE(shop.says("event=channel_phase channel=webchat phase=open level=2 opens_at=2"));
  CHECK(shop.refusal().empty());
  CHECK(shop.ask("order something") == "What shall it be?");
  shop.stop();
  shop.start();
  CHECK(shop.refusal().empty());
  CHECK(shop.count("event=channel_phase channel=webchat phase=open level=2 opens_at=2") == 1);
  CHECK(shop.count("event=maturity_measuring") == 0);
}

TEST_CASE("a bot that falls raises an alarm and nothing else, unless more is asked for") {
  Shop shop("    opens_at: 2\n");
  shop.understood(4);
  shop.start();
  REQUIRE(shop.says("phase=open level=2"));
  shop.conversations(8, kNonsense);
  shop.measure("1");
  REQUIRE(
      shop.says("error event=channel_below_level channel=webchat bot=shop level=1 opens_at=2 phase=open"));
  CHECK(shop.says("missing=understood"));
  CHECK(shop.ask("order something") == "What shall it be?");
  shop.stop();
  shop.start();  // and so it stays
  CHECK(shop.says("error event=channel_below_level"));
  CHECK(shop.ask("order something") == "What shall it be?");
  shop.stop();
  shop.understood(30);
  shop.start();
  shop.measure("2");
  CHECK(shop.says("event=channel_phase channel=webchat phase=open level=2 opens_at=2"));
}

TEST_CASE("below: degrade holds back what is above the level, which a replay knows, and gives it back") {
  Shop shop("    opens_at: 2\n    below: degrade\n");
  shop.understood(4);
  shop.start();
  REQUIRE(shop.says("phase=open level=2"));
  const auto under_way = shop.client();
  under_way->send("a", "order something");
  REQUIRE(under_way->settle());
  shop.conversations(8, kNonsense);
  shop.measure("1");
  REQUIRE(shop.says("event=channel_below_level"));
  const std::string not_yet =
      "I'm sorry, I can't do this yet: Order something. These are things I can help you with now.";
  const auto held_back = shop.client();
  held_back->send("a", "order something");
  REQUIRE(held_back->settle());
  CHECK(heard(*held_back).back() == not_yet);
  CHECK(shop.ask("when are you open") == "From nine to five.");
  under_way->send("b", "a tent");  // what has begun goes on
  REQUIRE(under_way->settle());
  CHECK(heard(*under_way).back() == "Noted.");
  const auto replayed =
      run_parley("replay " + (shop.folder().path() / "shop").string() + " --ledger " +
                 shop.ledger().string() + " --cache " + (shop.folder().path() / "cache").string());
  CHECK_MESSAGE(has(replayed.out, "0 worded otherwise, 4 took another course"),
                replayed.out);  // those made by hand
  shop.conversations(20, "when are you open");
  shop.measure("2");
  REQUIRE(shop.says("event=channel_phase channel=webchat phase=open level=2 opens_at=2", 2));
  CHECK(shop.ask("order something") == "What shall it be?");
}

TEST_CASE("below: close lets nobody new in, who is in a conversation finishes it, and a rise reopens") {
  Shop shop("    opens_at: 2\n    below: close\n");
  shop.understood(4);
  shop.start();
  REQUIRE(shop.says("phase=open level=2"));
  const auto under_way = shop.client();
  shop.conversations(8, kNonsense);
  shop.measure("1");
  REQUIRE(shop.says("event=channel_below_level channel=webchat bot=shop level=1 opens_at=2 phase=closed"));
  CHECK(shop.refusal() == "channel_closed");
  under_way->send("a", "order something");
  REQUIRE(under_way->settle());
  CHECK(heard(*under_way).back() == "What shall it be?");
  shop.stop();
  shop.start();
  CHECK(shop.refusal() == "channel_closed");
  shop.stop();
  shop.understood(30);
  shop.start();
  shop.measure("2");
  REQUIRE(shop.says("event=channel_phase channel=webchat phase=open level=2 opens_at=2"));
  CHECK(shop.refusal().empty());
  const auto history = run_parley("maturity " + (shop.folder().path() / "shop").string() + " --ledger " +
                                  shop.ledger().string() + " --history");
  CHECK(has(history.out, "webchat  closed   opens at 2, level 1, below it"));
}

TEST_CASE("a bot is measured every so often, without being told to") {
  Shop shop("    opens_at: 2\n", "1s");
  shop.start();
  CHECK(shop.says("event=maturity_measured", 3));
}

TEST_CASE("a reload keeps the phase until the new version has been measured") {
  Shop shop("    opens_at: 2\n    below: close\n");
  shop.understood(4);
  shop.start();
  REQUIRE(shop.says("phase=open level=2"));
  shop.folder().write("shop/intents/b.yaml",
                      "intent: place\nen: [where are you, your address]\n");  // answered by no flow
  shop.measure("0");
  CHECK(shop.says("event=channel_below_level channel=webchat bot=shop level=0 opens_at=2 phase=closed"));
  CHECK(shop.count("event=channel_not_open") == 1);  // before the first measuring, not after the reload
}

TEST_CASE("a model with a mistake stops the start, with its line") {
  const Shop shop("    opens_at: 2\n");
  shop.folder().write("model.yaml", "model: m\nlevels: []\n");
  const auto ran = run_parley("serve --settings " + (shop.folder().path() / "parley.yaml").string());
  CHECK(ran.exit_code == 1);
  CHECK(has(ran.err, "model.yaml:2:"));
}
