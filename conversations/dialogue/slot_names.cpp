#include "conversations/dialogue/slot_names.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "conversations/dialogue/reading.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kBetweenMax =
    5;                                 // words from a name to its value: "the last day is going to be friday"
constexpr std::size_t kBeforeMax = 2;  // and from a value to its name: "friday is my last day"
constexpr std::size_t kStemMin = 3;    // letters that must be left of an inflected word

/// Words of the text, from `first` up to, not including, `last`.
struct Span {
  std::size_t first = 0;
  std::size_t last = 0;
};

struct Name {
  const Slot* slot = nullptr;
  Span span;
};

std::string_view stem_of(std::string_view word) {
  static constexpr std::array<std::string_view, 5> kEndings{"en", "er", "es", "em", "e"};
  for (const std::string_view ending : kEndings)
    if (word.size() >= kStemMin + ending.size() && word.ends_with(ending))
      return word.substr(0, word.size() - ending.size());
  return word;
}

bool same_but_inflected(const std::string& left, const std::string& right) {
  return left == right || stem_of(left) == stem_of(right);
}

/// Every place of `phrase` in `words`.
std::vector<Span> places_of(const Words& words, const Words& phrase) {
  std::vector<Span> places;
  if (phrase.empty()) return places;
  for (auto at = words.begin(); at != words.end(); ++at) {
    at = std::search(at, words.end(), phrase.begin(), phrase.end(), same_but_inflected);
    if (at == words.end()) break;
    const auto first = static_cast<std::size_t>(at - words.begin());
    places.push_back({first, first + phrase.size()});
  }
  return places;
}

Words without_articles(Words words, const Phrases& phrases) {
  while (words.size() > 1 && contains_word(phrases.fillers, words.front()))
    words.erase(words.begin());
  return words;
}

/// What people call the slot, without articles in front.
std::vector<Words> names_of(const Turn& turn, const Slot& slot) {
  std::string name = slot.name;
  std::replace(name.begin(), name.end(), '_', ' ');
  return {without_articles(words_of(slot_title(turn, slot)), turn.phrases),
          without_articles(words_of(name), turn.phrases)};
}

std::vector<Name> find_names(const Turn& turn, const Words& words, const Slot& slot) {
  std::vector<Name> found;
  for (const Words& name : names_of(turn, slot))
    for (const Span& place : places_of(words, name))
      found.push_back({&slot, place});
  return found;
}

bool overlap(const Span& left, const Span& right) {
  return left.first < right.last && right.first < left.last;
}

std::size_t length(const Span& span) {
  return span.last - span.first;
}

/// The names in the text, in order; of those that overlap the longest.
std::vector<Name> find_names(const Turn& turn, const Words& words, const Flow& flow) {
  std::vector<Name> all, kept;
  for (const auto& [name, slot] : flow.slots)
    for (const Name& one : find_names(turn, words, slot))
      all.push_back(one);
  std::stable_sort(all.begin(), all.end(),
                   [](const Name& a, const Name& b) { return length(a.span) > length(b.span); });
  for (const Name& one : all) {
    const bool covered = std::any_of(kept.begin(), kept.end(),
                                     [&](const Name& other) { return overlap(one.span, other.span); });
    if (!covered) kept.push_back(one);
  }
  std::sort(kept.begin(), kept.end(),
            [](const Name& a, const Name& b) { return a.span.first < b.span.first; });
  return kept;
}

/// The words of an entity, without the articles before it.
Span span_of(const Turn& turn, const Entity& entity) {
  const Words said = words_of(entity.text);
  const auto word = std::find_if(said.begin(), said.end(), [&](const std::string& one) {
    return !contains_word(turn.phrases.fillers, one);
  });
  const std::size_t before = words_of(turn.event.text.substr(0, entity.begin)).size();
  const std::size_t articles = word == said.end() ? 0 : static_cast<std::size_t>(word - said.begin());
  return {before + articles, before + said.size()};
}

bool within(const Span& inner, const Span& outer) {
  return inner.first >= outer.first && inner.last <= outer.last;
}

bool is_vocabulary(const Turn& turn, const Entity& entity) {
  return turn.program.words.contains(entity.kind);
}

bool fits(const Slot& slot, const Entity& entity) {
  return entity.kind == slot.type || (slot.type == "int" && entity.kind == "number");
}

/// Whether `text` goes on without the end of a sentence.
bool is_one_sentence(std::string_view text, std::string_view stops) {
  return text.find_first_of(stops) == std::string_view::npos;
}

/// Gives a name its value: the one behind it, or else the one before it.
class Giving {
 public:
  Giving(Turn& turn, const std::vector<Name>& names, std::vector<Entity>& entities)
      : turn_(turn), names_(names), entities_(entities) {}

  void give(std::size_t at) {
    Entity* value = behind(at);
    if (!value) value = before(at);
    if (!value) return;
    value->role = names_[at].slot->name;
    turn_.named.push_back(value->begin);
  }

 private:
  bool usable(const Name& name, const Entity& entity) const {
    return entity.confidence == 1 && fits(*name.slot, entity) && !is_named(turn_, entity) &&
           !is_denied(turn_, entity);
  }

  Entity* behind(std::size_t at) const {
    const Name& name = names_[at];
    const std::size_t until = at + 1 < names_.size() ? names_[at + 1].span.first : std::string::npos;
    for (Entity& entity : entities_) {
      const Span span = span_of(turn_, entity);
      const bool near =
          span.first >= name.span.last && span.first < until && span.first - name.span.last <= kBetweenMax;
      if (near && usable(name, entity)) return &entity;
    }
    return nullptr;
  }

  /// "Friday is my last day", but not "from friday until the last day", nor "friday, last day not known yet".
  Entity* before(std::size_t at) const {
    const Name& name = names_[at];
    for (Entity& entity : entities_) {
      const Span span = span_of(turn_, entity);
      const bool near = span.last < name.span.first && name.span.first - span.last <= kBeforeMax;
      const bool free = entity.role.empty() || entity.role == name.slot->name;
      if (near && free && usable(name, entity) &&
          is_one_sentence(std::string_view(turn_.event.text).substr(entity.end, 2), ",.;?!"))
        return &entity;
    }
    return nullptr;
  }

  Turn& turn_;
  const std::vector<Name>& names_;
  std::vector<Entity>& entities_;
};

}  // namespace

void name_slots(Turn& turn, const Flow& flow, std::vector<Entity>& entities) {
  const bool of_this_text = std::all_of(entities.begin(), entities.end(), [&](const Entity& entity) {
    return !entity.text.empty() && entity.end <= turn.event.text.size();
  });
  turn.named.clear();
  if (!of_this_text) return;
  std::vector<Name> found = find_names(turn, words_of(turn.event.text), flow);
  std::erase_if(found, [&](const Name& name) {
    return std::any_of(entities.begin(), entities.end(), [&](const Entity& entity) {
      const Span span = span_of(turn, entity);
      return within(name.span, span) && length(span) > length(name.span);
    });
  });
  std::erase_if(entities, [&](const Entity& entity) {
    return !is_vocabulary(turn, entity) && std::any_of(found.begin(), found.end(), [&](const Name& name) {
      return within(span_of(turn, entity), name.span);
    });
  });
  Giving giving(turn, found, entities);
  for (std::size_t at = 0; at < found.size(); ++at)
    giving.give(at);
}

bool is_named(const Turn& turn, const Entity& entity) {
  return std::find(turn.named.begin(), turn.named.end(), entity.begin) != turn.named.end();
}

bool is_of_another(const Turn& turn, const Entity& entity, const std::string& slot) {
  return is_named(turn, entity) && entity.role != slot;
}

bool names(const Turn& turn, const Slot& slot) {
  return !find_names(turn, turn.words, slot).empty();
}

bool only_names(const Turn& turn, const Slot& slot) {
  const std::vector<Words> all = names_of(turn, slot);
  const Words bare = without_signs(turn.words, turn.phrases);
  return std::any_of(all.begin(), all.end(), [&](const Words& one) {
    const Words name = without(one, turn.phrases.fillers);
    return std::equal(bare.begin(), bare.end(), name.begin(), name.end(), same_but_inflected);
  });
}

bool asks_for_another(const Turn& turn, const Slot& slot) {
  const Phrases& phrases = turn.phrases;
  const Words said = without_articles(without_interjections(turn.words, phrases), phrases);
  const auto sign = std::find_if(phrases.different.begin(), phrases.different.end(),
                                 [&](const Words& one) { return starts_with(said, one); });
  if (sign == phrases.different.end()) return false;
  const std::vector<Words> all = names_of(turn, slot);
  return std::any_of(all.begin(), all.end(), [&](const Words& name) {
    Words rest(said.begin() + static_cast<std::ptrdiff_t>(sign->size()), said.end());
    std::erase_if(rest, [&](const std::string& word) {
      return contains_word(phrases.fillers, word) && !contains_word(name, word);
    });
    return !rest.empty() && std::all_of(rest.begin(), rest.end(),
                                        [&](const std::string& word) { return contains_word(name, word); });
  });
}

}  // namespace parley::conversations
