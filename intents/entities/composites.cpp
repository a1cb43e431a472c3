#include "intents/entities/composites.h"

#include <algorithm>
#include <optional>

#include "engine/limits.h"

namespace parley::intents {
namespace {

using Parts = std::map<std::string, std::string>;

std::size_t words_between(const FoldedText& text, std::size_t begin, std::size_t end) {
  return static_cast<std::size_t>(std::count_if(text.words.begin(), text.words.end(), [&](const Word& word) {
    const std::size_t at = text.origin[word.begin];
    return at >= begin && at < end;
  }));
}

/// The first part without a value that an entity of this kind fills; none: `open` holds no such part.
Parts::iterator part_for(const Entity& entity, Parts& open) {
  if (entity.confidence < 1) return open.end();
  return std::find_if(open.begin(), open.end(), [&](const auto& part) { return part.second == entity.kind; });
}

/// The composite that begins with the entity at `first`.
std::optional<Entity> composite_at(std::size_t first, const std::vector<Entity>& entities,
                                   const FoldedText& text, const std::string& kind, Parts open) {
  Entity whole;
  whole.kind = kind;
  whole.value = nlohmann::json::object();
  whole.begin = whole.end = entities[first].begin;
  for (std::size_t i = first; i < entities.size() && !open.empty(); ++i) {
    const Entity& entity = entities[i];
    if (entity.begin < whole.end) continue;  // another reading of what was taken
    if (words_between(text, whole.end, entity.begin) > kBetweenWordsMax) break;
    const auto part = part_for(entity, open);
    if (i == first && part == open.end()) break;
    if (part == open.end()) continue;
    whole.value[part->first] = entity.value;
    whole.end = entity.end;
    open.erase(part);
  }
  if (!open.empty()) return std::nullopt;
  return whole;
}

}  // namespace

Composites::Composites(const Corpus& corpus) {
  for (const VocabularyEntity& entity : corpus.vocabulary)
    if (!entity.parts.empty()) composites_.push_back({entity.name, entity.parts});
}

void Composites::find(std::string_view original, const FoldedText& text,
                      std::vector<Entity>& entities) const {
  std::vector<Entity> found;
  for (const Composite& composite : composites_) {
    std::size_t taken = 0;  // bytes of the original
    for (std::size_t i = 0; i < entities.size(); ++i) {
      if (entities[i].begin < taken) continue;
      auto whole = composite_at(i, entities, text, composite.kind, composite.parts);
      if (!whole) continue;
      whole->text = std::string(original.substr(whole->begin, whole->end - whole->begin));
      taken = whole->end;
      found.push_back(std::move(*whole));
    }
  }
  if (found.empty()) return;
  entities.insert(entities.begin(), found.begin(), found.end());
  std::stable_sort(entities.begin(), entities.end(),
                   [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
  if (entities.size() > limits::kEntitiesPerTextMax) entities.resize(limits::kEntitiesPerTextMax);
}

}  // namespace parley::intents
