// Two ways to say a text. One without number, plural or select is a row of pieces, put together without ICU:
// that is most texts. The others keep a MessageFormat per language, which is copied for each call, since
// ICU's caches inside it as it formats; a copy costs some microseconds and needs no lock.
#include "conversations/messages/template.h"

#include <algorithm>
#include <cstdint>
#include <unicode/msgfmt.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "config/diagnostic.h"
#include "conversations/messages/pattern.h"
#include "conversations/messages/values.h"

namespace parley::conversations {
namespace {

using icu::Formattable;
using icu::UnicodeString;

struct Argument {
  std::shared_ptr<const cel::Expression> expression;
  std::size_t offset = 0;  // of the expression in the text
  ArgumentFormat format = ArgumentFormat::kPlain;
  std::shared_ptr<const MomentFormat> moment;  // of a date or time
  std::vector<std::string> cases;              // of a select
};

bool takes(ArgumentFormat format, cel::Kind kind) {
  using cel::Kind;
  if (kind == Kind::kDyn) return true;
  switch (format) {
    case ArgumentFormat::kDate:
      return kind == Kind::kDate || kind == Kind::kTimestamp;
    case ArgumentFormat::kTime:
      return kind == Kind::kTimestamp || kind == Kind::kString;
    case ArgumentFormat::kNumber:
    case ArgumentFormat::kPlural:
      return kind == Kind::kInt || kind == Kind::kUint || kind == Kind::kDouble;
    case ArgumentFormat::kSelect:
      return kind == Kind::kString || kind == Kind::kBool || kind == Kind::kInt;
    case ArgumentFormat::kPlain:
      return kind != Kind::kType;
  }
  return false;
}

std::string what_it_takes(ArgumentFormat format) {
  switch (format) {
    case ArgumentFormat::kDate:
      return "a date format takes a date or a timestamp";
    case ArgumentFormat::kTime:
      return "a time format takes a time or a timestamp";
    case ArgumentFormat::kNumber:
      return "a number format takes a number";
    case ArgumentFormat::kPlural:
      return "a plural takes a number";
    case ArgumentFormat::kSelect:
      return "select takes a text";
    case ArgumentFormat::kPlain:
      break;
  }
  return "a text takes a value";
}

Argument compile_argument(const PatternArgument& argument, const std::string& language,
                          const cel::Declarations& declarations, std::vector<TemplateProblem>& problems) {
  Argument compiled;
  compiled.format = argument.format;
  compiled.offset = argument.offset;
  compiled.cases = argument.cases;
  std::vector<cel::Problem> cel_problems;
  compiled.expression = cel::Expression::compile(argument.expression, declarations, cel_problems);
  for (const cel::Problem& problem : cel_problems)
    problems.push_back({argument.offset + problem.offset, problem.message, problem.hint, true});
  if (compiled.expression && !takes(argument.format, compiled.expression->type().kind()))
    problems.push_back({argument.offset, what_it_takes(argument.format) + ", but `" + argument.expression +
                                             "` is " + compiled.expression->type().to_string()});
  if (argument.format != ArgumentFormat::kDate && argument.format != ArgumentFormat::kTime) return compiled;
  static const std::vector<std::string> kStyles{"short", "medium", "long", "full"};
  compiled.moment = MomentFormat::make(argument.format == ArgumentFormat::kTime, argument.style, language);
  const bool misspelt = !argument.style.empty() &&
                        argument.style.find_first_of(" :.-/") == std::string::npos &&
                        !config::near_names(argument.style, kStyles).empty() &&
                        std::find(kStyles.begin(), kStyles.end(), argument.style) == kStyles.end();
  if (!compiled.moment || misspelt)
    problems.push_back({argument.style_offset, "there is no date or time style '" + argument.style + "'",
                        config::near_names_hint(argument.style, kStyles)});
  return compiled;
}

std::unique_ptr<const icu::MessageFormat> compile_icu(const std::string& pattern, const std::string& language,
                                                      std::vector<TemplateProblem>& problems) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  auto format = std::make_unique<icu::MessageFormat>(UnicodeString::fromUTF8(pattern),
                                                     icu::Locale(language.c_str()), where, status);
  if (U_SUCCESS(status)) return format;
  problems.push_back({0, std::string("ICU does not accept this text: ") + u_errorName(status),
                      "look at the braces and at the styles of its arguments"});
  return nullptr;
}

bool to_formattable(const cel::Value& value, ArgumentFormat format, Formattable& formattable) {
  if (format == ArgumentFormat::kSelect) {
    formattable = Formattable(UnicodeString::fromUTF8(cel::to_text(value)));
    return !value.is_null();
  }
  if (value.is(cel::Kind::kInt)) {
    formattable = Formattable(static_cast<int64_t>(value.as_int()));
  } else if (value.is(cel::Kind::kDouble)) {
    formattable = Formattable(value.as_double());
  } else if (value.is(cel::Kind::kUint)) {
    formattable = Formattable(static_cast<double>(value.as_uint()));
  } else {
    formattable = Formattable(static_cast<int64_t>(0));
    return false;
  }
  return true;
}

}  // namespace

struct MessageTemplate::Compiled {
  std::string source;
  std::vector<Argument> arguments;
  std::vector<PatternPiece> pieces;
  std::unique_ptr<const icu::MessageFormat> format;  // null: the pieces say it
  const LanguageFormats* formats = nullptr;

  bool has_text(ArgumentFormat kind) const {
    return kind == ArgumentFormat::kPlain || kind == ArgumentFormat::kDate || kind == ArgumentFormat::kTime;
  }

  std::string text(const Argument& argument, const cel::Value& value, const std::string& timezone,
                   bool& failed) const {
    if (value.is_null()) return "";
    if (!argument.moment) return text_of(value, *formats, timezone);
    std::string moment;
    failed |= !argument.moment->format(value, timezone, moment);
    return moment;
  }

  std::string say_pieces(const std::vector<cel::Value>& values, const std::string& timezone,
                         bool& failed) const {
    std::string said;
    for (const PatternPiece& piece : pieces) {
      if (piece.argument < 0) {
        said += piece.literal;
      } else if (const auto i = static_cast<std::size_t>(piece.argument); !values[i].is_error()) {
        said += text(arguments[i], values[i], timezone, failed);
      }
    }
    return said;
  }

  std::string say_icu(const std::vector<cel::Value>& values, const std::string& timezone,
                      bool& failed) const {
    std::vector<Formattable> formattables(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (values[i].is_error() || has_text(arguments[i].format)) {
        const std::string said = values[i].is_error() ? "" : text(arguments[i], values[i], timezone, failed);
        formattables[i] = Formattable(UnicodeString::fromUTF8(said));
      }
      if (!has_text(arguments[i].format))
        failed |= !to_formattable(values[i], arguments[i].format, formattables[i]);
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat copy(*format);
    UnicodeString said;
    icu::FieldPosition nowhere(icu::FieldPosition::DONT_CARE);
    copy.format(formattables.data(), static_cast<int32_t>(formattables.size()), said, nowhere, status);
    failed |= U_FAILURE(status) != 0;
    std::string result;
    return said.toUTF8String(result);
  }

  std::string say(const cel::Bindings& bindings, const std::string& timezone, bool& failed) const {
    std::vector<cel::Value> values;
    values.reserve(arguments.size());
    for (const Argument& argument : arguments) {
      values.push_back(argument.expression->evaluate(bindings));
      failed |= values.back().is_error();
    }
    return format ? say_icu(values, timezone, failed) : say_pieces(values, timezone, failed);
  }
};

MessageTemplate MessageTemplate::compile(const std::string& source, const std::string& language,
                                         const cel::Declarations& declarations,
                                         std::vector<TemplateProblem>& problems) {
  MessageTemplate message;
  message.source_ = source;
  message.source_language_ = language;
  message.translate(source, language, declarations, problems);
  return message;
}

void MessageTemplate::translate(const std::string& translation, const std::string& language,
                                const cel::Declarations& declarations,
                                std::vector<TemplateProblem>& problems) {
  const std::size_t before = problems.size();
  MessagePattern pattern = scan_message(translation, problems);
  auto compiled = std::make_shared<Compiled>();
  compiled->source = translation;
  compiled->formats = &formats_of(language);
  compiled->pieces = std::move(pattern.pieces);
  for (const PatternArgument& argument : pattern.arguments)
    if (!argument.expression.empty())
      compiled->arguments.push_back(compile_argument(argument, language, declarations, problems));
  if (problems.size() == before && !pattern.simple)
    compiled->format = compile_icu(pattern.icu, language, problems);
  if (problems.size() == before) by_language_.insert_or_assign(language, std::move(compiled));
}

std::string MessageTemplate::format(const cel::Bindings& bindings, const std::string& language,
                                    const std::string& timezone, bool* failed) const {
  auto found = by_language_.find(language);
  if (found == by_language_.end()) found = by_language_.find(source_language_);
  if (found == by_language_.end()) return source_;
  bool any_failed = false;
  std::string said = found->second->say(bindings, timezone, any_failed);
  if (failed) *failed = any_failed;
  return said;
}

const std::string& MessageTemplate::source(std::string_view language) const {
  static const std::string kNone;
  const auto found = by_language_.find(language);
  return found == by_language_.end() ? kNone : found->second->source;
}

std::vector<TemplateArgument> MessageTemplate::arguments(const std::string& language) const {
  std::vector<TemplateArgument> list;
  const auto found = by_language_.find(language);
  if (found == by_language_.end()) return list;
  for (const Argument& argument : found->second->arguments)
    list.push_back(
        {argument.expression->source(), argument.offset, argument.expression->variables(), argument.cases});
  return list;
}

std::vector<std::string> MessageTemplate::expressions(const std::string& language) const {
  std::vector<std::string> sources;
  for (TemplateArgument& argument : arguments(language))
    sources.push_back(std::move(argument.expression));
  return sources;
}

bool MessageTemplate::has(const std::string& language) const {
  return by_language_.contains(language);
}

bool has_words(std::string_view source) {
  const auto* const text = reinterpret_cast<const std::uint8_t*>(source.data());
  const auto size = static_cast<std::int32_t>(source.size());
  int depth = 0;
  for (std::int32_t at = 0; at < size;) {
    UChar32 letter = 0;
    U8_NEXT(text, at, size, letter);
    if (letter == '{' && ++depth > 1) return true;  // texts of a plural or select
    if (letter == '}') --depth;
    if (depth == 0 && u_isalpha(letter)) return true;
  }
  return false;
}

}  // namespace parley::conversations
