// A recursive descent over the pattern: a message is text and {arguments}; a plural or select argument holds
// messages.
//
//   message   = (text | '{' argument '}')*
//   argument  = expression [',' format [',' style]]
//   style     = selectors of (name | '=' number) '{' message '}'    for plural, selectordinal, select
//             | text with balanced braces                            for the others
//
// ICU checks the same pattern again; what is checked here is what ICU would report without saying where.
#include "conversations/messages/pattern.h"

#include <algorithm>
#include <array>

#include "config/diagnostic.h"
#include "engine/limits.h"

namespace parley::conversations {
namespace {

constexpr std::array<std::string_view, 3> kComplexFormats{"plural", "selectordinal", "select"};
constexpr std::array<std::string_view, 5> kSimpleFormats{"number", "date", "time", "spellout", "ordinal"};
constexpr std::array<std::string_view, 6> kPluralKeywords{"zero", "one", "two", "few", "many", "other"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// Where a CEL string that starts at `at` ends (one past its last quote), or npos when it does not.
std::size_t end_of_string(std::string_view source, std::size_t at) {
  const bool raw =
      at > 0 && (source[at - 1] == 'r' || source[at - 1] == 'R') && (at < 2 || !is_word(source[at - 2]));
  const char quote = source[at];
  const std::string three(3, quote);
  const bool triple = source.substr(at, 3) == three;
  for (std::size_t i = at + (triple ? 3 : 1); i < source.size(); ++i) {
    if (source[i] == '\\' && !raw) {
      ++i;
    } else if (source[i] == quote) {
      if (!triple) return i + 1;
      if (source.substr(i, 3) == three) return i + 3;
    }
  }
  return std::string_view::npos;
}

class Scanner {
 public:
  Scanner(std::string_view source, std::vector<TemplateProblem>& problems)
      : source_(source), problems_(problems) {}

  MessagePattern scan() {
    message(0, false);
    flush();
    return std::move(pattern_);
  }

 private:
  // Stops at the end of the source or, inside an argument (depth > 0), at the brace that closes this message.
  void message(std::size_t depth, bool in_plural) {
    while (!failed_ && at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '\'') {
        apostrophe(in_plural);
      } else if (c == '{') {
        argument(depth);
      } else if (c == '}') {
        if (depth > 0) return;
        fail(at_, "this '}' has no '{' before it", "to say a brace, quote it: '}'");
      } else {
        literal(c);
      }
    }
  }

  void literal(char c) {
    pattern_.icu += c;
    literal_ += c;
    ++at_;
  }

  // Copied as it stands for ICU; read as ICU reads it for the pieces.
  void apostrophe(bool in_plural) {
    const char next = at_ + 1 < source_.size() ? source_[at_ + 1] : '\0';
    if (next == '\'') {
      pattern_.icu += "''";
      literal_ += '\'';
      at_ += 2;
    } else if (next == '{' || next == '}' || (in_plural && next == '#')) {
      quoted();
    } else {
      pattern_.icu += "''";  // not a quote: doubled, so that it can't become one before a numbered argument
      literal_ += '\'';
      ++at_;
    }
  }

  void quoted() {
    pattern_.icu += source_[at_++];
    while (at_ < source_.size()) {
      const char c = source_[at_++];
      pattern_.icu += c;
      if (c != '\'') {
        literal_ += c;
      } else if (at_ < source_.size() && source_[at_] == '\'') {
        pattern_.icu += source_[at_++];
        literal_ += '\'';
      } else {
        return;
      }
    }
  }

  void argument(std::size_t depth) {
    const std::size_t open = at_;
    if (depth >= limits::kTextNestingMax) return fail(open, "arguments are nested too deeply here");
    ++at_;
    const std::size_t number = pattern_.arguments.size();
    pattern_.arguments.emplace_back();
    if (!expression(open, pattern_.arguments[number])) return;
    flush();
    pattern_.icu += "{" + std::to_string(number);
    pattern_.pieces.push_back({"", static_cast<int>(number)});
    if (source_[at_] == ',') format(number, depth, open);
    if (failed_) return;
    if (at_ >= source_.size()) return fail(open, "this '{' is never closed");
    pattern_.icu += '}';
    ++at_;
  }

  bool expression(std::size_t open, PatternArgument& argument) {
    skip_spaces();
    const std::size_t begin = at_;
    const std::size_t end = end_of_expression(begin);
    if (end == std::string_view::npos) {
      fail(open, "this '{' is never closed", "to say a brace, quote it: '{'");
      return false;
    }
    std::size_t last = end;
    while (last > begin && is_space(source_[last - 1]))
      --last;
    argument.expression = source_.substr(begin, last - begin);
    argument.offset = begin;
    at_ = end;
    if (last > begin) return true;
    fail(open, "there is no expression between these braces");
    return false;
  }

  // At the comma or brace behind the expression, outside its own brackets and strings.
  std::size_t end_of_expression(std::size_t at) const {
    std::size_t open = 0;
    while (at < source_.size()) {
      const char c = source_[at];
      if (c == '"' || c == '\'') {
        at = end_of_string(source_, at);
        if (at == std::string_view::npos) return at;
        continue;
      }
      if (open == 0 && (c == ',' || c == '}')) return at;
      if (c == '(' || c == '[' || c == '{') ++open;
      if ((c == ')' || c == ']' || c == '}') && open > 0) --open;
      ++at;
    }
    return std::string_view::npos;
  }

  void format(std::size_t number, std::size_t depth, std::size_t open) {
    ++at_;
    skip_spaces();
    const std::size_t begin = at_;
    const std::string name(word());
    skip_spaces();
    if (at_ >= source_.size()) return fail(open, "this '{' is never closed");
    if (contains(kComplexFormats, name)) return selectors(number, name, depth, open);
    if (!contains(kSimpleFormats, name)) return unknown_format(begin, name);
    if (source_[at_] == ',') return simple_style(number, name, open);
    if (source_[at_] != '}') return fail(at_, "a comma or '}' is expected behind '" + name + "'");
    close_simple(number, name, "");
  }

  void unknown_format(std::size_t begin, const std::string& name) {
    std::vector<std::string> known(kComplexFormats.begin(), kComplexFormats.end());
    known.insert(known.end(), kSimpleFormats.begin(), kSimpleFormats.end());
    fail(begin, name.empty() ? "a format is missing behind this comma" : "there is no format '" + name + "'",
         config::near_names_hint(name, known));
  }

  void simple_style(std::size_t number, const std::string& name, std::size_t open) {
    ++at_;
    skip_spaces();
    const std::size_t begin = at_;
    std::size_t depth = 0;
    for (; at_ < source_.size() && (source_[at_] != '}' || depth > 0); ++at_) {
      if (source_[at_] == '\'') {
        at_ = std::min(source_.find('\'', at_ + 1), source_.size() - 1);
      } else if (source_[at_] == '{') {
        ++depth;
      } else if (source_[at_] == '}') {
        --depth;
      }
    }
    if (at_ >= source_.size()) return fail(open, "this '{' is never closed");
    std::size_t end = at_;
    while (end > begin && is_space(source_[end - 1]))
      --end;
    pattern_.arguments[number].style_offset = begin;
    close_simple(number, name, std::string(source_.substr(begin, end - begin)));
  }

  void close_simple(std::size_t number, const std::string& name, const std::string& style) {
    PatternArgument& argument = pattern_.arguments[number];
    argument.style = style;
    if (name == "date" || name == "time") {
      argument.format = name == "date" ? ArgumentFormat::kDate : ArgumentFormat::kTime;
      return;
    }
    argument.format = ArgumentFormat::kNumber;
    pattern_.simple = false;
    pattern_.icu += ", " + name + (style.empty() ? "" : ", " + style);
  }

  void selectors(std::size_t number, const std::string& name, std::size_t depth, std::size_t open) {
    const bool plural = name != "select";
    pattern_.arguments[number].format = plural ? ArgumentFormat::kPlural : ArgumentFormat::kSelect;
    pattern_.simple = false;
    if (source_[at_] != ',')
      return fail(at_, "'" + name + "' needs its cases", "write: , " + name + ", other {...}");
    ++at_;
    pattern_.icu += ", " + name + ",";
    if (plural) offset();
    std::vector<std::string> cases;
    while (!failed_ && skip_spaces() && source_[at_] != '}')
      cases.push_back(selector(plural, depth));
    if (failed_) return;
    const bool has_other = std::find(cases.begin(), cases.end(), "other") != cases.end();
    if (!plural) pattern_.arguments[number].cases = std::move(cases);
    if (at_ >= source_.size()) return fail(open, "this '{' is never closed");
    if (!has_other) fail(open, "'" + name + "' has no case 'other'", "add: other {...}");
  }

  // "offset:1", which ICU subtracts before it looks for the plural case.
  void offset() {
    skip_spaces();
    if (source_.substr(at_, 7) != "offset:") return;
    at_ += 7;
    skip_spaces();
    pattern_.icu += " offset:" + std::string(word());
  }

  std::string selector(bool plural, std::size_t depth) {
    const std::size_t begin = at_;
    if (source_[at_] == '=') ++at_;
    word();
    const std::string name(source_.substr(begin, at_ - begin));
    if (name.empty()) return fail(begin, "the name of a case is expected here"), name;
    if (plural && name[0] != '=' && !contains(kPluralKeywords, name)) {
      return fail(begin, "a plural has no case '" + name + "'",
                  "known: =0, =1 and so on, one, two, few, many, zero, other"),
             name;
    }
    skip_spaces();
    if (at_ >= source_.size() || source_[at_] != '{')
      return fail(begin, "'{' is expected behind this case"), name;
    const std::size_t open = at_++;
    pattern_.icu += " " + name + " {";
    message(depth + 1, plural);
    if (failed_) return name;
    if (at_ >= source_.size()) return fail(open, "this '{' is never closed"), name;
    pattern_.icu += '}';
    ++at_;
    return name;
  }

  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < source_.size() && is_word(source_[at_]))
      ++at_;
    return source_.substr(begin, at_ - begin);
  }

  bool skip_spaces() {
    while (at_ < source_.size() && is_space(source_[at_]))
      ++at_;
    return at_ < source_.size();
  }

  void flush() {
    if (!literal_.empty()) pattern_.pieces.push_back({std::move(literal_), -1});
    literal_.clear();
  }

  void fail(std::size_t offset, std::string message, std::string hint = "") {
    if (!failed_) problems_.push_back({offset, std::move(message), std::move(hint)});
    failed_ = true;
  }

  std::string_view source_;
  std::vector<TemplateProblem>& problems_;
  MessagePattern pattern_;
  std::string literal_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace

MessagePattern scan_message(std::string_view source, std::vector<TemplateProblem>& problems) {
  return Scanner(source, problems).scan();
}

}  // namespace parley::conversations
