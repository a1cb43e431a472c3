#include "conversations/messages/values.h"

#include <array>
#include <map>
#include <mutex>
#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/listformatter.h>
#include <unicode/measfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <vector>

namespace parley::conversations {

using icu::DateFormat;
using icu::UnicodeString;

class LanguageFormats {
 public:
  explicit LanguageFormats(const std::string& language)
      : locale(language.c_str()),
        number(icu::number::NumberFormatter::withLocale(locale)),
        date(DateFormat::createDateInstance(DateFormat::kMedium, locale)),
        timestamp(DateFormat::createDateTimeInstance(DateFormat::kMedium, DateFormat::kShort, locale)) {
    UErrorCode status = U_ZERO_ERROR;
    list.reset(icu::ListFormatter::createInstance(locale, status));
  }

  icu::Locale locale;
  icu::number::LocalizedNumberFormatter number;
  std::unique_ptr<const DateFormat> date, timestamp;
  std::unique_ptr<const icu::ListFormatter> list;
};

namespace {

std::string utf8(const UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

UnicodeString utf16(const std::string& text) {
  return UnicodeString::fromUTF8(text);
}

UDate milliseconds(cel::Instant instant) {
  return static_cast<double>(instant.seconds) * 1000 + static_cast<double>(instant.nanos / 1'000'000);
}

// The prototype is shared by all threads: each call works on its own copy.
std::string format_moment(const DateFormat& prototype, UDate moment, const std::string& timezone) {
  const std::unique_ptr<DateFormat> format(prototype.clone());
  format->adoptTimeZone(icu::TimeZone::createTimeZone(utf16(timezone)));
  UnicodeString text;
  format->format(moment, text);
  // CLDR puts a narrow no-break space before AM and PM, which nobody can type into a test.
  return utf8(text.findAndReplace(UnicodeString(UChar32{0x202F}), UnicodeString(u' ')));
}

std::string number_text(const cel::Value& value, const LanguageFormats& formats) {
  UErrorCode status = U_ZERO_ERROR;
  const auto number = value.is(cel::Kind::kDouble) ? formats.number.formatDouble(value.as_double(), status)
                      : value.is(cel::Kind::kUint)
                          ? formats.number.formatDecimal(std::to_string(value.as_uint()), status)
                          : formats.number.formatInt(value.as_int(), status);
  return U_SUCCESS(status) ? utf8(number.toString(status)) : cel::to_text(value);
}

std::string list_text(const cel::Value& value, const LanguageFormats& formats, const std::string& timezone) {
  std::vector<UnicodeString> items;
  for (const cel::Value& item : value.as_list())
    items.push_back(utf16(text_of(item, formats, timezone)));
  UErrorCode status = U_ZERO_ERROR;
  UnicodeString text;
  if (formats.list) formats.list->format(items.data(), static_cast<int32_t>(items.size()), text, status);
  return formats.list && U_SUCCESS(status) ? utf8(text) : cel::to_text(value);
}

// {"amount": 12.5, "currency": "EUR"}; any other map has no form that people write.
std::string map_text(const cel::Value& value, const LanguageFormats& formats) {
  const cel::Value* amount = value.as_map().find("amount");
  const cel::Value* currency = value.as_map().find("currency");
  if (!amount || !amount->is_number() || !currency || !currency->is(cel::Kind::kString))
    return cel::to_text(value);
  UErrorCode status = U_ZERO_ERROR;
  const icu::CurrencyUnit unit(utf16(currency->as_text()).getTerminatedBuffer(), status);
  const double number = amount->is(cel::Kind::kDouble) ? amount->as_double()
                        : amount->is(cel::Kind::kUint) ? static_cast<double>(amount->as_uint())
                                                       : static_cast<double>(amount->as_int());
  const auto formatted = formats.number.unit(unit).formatDouble(number, status);
  return U_SUCCESS(status) ? utf8(formatted.toString(status)) : cel::to_text(value);
}

// "2 days, 3 hours": the units that are not zero.
std::string duration_text(const cel::Value& value, const LanguageFormats& formats) {
  struct Unit {
    std::int64_t seconds;
    icu::MeasureUnit* (*create)(UErrorCode&);
  };
  static constexpr std::array<Unit, 4> kUnits{{{86'400, icu::MeasureUnit::createDay},
                                               {3'600, icu::MeasureUnit::createHour},
                                               {60, icu::MeasureUnit::createMinute},
                                               {1, icu::MeasureUnit::createSecond}}};
  UErrorCode status = U_ZERO_ERROR;
  std::int64_t left = value.as_duration().nanoseconds / 1'000'000'000;
  std::vector<icu::Measure> measures;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = left / unit.seconds;
    left -= count * unit.seconds;
    if (count != 0 || (unit.seconds == 1 && measures.empty()))
      measures.emplace_back(icu::Formattable(static_cast<int64_t>(count)), unit.create(status), status);
  }
  const icu::MeasureFormat format(formats.locale, UMEASFMT_WIDTH_WIDE, status);
  if (U_FAILURE(status)) return cel::to_text(value);
  UnicodeString text;
  icu::FieldPosition nowhere(icu::FieldPosition::DONT_CARE);
  format.formatMeasures(measures.data(), static_cast<int32_t>(measures.size()), text, nowhere, status);
  return U_SUCCESS(status) ? utf8(text) : cel::to_text(value);
}

// "14:30" or "14:30:15" as milliseconds of a day; a negative number for anything else.
double milliseconds_of_day(const std::string& text) {
  int hour = 0, minute = 0, second = 0;
  int read = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d%n", &hour, &minute, &read) < 2) return -1;
  if (text.size() > 5 && std::sscanf(text.c_str(), "%2d:%2d:%2d%n", &hour, &minute, &second, &read) < 3)
    return -1;
  const bool whole = static_cast<std::size_t>(read) == text.size();
  if (!whole || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  return ((hour * 60 + minute) * 60 + second) * 1000.0;
}

class IcuMomentFormat final : public MomentFormat {
 public:
  explicit IcuMomentFormat(std::unique_ptr<const DateFormat> format) : format_(std::move(format)) {}

  bool format(const cel::Value& value, const std::string& timezone, std::string& text) const override {
    if (value.is(cel::Kind::kString)) {
      const double moment = milliseconds_of_day(value.as_text());
      if (moment >= 0) text = format_moment(*format_, moment, "UTC");
      return moment >= 0;
    }
    if (!value.is_instant()) return false;
    text = format_moment(*format_, milliseconds(value.as_instant()),
                         value.is(cel::Kind::kDate) ? "UTC" : timezone);
    return true;
  }

 private:
  std::unique_ptr<const DateFormat> format_;
};

std::unique_ptr<DateFormat> make_date_format(bool time, const std::string& style, const icu::Locale& locale,
                                             UErrorCode& status) {
  static const std::map<std::string, DateFormat::EStyle> kStyles{{"", DateFormat::kMedium},
                                                                 {"short", DateFormat::kShort},
                                                                 {"medium", DateFormat::kMedium},
                                                                 {"long", DateFormat::kLong},
                                                                 {"full", DateFormat::kFull}};
  if (const auto known = kStyles.find(style); known != kStyles.end())
    return std::unique_ptr<DateFormat>(time ? DateFormat::createTimeInstance(known->second, locale)
                                            : DateFormat::createDateInstance(known->second, locale));
  if (style.starts_with("::"))
    return std::unique_ptr<DateFormat>(
        DateFormat::createInstanceForSkeleton(utf16(style.substr(2)), locale, status));
  return std::make_unique<icu::SimpleDateFormat>(utf16(style), locale, status);
}

}  // namespace

const LanguageFormats& formats_of(const std::string& language) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const LanguageFormats>> formats;
  const std::lock_guard lock(mutex);
  std::unique_ptr<const LanguageFormats>& entry = formats[language];
  if (!entry) entry = std::make_unique<const LanguageFormats>(language);
  return *entry;
}

std::string text_of(const cel::Value& value, const LanguageFormats& formats, const std::string& timezone) {
  switch (value.kind()) {
    case cel::Kind::kNull:
      return "";
    case cel::Kind::kString:
      return value.as_text();
    case cel::Kind::kInt:
    case cel::Kind::kUint:
    case cel::Kind::kDouble:
      return number_text(value, formats);
    case cel::Kind::kDate:
      return format_moment(*formats.date, milliseconds(value.as_instant()), "UTC");
    case cel::Kind::kTimestamp:
      return format_moment(*formats.timestamp, milliseconds(value.as_instant()), timezone);
    case cel::Kind::kDuration:
      return duration_text(value, formats);
    case cel::Kind::kList:
      return list_text(value, formats, timezone);
    case cel::Kind::kMap:
      return map_text(value, formats);
    default:
      return cel::to_text(value);
  }
}

std::shared_ptr<const MomentFormat> MomentFormat::make(bool time, const std::string& style,
                                                       const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<DateFormat> format = make_date_format(time, style, icu::Locale(language.c_str()), status);
  if (!format || U_FAILURE(status)) return nullptr;
  // A pattern's letters are looked at only while formatting.
  UnicodeString text;
  icu::FieldPositionIterator* no_positions = nullptr;
  format->format(0.0, text, no_positions, status);
  if (U_FAILURE(status)) return nullptr;
  return std::make_shared<IcuMomentFormat>(std::move(format));
}

}  // namespace parley::conversations
