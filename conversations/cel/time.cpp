#include "conversations/cel/time.h"

#include <array>
#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <unicode/timezone.h>

namespace parley::cel {
namespace {

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// ".5" for half a second, "" for none.
std::string fraction(std::int64_t nanos) {
  if (nanos == 0) return "";
  std::string digits = padded(nanos, 9);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads from the front of a text; every step fails for good once one has failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  bool failed() const { return failed_; }
  bool at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) { failed_ |= !take(c); }
  void fail() { failed_ = true; }

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!at_digit()) return failed_ = true, 0;
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  // The digits after a point as billionths; those beyond the ninth are dropped.
  std::int32_t billionths(bool& any) {
    std::int32_t value = 0, weight = 100'000'000;
    for (any = false; at_digit(); rest_.remove_prefix(1), weight /= 10, any = true)
      value += (rest_.front() - '0') * weight;
    return value;
  }

  std::string_view letters() {
    std::size_t length = 0;
    while (length < rest_.size() && !is_digit(rest_[length]) && rest_[length] != '.')
      ++length;
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

std::optional<Instant> checked(std::int64_t seconds, std::int64_t nanos) {
  seconds += floor_divide(nanos, kNanosPerSecond);
  nanos -= floor_divide(nanos, kNanosPerSecond) * kNanosPerSecond;
  if (seconds < kInstantMinSeconds || seconds > kInstantMaxSeconds) return std::nullopt;
  return Instant{seconds, static_cast<std::int32_t>(nanos)};
}

std::int64_t scan_offset(Scanner& scanner) {
  if (scanner.take('Z') || scanner.take('z')) return 0;
  const bool west = scanner.take('-');
  if (!west) scanner.need('+');
  const int hours = scanner.digits(2);
  scanner.need(':');
  const int minutes = scanner.digits(2);
  if (hours > 23 || minutes > 59) scanner.fail();
  return (west ? -1 : 1) * (hours * 3600 + minutes * 60);
}

std::int64_t unit_nanoseconds(std::string_view unit) {
  static const std::map<std::string_view, std::int64_t> kUnits{
      {"ns", 1},         {"us", 1'000},          {"\u00B5s", 1'000},          {"\u03BCs", 1'000},
      {"ms", 1'000'000}, {"s", kNanosPerSecond}, {"m", 60 * kNanosPerSecond}, {"h", 3600 * kNanosPerSecond}};
  const auto found = kUnits.find(unit);
  return found == kUnits.end() ? 0 : found->second;
}

// One piece of a duration, "1.5h", added to `total`. False: malformed or too long.
bool scan_piece(Scanner& scanner, std::int64_t& total) {
  std::int64_t whole = 0;
  bool any = scanner.at_digit(), any_fraction = false;
  while (scanner.at_digit())
    if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, scanner.digits(1), &whole))
      return false;
  const std::int64_t billionths = scanner.take('.') ? scanner.billionths(any_fraction) : 0;
  const std::int64_t unit = unit_nanoseconds(scanner.letters());
  if (!(any || any_fraction) || unit == 0) return false;
  // unit is at most 3.6e12: split, so that the product of the fraction stays in range
  const std::int64_t part =
      billionths * (unit / 1'000) / 1'000'000 + (unit < 1'000 ? billionths * unit / kNanosPerSecond : 0);
  return !__builtin_mul_overflow(whole, unit, &whole) && !__builtin_add_overflow(total, whole, &total) &&
         !__builtin_add_overflow(total, part, &total);
}

std::optional<std::int64_t> fixed_offset_seconds(std::string_view zone) {
  if (zone.empty() || !(zone[0] == '+' || zone[0] == '-' || is_digit(zone[0]))) return std::nullopt;
  const std::string text = is_digit(zone[0]) ? "+" + std::string(zone) : std::string(zone);
  Scanner scanner(text);
  const std::int64_t seconds = scan_offset(scanner);
  if (scanner.failed() || !scanner.done()) return std::nullopt;
  return seconds;
}

// ICU needs microseconds to look a zone up, so each thread keeps those it has seen; unknown names are not
// kept.
const icu::TimeZone* find_zone(std::string_view name) {
  thread_local std::map<std::string, std::unique_ptr<icu::TimeZone>, std::less<>> zones;
  const auto found = zones.find(name);
  if (found != zones.end()) return found->second.get();
  const auto id =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  if (!zone || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return zones.emplace(name, std::move(zone)).first->second.get();
}

std::optional<std::int64_t> offset_seconds(Instant instant, std::string_view zone) {
  if (zone == "UTC") return 0;
  if (const auto fixed = fixed_offset_seconds(zone)) return fixed;
  const icu::TimeZone* found = find_zone(zone);
  if (found == nullptr) return std::nullopt;
  int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  found->getOffset(static_cast<UDate>(instant.seconds) * 1000.0, false, raw, saving, status);
  if (U_FAILURE(status)) return std::nullopt;
  return (raw + saving) / 1000;
}

CalendarTime calendar_of(std::int64_t local_seconds) {
  const std::int64_t days = floor_divide(local_seconds, kSecondsPerDay);
  const std::int64_t second_of_day = local_seconds - days * kSecondsPerDay;
  CalendarTime time;
  time.date = date_of_days(days);
  time.hour = static_cast<int>(second_of_day / 3600);
  time.minute = static_cast<int>(second_of_day / 60 % 60);
  time.second = static_cast<int>(second_of_day % 60);
  time.day_of_week = static_cast<int>((days % 7 + 7 + 4) % 7);  // 1970-01-01 was a Thursday
  time.day_of_year = static_cast<int>(days - days_since_1970({time.date.year, 1, 1}));
  return time;
}

}  // namespace

std::optional<CalendarDate> make_date(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const CalendarDate date{static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)};
  const std::chrono::year_month_day check{std::chrono::year{date.year},
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
  if (!check.ok()) return std::nullopt;
  return date;
}

std::optional<CalendarDate> parse_date(std::string_view text) {
  Scanner scanner(text);
  const int year = scanner.digits(4);
  scanner.need('-');
  const int month = scanner.digits(2);
  scanner.need('-');
  const int day = scanner.digits(2);
  if (scanner.failed() || !scanner.done()) return std::nullopt;
  return make_date(year, month, day);
}

std::optional<Instant> parse_instant(std::string_view rfc3339) {
  if (rfc3339.size() < 20) return std::nullopt;
  const auto date = parse_date(rfc3339.substr(0, 10));
  Scanner scanner(rfc3339.substr(10));
  if (!scanner.take('T')) scanner.need('t');
  const int hour = scanner.digits(2);
  scanner.need(':');
  const int minute = scanner.digits(2);
  scanner.need(':');
  const int second = scanner.digits(2);
  bool any = true;
  const std::int32_t nanos = scanner.take('.') ? scanner.billionths(any) : 0;
  const std::int64_t offset = scan_offset(scanner);
  if (!date || !any || scanner.failed() || !scanner.done() || hour > 23 || minute > 59 || second > 59)
    return std::nullopt;
  return checked(days_since_1970(*date) * kSecondsPerDay + hour * 3600 + minute * 60 + second - offset,
                 nanos);
}

std::optional<Span> parse_span(std::string_view text) {
  Scanner scanner(text);
  const bool negative = scanner.take('-');
  if (!negative) scanner.take('+');
  if (scanner.done()) return std::nullopt;
  if (text.substr(text.find_first_not_of("+-")) == "0") return Span{};
  std::int64_t total = 0;
  while (!scanner.done())
    if (!scan_piece(scanner, total)) return std::nullopt;
  return Span{negative ? -total : total};
}

std::optional<Instant> add(Instant instant, Span span) {
  const std::int64_t seconds = floor_divide(span.nanoseconds, kNanosPerSecond);
  return checked(instant.seconds + seconds, instant.nanos + (span.nanoseconds - seconds * kNanosPerSecond));
}

std::optional<Instant> subtract(Instant instant, Span span) {
  const std::int64_t seconds = floor_divide(span.nanoseconds, kNanosPerSecond);
  return checked(instant.seconds - seconds, instant.nanos - (span.nanoseconds - seconds * kNanosPerSecond));
}

std::optional<Span> between(Instant from, Instant to) {
  std::int64_t nanoseconds = 0;
  if (__builtin_mul_overflow(to.seconds - from.seconds, kNanosPerSecond, &nanoseconds)) return std::nullopt;
  if (__builtin_add_overflow(nanoseconds, to.nanos - from.nanos, &nanoseconds)) return std::nullopt;
  return Span{nanoseconds};
}

std::optional<Span> add(Span left, Span right) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left.nanoseconds, right.nanoseconds, &sum)) return std::nullopt;
  return Span{sum};
}

std::optional<Span> subtract(Span left, Span right) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(left.nanoseconds, right.nanoseconds, &difference)) return std::nullopt;
  return Span{difference};
}

std::string to_string(CalendarDate date) {
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

std::string to_string(Instant instant) {
  const CalendarTime time = calendar_of(instant.seconds);
  return to_string(time.date) + "T" + padded(time.hour, 2) + ":" + padded(time.minute, 2) + ":" +
         padded(time.second, 2) + fraction(instant.nanos) + "Z";
}

std::string to_string(Span span) {
  const std::int64_t seconds = span.nanoseconds / kNanosPerSecond, nanos = span.nanoseconds % kNanosPerSecond;
  const std::string sign = span.nanoseconds < 0 ? "-" : "";
  return sign + std::to_string(seconds < 0 ? -seconds : seconds) + fraction(nanos < 0 ? -nanos : nanos) + "s";
}

std::int64_t days_since_1970(CalendarDate date) {
  const std::chrono::year_month_day ymd{std::chrono::year{date.year},
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  return std::chrono::sys_days(ymd).time_since_epoch().count();
}

CalendarDate date_of_days(std::int64_t days_since_1970) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(days_since_1970))};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Instant midnight_utc(CalendarDate date) {
  return {days_since_1970(date) * kSecondsPerDay, 0};
}

std::optional<CalendarTime> in_zone(Instant instant, std::string_view zone) {
  const auto offset = offset_seconds(instant, zone);
  if (!offset) return std::nullopt;
  return calendar_of(instant.seconds + *offset);
}

}  // namespace parley::cel
