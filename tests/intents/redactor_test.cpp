// Personal data known by its look.
#include "intents/redactor.h"

#include <doctest/doctest.h>

namespace parley::intents {
namespace {

std::shared_ptr<const Redactor> redactor(std::vector<config::RedactionRule> rules) {
  config::BotManifest manifest;
  manifest.redact = std::move(rules);
  config::Findings findings;
  auto made = make_redactor(manifest, findings);
  CHECK_FALSE(findings.has_errors());
  return made;
}

const Redactor& all() {
  static const auto kAll = redactor({{"email", "", {}},
                                     {"phone", "", {}},
                                     {"iban", "", {}},
                                     {"card", "", {}},
                                     {"bsn", "", {}},
                                     {"customer", "\\bK-[0-9]{3}\\b", {}}});
  return *kAll;
}

std::string redacted(const std::string& text) {
  return TurnRedaction(&all(), {}).text(text);
}

}  // namespace

TEST_CASE("each kind of personal data is taken out, and what only looks like it stays") {
  CHECK(redacted("pay with 4111-1111-1111-1111 now") == "pay with [card] now");
  CHECK(redacted("pay with 4111-1111-1111-1112 now") == "pay with 4111-1111-1111-1112 now");
  CHECK(redacted("NL91 ABNA 0417 1643 00, please") == "[iban], please");
  CHECK(redacted("NL91 ABNA 0417 1643 01").find("[iban]") == std::string::npos);
  CHECK(redacted("mail me@here.example or call +31 6 12345678") == "mail [email] or call [phone]");
  CHECK(redacted("bsn 1234.56.782 and 123456782") == "bsn [bsn] and [bsn]");
  CHECK(redacted("I am K-123 of floor 12") == "I am [customer] of floor 12");
  CHECK(redacted("order 12345, room 4.12, 3 march 2026") == "order 12345, room 4.12, 3 march 2026");
}

TEST_CASE("the eleven test tells a citizen service number") {
  CHECK(is_citizen_number("111222333"));
  CHECK(is_citizen_number("123456782"));
  CHECK_FALSE(is_citizen_number("123456789"));
  CHECK_FALSE(is_citizen_number("000000000"));
  CHECK_FALSE(is_citizen_number("12345678"));
}

TEST_CASE("what was understood of a text says no more than the text that is written") {
  const std::string text = "card 4111111111111111 for friday";
  Understanding understanding;
  understanding.entities = {{"card", "", 5, 21, "4111111111111111", "4111111111111111"},
                            {"number", "", 5, 9, "4111", 4111},
                            {"date", "", 26, 32, "friday", "2026-03-06"}};
  understanding.words = {{"friday", 1}, {"4111111111111111", 1}};
  understanding.clauses = {{0, 21, {}, 1, {understanding.entities[0]}}, {22, 32, {}, 1, {}}};
  TurnRedaction redaction(&all(), {});
  redaction.understanding(text, understanding);
  CHECK(redaction.changed());
  const std::string written = redaction.text(text);
  CHECK(written == "card [card] for friday");
  const Entity& date = understanding.entities[2];
  CHECK(written.substr(date.begin, date.end - date.begin) == "friday");
  CHECK(date.value == "2026-03-06");
  for (const Entity* hidden :
       {&understanding.entities[0], &understanding.entities[1], &understanding.clauses[0].entities[0]}) {
    CHECK(hidden->value == "[card]");
    CHECK(hidden->text == "[card]");
    CHECK(hidden->end <= written.size());
  }
  CHECK(understanding.clauses[1].begin == 12);
  CHECK(understanding.words.size() == 1);
}

TEST_CASE("private values are taken out wherever they stand, numbers and deep texts included") {
  TurnRedaction redaction(&all(), {"Jan", "Jan de Boer", "x"});
  Json activity{{"text", "I am JAN de boer, x"},
                {"id", "Jan"},
                {"value", {{"who", "Jan"}, {"bsn", 123456782}, {"list", {1, "me@here.example"}}}}};
  CHECK(redaction.is_needed(activity));
  redaction.activity(activity);
  CHECK(activity == Json{{"text", "I am [private], x"},
                         {"id", "Jan"},
                         {"value", {{"who", "[private]"}, {"bsn", "[bsn]"}, {"list", {1, "[email]"}}}}});
  Json words = Json::parse(R"([{"word": "jan"}, {"word": "am"}])");
  redaction.words("I am [private], x", words);
  CHECK(words.size() == 1);
}

TEST_CASE("a pattern that can't be is a finding at its place") {
  config::BotManifest manifest;
  manifest.folder = "bot";
  manifest.redact = {{"bad", "(", {3, 5}}, {"empty", "x*", {4, 5}}};
  config::Findings findings;
  CHECK(make_redactor(manifest, findings) == nullptr);
  REQUIRE(findings.all().size() == 2);
  CHECK(findings.all()[0].code == "bad-pattern");
  CHECK(findings.all()[1].position.line == 4);
}

}  // namespace parley::intents
