// Tables of sentences (records.h). The header names the columns.

#include <algorithm>
#include <array>
#include <optional>

#include "intents/import/readers.h"
#include "intents/import/source.h"
#include "intents/records.h"

namespace parley::intents {
namespace {

constexpr std::array kTextColumns = std::to_array<std::string_view>(
    {"text", "utterance", "sentence", "question", "example", "query", "phrase"});
constexpr std::array kIntentColumns =
    std::to_array<std::string_view>({"intent", "label", "category", "class"});
constexpr std::array kLanguageColumns = std::to_array<std::string_view>({"language", "lang", "locale"});

template <std::size_t kCount>
std::optional<std::size_t> column(const Record& header, const std::array<std::string_view, kCount>& names) {
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    std::string name = header.fields[i].text;
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
  const char separator = separator_of(*content);
  Records reader(*content, separator);
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
      draft.not_carried({path.string(), {1, 0}}, "the column '" + header->fields[i].text + "'");
  while (const auto record = reader.next()) {
    const SourcePlace place{path.string(), {record->line, 0}};
    const auto& fields = record->fields;
    if (record->empty()) continue;
    if (fields.size() <= std::max(*text, *intent) || fields[*intent].text.empty())
      draft.not_carried(place, "a line without a text and an intent");
    else if (separator != '\t' && fields[*text].odd_quote)
      draft.not_carried(place, "a text that a quote opens and none closes");
    else
      draft.add_sentence(place, fields[*intent].text,
                         language && *language < fields.size() ? fields[*language].text : "",
                         {{fields[*text].text}});
  }
}

}  // namespace parley::intents
