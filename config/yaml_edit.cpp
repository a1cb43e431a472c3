#include "config/yaml_edit.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace parley::config {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<signed char>(c) < 0 || c == ' ' || c == '\'' || c == '?' || c == '.' || c == ',' ||
         c == '-' || c == '_' || c == '/' || c == '(' || c == ')' || c == ';' || c == '!' || c == '+' ||
         c == '=';
}

bool is_word_begin(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<signed char>(c) < 0;
}

/// Words that YAML readers take for something else than text.
bool is_reserved(const std::string& text) {
  static constexpr std::string_view kReserved[] = {"true", "false", "yes", "no", "on",
                                                   "off",  "null",  "y",   "n"};
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return std::find(std::begin(kReserved), std::end(kReserved), lower) != std::end(kReserved);
}

std::string in_single_quotes(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + "'";
}

void add_scalars(const Node& node, std::vector<Node>& scalars) {
  if (node.is_scalar()) return scalars.push_back(node);
  if (node.is_list())
    for (const Node& item : node.list())
      add_scalars(item, scalars);
  if (!node.is_map()) return;
  for (const Entry& entry : node.entries()) {
    scalars.push_back(entry.key);
    add_scalars(entry.value, scalars);
  }
}

std::vector<Node> scalars_of(const YamlFile& file) {
  std::vector<Node> scalars;
  for (const Node& document : file.documents())
    add_scalars(document, scalars);
  return scalars;
}

/// Where a text of the file is replaced, in bytes.
struct Splice {
  std::size_t begin = 0, end = 0;
  const std::string* text = nullptr;
};

std::optional<Splice> splice_of(const YamlFile& file, const Node& scalar, const std::string& text) {
  const std::size_t begin = file.byte_at(scalar.position());
  const char style = begin < file.text().size() ? file.text()[begin] : '\0';
  if (style == '&' || style == '!' || style == '*' || style == '\0') return std::nullopt;
  if (style == '"' || style == '\'') {
    const std::size_t quote = closing_quote(file.text(), begin);
    if (quote == file.text().size()) return std::nullopt;
    return Splice{begin, quote + 1, &text};
  }
  const std::string value = scalar.text().value_or("");
  const std::size_t length = value.find_last_not_of('\n') + 1;  // a block's last line end is no text of it
  return Splice{begin, file.byte_at(scalar.position_at(length)), &text};
}

using Write = std::string (*)(const std::string&);

std::string spliced(const YamlFile& file, const std::map<std::size_t, Splice>& splices, Write plain) {
  std::string result;
  std::size_t done = 0;
  for (const auto& [begin, splice] : splices) {
    const char style = file.text()[begin];
    const bool one_line = splice.text->find_first_of("\n\r\t") == std::string::npos;
    result += file.text().substr(done, begin - done);
    result += style == '"'                ? yaml_quoted(*splice.text)
              : style == '\'' && one_line ? in_single_quotes(*splice.text)
                                          : plain(*splice.text);
    done = splice.end;
  }
  return result + std::string(file.text().substr(done));
}

std::vector<std::string> texts_of(const std::vector<Node>& scalars) {
  std::vector<std::string> texts;
  for (const Node& scalar : scalars)
    texts.push_back(scalar.text().value_or(""));
  return texts;
}

}  // namespace

std::string yaml_quoted(const std::string& text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (quoted += '\\') += c;
    else if (c == '\n')
      quoted += "\\n";
    else if (byte < 0x20 || byte == 0x7F)
      ((quoted += "\\x") += kHex[byte >> 4]) += kHex[byte & 15];
    else
      quoted += c;
  }
  return quoted + "\"";
}

std::string yaml_scalar(const std::string& text) {
  const bool plain = !text.empty() && is_word_begin(text.front()) && text.back() != ' ' &&
                     !is_reserved(text) && std::all_of(text.begin(), text.end(), is_plain);
  return plain ? text : yaml_quoted(text);
}

std::string yaml_bracket_scalar(const std::string& text) {
  const std::string scalar = yaml_scalar(text);
  return scalar.find_first_of(",?") == std::string::npos || scalar.front() == '"' ? scalar
                                                                                  : yaml_quoted(text);
}

std::size_t closing_quote(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"')
      ++i;
    else if (text[i] == quote && quote == '\'' && i + 1 < text.size() && text[i + 1] == quote)
      ++i;
    else if (text[i] == quote)
      return i;
  }
  return text.size();
}

std::optional<std::string> replace_scalars(const YamlFile& file, const std::vector<ScalarChange>& changes) {
  const std::vector<Node> scalars = scalars_of(file);
  std::vector<std::string> expected = texts_of(scalars);
  std::map<std::size_t, Splice> splices;
  for (const ScalarChange& change : changes) {
    const auto stands_there = [&](const Node& scalar) {
      return scalar.position().line == change.at.line && scalar.position().column == change.at.column;
    };
    const auto scalar = std::find_if(scalars.begin(), scalars.end(), stands_there);
    const auto splice = scalar == scalars.end() ? std::nullopt : splice_of(file, *scalar, change.text);
    if (!splice || !splices.emplace(splice->begin, *splice).second) return std::nullopt;
    expected[static_cast<std::size_t>(scalar - scalars.begin())] = change.text;
  }
  for (const Write write : {&yaml_scalar, &yaml_bracket_scalar}) {
    Findings findings;
    std::string result = spliced(file, splices, write);
    const YamlFile after(result, file.shown_as(), findings);
    if (!findings.has_errors() && texts_of(scalars_of(after)) == expected) return result;
  }
  return std::nullopt;
}

}  // namespace parley::config
