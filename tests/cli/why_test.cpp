// What the command line tells of how a text was read: `chat --why` and `entities`.
#include <doctest/doctest.h>

#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using namespace parley::test;

namespace {

constexpr const char* kNoValue = R"(flow: stock
when: stock
steps:
  - call: shop.stock
    as: row
    failed: [{say: No.}]
  - if: row != null && row.days > 3
    then: [{say: "Many {row.name}."}]
  - say: Done.
)";

}  // namespace

TEST_CASE("chat --why tells after each reply what was understood, the rule and the slots") {
  const TempFolder folder;
  folder.write("bot.yaml", "bot: rooms\nlanguages: [en]\n");
  folder.write("intents/book.yaml", "intent: book\nen: [I need a room, book a room, can I book a room]\n");
  folder.write("flows/book.yaml",
               "flow: book\nwhen: book\nslots:\n  day: {type: date, ask: Which day?}\nsteps:\n"
               "  - collect: day\n  - say: Noted.\n");
  const std::string chat = "chat " + folder.path().string(), said = "I need a room\n3 march 2030\n";
  const Ran ran = run_parley(chat + " --why", said);
  CAPTURE(ran.out);
  CHECK(has(ran.out, "bot: Which day?\nwhy: intents book "));
  CHECK(has(ran.out, "; rule start; path book/0"));
  CHECK(has(ran.out, "bot: Noted.\nwhy: "));
  CHECK(has(ran.out, "entities date '3 march 2030' = \"2030-03-03\"; rule answer"));
  CHECK(has(ran.out, "; slots day = \"2030-03-03\"\n"));
  CHECK_FALSE(has(run_parley(chat, said).out, "why:"));
}

TEST_CASE("entities reads and shows plain lines, and JSON only with --jsonl") {
  const Ran plain = run_parley("entities", "call me on 3 march 2030\n{\"input\": \"tea for 4\"}\nhello\n");
  CAPTURE(plain.out);
  CHECK(plain.exit_code == 0);
  CHECK(has(plain.out, "call me on 3 march 2030\n  date '3 march 2030' = {"));
  CHECK(has(plain.out, "2030-03-03"));
  CHECK(has(plain.out, "  number '4' = {"));
  const Ran json = run_parley("entities --jsonl", "{\"input\": \"tea for 4\"}\nhello\n");
  CHECK(json.exit_code == 1);
  CHECK(has(json.out, "{\"entities\":[{"));
  CHECK(has(json.out, "{\"error\":\"not a JSON object\"}"));
}

TEST_CASE("an expression that fails is logged with its flow and line, and without a value") {
  const TempFolder folder;
  folder.write("bot.yaml", "bot: shop\nlanguages: [en]\n");
  folder.write("intents/stock.yaml",
               "intent: stock\nen: [what is the stock, is it in stock, how much is left]\n");
  folder.write(
      "services.yaml",
      "service: shop\nsqlite: shop.db\nseed: data/shop.sql\noperations:\n"
      "  stock: {sql: \"SELECT NULL AS days, 'kept secret' AS name\", returns: {days: int, name: text}}\n");
  folder.write("data/shop.sql", "CREATE TABLE t (a INTEGER);\n");
  folder.write("flows/stock.yaml", kNoValue);
  const Ran ran = run_parley("chat " + folder.path().string(), "what is the stock\n");
  const std::string said = ran.out + ran.err;
  CHECK_MESSAGE(has(said,
                    "the flow 'stock' ended as error at stock.yaml:7, which can't be computed: "
                    "row != null && row.days > 3\n"),
                said);
  CHECK(has(said, "something went wrong on my side"));
  CHECK_FALSE(has(said, "kept secret"));
}
