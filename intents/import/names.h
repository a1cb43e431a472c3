// Foreign names as ours: lower-case letters, digits and _, beginning with a letter.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace parley::intents {

/// "BookFlight" and "book.flight" -> "book_flight"; a name without any letter gets `prefix` before it.
std::string legal_name(std::string_view foreign, std::string_view prefix);

/// `legal_name`, or the intent `none` for what other systems call that.
std::string intent_name(std::string_view foreign);

/// The built-in kind that a foreign built-in entity stands for ("@sys.date", "datetimeV2",
/// "amount-of-money"), or "".
std::string built_in_of(std::string_view foreign);

/// "en-US" -> "en"; "" when it is no locale.
std::string language_of_locale(std::string_view locale);

}  // namespace parley::intents
