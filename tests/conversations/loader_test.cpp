// Good bots: what the loader makes of them.
#include "conversations/flows/loader.h"

#include <doctest/doctest.h>

#include "bot_folder.h"
#include "conversations/flows/built_in_patterns.h"
#include "tests/support/temp_folder.h"

namespace parley::conversations {
namespace {

std::string as_text(const config::Findings& findings) {
  std::string text;
  for (const config::Finding& finding : findings.all())
    text += to_text(finding);
  return text;
}

// A bot of one flow, laid over the base of the bad ones.
ProgramPtr program_of(const std::string& flow, const std::string& translations = "") {
  const test::TempFolder folder;
  const std::filesystem::path base =
      std::filesystem::path(PARLEY_SOURCE_DIR) / "tests/conversations/bad/_base";
  std::filesystem::copy(base, folder.path(), std::filesystem::copy_options::recursive);
  folder.write("flows/order.yaml", flow);
  if (!translations.empty()) {
    folder.write("translations/nl.po", translations);
    folder.write("bot.yaml", "bot: shop\nlanguages: [en, nl]\ntimezone: Europe/Amsterdam\n");
  }
  LoadedFolder loaded = load_folder(folder.path());
  CAPTURE(as_text(loaded.findings));
  REQUIRE(loaded.program != nullptr);
  return loaded.program;
}

// "0 say>1 | 1 end" : index, verb and where it leads.
std::string layout(const Flow& flow) {
  static const std::vector<std::string> kVerbs{"say",     "collect", "choose", "confirm", "set", "if",
                                               "switch",  "decide",  "call",   "search",  "run", "wait",
                                               "recover", "outcome", "go",     "handoff", "end"};
  std::string text;
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    const Step& step = flow.steps[i];
    text += (i ? " | " : "") + step.id + " " + kVerbs[step.action.index()];
    if (step.implied) text += "!";
    if (step.next != kFlowEnd) text += " >" + std::to_string(step.next);
    if (const auto* branch = std::get_if<If>(&step.action))
      text += " then " + std::to_string(branch->then) + " else " + std::to_string(branch->otherwise);
    if (const auto* confirm = std::get_if<Confirm>(&step.action))
      text += " no " + std::to_string(confirm->no);
    if (const auto* call = std::get_if<Call>(&step.action)) text += " failed " + std::to_string(call->failed);
    if (const auto* cases = std::get_if<Switch>(&step.action)) {
      for (const auto& [value, index] : cases->cases)
        text += " " + value.dump() + " " + std::to_string(index);
      text += " default " + std::to_string(cases->otherwise);
    }
  }
  return text;
}

}  // namespace

TEST_CASE("the built-in flows have no mistake in any of their languages") {
  const test::TempFolder folder;
  std::string languages = "en";
  for (const auto& [path, content] : built_in_patterns()) {
    if (!path.ends_with(".po")) continue;
    const std::string language(path.substr(0, path.size() - 3));
    languages += ", " + language;
    folder.write("translations/" + language + ".po",
                 "msgid \"\"\nmsgstr \"Language: " + language + "\\n\"\n");
  }
  CHECK(languages == "en, de, nl");
  folder.write("bot.yaml", "bot: empty\nlanguages: [" + languages + "]\n");
  const LoadedFolder loaded = load_folder(folder.path());
  CHECK(as_text(loaded.findings) == "");
  REQUIRE(loaded.program != nullptr);
  CHECK(loaded.program->flows.contains("pattern_fallback"));
}

TEST_CASE("the sample bots have no finding") {
  for (const char* bot : {"helpdesk", "webshop"}) {
    const LoadedFolder loaded = load_folder(std::filesystem::path(PARLEY_SOURCE_DIR) / "bots" / bot);
    CHECK(as_text(loaded.findings) == "");
    CHECK(loaded.program != nullptr);
  }
}

TEST_CASE("branches are laid out flat and come together behind") {
  const auto program = program_of(R"(flow: order
when: order
slots:
  count: {type: int, ask: How many}
steps:
  - collect: [count]
  - if: count > 10
    then:
      - say: That is a lot.
      - if: count > 100
        then:
          - end: too_many
    else:
      - say: Fine.
  - switch: count
    cases:
      1:
        - say: Just one.
      2: []
  - name: last
    say: Done.
)");
  CHECK(layout(program->flows.at("order")) ==
        "0 collect >1 | 1 if then 2 else 5 | 1.then.0 say >3 | 1.then.1 if then 4 else 6 | 1.then.1.then.0 "
        "end | "
        "1.else.0 say >6 | 2 switch 1 7 2 8 default 8 | 2.1.0 say >8 | last say");
}

TEST_CASE("behind failed and no the flow ends by itself, unless its steps go elsewhere") {
  const auto program = program_of(R"(flow: order
when: order
steps:
  - name: ask
    confirm: Shall I?
    no:
      - say: All right.
  - call: shop.stock
    failed:
      - say: Sorry.
      - handoff: shop down
  - call: shop.stock
    failed:
      - go: ask
  - confirm: Again?
)");
  CHECK(layout(program->flows.at("order")) ==
        "ask confirm >3 no 1 | ask.no.0 say >2 | ask.no.end end! | 1 call >6 failed 4 | 1.failed.0 say >5 | "
        "1.failed.1 handoff | 2 call >8 failed 7 | 2.failed.0 go >0 | 3 confirm no 9 | 3.no.end end!");
  CHECK(std::get<End>(program->flows.at("order").steps[2].action).reason == "declined");
}

TEST_CASE("names in scope carry the types of slots, parameters and results") {
  const auto program = program_of(R"(flow: order
when: order
slots:
  what: {type: drink, ask: What}
steps:
  - collect: [what]
  - call: shop.stock
    as: stock
    failed:
      - say: Sorry.
  - call: shop.status
    with: {number: size(stock)}
    as: status
    failed:
      - say: Sorry.
  - run: thank
    with: {whom: user.name}
    as: thanks
  - say: "{status.due, date, full} {thanks.count} {what}"
---
flow: thank
params: {whom: text}
slots: {count: {type: int}}
result: {count: int}
steps:
  - set: {count: size(whom)}
)");
  const cel::Declarations& scope = program->flows.at("order").scope;
  CHECK(scope.find("what")->to_string() == "text");
  CHECK(scope.find("stock")->to_string() == "list<{count: int, drink: text}>");
  CHECK(scope.find("status")->to_string() == "{due: date, state: text}");
  CHECK(scope.find("thanks")->to_string() == "{count: int}");
  CHECK(program->flows.at("thank").scope.find("whom")->to_string() == "text");
}

TEST_CASE("a bot's own flow replaces the built-in one of its name") {
  const auto program = program_of(
      "flow: pattern_greeting\nsteps:\n  - say: Welcome to the shop!\n---\nflow: order\nwhen: "
      "order\nsteps:\n  - say: Hello\n");
  const Flow& greeting = program->flows.at("pattern_greeting");
  CHECK_FALSE(greeting.built_in);
  CHECK(std::get<Say>(greeting.steps[0].action).text.at(0).message.source() == "Welcome to the shop!");
  CHECK(program->flows.at("pattern_goodbye").built_in);
}

TEST_CASE("texts, titles, buttons and cards speak every language of the bot") {
  const auto program = program_of(
      R"(flow: order
title: Order a drink
when: order
steps:
  - say: Look at this
    buttons: [Yes, {title: No, value: nope}]
    card:
      adaptive:
        body:
          - {type: TextBlock, text: "Hello {user.name}", wrap: true}
          - {type: Input.Text, id: note, maxLength: 20}
)",
      "msgid \"Order a drink\"\nmsgstr \"Drank bestellen\"\n\nmsgid \"Look at this\"\nmsgstr \"Kijk "
      "eens\"\n\n"
      "msgid \"Order something\"\nmsgstr \"Iets bestellen\"\n\n"
      "msgid \"Yes\"\nmsgstr \"Ja\"\n\nmsgid \"No\"\nmsgstr \"Nee\"\n\nmsgid \"Hello {user.name}\"\nmsgstr "
      "\"Hallo {user.name}\"\n");
  const Flow& flow = program->flows.at("order");
  const auto& say = std::get<Say>(flow.steps[0].action);
  const cel::Bindings none;
  CHECK(flow.title->format(none, "nl", "UTC") == "Drank bestellen");
  CHECK(say.text.at(0).message.format(none, "nl", "UTC") == "Kijk eens");
  CHECK(say.buttons.at(1).title.format(none, "nl", "UTC") == "Nee");
  CHECK(say.buttons.at(1).value == "nope");
  CHECK(program->intent_titles.at("order").format(none, "nl", "UTC") == "Iets bestellen");
  REQUIRE(say.card);
  CHECK(say.card->adaptive["type"] == "AdaptiveCard");
  CHECK(say.card->adaptive["body"][0]["wrap"] == true);
  CHECK(say.card->adaptive["body"][1]["maxLength"] == 20);
  REQUIRE(say.card->adaptive_texts.size() == 1);
  CHECK(say.card->adaptive_texts[0].at.to_string() == "/body/0/text");
}

TEST_CASE("values of options and cases have the type of their slot") {
  const auto program = program_of(R"(flow: order
when: order
slots:
  count: {type: int, ask: How many, options: [1, {title: a dozen, value: 12}]}
  sure: {type: bool, ask: Sure}
steps:
  - collect: [count, sure]
  - switch: sure
    cases:
      true:
        - say: Good.
)");
  const Flow& flow = program->flows.at("order");
  CHECK(flow.slots.at("count").options.at(1).value == 12);
  CHECK(std::get<Switch>(flow.steps[1].action).cases.at(0).first == true);
}

TEST_CASE("flows may share an intent where channels keep them apart") {
  const auto program = program_of(
      "flow: order_a\nwhen: order\nchannels: [webchat]\nsteps:\n  - say: Hello\n---\n"
      "flow: order_b\nwhen: order\nchannels: [helpdesk]\nsteps:\n  - say: Hello\n");
  CHECK(program->flows_of_intent.at("order") == std::vector<std::string>{"order_a", "order_b"});
}

TEST_CASE("a whole number may be given where any number may") {
  const auto program = program_of(
      "flow: order\nwhen: order\nslots: {price: {type: number, optional: true}}\nsteps:\n  - set: {price: "
      "5}\n"
      "  - say: \"{price}\"\n");
  CHECK(std::get<Set>(program->flows.at("order").steps[0].action).assignments.size() == 1);
}

TEST_CASE("a flow may have only so many steps") {
  const test::TempFolder folder;
  std::string flow = "flow: long\nwhen: order\nsteps:\n";
  for (std::size_t i = 0; i < limits::kFlowStepsMax; ++i)
    flow += "  - say: Hello\n";
  const std::filesystem::path base =
      std::filesystem::path(PARLEY_SOURCE_DIR) / "tests/conversations/bad/_base";
  std::filesystem::copy(base, folder.path(), std::filesystem::copy_options::recursive);
  folder.write("flows/long.yaml", flow);
  CHECK(load_folder(folder.path()).program != nullptr);
  folder.write("flows/long.yaml", flow + "  - say: One too many\n  - say: And another\n");
  const LoadedFolder loaded = load_folder(folder.path());
  REQUIRE(loaded.findings.all().size() == 1);
  CHECK(loaded.findings.all()[0].code == "too-many-steps");
  CHECK(loaded.findings.all()[0].position.line == static_cast<int>(limits::kFlowStepsMax) + 4);
}

TEST_CASE("a file that refers to itself, or to itself many times over, is refused in good time") {
  for (const char* steps :
       {"&a [{if: 'true', then: *a}]",
        "[{if: 'true', then: &a [{say: x}, {say: x}]}, {if: 'true', then: &b [{if: 'true', then: *a}, "
        "{if: 'true', then: *a}]}]"}) {
    const test::TempFolder folder;
    folder.write("bot.yaml", "bot: loop\nlanguages: [en]\n");
    folder.write("flows/loop.yaml", std::string("flow: loop\nsteps: ") + steps + "\n");
    const LoadedFolder loaded = load_folder(folder.path());
    CHECK_FALSE(loaded.findings.all().empty());
  }
}

}  // namespace parley::conversations
