// A text people will read: ICU MessageFormat whose arguments are CEL expressions, in every language of the
// bot.
//
// "You have {balance.days, plural, one {# day} other {# days}} left": each argument's expression is cut out,
// checked with the declarations in scope, and replaced by a numbered argument; ICU formats the rest. Dates
// are formatted in the bot's time zone. A translation must use the same expressions as its source (checked by
// the loader: code `translation`).
//
// Immutable; format may be called from any number of threads.
// Source: https://unicode-org.github.io/icu/userguide/format_parse/messages/
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/cel/bindings.h"
#include "conversations/cel/declarations.h"
#include "conversations/cel/expression.h"

namespace parley::conversations {

struct TemplateProblem {
  std::size_t offset = 0;  // byte offset in the source
  std::string message;
  std::string hint{};       // what to do; may be empty
  bool expression = false;  // an expression is wrong, not the message around it
};

struct TemplateArgument {
  std::string expression;
  std::size_t offset = 0;  // byte offset in the text of its language
  std::vector<std::string> variables;
  std::vector<std::string> cases;  // of a select: one, two, other
};

/// Whether a text says words of its own beside the values of its arguments; one that does not needs no
/// translation.
bool has_words(std::string_view source);

class MessageTemplate {
 public:
  MessageTemplate() = default;

  /// Compiles `source` in `language`. Problems are appended; the result then says the raw source.
  static MessageTemplate compile(const std::string& source, const std::string& language,
                                 const cel::Declarations& declarations,
                                 std::vector<TemplateProblem>& problems);
  /// Adds the same text in another language.
  void translate(const std::string& translation, const std::string& language,
                 const cel::Declarations& declarations, std::vector<TemplateProblem>& problems);

  /// In `language`, or else in the source language. An expression that fails yields an empty piece, and
  /// `failed` is set.
  std::string format(const cel::Bindings& bindings, const std::string& language, const std::string& timezone,
                     bool* failed = nullptr) const;

  const std::string& source() const { return source_; }
  /// As it is written in `language`; "" for a language it does not have.
  const std::string& source(std::string_view language) const;
  /// Its arguments in order of appearance; none for a language it does not have.
  std::vector<TemplateArgument> arguments(const std::string& language) const;
  /// Their expressions.
  std::vector<std::string> expressions(const std::string& language) const;
  bool has(const std::string& language) const;

 private:
  struct Compiled;
  std::string source_;
  std::map<std::string, std::shared_ptr<const Compiled>, std::less<>> by_language_;
  std::string source_language_;
};

}  // namespace parley::conversations
