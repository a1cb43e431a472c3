#include <random>
#include <sstream>

#include "conversations/cel/jsonl.h"
#include "engine/limits.h"
#include "tests/conversations/cel_support.h"

using parley::test::LeaveRequest;
namespace cel = parley::cel;
namespace limits = parley::limits;

namespace {

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i)
    text += piece;
  return text;
}

constexpr const char* kTooManySteps = "ERROR the expression takes too many steps";

// Expressions that exercise every part; the fuzz test cuts them up.
const std::vector<std::string>& seeds() {
  static const std::vector<std::string> kSeeds{
      "count > 2 ? 'many' : r'few\\n' + \"x\\u00e9\\U0001F600\"",
      "rows.filter(row, row.left > 0).map(row, {row.title: [row.left, -1.5e3, 0x1Fu]})",
      "user.roles.exists(r, r.matches('^man.*r$')) && has(balance.days) || !urgent",
      "timestamp('2026-03-03T09:00:00Z').getHours('Europe/Amsterdam') + duration('1h30m').getMinutes()",
      "'%s %d %.2f %x'.format([start, count, amount, b'\\xff\\000'])",
      "{'a': 1, true: [2u, null], 3: {}}[3].transformMap(k, v, v)",
      "'a,b,c'.split(',').join('-').replace('-', '').substring(1, 2).indexOf('b')",
      "anything.`deep` == [1, 2] // comment\n && days(start, end) in [1, 5]"};
  return kSeeds;
}

void evaluate_whatever(const LeaveRequest& request, const std::string& source) {
  std::vector<cel::Problem> problems;
  const auto expression = cel::Expression::compile(source, request.declarations, problems);
  CHECK((expression == nullptr) == !problems.empty());
  for (const cel::Problem& problem : problems)
    CHECK(problem.offset <= source.size());
  if (expression) cel::to_json(expression->evaluate(request.bindings));
}

}  // namespace

TEST_CASE("nesting beyond the limit is refused with a problem, up to it evaluated") {
  const LeaveRequest request;
  const std::size_t deep = limits::kExpressionMaxDepth - 1;
  CHECK(request.json(repeated("(", deep) + "1" + repeated(")", deep)) == 1);
  CHECK(request.json(repeated("1 + ", deep) + "1") == deep + 1);
  const std::size_t too_deep = limits::kExpressionMaxDepth + 1;
  for (const std::string& source :
       {repeated("(", too_deep) + "1" + repeated(")", too_deep), repeated("1 + ", too_deep) + "1",
        repeated("[", too_deep) + repeated("]", too_deep),
        repeated("{1:", too_deep) + "1" + repeated("}", too_deep), "anything" + repeated(".a", too_deep),
        "anything" + repeated("[0]", too_deep), repeated("true ? 1 : ", too_deep) + "1",
        repeated("size(", too_deep) + "''" + repeated(")", too_deep),
        repeated("[1].map(x, ", too_deep) + "x" + repeated(")", too_deep), repeated("(", 10'000)}) {
    const auto problems = request.problems(source);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message == "this is nested more than 128 deep");
  }
}

TEST_CASE("long chains of && and || and signs are not nesting") {
  const LeaveRequest request;
  CHECK(request.json(repeated("false || ", 1'000) + "true") == true);
  CHECK(request.json(repeated("true && ", 1'000) + "true") == true);
  CHECK(request.json(repeated("!", 1'001) + "true") == false);
  CHECK(request.json(repeated("-", 1'001) + "count") == -3);
}

TEST_CASE("an expression over its size is refused") {
  const LeaveRequest request;
  const auto problems = request.problems(repeated(" ", limits::kExpressionMaxBytes) + "1");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == "an expression holds at most 16384 bytes");
  CHECK(request.json(repeated(" ", limits::kExpressionMaxBytes - 1) + "1") == 1);
}

TEST_CASE("an expression that would run on is stopped when its steps are spent") {
  const LeaveRequest request;
  const std::string hundred = "[" + repeated("0,", 99) + "0]";
  CHECK(request.json(hundred + ".all(a, " + hundred + ".all(b, " + hundred + ".all(c, a + b + c == 0)))") ==
        kTooManySteps);
  // when shared lists double again and again, then what they would weigh counts
  CHECK(request.json("[1]" + repeated(".map(x, [x, x])", 60)) == kTooManySteps);
  CHECK(request.json("[1]" + repeated(".map(x, {'a': x, 'b': x})", 60)) == kTooManySteps);
  CHECK(request.json("['" + repeated("a", 1'000) + "']" + repeated(".map(x, x + x)", 60)) == kTooManySteps);
  CHECK(request.json("['" + repeated("a", 5'000) +
                     "'].map(x, x.replace('a', x)).map(x, x.replace('a', x))") == kTooManySteps);
  CHECK(request.json("['" + repeated("a", 5'000) + "'].map(x, x.replace('a', x).split(''))") ==
        kTooManySteps);
  CHECK(request.json(hundred + ".map(a, " + hundred + ".map(b, 'x'.matches('a{' + string(a) + '}')))") ==
        kTooManySteps);
}

TEST_CASE("a regular expression that would take too much memory is refused") {
  const LeaveRequest request;
  const auto problems = request.problems("note.matches('((a{100}){100}){100}')");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message.find("invalid regular expression") == 0);
}

TEST_CASE("random bytes and mutated expressions are evaluated or refused, and never crash") {
  const LeaveRequest request;
  std::mt19937 random(20260303);
  const auto up_to = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit)(random);
  };
  for (int round = 0; round < 3'000; ++round) {
    std::string noise(up_to(60), '\0');
    for (char& c : noise)
      c = static_cast<char>(up_to(255));
    evaluate_whatever(request, noise);
    std::string mutant = seeds()[up_to(seeds().size() - 1)];
    const std::string& donor = seeds()[up_to(seeds().size() - 1)];
    for (std::size_t edits = up_to(3) + 1; edits > 0; --edits) {
      const std::size_t at = up_to(mutant.size()), from = up_to(donor.size());
      const std::size_t kind = up_to(2);
      if (kind == 0) mutant.erase(at, up_to(5));
      if (kind == 1) mutant.insert(at, donor.substr(from, up_to(12)));
      if (kind == 2 && at < mutant.size()) mutant[at] = static_cast<char>(up_to(127));
    }
    evaluate_whatever(request, mutant);
  }
}

TEST_CASE("every line given to the JSON lines runner gets one line back, whatever it holds") {
  std::istringstream in(
      "{\"expr\": \"x + 1\", \"bindings\": {\"x\": {\"int\": 2}}}\n"
      "not json\n"
      "\n"
      "{\"expr\": 5}\n"
      "{\"expr\": \"x\", \"bindings\": {\"x\": {\"whole\": 2}}}\n"
      "{\"expr\": \"x\", \"bindings\": {\"x\": {\"int\": \"two\"}}}\n"
      "{\"expr\": \"1 +\"}\n"
      "{\"expr\": \"'a' && false\"}\n"
      "{\"expr\": \"'a' && false\", \"disable_check\": true}\n"
      "{\"expr\": \"{'k': [1u, 1.0, b'a', null, duration('1s'), type(1)]}\"}\n" +
      repeated("[", 100'000) + "\n{\"expr\": \"1\"}");
  std::ostringstream out;
  cel::run_jsonl(in, out);
  std::istringstream answers(out.str());
  std::vector<nlohmann::json> lines;
  for (std::string line; std::getline(answers, line);)
    lines.push_back(nlohmann::json::parse(line));
  REQUIRE(lines.size() == 12);
  CHECK(lines[0] == nlohmann::json{{"int", 3}});
  for (const std::size_t wrong : {1, 2, 3, 4, 5, 6, 7, 10}) {
    CAPTURE(wrong);
    CHECK(lines[wrong].contains("error"));
  }
  CHECK(lines[8] == nlohmann::json{{"bool", false}});
  CHECK(
      lines[9].dump() ==
      R"({"map":[[{"string":"k"},{"list":[{"uint":1},{"double":"1.0"},{"bytes":[97]},{"null":null},{"duration":"1s"},{"type":"int"}]}]]})");
  CHECK(lines[11] == nlohmann::json{{"int", 1}});
}

TEST_CASE("a line of the JSON lines runner may hold so many bytes and levels, and no more") {
  const std::string head = "{\"expr\": \"1\"", tail = "}";
  const std::size_t spaces = limits::kMessageMaxBytes - head.size() - tail.size();
  CHECK(cel::evaluate_line(head + repeated(" ", spaces) + tail).contains("int"));
  CHECK(cel::evaluate_line(head + repeated(" ", spaces + 1) + tail).contains("error"));
  const auto nested = [&](std::size_t levels) {
    return head + ", \"other\": " + repeated("[", levels) + repeated("]", levels) + tail;
  };
  CHECK(cel::evaluate_line(nested(3 * limits::kJsonMaxDepth - 1)).contains("int"));
  CHECK(cel::evaluate_line(nested(3 * limits::kJsonMaxDepth + 1)).contains("error"));
}
