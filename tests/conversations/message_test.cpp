// Messages: ICU MessageFormat with expressions as arguments, in several languages.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <thread>

#include "conversations/messages/plain_text.h"
#include "conversations/messages/template.h"

namespace parley::conversations {
namespace {

using nlohmann::json;

cel::Declarations scope() {
  cel::Declarations declarations;
  declarations.add_date_functions();
  declarations.add("name", cel::Kind::kString);
  declarations.add("count", cel::Kind::kInt);
  declarations.add("amount", cel::Kind::kDouble);
  declarations.add("urgent", cel::Kind::kBool);
  declarations.add("day", cel::Kind::kDate);
  declarations.add("moment", cel::Kind::kTimestamp);
  declarations.add("span", cel::Kind::kDuration);
  declarations.add("time", cel::Kind::kString);
  declarations.add("items", cel::Type::list(cel::Kind::kString));
  declarations.add("price", *cel::Type::parse("money"));
  declarations.add("note", cel::Kind::kString);
  return declarations;
}

cel::Bindings values() {
  cel::Bindings bindings(*cel::parse_instant("2026-03-03T22:30:00Z"), "Europe/Amsterdam");
  bindings.set_all(json::parse(R"({"name": "O'Brien", "count": 1234, "amount": 2.5, "urgent": true,
      "day": "2026-03-03", "moment": "2026-03-03T22:30:00Z", "span": "5400s", "time": "14:30",
      "items": ["tea", "milk", "bread"], "price": {"amount": 12.5, "currency": "EUR"}, "note": null})"),
                   scope());
  return bindings;
}

TEST_CASE("A text of values alone has no words to translate") {
  CHECK_FALSE(has_words("{name}, {day, date, full} - 12 %"));
  CHECK_FALSE(has_words(""));
  CHECK(has_words("{name} and"));
  CHECK(has_words("\xC3\xA9"));
  CHECK(has_words("{count, plural, one {# day} other {# days}}"));
}

std::string said(const std::string& source, const std::string& language = "en", bool* failed = nullptr) {
  std::vector<TemplateProblem> problems;
  const MessageTemplate message = MessageTemplate::compile(source, language, scope(), problems);
  for (const TemplateProblem& problem : problems)
    FAIL_CHECK(source << " at " << problem.offset << ": " << problem.message);
  return message.format(values(), language, "Europe/Amsterdam", failed);
}

TemplateProblem problem_of(const std::string& source) {
  std::vector<TemplateProblem> problems;
  MessageTemplate::compile(source, "en", scope(), problems);
  CAPTURE(source);
  REQUIRE_FALSE(problems.empty());
  return problems.front();
}

TEST_CASE("Markdown becomes plain text whose lists and addresses are still there") {
  CHECK(plain_text("Your leave is **booked**, _Anna_.") == "Your leave is booked, Anna.");
  CHECK(plain_text("See [the policy](https://example.com/leave).") ==
        "See the policy (https://example.com/leave).");
  CHECK(plain_text("<https://example.com>") == "https://example.com");
  CHECK(plain_text("# Leave\n\n1. ask\n2. wait\n\n- a\n  - b `c`") ==
        "Leave\n\n1. ask\n2. wait\n\n- a\n  - b c");
  CHECK(plain_text("first line\nsecond line") == "first line\nsecond line");
  CHECK(plain_text("2 * 3 * 4 and a_b_c, ](x") == "2 * 3 * 4 and a_b_c, ](x");
  CHECK(plain_text("").empty());
}

}  // namespace

TEST_CASE("a text without arguments is said as it stands") {
  CHECK(said("I can't do that, sorry.") == "I can't do that, sorry.");
  CHECK(said("It''s two quotes to one") == "It's two quotes to one");
  CHECK(said("Write '{'like this'}'") == "Write {like this}");
  CHECK(said("Any # sign") == "Any # sign");
}

TEST_CASE("plain arguments look as people of the language write them") {
  CHECK(said("Hello {name}!") == "Hello O'Brien!");
  CHECK(said("{count}") == "1,234");
  CHECK(said("{count}", "nl") == "1.234");
  CHECK(said("{amount}", "nl") == "2,5");
  CHECK(said("{day}") == "Mar 3, 2026");
  CHECK(said("{day}", "nl") == "3 mrt 2026");
  CHECK(said("{items}") == "tea, milk, and bread");
  CHECK(said("{items}", "nl") == "tea, milk en bread");
  CHECK(said("{price}") == "€12.50");
  CHECK(said("{span}") == "1 hour, 30 minutes");
  CHECK(said("{time}") == "14:30");
}

TEST_CASE("an argument is any expression, with commas, braces and quotes of its own") {
  CHECK(said("{size(items) > 2 ? 'many, {really}' : \"few\"}") == "many, {really}");
  CHECK(said("{ {'a': 'x', 'b': 'y'}['b'] }") == "y");
  CHECK(said("{[1, 2, 3].map(i, i * 2)[1]}") == "4");
  CHECK(said("{'it\\'s'}") == "it's");
}

TEST_CASE("a date is the same calendar day in every time zone, a timestamp is not") {
  std::vector<TemplateProblem> problems;
  const auto message = MessageTemplate::compile(
      "{day, date, full} / {moment, date, full} {moment, time, short}", "en", scope(), problems);
  REQUIRE(problems.empty());
  CHECK(message.format(values(), "en", "Pacific/Auckland") ==
        "Tuesday, March 3, 2026 / Wednesday, March 4, 2026 11:30 AM");
  CHECK(message.format(values(), "en", "America/Los_Angeles") ==
        "Tuesday, March 3, 2026 / Tuesday, March 3, 2026 2:30 PM");
}

TEST_CASE("dates and times take ICU's styles, skeletons and patterns") {
  CHECK(said("{day, date, short}", "nl") == "03-03-2026");
  CHECK(said("{day, date, ::MMMMd}", "nl") == "3 maart");
  CHECK(said("{day, date, EEEE d MMMM}", "nl") == "dinsdag 3 maart");
  CHECK(said("{time, time, short}") == "2:30 PM");
}

TEST_CASE("plural and select choose among messages that hold arguments again") {
  const std::string text =
      "{count, plural, offset:1 =0 {none} one {# other} other {# others, for {name} on {day, date, long}}}";
  CHECK(said(text) == "1,233 others, for O'Brien on March 3, 2026");
  CHECK(said("{urgent, select, true {Now!} other {Later.}}") == "Now!");
  CHECK(said("{size(items), selectordinal, one {#st} two {#nd} few {#rd} other {#th}}") == "3rd");
  CHECK(said("{2 - 1, plural, one {# day} other {# days}}") == "1 day");
}

TEST_CASE("a translation is said in its language, and the source text in all others") {
  std::vector<TemplateProblem> problems;
  auto message = MessageTemplate::compile("You have {count, plural, one {# day} other {# days}}.", "en",
                                          scope(), problems);
  message.translate("Je hebt {count, plural, one {# dag} other {# dagen}}.", "nl", scope(), problems);
  REQUIRE(problems.empty());
  CHECK(message.format(values(), "nl", "UTC") == "Je hebt 1.234 dagen.");
  CHECK(message.format(values(), "fr", "UTC") == "You have 1,234 days.");
  CHECK(message.has("nl"));
  CHECK_FALSE(message.has("fr"));
  CHECK(message.expressions("nl") == std::vector<std::string>{"count"});
}

TEST_CASE("a value that is missing leaves an empty piece; one that can't be computed is told") {
  bool failed = true;
  CHECK(said("Note: {note}.", "en", &failed) == "Note: .");
  CHECK_FALSE(failed);
  CHECK(said("It is {count / (count - count)}.", "en", &failed) == "It is .");
  CHECK(failed);
  CHECK(said("{items[7]} {name}", "en", &failed) == " O'Brien");
  CHECK(failed);
}

TEST_CASE("a broken message says where, and what to do") {
  CHECK(problem_of("Hello {name").offset == 6);
  CHECK(problem_of("Hello }").offset == 6);
  CHECK(problem_of("Hello {}").offset == 6);
  CHECK(problem_of("{count, plurl, other {x}}").hint.find("plural") != std::string::npos);
  CHECK(problem_of("{count, plurl, other {x}}").offset == 8);
  CHECK(problem_of("{count, plural, one {x}}").message.find("other") != std::string::npos);
  CHECK(problem_of("{count, plural, oen {x} other {y}}").offset == 16);
  CHECK(problem_of("{day, date, ful}").offset == 12);
  CHECK(problem_of("{name, plural, other {x}}").offset == 1);
  CHECK(problem_of("{day, time}").offset == 1);
  CHECK(problem_of("é {nam}").offset == 4);
  CHECK(problem_of("é {nam}").hint.find("name") != std::string::npos);
}

TEST_CASE("a broken message still has its expressions checked") {
  std::vector<TemplateProblem> problems;
  MessageTemplate::compile("{one} and {two} and {name", "en", scope(), problems);
  REQUIRE(problems.size() == 3);
  CHECK(std::count_if(problems.begin(), problems.end(),
                      [](const auto& problem) { return problem.expression; }) == 2);
}

TEST_CASE("messages nested without end are refused") {
  std::string deep;
  for (int i = 0; i < 2'000; ++i)
    deep += "{count, plural, other {";
  CHECK(problem_of(deep).message.find("deep") != std::string::npos);
}

TEST_CASE("many threads say the same message at once") {
  std::vector<TemplateProblem> problems;
  const auto message = MessageTemplate::compile(
      "{count, plural, one {# day} other {# days}} from {day, date, full}, {amount, number, percent} {items}",
      "en", scope(), problems);
  REQUIRE(problems.empty());
  const std::string expected = message.format(values(), "en", "UTC");
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong)
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i)
        count += message.format(values(), "en", "UTC") != expected;
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

}  // namespace parley::conversations
