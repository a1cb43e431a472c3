#include "conversations/cel/lexer.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "config/yaml_hints.h"
#include "conversations/cel/literals.h"
#include "conversations/cel/unicode.h"
#include "engine/limits.h"

namespace parley::cel {
namespace {

constexpr std::array<std::string_view, 21> kReserved{
    "false",    "in",      "null",      "true",     "as",  "break",  "const",
    "continue", "else",    "for",       "function", "if",  "import", "let",
    "loop",     "package", "namespace", "return",   "var", "void",   "while"};
constexpr std::array<std::string_view, 25> kSymbols{"&&", "||", "==", "!=", "<=", ">=", "<", ">", "+",
                                                    "-",  "*",  "/",  "%",  "!",  "?",  ":", "(", ")",
                                                    "[",  "]",  "{",  "}",  ".",  ",",  "="};

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Lexer {
 public:
  Lexer(std::string_view source, std::vector<Problem>& problems) : source_(source), problems_(problems) {}

  std::optional<std::vector<Token>> all() {
    for (skip_blanks(); index_ < source_.size(); skip_blanks())
      if (!one()) return std::nullopt;
    tokens_.push_back({TokenKind::kEnd, source_.size(), {}, {}, false});
    return std::move(tokens_);
  }

 private:
  void skip_blanks() {
    while (index_ < source_.size()) {
      if (source_.substr(index_, 2) == "//")
        index_ = std::min(source_.find_first_of("\r\n", index_), source_.size());
      else if (std::string_view("\t\n\f\r ").find(source_[index_]) != std::string_view::npos)
        ++index_;
      else
        return;
    }
  }

  bool one() {
    const char c = source_[index_];
    const bool point_digit = c == '.' && index_ + 1 < source_.size() && is_digit(source_[index_ + 1]);
    if (is_digit(c) || (point_digit && !after_operand())) return literal(read_number(source_, index_));
    if (begins_quoted(source_, index_)) return literal(read_quoted(source_, index_));
    if (is_letter(c)) return name();
    if (c == '`') return quoted_name();
    return symbol();
  }

  // In `a.5` the point selects, so the number does not begin with it.
  bool after_operand() const {
    if (tokens_.empty()) return false;
    const Token& last = tokens_.back();
    if (last.kind == TokenKind::kName && last.text == "in") return false;
    return last.kind != TokenKind::kSymbol || last.is(")") || last.is("]") || last.is("}");
  }

  bool literal(std::variant<Literal, Problem> read) {
    if (const auto* problem = std::get_if<Problem>(&read)) return fail(*problem);
    auto& found = std::get<Literal>(read);
    push(TokenKind::kLiteral, found.length);
    tokens_.back().value = std::move(found.value);
    tokens_.back().needs_minus = found.needs_minus;
    return true;
  }

  bool name() {
    std::size_t end = index_;
    while (end < source_.size() && (is_letter(source_[end]) || is_digit(source_[end])))
      ++end;
    push(TokenKind::kName, end - index_);
    return true;
  }

  bool quoted_name() {
    const std::size_t end = source_.find('`', index_ + 1);
    const std::string_view inside =
        source_.substr(index_ + 1, end == std::string_view::npos ? end : end - index_ - 1);
    const auto allowed = [](char c) {
      return is_letter(c) || is_digit(c) || std::string_view("./- ").find(c) != std::string_view::npos;
    };
    if (end == std::string_view::npos || inside.empty() ||
        !std::all_of(inside.begin(), inside.end(), allowed))
      return fail({index_,
                   "a name in backticks holds letters, digits, _ . - / and spaces, and a backtick at its end",
                   ""});
    tokens_.push_back({TokenKind::kQuotedName, index_, inside, {}, false});
    index_ = end + 1;
    return true;
  }

  bool symbol() {
    for (const std::string_view symbol : kSymbols) {
      if (source_.substr(index_, symbol.size()) != symbol) continue;
      if (symbol == "=") return fail({index_, "'=' does not compare", "write == to compare"});
      push(TokenKind::kSymbol, symbol.size());
      return true;
    }
    std::string hint;
    if (source_[index_] == '&' || source_[index_] == '|') hint = "write && for and, || for or";
    if (config::has_curly_quote(source_.substr(index_, 3))) hint = "write straight quotes: \"...\" or '...'";
    return fail({index_, "this character has no meaning here", hint});
  }

  void push(TokenKind kind, std::size_t length) {
    tokens_.push_back({kind, index_, source_.substr(index_, length), {}, false});
    index_ += length;
  }

  bool fail(Problem problem) {
    problems_.push_back(std::move(problem));
    return false;
  }

  std::string_view source_;
  std::vector<Problem>& problems_;
  std::size_t index_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::optional<std::vector<Token>> split_tokens(std::string_view source, std::vector<Problem>& problems) {
  if (source.size() > limits::kExpressionMaxBytes) {
    problems.push_back(
        {0, "an expression holds at most " + std::to_string(limits::kExpressionMaxBytes) + " bytes", ""});
    return std::nullopt;
  }
  if (!is_utf8(source)) {
    problems.push_back({0, "the expression is not valid UTF-8", ""});
    return std::nullopt;
  }
  return Lexer(source, problems).all();
}

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

}  // namespace parley::cel
