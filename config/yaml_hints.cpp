#include "config/yaml_hints.h"

#include <algorithm>
#include <array>

namespace parley::config {
namespace {

constexpr std::array<std::string_view, 5> kCurlyQuotes{"\u201c", "\u201d", "\u201e", "\u2018", "\u2019"};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// "say: Sorry: no": behind the first ": " the text goes on to a second one, in no quotes.
std::string unquoted_colon_hint(std::string_view line) {
  const std::size_t first = line.find(": ");
  if (first == std::string_view::npos) return "";
  const std::string_view value = trimmed(line.substr(first + 1));
  if (value.empty() || std::string_view("\"'{[|>").find(value.front()) != std::string_view::npos) return "";
  const bool again = value.find(": ") != std::string_view::npos || value.ends_with(':');
  if (!again || value.find('"') != std::string_view::npos) return "";
  return "a text with a colon goes into quotes: " + std::string(trimmed(line.substr(0, first))) + ": \"" +
         std::string(value) + "\"";
}

}  // namespace

bool has_curly_quote(std::string_view text) {
  return std::any_of(kCurlyQuotes.begin(), kCurlyQuotes.end(),
                     [&](std::string_view quote) { return text.find(quote) != std::string_view::npos; });
}

std::string syntax_hint(std::string_view line) {
  const std::size_t text = line.find_first_not_of(" \t");
  if (line.substr(0, text).find('\t') != std::string_view::npos)
    return "indent with blanks: this line begins with a tab";
  if (std::string hint = unquoted_colon_hint(line); !hint.empty()) return hint;
  if (has_curly_quote(line)) return "curly quotes do not quote here: write straight ones, \"...\"";
  return "look at the indentation, the colons and the quotes of this line and the one above";
}

std::string quote_hint(std::string_view key, std::string_view value) {
  return "a text with a colon goes into quotes: \"" + std::string(key) + ": " + std::string(value) + "\"";
}

}  // namespace parley::config
