// Tables of sentences: RFC 4180 with a comma, semicolon or tab between fields, as spreadsheets write them.
// The header names the columns; a field in quotes may hold separators, doubled quotes and line ends.

#include <algorithm>
#include <array>
#include <optional>

#include "intents/import/readers.h"
#include "intents/import/source.h"

namespace parley::intents {
namespace {

constexpr std::array kTextColumns = std::to_array<std::string_view>(
    {"text", "utterance", "sentence", "question", "example", "query", "phrase"});
constexpr std::array kIntentColumns =
    std::to_array<std::string_view>({"intent", "label", "category", "class"});
constexpr std::array kLanguageColumns = std::to_array<std::string_view>({"language", "lang", "locale"});

// A longer field in quotes is one whose end was forgotten.
constexpr std::size_t kQuotedMaxBytes = 64'000;

struct Record {
  int line = 0;
  std::vector<std::string> fields;
};

class TableReader {
 public:
  TableReader(std::string_view content, char separator) : content_(content), separator_(separator) {}

  std::optional<Record> next() {
    if (at_ >= content_.size()) return std::nullopt;
    Record record{line_, {}};
    do
      record.fields.push_back(field());
    while (take(separator_));
    take('\r');
    if (take('\n')) ++line_;
    return record;
  }

 private:
  bool take(char c) {
    if (at_ >= content_.size() || content_[at_] != c) return false;
    ++at_;
    return true;
  }

  /// A tab-separated file knows no quotes: they are part of the text unless they enclose all of it.
  std::string field() {
    if (at_ < content_.size() && content_[at_] == '"') {
      const std::size_t begin = at_;
      const int line = line_;
      if (auto quoted = quoted_field()) return *quoted;
      at_ = begin;
      line_ = line;
    }
    const std::size_t begin = at_;
    while (at_ < content_.size() && content_[at_] != separator_ && content_[at_] != '\n' &&
           content_[at_] != '\r')
      ++at_;
    return std::string(content_.substr(begin, at_ - begin));
  }

  std::optional<std::string> quoted_field() {
    std::string text;
    for (++at_; at_ < content_.size() && text.size() < kQuotedMaxBytes; ++at_) {
      if (content_[at_] == '\n') ++line_;
      if (content_[at_] != '"') {
        text += content_[at_];
      } else if (at_ + 1 < content_.size() && content_[at_ + 1] == '"') {
        text += '"';
        ++at_;
      } else {
        ++at_;
        const bool ends = at_ >= content_.size() || content_[at_] == separator_ || content_[at_] == '\n' ||
                          content_[at_] == '\r';
        return ends ? std::optional(text) : std::nullopt;
      }
    }
    return std::nullopt;
  }

  std::string_view content_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

char separator_of(std::string_view content) {
  const std::string_view header = content.substr(0, content.find('\n'));
  for (const char separator : {'\t', ';', ','})
    if (header.find(separator) != std::string_view::npos) return separator;
  return ',';
}

template <std::size_t kCount>
std::optional<std::size_t> column(const Record& header, const std::array<std::string_view, kCount>& names) {
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    std::string name = header.fields[i];
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    if (std::find(names.begin(), names.end(), name) != names.end()) return i;
  }
  return std::nullopt;
}

}  // namespace

void read_table(const std::filesystem::path& path, Draft& draft) {
  const auto content = read_source(path, draft);
  if (!content) return;
  TableReader reader(*content, separator_of(*content));
  const auto header = reader.next();
  const auto text = header ? column(*header, kTextColumns) : std::nullopt;
  const auto intent = header ? column(*header, kIntentColumns) : std::nullopt;
  if (!text || !intent) {
    draft.bad({path.string(), {1, 1}}, "the first line names no columns 'text' and 'intent'",
              "write text,intent as the first line");
    return;
  }
  const auto language = column(*header, kLanguageColumns);
  for (std::size_t i = 0; i < header->fields.size(); ++i)
    if (i != *text && i != *intent && i != language)
      draft.not_carried({path.string(), {1, 0}}, "the column '" + header->fields[i] + "'");
  while (const auto record = reader.next()) {
    const SourcePlace place{path.string(), {record->line, 0}};
    const auto& fields = record->fields;
    if (fields.size() == 1 && fields.front().empty()) continue;
    if (fields.size() <= std::max(*text, *intent) || fields[*intent].empty())
      draft.not_carried(place, "a line without a text and an intent");
    else
      draft.add_sentence(place, fields[*intent],
                         language && *language < fields.size() ? fields[*language] : "", {{fields[*text]}});
  }
}

}  // namespace parley::intents
