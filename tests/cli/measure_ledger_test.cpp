#include <doctest/doctest.h>

#include "cli/maturity/sources.h"
#include "tests/cli/talks.h"

using namespace parley;
using namespace parley::cli;
using parley::test::Talk;
using std::chrono::hours;
using std::chrono::milliseconds;

namespace {

constexpr TimePoint kNow(hours(24 * 1000));

/// With the flow `order`, which runs `look`.
BotFiles bot_files() {
  BotFiles files;
  files.manifest.name = "shop";
  auto program = std::make_shared<conversations::Program>();
  program->flows["order"].name = "order";
  program->flows["order"].when = {"order"};
  program->flows["look"].name = "look";
  program->flows["pattern_help"].name = "pattern_help";
  files.program = std::move(program);
  return files;
}

config::MaturityModel model_with(std::size_t least) {
  config::MaturityModel model;
  model.least_conversations = least;
  return model;
}

Measures measured(Store& store, std::size_t least = 1) {
  Measures measures(0.95);
  const auto reader = store.reader();
  REQUIRE(reader.ok());
  const auto done = measure_ledger(**reader, bot_files(), model_with(least), kNow, measures);
  REQUIRE(done.ok());
  return measures;
}

Talk talk(const std::string& id, milliseconds ago = hours(1)) {
  return Talk(id, "shop", kNow - ago);
}

void check_share(const Measures& measures, const char* name, double part, std::size_t whole) {
  CAPTURE(name);
  REQUIRE(measures.get(name).value.has_value());
  CHECK(*measures.get(name).value * static_cast<double>(whole) == doctest::Approx(part));
  CHECK(measures.get(name).count == whole);
}

}  // namespace

TEST_CASE("what people's conversations say is counted") {
  const auto store = make_memory_store();
  talk("a").says("order").reply().ends("order", "completed").write_to(*store);
  talk("b")
      .says("blah", "fallback")
      .reply()
      .says("blah", "retry")
      .reply()
      .handoff()
      .says("still there?", "handed_off")
      .handback(hours(2))
      .write_to(*store);
  talk("c").says("order").reply().ends("order", "abandoned").handoff().handback(hours(25)).write_to(*store);
  talk("d")
      .says("order")
      .reply()
      .ends("look", "completed")
      .ends("order", "not_in_stock")
      .ends("pattern_help", "stuck")
      .write_to(*store);
  const Measures measures = measured(*store);
  CHECK(measures.get("ledger.conversations").value == 4.0);
  check_share(measures, "ledger.contained", 2, 4);
  check_share(measures, "ledger.completed", 2, 3);
  check_share(measures, "ledger.abandoned", 1, 3);
  check_share(measures, "ledger.stuck", 0, 4);
  check_share(measures, "ledger.fallback", 2, 5);
  check_share(measures, "ledger.repeats", 1, 5);
  check_share(measures, "ledger.handoffs_closed", 1, 2);
}

TEST_CASE("who gives up was not helped: neither contained nor completed") {
  const auto store = make_memory_store();
  talk("a", hours(2))
      .says("order", "start", "order/0")
      .says("blah", "retry")
      .says("blub", "stuck")
      .reply()
      .write_to(*store);
  talk("b", hours(2)).says("order", "start", "order/0").reply().write_to(*store);
  talk("c", milliseconds(60'000)).says("order", "start", "order/0").reply().write_to(*store);  // still there
  const Measures measures = measured(*store);
  check_share(measures, "ledger.contained", 2, 3);
  check_share(measures, "ledger.stuck", 1, 3);
  check_share(measures, "ledger.abandoned", 2, 2);
  check_share(measures, "ledger.completed", 0, 2);
  check_share(measures, "ledger.fallback", 2, 5);
}

TEST_CASE("a turn's time reaches to the last reply behind a call") {
  const auto store = make_memory_store();
  Talk slow = talk("slow");
  slow.says("order").reply(milliseconds(4)).call(milliseconds(900)).reply(milliseconds(7));
  slow.write_to(*store);
  for (int i = 0; i < 9; ++i)
    talk("quick" + std::to_string(i)).says("order").reply(milliseconds(4)).write_to(*store);
  CHECK(measured(*store).get("ledger.turn_p95").value ==
        915.0);  // 4 + 900 + 7, and a millisecond for each event
}

TEST_CASE("what is older than the window, of another bot, or without a word of a person is left out") {
  const auto store = make_memory_store();
  talk("old", hours(24 * 30)).says("blah", "fallback").write_to(*store);
  Talk("other", "helpdesk", kNow - hours(1)).says("blah", "fallback").write_to(*store);
  talk("opened").ends("order", "abandoned").write_to(*store);
  talk("new").says("order").write_to(*store);
  const Measures measures = measured(*store);
  CHECK(measures.get("ledger.conversations").value == 1.0);
  check_share(measures, "ledger.fallback", 0, 1);
}

TEST_CASE("too few conversations measure nothing but their number") {
  const auto store = make_memory_store();
  talk("a").says("order").reply().write_to(*store);
  const Measures measures = measured(*store, 2);
  CHECK(measures.get("ledger.conversations").value == 1.0);
  CHECK_FALSE(measures.get("ledger.fallback").value.has_value());
  CHECK(measures.get("ledger.fallback").missing ==
        "only 1 of the 2 conversations that it needs happened in the window");
}

TEST_CASE("negative experiences are counted in conversations, and made good in cases") {
  const auto store = make_memory_store();
  const auto opened = [](const char* id) {
    return CaseChange{id, CaseChange::What::kOpened, {{"happened", "out_of_stock"}}};
  };
  const auto closed = [](const char* id, const char* outcome) {
    return CaseChange{id, CaseChange::What::kClosed, {{"outcome", outcome}}};
  };
  talk("plain").says_in_anger("order", false).reply().write_to(*store);
  talk("before").says("order").reply().write_to(*store);  // of a version that did not look
  talk("angry").says_in_anger("third time").says_in_anger("thanks", false).reply().write_to(*store);
  talk("made good")
      .says_in_anger("still nothing")
      .recovery(opened("case-1"))
      .recovery(closed("case-1", "recovered"))
      .write_to(*store);
  talk("two cases")
      .says_in_anger("order", false)
      .recovery(opened("case-1"))
      .recovery(opened("case-2"))
      .recovery(closed("case-1", "no_reaction"))
      .write_to(*store);
  talk("long ago", hours(24 * 30))
      .says("order")
      .recovery(opened("case-1"))
      .recovery(closed("case-1", "recovered"))
      .write_to(*store);
  const Measures measures = measured(*store);
  check_share(measures, "ledger.negative", 2, 4);   // angry, made good; of those that were looked at
  check_share(measures, "ledger.recovered", 1, 3);  // made good; of angry, made good, the closed one of two
}
