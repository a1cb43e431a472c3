#include <limits>

#include "conversations/cel/numbers.h"
#include "tests/conversations/cel_support.h"

namespace cel = parley::cel;
using nlohmann::json;

namespace {

json round_trip(const json& value, const char* type) {
  return cel::to_json(cel::from_json(value, cel::Type::parse(type).value()));
}

}  // namespace

TEST_CASE("JSON becomes a value of the declared type and the same JSON again") {
  CHECK(round_trip("2026-03-03", "date") == "2026-03-03");
  CHECK(round_trip("2026-03-03T10:00:00+01:00", "timestamp") == "2026-03-03T09:00:00Z");
  CHECK(round_trip("1h", "duration") == "3600s");
  CHECK(round_trip("-0.5s", "duration") == "-0.5s");
  CHECK(round_trip(5, "number") == 5.0);
  CHECK(round_trip(5.0, "int") == 5);
  CHECK(round_trip("5", "int") == 5);
  CHECK(round_trip("AP8=", "bytes") == "AP8=");
  CHECK(round_trip({{"days", 3}, {"other", "x"}}, "{days: int}") == json{{"days", 3}, {"other", "x"}});
  CHECK(round_trip({{"1", true}}, "map<int, bool>") == json{{"1", true}});
  CHECK(round_trip({1, "a", nullptr, {{"b", 2.5}}}, "dyn") == json{1, "a", nullptr, {{"b", 2.5}}});
  CHECK(round_trip(std::numeric_limits<std::uint64_t>::max(), "uint") ==
        std::numeric_limits<std::uint64_t>::max());
  CHECK(round_trip("NaN", "number") == "NaN");
  CHECK(round_trip(nullptr, "date") == nullptr);
}

TEST_CASE("JSON that does not fit its declared type becomes an error that says so") {
  const std::pair<json, const char*> misfits[] = {{"x", "int"},
                                                  {1.5, "int"},
                                                  {-1, "uint"},
                                                  {true, "text"},
                                                  {1, "bool"},
                                                  {"2026-02-30", "date"},
                                                  {"soon", "duration"},
                                                  {"noon", "timestamp"},
                                                  {json::array({1, "x"}), "list<int>"},
                                                  {json::array(), "map<text, int>"},
                                                  {"%%%", "bytes"},
                                                  {1e300, "int"}};
  for (const auto& [value, type] : misfits) {
    CAPTURE(value.dump());
    const cel::Value result = cel::from_json(value, cel::Type::parse(type).value());
    REQUIRE(result.is_error());
    CHECK_FALSE(result.error_message().empty());
  }
}

TEST_CASE("bindings take from JSON what is declared, and no more") {
  cel::Declarations declarations;
  declarations.add("count", cel::Kind::kInt);
  cel::Bindings bindings;
  bindings.set_all({{"count", 3}, {"secret", "x"}}, declarations);
  REQUIRE(bindings.find("count"));
  CHECK(bindings.find("count")->as_int() == 3);
  CHECK(bindings.find("secret") == nullptr);
}

TEST_CASE("a map finds a key whatever kind of number it is asked with") {
  cel::MapValue map;
  CHECK(map.insert(cel::Value::integer(2), cel::Value::text("two")));
  CHECK(map.insert(cel::Value::text("2"), cel::Value::text("text")));
  CHECK(map.insert(cel::Value::boolean(true), cel::Value::text("yes")));
  CHECK_FALSE(map.insert(cel::Value::unsigned_integer(2), cel::Value::text("again")));
  CHECK_FALSE(map.insert(cel::Value::number(1.0), cel::Value::text("no key")));
  CHECK(map.find(cel::Value::unsigned_integer(2))->as_text() == "two");
  CHECK(map.find(cel::Value::number(2.0))->as_text() == "two");
  CHECK(map.find(cel::Value::number(2.5)) == nullptr);
  CHECK(map.find("2")->as_text() == "text");
  CHECK(map.find("3") == nullptr);
}

TEST_CASE("numbers print their shortest digits and read back") {
  const std::pair<double, const char*> texts[] = {
      {1.0, "1"},      {-0.0045, "-0.0045"}, {1e20, "100000000000000000000"}, {1e21, "1e+21"},
      {1e-7, "1e-07"}, {0.1, "0.1"},         {123456.75, "123456.75"}};
  for (const auto& [number, text] : texts) {
    CHECK(cel::to_text(number) == text);
    CHECK(cel::parse_double(text) == number);
  }
  for (const std::string text : {"", "1e", "0x10", "1,5", "--1", "+-1", "nano", " 1", "1 "}) {
    CAPTURE(text);
    CHECK_FALSE(cel::parse_double(text));
  }
  CHECK(cel::parse_double("-Infinity") == -std::numeric_limits<double>::infinity());
  CHECK(cel::parse_double("1e999") == std::numeric_limits<double>::infinity());
  CHECK(cel::parse_double("1e-999") == 0.0);
  CHECK_FALSE(cel::parse_int("+-5"));
  CHECK(cel::parse_int("+5") == 5);
}

TEST_CASE("timestamps, dates and durations are read strictly") {
  for (const std::string text : {"2026-03-03T09:00:00", "2026-03-03 09:00:00Z", "2026-02-29T00:00:00Z",
                                 "2026-03-03T24:00:00Z", "2026-03-03T09:00:60Z", "2026-03-03T09:00:00.Z",
                                 "2026-03-03T09:00:00+25:00", "0000-01-01T00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(cel::parse_instant(text));
  }
  for (const std::string text : {"", "-", "1", "s", "1x", "1.s.", "1h 30m", "9999999999h"}) {
    CAPTURE(text);
    CHECK_FALSE(cel::parse_span(text));
  }
  CHECK(cel::parse_span("1h1m1s1ms1us1ns")->nanoseconds == 3'661'001'001'001);
  CHECK(cel::parse_span(".5s")->nanoseconds == 500'000'000);
  CHECK(cel::parse_span("-0")->nanoseconds == 0);
  CHECK_FALSE(cel::parse_date("2026-3-3"));
  CHECK_FALSE(cel::parse_date("2026-13-01"));
}

TEST_CASE("a zone's calendar follows its summer time and its days before 1970") {
  const auto local = [](const char* instant, const char* zone) {
    return cel::in_zone(*cel::parse_instant(instant), zone);
  };
  CHECK(local("2026-07-01T12:00:00Z", "Europe/Amsterdam")->hour == 14);
  CHECK(local("2026-01-01T12:00:00Z", "Europe/Amsterdam")->hour == 13);
  CHECK(local("2026-01-01T12:00:00Z", "-05:30")->minute == 30);
  CHECK(local("1969-07-20T20:17:00Z", "UTC")->day_of_week == 0);
  CHECK(local("1969-12-31T23:30:00Z", "+01:00")->date == cel::CalendarDate{1970, 1, 1});
  CHECK_FALSE(local("2026-01-01T12:00:00Z", "Mars/Olympus"));
  CHECK_FALSE(local("2026-01-01T12:00:00Z", "+99:00"));
}
