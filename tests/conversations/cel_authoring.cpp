#include "tests/conversations/cel_support.h"

using nlohmann::json;
using parley::test::LeaveRequest;

TEST_CASE("an author's conditions over slots, results and the user give what they say") {
  const LeaveRequest request;
  CHECK(request.json("end >= start") == true);
  CHECK(request.json("balance.days < days(start, end)") == true);
  CHECK(request.json("'manager' in user.roles && !urgent") == true);
  CHECK(request.json("rows.filter(row, row.left > 0).map(row, row.title)") == json{"Screen"});
  CHECK(request.json("user.name + ' (' + user.id + ')'") == "Anna (e1001)");
  CHECK(request.json("count > 2 ? 'many' : 'few'") == "many");
  CHECK(request.json("at < '15:00'") == true);
  CHECK(request.json("price.currency == 'EUR' && price.amount < 10.0") == true);
  CHECK(request.json("anything.deep[1]") == 2);
}

TEST_CASE("a number slot compares with whole numbers, but does not add to them unasked") {
  const LeaveRequest request;
  CHECK(request.json("amount > 10") == true);
  CHECK(request.json("amount == 12") == true);
  CHECK(request.json("amount + double(count)") == 15.0);
  const auto problems = request.problems("amount + count");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == "'+' does not take number and int");
  CHECK(problems[0].hint == "convert one of them: int(x), uint(x) or double(x)");
}

TEST_CASE("a slot without a value is null: it can be asked about, and any other use is an error") {
  const LeaveRequest request;
  CHECK(request.json("has_value(note)") == false);
  CHECK(request.json("note == null") == true);
  CHECK(request.json("has_value(start) && start != null") == true);
  CHECK(request.json("has_value(note) && note.size() > 3") == false);
  CHECK(request.json("note.size() > 3") == "ERROR no such overload: null_type.size()");
  CHECK(request.json("has_value(note) ? note : null") == nullptr);
}

TEST_CASE("days counts calendar days with both ends, workdays leaves weekends out") {
  const LeaveRequest request;  // from Friday 6 to Tuesday 10 March 2026
  CHECK(request.json("days(start, end)") == 5);
  CHECK(request.json("days(start, start)") == 1);
  CHECK(request.json("days(end, start)") == -3);
  CHECK(request.json("workdays(start, end)") == 3);
  CHECK(request.json("workdays(end, start)") == 0);
  CHECK(request.json("workdays(date(2026, 3, 7), date(2026, 3, 8))") == 0);
  CHECK(request.json("workdays(date(2026, 1, 1), date(2026, 12, 31))") == 261);
  CHECK(request.json("workdays(date(1969, 12, 29), date(1970, 1, 4))") == 5);
}

TEST_CASE("a date stays a date when whole days are added, and takes nothing less") {
  const LeaveRequest request;
  CHECK(request.json("start + duration('24h')") == "2026-03-07");
  CHECK(request.json("start - duration('168h') == date(2026, 2, 27)") == true);
  CHECK(request.json("date(1969, 12, 30) + duration('24h')") == "1969-12-31");
  CHECK(request.json("end - start") == "345600s");
  CHECK(request.json("timestamp(start) + duration('8h')") == "2026-03-06T08:00:00Z");
  CHECK(request.json("start + duration('8h')").get<std::string>().find("ERROR a date takes whole days") == 0);
  CHECK(request.json("date(2026, 2, 30)") == "ERROR there is no date 2026-2-30");
}

TEST_CASE("a date is not compared with a timestamp, which has a time of day") {
  const LeaveRequest request;
  for (const char* source : {"start <= now", "now < start", "start >= now", "start == now", "now != start"}) {
    CAPTURE(source);
    const auto problems = request.problems(source);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message.find("compares ") != std::string::npos);
    CHECK(problems[0].hint.find("today in place of now") != std::string::npos);
  }
  CHECK(request.problems("start <= now")[0].message == "'<=' compares date and timestamp");
  CHECK(request.json("start >= today") == true);
  CHECK(request.json("timestamp(start) > now") == true);
}

TEST_CASE("now is the bindings' clock, and today the calendar day in their zone") {
  const LeaveRequest request;
  CHECK(request.json("now") == "2026-03-03T07:30:00Z");
  CHECK(request.json("today") == "2026-03-03");
  CHECK(request.json("now.getHours('Europe/Amsterdam')") == 8);
  CHECK(request.json("days(now, start)") == 4);
  // given half past eleven in the evening in UTC, then in Amsterdam it is the next day already
  const parley::cel::Bindings late(parley::cel::parse_instant("2026-03-03T23:30:00Z").value(),
                                   "Europe/Amsterdam");
  CHECK(to_json(*late.find("today")) == "2026-03-04");
  const parley::cel::Bindings nowhere(parley::cel::parse_instant("2026-03-03T23:30:00Z").value(), "No/Where");
  CHECK(to_json(*nowhere.find("today")) == "2026-03-03");
}

TEST_CASE("without the date functions, neither they nor now and today are known") {
  parley::cel::Declarations bare;
  std::vector<parley::cel::Problem> problems;
  for (const char* source : {"now", "today", "has_value(1)", "date(2026, 3, 3)"})
    parley::cel::Expression::compile(source, bare, problems);
  CHECK(problems.size() == 4);
}

TEST_CASE("an expression names the variables that it reads, each once, and no macro's own") {
  const LeaveRequest request;
  std::vector<parley::cel::Problem> problems;
  const auto expression = parley::cel::Expression::compile(
      "user.roles.exists(role, role == note) || note == user.id || start > end", request.declarations,
      problems);
  REQUIRE(expression);
  CHECK(expression->variables() == std::vector<std::string>{"user", "note", "start", "end"});
}
