#include "intents/entities/period_borders.h"

#include <algorithm>
#include <optional>
#include <string>

namespace parley::intents {
namespace {

constexpr std::size_t kDayLength = 10;        // 2026-03-03
constexpr std::size_t kBorderWordsMax = 4;    // "from the 7th to"
constexpr std::size_t kShortEndWordsMax = 3;  // "to the 10th"

struct Span {
  std::size_t begin = 0;  // bytes of the original
  std::size_t end = 0;
};

std::vector<Span> words_in(const FoldedText& text, std::size_t begin, std::size_t end) {
  std::vector<Span> words;
  for (const Word& word : text.words) {
    const Span span{text.origin[word.begin], text.origin[word.end]};
    if (span.begin >= begin && span.end <= end) words.push_back(span);
  }
  return words;
}

std::string day_of(const Entity& period, const char* border) {
  const auto found = period.value.is_object() ? period.value.find(border) : period.value.end();
  const bool day = found != period.value.end() && found->is_string() &&
                   found->get_ref<const std::string&>().size() == kDayLength;
  return day ? found->get<std::string>() : "";
}

/// The only date inside a period; null when there is none or more.
const Entity* only_date(const Entity& period, const std::vector<Entity>& entities) {
  const Entity* only = nullptr;
  for (const Entity& entity : entities) {
    if (entity.kind != "date" || entity.begin < period.begin || entity.end > period.end) continue;
    if (only) return nullptr;
    only = &entity;
  }
  return only;
}

/// "7" of "from 7 to".
std::optional<Span> first_day(const Entity& period, const Entity& last, const FoldedText& text) {
  std::vector<Span> words = words_in(text, period.begin, last.begin);
  if (words.empty() || words.size() > kBorderWordsMax) return std::nullopt;
  if (words.size() > 1) words.pop_back();
  if (words.size() > 1) words.erase(words.begin());
  return Span{words.front().begin, words.back().end};
}

/// "10" of "to 10"; words alone ("for three days") say how long, not until when.
std::optional<Span> last_day(const Entity& period, const Entity& first, std::string_view original,
                             const FoldedText& text) {
  const std::vector<Span> words = words_in(text, first.end, period.end);
  if (words.empty() || words.size() > kShortEndWordsMax) return std::nullopt;
  const char begin = original[words.back().begin];
  if (begin < '0' || begin > '9') return std::nullopt;
  return words.back();
}

/// "7-10" of "7-10 december" is no seventh of October.
bool misread(const Entity& date, const Entity& period) {
  return date.begin == period.begin && date.end < period.end &&
         date.text.find_first_not_of("0123456789-") == std::string::npos;
}

Entity day(Span span, std::string_view original, const std::string& value) {
  return {"date", "", span.begin, span.end, std::string(original.substr(span.begin, span.end - span.begin)),
          value};
}

}  // namespace

void add_period_borders(std::string_view original, const FoldedText& text, std::vector<Entity>& entities) {
  std::vector<Entity> missing;
  std::vector<std::size_t> wrong;  // places of misread dates
  for (const Entity& period : entities) {
    if (period.kind != "period") continue;
    const std::string first = day_of(period, "start"), last = day_of(period, "end");
    const Entity* known = only_date(period, entities);
    if (!known || first.empty() || last.empty()) continue;
    const bool begins = known->value == first;
    if (!begins && known->value != last && misread(*known, period)) {
      const std::vector<Span> words = words_in(text, period.begin, period.end);
      missing.push_back(day(words.front(), original, first));
      missing.push_back(day({words[1].begin, words.back().end}, original, last));
      wrong.push_back(known->begin);
    }
    if (!begins && known->value != last) continue;
    const auto span = begins ? last_day(period, *known, original, text) : first_day(period, *known, text);
    if (!span) continue;
    missing.push_back(day(*span, original, begins ? last : first));
  }
  if (missing.empty()) return;
  std::erase_if(entities, [&](const Entity& entity) {
    return entity.kind == "date" && std::find(wrong.begin(), wrong.end(), entity.begin) != wrong.end();
  });
  entities.insert(entities.end(), missing.begin(), missing.end());
  std::stable_sort(entities.begin(), entities.end(),
                   [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
}

}  // namespace parley::intents
