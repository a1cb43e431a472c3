// The outer shape of a message: where its arguments are, and the ICU pattern that is left when they are
// numbered.
//
//   "You have {balance.days, plural, one {# day} other {# days}} until {end, date, full}."
//   arguments  0: `balance.days`, plural      1: `end`, date, style "full"
//   pattern    "You have {0, plural, one {# day} other {# days}} until {1}."
//
// Dates and times become plain arguments: they are formatted beforehand, in the time zone of the bot. An
// expression ends at the first comma or closing brace outside its own brackets and strings, so it may hold
// both. Apostrophes quote as ICU has it: only before a brace (and before # in a plural).
//
// Offsets are bytes of the source. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/messages/template.h"

namespace parley::conversations {

enum class ArgumentFormat { kPlain, kDate, kTime, kNumber, kPlural, kSelect };

struct PatternArgument {
  std::string expression;
  std::size_t offset = 0;  // of the expression
  ArgumentFormat format = ArgumentFormat::kPlain;
  std::string style;  // of a date or time: "", short, medium, long, full, "::skeleton" or a pattern
  std::size_t style_offset = 0;
  std::vector<std::string> cases;  // of a select
};

/// Text between arguments, or (argument >= 0) an argument: all of a message without number, plural and
/// select.
struct PatternPiece {
  std::string literal;
  int argument = -1;
};

struct MessagePattern {
  std::vector<PatternArgument> arguments;
  std::string icu;                   // with arguments numbered by their place in `arguments`
  std::vector<PatternPiece> pieces;  // says the same where `simple`
  bool simple = true;                // no argument needs ICU's MessageFormat
};

/// Problems are appended; the pattern is of no use then.
MessagePattern scan_message(std::string_view source, std::vector<TemplateProblem>& problems);

}  // namespace parley::conversations
