#include "engine/redaction.h"

#include <algorithm>

namespace parley {
namespace {

constexpr const char* kPrivate = "private";
/// Of an activity: what its sender wrote or a bot said.
constexpr const char* kSaidParts[] = {"text", "speak", "summary", "value", "attachments", "suggestedActions"};

bool overlaps(const std::vector<PersonalData>& found, std::size_t begin, std::size_t end) {
  return std::any_of(found.begin(), found.end(),
                     [&](const PersonalData& one) { return begin < one.end && one.begin < end; });
}

/// Where a byte of the text stands after the replacements: at the mark, where it was taken out.
std::size_t moved(std::size_t at, const std::vector<PersonalData>& found) {
  std::size_t shifted = at;
  for (const PersonalData& one : found) {
    const std::size_t mark = one.kind.size() + 2;
    if (at >= one.end)
      shifted = shifted - (one.end - one.begin) + mark;
    else if (at > one.begin)
      return shifted - (at - one.begin) + mark;
  }
  return shifted;
}

std::string replaced(std::string_view text, const std::vector<PersonalData>& found) {
  std::string result;
  std::size_t at = 0;
  for (const PersonalData& one : found) {
    result.append(text.substr(at, one.begin - at)).append("[" + one.kind + "]");
    at = one.end;
  }
  return result.append(text.substr(at));
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool contains(const std::string& text, const std::string& word) {
  return text.find(word) != std::string::npos;
}

/// Of a card's digits a number may have been read, too: what lies in personal data tells of it.
void hide(Entity& entity, const std::vector<PersonalData>& found) {
  for (const PersonalData& one : found) {
    if (entity.end <= one.begin || one.end <= entity.begin) continue;
    entity.text = "[" + one.kind + "]";
    entity.value = entity.text;
    entity.readings.clear();
    return;
  }
}

}  // namespace

TurnRedaction::TurnRedaction(const Redactor* redactor, std::vector<std::string> private_values)
    : redactor_(redactor), private_values_(std::move(private_values)) {
  for (std::string& value : private_values_)
    value = lower(value);
  std::erase_if(private_values_,
                [](const std::string& value) { return value.size() < kPrivateValueBytesMin; });
  std::sort(private_values_.begin(), private_values_.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::vector<PersonalData> TurnRedaction::find(std::string_view text) const {
  std::vector<PersonalData> found;
  if (redactor_ != nullptr) found = redactor_->find(text);
  const std::string folded = private_values_.empty() ? "" : lower(text);
  for (const std::string& value : private_values_)
    for (std::size_t at = folded.find(value); at != std::string::npos;
         at = folded.find(value, at + value.size()))
      if (!overlaps(found, at, at + value.size())) found.push_back({at, at + value.size(), kPrivate});
  std::sort(found.begin(), found.end(),
            [](const PersonalData& a, const PersonalData& b) { return a.begin < b.begin; });
  return found;
}

std::string TurnRedaction::text(std::string_view text) {
  const std::vector<PersonalData> found = find(text);
  if (found.empty()) return std::string(text);
  changed_ = true;
  return replaced(text, found);
}

void TurnRedaction::json(Json& json) {
  if (json.is_string()) {
    const std::string& was = json.get_ref<const std::string&>();
    if (const std::vector<PersonalData> found = find(was); !found.empty()) {
      changed_ = true;
      json = replaced(was, found);
    }
  } else if (json.is_number_integer()) {
    if (const std::string was = json.dump(); !find(was).empty()) json = text(was);
  } else if (json.is_structured()) {
    for (Json& part : json)
      this->json(part);
  }
}

void TurnRedaction::activity(Json& activity) {
  for (const char* part : kSaidParts)
    if (const auto said = activity.find(part); said != activity.end()) json(*said);
}

bool TurnRedaction::is_needed(const Json& activity) const {
  return std::any_of(std::begin(kSaidParts), std::end(kSaidParts), [&](const char* part) {
    const auto said = activity.find(part);
    return said != activity.end() && finds_any(*said);
  });
}

bool TurnRedaction::finds_any(const Json& json) const {
  if (json.is_string()) return !find(json.get_ref<const std::string&>()).empty();
  if (json.is_number_integer()) return !find(json.dump()).empty();
  return json.is_structured() &&
         std::any_of(json.begin(), json.end(), [&](const Json& part) { return finds_any(part); });
}

void TurnRedaction::understanding(std::string_view original, Understanding& understanding) {
  const std::vector<PersonalData> found = find(original);
  if (found.empty()) return;
  changed_ = true;
  const auto move = [&](auto& part) {
    part.begin = moved(part.begin, found);
    part.end = std::max(part.begin, moved(part.end, found));
  };
  const auto move_entities = [&](std::vector<Entity>& entities) {
    for (Entity& entity : entities) {
      hide(entity, found);
      move(entity);
    }
  };
  move_entities(understanding.entities);
  for (Clause& clause : understanding.clauses) {
    move(clause);
    move_entities(clause.entities);
  }
  std::for_each(understanding.asides.begin(), understanding.asides.end(), move);
  const std::string left = lower(replaced(original, found));
  std::erase_if(understanding.words, [&](const WordWeight& word) { return !contains(left, word.word); });
}

void TurnRedaction::words(std::string_view redacted_text, Json& words) {
  if (!changed_ || !words.is_array()) return;
  const std::string left = lower(redacted_text);
  Json kept = Json::array();
  for (Json& word : words)
    if (contains(left, word.value("word", ""))) kept.push_back(std::move(word));
  words = std::move(kept);
}

}  // namespace parley
