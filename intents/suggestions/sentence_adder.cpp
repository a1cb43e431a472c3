// yaml-cpp tells where a scalar begins, and no more. So the place to write at is found from the beginning of
// the last sentence:
//
//   en:
//     - my badge is broken     # at the main door      <- last sentence: the new line goes behind this one
//     # Anna asks reception about this                <- a comment of its own stays where it is, below
//   nl:
//
// A sentence in quotes may run over several lines, up to its closing quote; one behind | or > over all lines
// that are indented deeper; a plain one over such lines up to a comment.

#include "intents/suggestions/sentence_adder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "config/yaml_edit.h"
#include "intents/sentence_reader.h"

namespace parley::intents {
namespace {

using config::Node;
using config::YamlFile;

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view line) {
  return trimmed(line).empty();
}

bool is_comment(std::string_view line) {
  return trimmed(line).starts_with('#');
}

/// All that a file of intents says: by document and key. An addition must change one entry only.
using Content = std::map<std::pair<std::size_t, std::string>, std::vector<std::string>>;

Content content_of(const YamlFile& file) {
  Content content;
  for (std::size_t i = 0; i < file.documents().size(); ++i)
    for (const config::Entry& entry : file.documents()[i].entries())
      for (const Node& item : entry.value.items())
        content[{i, entry.name}].push_back(item.is_scalar() ? item.text().value_or("") : "");
  return content;
}

class Adder {
 public:
  Adder(const YamlFile& file, const Node& document, const std::string& language,
        const std::vector<std::string>& sentences)
      : file_(file), document_(document), language_(language), sentences_(sentences) {}

  /// Nullopt: a layout that is not understood.
  std::optional<std::string> run() const {
    const Node list = document_.get(language_);
    if (!list) return with_new_key();
    if (list.is_null()) return inserted_behind(list.position().line, key_indentation() + 2);
    if (!list.is_list() || list.list().empty()) return std::nullopt;
    const Node last = list.list().back();
    if (file_.text()[file_.byte_at(list.position())] == '[') return inside_brackets(last);
    const auto dash = dash_column(last);
    if (!dash) return std::nullopt;
    return inserted_behind(last_line_of(last, *dash), *dash);
  }

 private:
  std::size_t key_indentation() const { return static_cast<std::size_t>(document_.position().column) - 1; }

  std::string line_end() const { return file_.text().find("\r\n") != std::string_view::npos ? "\r\n" : "\n"; }

  std::string item_lines(std::size_t indent) const {
    std::string lines;
    for (const std::string& sentence : sentences_)
      lines += std::string(indent, ' ') + "- " + config::yaml_scalar(sentence) + line_end();
    return lines;
  }

  std::string with_lines(int behind, const std::string& lines) const {
    const std::string_view text = file_.text();
    std::size_t at = text.find('\n', file_.byte_at({behind, 1}));
    const bool ends_open = at == std::string_view::npos;
    at = ends_open ? text.size() : at + 1;
    return std::string(text.substr(0, at)) + (ends_open ? line_end() : "") + lines +
           std::string(text.substr(at));
  }

  std::string inserted_behind(int line, std::size_t indent) const {
    return with_lines(line, item_lines(indent));
  }

  std::string with_new_key() const {
    int last = document_.position().line;
    for (int line = last; line <= last_line(); ++line) {
      const std::string_view content = file_.line(line);
      if (content.starts_with("---") || content.starts_with("...")) break;
      if (!is_blank(content) && !is_comment(content)) last = line;
    }
    const std::string indent(key_indentation(), ' ');
    return with_lines(last, indent + language_ + ":" + line_end() + item_lines(indent.size() + 2));
  }

  /// Where the `-` of an item stands: on its line, or alone on one above.
  std::optional<std::size_t> dash_column(const Node& item) const {
    for (int line = item.position().line; line > 0; --line) {
      const std::string_view content = file_.line(line);
      const std::size_t at = indentation(content);
      if (at < content.size() && content[at] == '-' && content.substr(at, 3) != "---") return at;
    }
    return std::nullopt;
  }

  int last_line_of(const Node& item, std::size_t dash) const {
    const int first = item.position().line;
    const std::size_t begin = file_.byte_at(item.position());
    const char style = file_.text()[begin];
    if (style == '"' || style == '\'')
      return file_.position_of_byte(config::closing_quote(file_.text(), begin)).line;
    const bool block = style == '|' || style == '>';
    int last = first;
    for (int line = first + 1; line <= last_line(); ++line) {
      const std::string_view content = file_.line(line);
      if (is_blank(content)) continue;
      if (indentation(content) <= dash || (is_comment(content) && !block)) break;
      last = line;
    }
    return last;
  }

  int last_line() const { return file_.position_of_byte(file_.text().size()).line; }

  std::string inside_brackets(const Node& last) const {
    const std::string_view text = file_.text();
    const std::size_t begin = file_.byte_at(last.position());
    const bool quoted = text[begin] == '"' || text[begin] == '\'';
    std::size_t end =
        quoted ? config::closing_quote(file_.text(), begin) + 1 : text.find_first_of(",]\n\r", begin);
    end = std::min(end, text.size());
    std::string more;
    for (const std::string& sentence : sentences_)
      more += ", " + config::yaml_bracket_scalar(sentence);
    return std::string(text.substr(0, end)) + more + std::string(text.substr(end));
  }

  const YamlFile& file_;
  const Node& document_;
  const std::string& language_;
  const std::vector<std::string>& sentences_;
};

}  // namespace

Result<std::string> add_sentences(const std::string& content, const std::string& shown_as,
                                  std::string_view intent, const std::string& language,
                                  const std::vector<std::string>& sentences) {
  config::Findings findings;
  const YamlFile file(content, shown_as, findings);
  for (std::size_t i = 0; i < file.documents().size(); ++i) {
    const Node& document = file.documents()[i];
    if (document.get("intent").text().value_or("") != intent) continue;
    if (const auto result = Adder(file, document, language, sentences).run()) {
      Content expected = content_of(file);
      auto& there = expected[{i, language}];
      there.insert(there.end(), sentences.begin(), sentences.end());
      const YamlFile after(*result, shown_as, findings);
      if (!findings.has_errors() && content_of(after) == expected) return *result;
    }
    return Error{ErrorCode::kInvalid, shown_as + ":" + std::to_string(document.position().line) +
                                          ": the sentences of '" + std::string(intent) + "' in '" + language +
                                          "' are laid out in a way that can't be added to; write one "
                                          "sentence a line behind '- ', or add them by hand"};
  }
  return Error{ErrorCode::kInvalid, shown_as + " has no intent '" + std::string(intent) + "'"};
}

}  // namespace parley::intents
