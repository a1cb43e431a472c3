// What a finding tells to do where people bring the habits of another tool, or slip; and that what only
// follows from another mistake is not said.
#include <doctest/doctest.h>

#include "tests/conversations/bot_folder.h"
#include "tests/support/temp_folder.h"

namespace parley::conversations {
namespace {

namespace fs = std::filesystem;

config::Findings findings_of(const std::map<std::string, std::string>& files) {
  const test::TempFolder folder;
  fs::copy(PARLEY_SOURCE_DIR "/tests/conversations/bad/_base", folder.path(), fs::copy_options::recursive);
  for (const auto& [path, content] : files)
    folder.write(path, content);
  return load_folder(folder.path()).findings;
}

config::Findings findings_of_steps(const std::string& steps) {
  return findings_of({{"flows/shop.yaml", "flow: order\nwhen: order\nsteps:\n" + steps}});
}

std::vector<std::string> codes(const config::Findings& findings) {
  std::vector<std::string> codes;
  for (const config::Finding& one : findings.all())
    codes.push_back(one.code);
  return codes;
}

}  // namespace

TEST_CASE("a slip that is known is answered with what to write") {
  struct Case {
    const char *steps, *code, *hint;
  };
  for (const Case& each : std::initializer_list<Case>{
           {"  - utter_hi\n", "step", "- say: the text of utter_hi"},
           {"  - end\n", "step", "'- end: ...'"},
           {"  - action: utter_hi\n", "step", "'- say: ...' for what is said"},
           {"  - say: Sorry: no\n", "syntax", "say: \"Sorry: no\""},
           {"  - say:\n      - Sorry: no\n      - No.\n", "type", "\"Sorry: no\""},
           {"  - say: Hi\n\t- say: Ho\n", "syntax", "begins with a tab"},
           {"  - say: Hi\n    image: {src: 'https://x.example/a.png', alt: x}\n", "unknown-key",
            "{url: https"},
           {"  - if: today > 3\n    then: [{say: Hi}]\n", "expression", "days(today, x)"},
           {"  - if: user.name == \xE2\x80\x9Cx\xE2\x80\x9D\n    then: [{say: Hi}]\n", "expression",
            "straight quotes"},
           {"  - say: Hi\n    card: {adaptive: {type: AdaptiveCard, version: '1.6', body: []}}\n", "card",
            "\"1.0\" to \"1.5\" are checked"}}) {
    CAPTURE(each.steps);
    const config::Findings findings = findings_of_steps(each.steps);
    REQUIRE(!findings.all().empty());
    CHECK(findings.all().front().code == each.code);
    CHECK_MESSAGE(findings.all().front().hint.find(each.hint) != std::string::npos,
                  to_text(findings.all().front()));
    CHECK(findings.error_count() == 1);
  }
}

TEST_CASE("checks beside what the person does are told where they belong") {
  const config::Findings findings = findings_of(
      {{"flows/shop.yaml", "flow: order\nwhen: order\nsteps:\n  - say: Hi\n"},
       {"tests/shop.yaml", "test: a\nsteps:\n  - user: order\n    bot: Hi\n    intent: order\n"}});
  REQUIRE(codes(findings) == std::vector<std::string>{"test-step"});
  CHECK(findings.all().front().hint.ends_with("of its own behind it: '- bot: ...', 'intent: ...'"));
}

TEST_CASE("what only follows from a misspelt name is not said as well") {
  const config::Findings slot =
      findings_of({{"flows/shop.yaml",
                    "flow: order\nwhen: order\nslots:\n  number: {type: int, ask: How many?}\nsteps:\n"
                    "  - collect: [numbr]\n  - say: \"{number} it is.\"\n"}});
  CHECK(codes(slot) == std::vector<std::string>{"unknown-slot"});

  const config::Findings column = findings_of(
      {{"flows/shop.yaml",
        "flow: order\nwhen: order\nslots:\n  what: {type: text, ask: What?}\nsteps:\n"
        "  - choose: what\n    from: \"[user]\"\n    title: \"{item.seat}\"\n    value: item.name\n"}});
  CHECK(codes(column) == std::vector<std::string>{"expression"});

  const config::Findings argument =
      findings_of({{"services.yaml",
                    "service: shop\nhttp: https://shop.example\noperations:\n"
                    "  stock: {with: {drink: text}, get: '/stock/{drnk}', returns: {left: int}}\n"},
                   {"flows/shop.yaml", "flow: order\nwhen: order\nsteps:\n  - say: Hi\n"}});
  CHECK(codes(argument) == std::vector<std::string>{"undeclared-parameter"});
}

TEST_CASE("no translation is stale, and no flow unused, while a mistake may be why") {
  std::map<std::string, std::string> files{
      {"bot.yaml", "bot: shop\nlanguages: [en, nl]\n"},
      {"translations/nl.po",
       "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
       "msgid \"Gone.\"\nmsgstr \"Weg.\"\n\nmsgid \"Hi\"\nmsgstr \"Hoi\"\n"},
      {"flows/shop.yaml",
       "flow: order\nwhen: order\nsteps:\n  - say: Hi\n---\nflow: more\nsteps:\n  - say: Hi\n"}};
  const auto has = [](const config::Findings& findings, const char* code) {
    const std::vector<std::string> all = codes(findings);
    return std::find(all.begin(), all.end(), code) != all.end();
  };
  const config::Findings clean = findings_of(files);
  CHECK(has(clean, "stale-translation"));
  CHECK(has(clean, "unused-flow"));
  files["flows/wrong.yaml"] = "flow: wrong\nwhen: other\nsteps:\n  - rnu: more\n";
  const config::Findings wrong = findings_of(files);
  CHECK(wrong.has_errors());
  CHECK_FALSE(has(wrong, "stale-translation"));
  CHECK_FALSE(has(wrong, "unused-flow"));
}

}  // namespace parley::conversations
