#include "conversations/drawing/readable_text.h"

#include <algorithm>
#include <vector>

namespace parley::conversations {

namespace {

constexpr int kNestingMax = 16;

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

/// Reads one message; braces that do not fit together end it.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  /// Up to the brace that closes it, or the end. `number` stands for #.
  std::string message(const std::string& number, int depth) {
    std::string text;
    while (!rest_.empty() && rest_.front() != '}') {
      const char c = rest_.front();
      if (c == '\'') {
        text += quoted();
        continue;
      }
      rest_.remove_prefix(1);
      if (c == '{')
        text += depth < kNestingMax ? argument(depth) : "";
      else if (c == '#' && !number.empty())
        text += number;
      else
        text += c;
    }
    return text;
  }

 private:
  /// An apostrophe quotes only before a brace; two are one.
  std::string quoted() {
    rest_.remove_prefix(1);
    if (!rest_.empty() && rest_.front() == '\'') {
      rest_.remove_prefix(1);
      return "'";
    }
    if (rest_.empty() || (rest_.front() != '{' && rest_.front() != '}')) return "'";
    const std::size_t end = std::min(rest_.find('\''), rest_.size());
    const std::string text(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return text;
  }

  /// Behind its opening brace: an expression, a format, forms.
  std::string argument(int depth) {
    const std::string expression = trimmed(until_comma());
    const std::string value = "‹" + expression + "›";
    if (!take(',')) return close(value);
    const std::string format = trimmed(until_comma());
    const bool forms = format == "plural" || format == "selectordinal" || format == "select";
    if (!forms || !take(',')) {
      skip_to_close();
      return close(value);
    }
    return close(said_by(format == "select" ? "" : value, format == "select", depth));
  }

  /// The forms `key {message}`: of numbers the one of `other`, of a select all that say something.
  std::string said_by(const std::string& number, bool all, int depth) {
    std::vector<std::string> forms;
    while (!rest_.empty() && rest_.front() != '}') {
      const std::size_t brace = rest_.find_first_of("{}");
      if (brace == rest_.npos || rest_[brace] == '}') break;
      const std::string key = trimmed(rest_.substr(0, brace));
      rest_.remove_prefix(brace + 1);
      const std::string form = message(number, depth + 1);
      take('}');
      if (!all && key == "other") return skip_to_close(), form;
      if (all && !trimmed(form).empty()) forms.push_back(form);
      skip_spaces();
    }
    std::string text;
    for (const std::string& form : forms)
      text += (text.empty() ? "" : " / ") + trimmed(form);
    return text;
  }

  /// An expression may hold commas and braces within its own brackets and strings.
  std::string_view until_comma() {
    int depth = 0;
    char quote = 0;
    std::size_t i = 0;
    for (; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (depth > 0 && (c == ')' || c == ']' || c == '}')) {
        --depth;
      } else if (depth == 0 && (c == ',' || c == '}')) {
        break;
      }
    }
    const std::string_view taken = rest_.substr(0, i);
    rest_.remove_prefix(i);
    return taken;
  }

  void skip_to_close() {
    for (int depth = 0; !rest_.empty(); rest_.remove_prefix(1)) {
      if (rest_.front() == '{') ++depth;
      if (rest_.front() == '}' && depth-- == 0) return;
    }
  }

  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string close(std::string text) {
    take('}');
    return text;
  }

  std::string_view rest_;
};

}  // namespace

std::string readable_text(std::string_view message) {
  return Reader(message).message("", 0);
}

std::string shortened(std::string_view text, std::size_t most) {
  std::string result;
  std::size_t count = 0;
  bool space = false;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (is_space) {
      space = !result.empty();
      continue;
    }
    if (begins && count + (space ? 2 : 1) > most) return result + "…";
    if (std::exchange(space, false)) {
      result += ' ';
      ++count;
    }
    result += c;
    count += begins ? 1 : 0;
  }
  return result;
}

}  // namespace parley::conversations
