#include "tests/conversations/cel_support.h"

using parley::test::LeaveRequest;
namespace cel = parley::cel;

namespace {

struct Mistake {
  std::string source;
  std::size_t offset;
  std::string message;
  std::string hint;
};

const Mistake kMistakes[] = {
    {"strat > end", 0, "unknown name 'strat'", "did you mean 'start'?"},
    {"balance.dys > 1", 7, "unknown field 'dys'", "did you mean 'days'?"},
    {"wrkdays(start, end)", 0, "unknown function 'wrkdays'", "did you mean 'workdays'?"},
    {"user.name.startWith('A')", 10, "unknown function 'startWith'", "did you mean 'startsWith'?"},
    {"contains(note, 'x')", 0, "'contains' is called as x.contains(...)", ""},
    {"note.int()", 5, "'int' is called as int(x)", ""},
    {"note.size", 4, "a text has no field 'size'", ""},
    {"days(start)", 0, "'days' cannot be called with date", ""},
    {"count && urgent", 0, "&& takes a condition, and this is an int", ""},
    {"urgent ? 1 : 'x'", 7, "both results of ?: must have one type, not int and text",
     "convert the number with string(x), or the text with int(x)"},
    {"count = 3", 6, "'=' does not compare", "write == to compare"},
    {"urgent & urgent", 7, "this character has no meaning here", "write && for and, || for or"},
    {"count > ", 8, "the expression ends where a value was expected", ""},
    {"(count", 6, "the expression ends where ')' was expected", ""},
    {"'abc", 0, "this text has no closing '", ""},
    {"if", 0, "'if' is a reserved word", "choose another name"},
    {"note.matches('(')", 13, "invalid regular expression: missing ): (", ""},
    {"count.map(x, x)", 0, "an int has no elements to go through", ""},
    {"rows.map(row, row.titel)", 17, "unknown field 'titel'", "did you mean 'title'?"},
    {"rows.map(1, 2)", 9, "this must be a plain name, for the elements to go by", ""},
    {"has(note)", 0, "has() asks for a field, as in has(a.b)", ""},
    {"end == count", 4, "'==' does not take date and int",
     "a date compares with a date; days(today, x) counts the days from today to x, both included"},
    {"99999999999999999999", 0, "this number is too large for an int or uint", ""},
};

}  // namespace

TEST_CASE("each mistake in an expression is named where it stands, with what was meant") {
  const LeaveRequest request;
  for (const Mistake& mistake : kMistakes) {
    CAPTURE(mistake.source);
    const auto problems = request.problems(mistake.source);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message == mistake.message);
    CHECK(problems[0].offset == mistake.offset);
    CHECK(problems[0].hint == mistake.hint);
  }
}

TEST_CASE("all mistakes of types and names are found in one go") {
  const LeaveRequest request;
  CHECK(request.problems("strat > ned || balance.dys > 1").size() == 3);
}

TEST_CASE("the type of an expression follows from what it is made of") {
  const LeaveRequest request;
  const std::pair<std::string, std::string> types[] = {{"1 + 2", "int"},
                                                       {"amount * 2.0", "number"},
                                                       {"start", "date"},
                                                       {"start + duration('24h')", "date"},
                                                       {"now + duration('24h')", "timestamp"},
                                                       {"end - start", "duration"},
                                                       {"balance.until", "date"},
                                                       {"user.roles", "list<text>"},
                                                       {"rows[0]", "{left: int, title: text}"},
                                                       {"rows.map(row, row.left)", "list<int>"},
                                                       {"{'a': 1, 'b': 2}", "map<text, int>"},
                                                       {"[1, 'a']", "list<dyn>"},
                                                       {"urgent ? null : note", "text"},
                                                       {"anything.deep", "dyn"},
                                                       {"anything + 1", "int"},
                                                       {"anything + anything", "dyn"},
                                                       {"null", "null"},
                                                       {"has(balance.days)", "bool"},
                                                       {"type(1)", "type"}};
  for (const auto& [source, type] : types) {
    CAPTURE(source);
    std::vector<cel::Problem> problems;
    const auto expression = cel::Expression::compile(source, request.declarations, problems);
    REQUIRE(expression);
    CHECK(expression->type().to_string() == type);
  }
}

TEST_CASE("type names of authoring files are read, and printed so that they read back as the same type") {
  CHECK(cel::Type::parse("number")->is(cel::Kind::kDouble));
  CHECK(cel::Type::parse("device")->is(cel::Kind::kString));
  CHECK(cel::Type::parse("money")->field("amount")->is(cel::Kind::kDouble));
  for (const std::string text :
       {"dyn", "null", "bool", "int", "uint", "number", "text", "bytes", "timestamp", "date", "duration",
        "list<int>", "map<text, list<date>>", "{days: int, name: text}", "{}", "list<{a: {b: bool}}>"}) {
    CAPTURE(text);
    const auto type = cel::Type::parse(text);
    REQUIRE(type);
    CHECK(type->to_string() == text);
    CHECK(*cel::Type::parse(type->to_string()) == *type);
  }
  for (const std::string text :
       {"", "list<", "list<int", "map<int>", "{a}", "{a: int", "{a: int, a: int}", "int int", "<"}) {
    CAPTURE(text);
    CHECK_FALSE(cel::Type::parse(text));
  }
}

TEST_CASE(
    "a type fits where it may stand: dates as timestamps, null and dyn everywhere, structs with more "
    "fields") {
  const auto fits = [](const char* given, const char* wanted) {
    return cel::Type::parse(given)->fits(*cel::Type::parse(wanted));
  };
  CHECK(fits("date", "timestamp"));
  CHECK_FALSE(fits("timestamp", "date"));
  CHECK(fits("null", "int"));
  CHECK(fits("dyn", "int"));
  CHECK(fits("int", "dyn"));
  CHECK_FALSE(fits("int", "number"));
  CHECK(fits("list<dyn>", "list<int>"));
  CHECK_FALSE(fits("list<text>", "list<int>"));
  CHECK(fits("{a: int, b: text}", "{a: int}"));
  CHECK_FALSE(fits("{b: text}", "{a: int}"));
  CHECK(fits("{a: int}", "map<text, dyn>"));
}
