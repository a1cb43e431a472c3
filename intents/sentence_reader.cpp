#include "intents/sentence_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "intents/normalize.h"

namespace parley::intents {
namespace {

std::string own_form(std::string_view text, const std::string& kind, const std::string& slot) {
  return "write [" + std::string(text) + "](" + kind + (slot.empty() ? "" : ":" + slot) + ")";
}

/// `{"entity": "city", "role": "from"}` behind a text, as Rasa has it.
void refuse_braces(std::string_view text, std::string_view mark, AnnotatedText& into) {
  const auto named = nlohmann::json::parse(mark, nullptr, false);
  const auto value_of = [&](const char* key) {
    const auto found = named.is_object() ? named.find(key) : named.end();
    return named.is_object() && found != named.end() && found->is_string() ? found->get<std::string>() : "";
  };
  const std::string kind = value_of("entity");
  into.error = "an annotation stands in round brackets here, not in braces";
  into.hint =
      kind.empty() ? "write [text](kind) or [text](kind:slot)" : own_form(text, kind, value_of("role"));
  if (const std::string value = value_of("value"); !value.empty())
    into.hint += ", and in the vocabulary that '" + std::string(text) + "' means '" + value + "'";
}

/// `[friday] (date)` and `[friday]{...}`: what was meant is plain, and it would be learned as text.
void refuse_near_annotation(std::string_view text, std::string_view behind, AnnotatedText& into) {
  if (trimmed(text).empty()) return;
  const std::size_t begin = behind.find_first_not_of(' ');
  if (begin == std::string_view::npos) return;
  if (behind[begin] == '{')
    return refuse_braces(text, behind.substr(begin, behind.find('}', begin) - begin + 1), into);
  const std::size_t end = behind.find(')');
  if (behind[begin] != '(' || end == std::string_view::npos) return;
  const std::string_view mark = behind.substr(begin + 1, end - begin - 1);
  const std::size_t colon = mark.find(':');
  const std::string kind(mark.substr(0, colon));
  const std::string slot(colon == std::string_view::npos ? "" : mark.substr(colon + 1));
  if (!is_name(kind) || (colon != std::string_view::npos && !is_name(slot))) return;
  into.error = "a blank parts '[" + std::string(text) + "]' from its '(" + std::string(mark) + ")'";
  into.hint = own_form(text, kind, slot);
}

/// `[friday(date:day)`: its bracket is not closed before the next one opens.
bool refuse_unclosed(std::string_view behind, AnnotatedText& into) {
  const std::size_t open = behind.find_first_of("([]");
  if (open == std::string_view::npos || open == 0 || behind[open] != '(' || behind[open - 1] == ' ')
    return false;
  const std::size_t end = behind.find_first_of(")[]", open);
  if (end == std::string_view::npos || behind[end] != ')' || behind.substr(end + 1, 1) == "]") return false;
  const std::string_view mark = behind.substr(open + 1, end - open - 1);
  const std::size_t colon = mark.find(':');
  const std::string kind(mark.substr(0, colon));
  const std::string slot(colon == std::string_view::npos ? "" : mark.substr(colon + 1));
  if (!is_name(kind) || (colon != std::string_view::npos && !is_name(slot))) return false;
  into.error = "the bracket before '" + std::string(behind.substr(0, open)) + "' is not closed";
  into.hint = own_form(behind.substr(0, open), kind, slot);
  return true;
}

/// Takes one `[text](kind:slot)` that begins at source[at]; moves `at` behind it.
bool take_annotation(std::string_view source, std::size_t& at, AnnotatedText& into) {
  const std::size_t close = source.find(']', at);
  if (refuse_unclosed(source.substr(at + 1), into)) return false;
  if (close == std::string_view::npos || close + 1 >= source.size()) return false;
  if (source[close + 1] != '(') {
    refuse_near_annotation(source.substr(at + 1, close - at - 1), source.substr(close + 1), into);
    return false;
  }
  const std::size_t end = source.find(')', close);
  const std::string_view text = source.substr(at + 1, close - at - 1);
  if (end == std::string_view::npos) {
    into.error = "the bracket after '[" + std::string(text) + "]' is not closed";
    return false;
  }
  const std::string_view mark = source.substr(close + 2, end - close - 2);
  const std::size_t colon = mark.find(':');
  const std::string kind = trimmed(mark.substr(0, colon));
  const std::string slot = colon == std::string_view::npos ? "" : trimmed(mark.substr(colon + 1));
  if (trimmed(text).empty() || text.find('[') != std::string_view::npos)
    into.error = "an annotation holds a text, and no other annotation";
  else if (!is_name(kind) || (colon != std::string_view::npos && !is_name(slot)))
    into.error = "'(" + std::string(mark) + ")' does not name a kind";
  const std::size_t begin = into.text.size();
  into.text += text;
  into.annotations.push_back({begin, into.text.size(), kind, slot});
  at = end + 1;
  return true;
}

}  // namespace

SentenceReader::SentenceReader(const std::vector<VocabularyEntity>& vocabulary) : kinds_(built_in_kinds()) {
  for (const VocabularyEntity& entity : vocabulary)
    kinds_.push_back(entity.name);
}

std::optional<Sentence> SentenceReader::read(const config::Node& item, const std::string& language) const {
  const auto written = item.text();
  if (!written) return std::nullopt;
  if (written->size() > kSentenceMaxBytes) {
    item.error("too-long", "a sentence is at most " + std::to_string(kSentenceMaxBytes) + " bytes long");
    return std::nullopt;
  }
  AnnotatedText read = parse_annotations(trimmed(*written));
  if (!read.error.empty()) {
    item.error("bad-annotation", read.error,
               read.hint.empty() ? "write [text](kind) or [text](kind:slot)" : read.hint);
    return std::nullopt;
  }
  if (word_key(read.text).empty()) {
    item.error("empty-sentence", "this sentence has no letter or digit",
               "write a sentence, or remove the line");
    return std::nullopt;
  }
  check_kinds(item, read.annotations);
  return Sentence{std::move(read.text), language, std::move(read.annotations), item.position()};
}

void SentenceReader::check_kinds(const config::Node& item, const std::vector<Annotation>& annotations) const {
  for (const auto& annotation : annotations)
    if (std::find(kinds_.begin(), kinds_.end(), annotation.kind) == kinds_.end())
      item.error("unknown-entity",
                 "'" + annotation.kind + "' is neither a built-in kind nor in the vocabulary",
                 config::near_names_hint(annotation.kind, kinds_));
}

bool is_name(std::string_view text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

AnnotatedText parse_annotations(std::string_view source) {
  AnnotatedText result;
  for (std::size_t at = 0; at < source.size() && result.error.empty();) {
    if (source[at] == '[' && take_annotation(source, at, result)) continue;
    if (result.error.empty()) result.text += source[at++];
  }
  return result;
}

}  // namespace parley::intents
