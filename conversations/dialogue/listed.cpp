#include "conversations/dialogue/listed.h"

#include <algorithm>
#include <set>

#include "conversations/dialogue/slot_filling.h"

namespace parley::conversations {

namespace {

/// What stands between two values that follow one another.
enum class Gap { kNone, kComma, kAnd };

/// Those of one kind that count, by place, none of which overlaps another.
std::vector<Entity> of_kind(const std::vector<Entity>& entities, const std::string& kind) {
  std::vector<Entity> some;
  for (const Entity& entity : entities) {
    if (entity.kind != kind || entity.confidence < 1 || entity.value.is_null()) continue;
    if (some.empty() || !overlap(some.back(), entity)) some.push_back(entity);
  }
  std::stable_sort(some.begin(), some.end(),
                   [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
  return some;
}

/// The bytes from `begin` up to `end`, without the values in them.
std::string text_between(const Turn& turn, std::size_t begin, std::size_t end) {
  std::string text = turn.event.text;
  for (const Entity& entity : turn.event.understanding.entities)
    for (std::size_t i = entity.begin; i < std::min(entity.end, text.size()); ++i)
      text[i] = ' ';
  end = std::min(end, text.size());
  return begin < end ? text.substr(begin, end - begin) : "";
}

Gap gap_between(const Turn& turn, const Entity& left, const Entity& right) {
  const std::string between = text_between(turn, left.end, right.begin);
  const Words words = words_of(between);
  const auto others = std::count_if(words.begin(), words.end(), [&](const std::string& word) {
    return !contains_word(turn.phrases.fillers, word);
  });
  if (contains_any(words, turn.phrases.also))
    return others <= static_cast<std::ptrdiff_t>(kListedWordsMax) ? Gap::kAnd : Gap::kNone;
  return others == 0 && between.find(',') != std::string::npos ? Gap::kComma : Gap::kNone;
}

bool has(const std::vector<Entity>& list, const Entity& entity) {
  return std::any_of(list.begin(), list.end(), [&](const Entity& one) { return one.value == entity.value; });
}

}  // namespace

std::vector<std::vector<Entity>> lists_of(const Turn& turn, const std::vector<Entity>& entities) {
  std::set<std::string> kinds;
  for (const Entity& entity : entities)
    kinds.insert(entity.kind);
  std::vector<std::vector<Entity>> lists;
  for (const std::string& kind : kinds) {
    const std::vector<Entity> some = of_kind(entities, kind);
    std::vector<Entity> list(some.begin(), some.begin() + (some.empty() ? 0 : 1));
    bool with_and = false;
    for (std::size_t i = 1; i < some.size(); ++i) {
      const Gap gap = gap_between(turn, some[i - 1], some[i]);
      if (gap == Gap::kNone) break;
      with_and = with_and || gap == Gap::kAnd;
      if (!has(list, some[i])) list.push_back(some[i]);
    }
    if (with_and && list.size() > 1) lists.push_back(std::move(list));
  }
  std::stable_sort(lists.begin(), lists.end(),
                   [](const auto& a, const auto& b) { return a.front().begin < b.front().begin; });
  return lists;
}

bool lists_choices(const Turn& turn, const std::vector<Choice>& choices) {
  if (choices.empty()) return false;
  for (const std::vector<Entity>& list : lists_of(turn, turn.event.understanding.entities)) {
    const auto is_choice = [&](const Entity& entity) {
      return std::any_of(choices.begin(), choices.end(),
                         [&](const Choice& choice) { return choice.value == entity.value; });
    };
    if (std::count_if(list.begin(), list.end(), is_choice) > 1) return true;
  }
  const std::vector<ChoicePlace> places = choice_places(choices, turn.words, turn.phrases);
  for (std::size_t i = 1; i < places.size(); ++i) {
    if (places[i].choice == places[i - 1].choice) continue;
    const Words between(turn.words.begin() + static_cast<std::ptrdiff_t>(places[i - 1].last),
                        turn.words.begin() + static_cast<std::ptrdiff_t>(places[i].first));
    const bool only_fillers = std::all_of(between.begin(), between.end(), [&](const std::string& word) {
      return contains_word(turn.phrases.fillers, word) || equals_any({word}, turn.phrases.also);
    });
    if (only_fillers && contains_any(between, turn.phrases.also)) return true;
  }
  return false;
}

}  // namespace parley::conversations
