// How values look in a language: numbers, dates, lists, money and durations as its readers write them (ICU,
// CLDR).
//
//   date       "Mar 3, 2026" · "3 mrt 2026"       {x, date, full}: "Tuesday, March 3, 2026"
//   timestamp  medium date and short time, in the given IANA time zone
//   list       "a, b, and c"      money  "€12.50"      duration  "1 hour, 30 minutes"      null  ""
//
// A date is a calendar day: it looks the same in every time zone. Formatters are made once and then only read
// or cloned, so everything here may be called from any number of threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "conversations/cel/value.h"

namespace parley::conversations {

/// The formatters of one language. Lives as long as the process.
class LanguageFormats;
const LanguageFormats& formats_of(const std::string& language);

std::string text_of(const cel::Value& value, const LanguageFormats& formats, const std::string& timezone);

/// A date or time format of one argument: style "", short, medium, long, full, "::skeleton" or a pattern.
class MomentFormat {
 public:
  /// Null: the style is none of these, or its pattern is broken.
  static std::shared_ptr<const MomentFormat> make(bool time, const std::string& style,
                                                  const std::string& language);
  virtual ~MomentFormat() = default;
  /// A date, a timestamp, or the text "14:30". False: another kind of value.
  virtual bool format(const cel::Value& value, const std::string& timezone, std::string& text) const = 0;
};

}  // namespace parley::conversations
