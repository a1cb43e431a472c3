#include "conversations/dialogue/self_repair.h"

#include <algorithm>
#include <set>

#include "conversations/dialogue/options.h"
#include "conversations/dialogue/reading.h"
#include "conversations/dialogue/slot_names.h"

namespace parley::conversations {

namespace {

constexpr const char* kChoice =
    "choice ";  // the kind of a mentioned choice; no entity has a blank in its kind
constexpr std::size_t kTogetherWordsMax =
    2;  // between two values that are one statement: "until and including"

/// A value in the text.
struct Mention {
  std::size_t first = 0;  // words of the text
  std::size_t last = 0;   // the word behind it
  std::string kind;
  Json value;
  Entity* entity = nullptr;  // null: a choice
  bool denied = false;
  bool gone = false;  // replaced, or undecided
};

Words part_of(const Words& words, std::size_t first, std::size_t last) {
  return {words.begin() + static_cast<std::ptrdiff_t>(first),
          words.begin() + static_cast<std::ptrdiff_t>(std::max(first, last))};
}

void take_out_fillers(Words& words, const Phrases& phrases) {
  std::erase_if(words, [&](const std::string& word) { return contains_word(phrases.fillers, word); });
}

/// Takes every one of the phrases out of `words`, the longest first; whether there was any.
bool take_out(Words& words, PhraseList phrases) {
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const Words& a, const Words& b) { return a.size() > b.size(); });
  const std::size_t before = words.size();
  for (const Words& phrase : phrases)
    for (std::size_t at = find_phrase(words, phrase); at != std::string::npos;
         at = find_phrase(words, phrase))
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(at),
                  words.begin() + static_cast<std::ptrdiff_t>(at + phrase.size()));
  return words.size() < before;
}

/// The mentions of one kind, in order, none of which overlaps another.
class Repair {
 public:
  Repair(Turn& turn, std::vector<Mention>& mentions, std::set<std::size_t>& removed)
      : turn_(turn), phrases_(turn.phrases), words_(turn.words), mentions_(mentions), removed_(removed) {}

  void run() {
    for (std::size_t i = 1; i < mentions_.size(); ++i) {
      if (is_either(i)) leave_open(i);
    }
    for (std::size_t i = 1; i < mentions_.size(); ++i) {
      if (is_repair(i)) replace_before(i);
    }
    for (std::size_t i = 1; i < mentions_.size(); ++i) {
      if (is_contrast(i)) inherit(mentions_[i - 1], mentions_[i]);
    }
  }

 private:
  Words between(std::size_t i) const { return part_of(words_, mentions_[i - 1].last, mentions_[i].first); }

  /// "from" before "from the ninth"; "" where there is none.
  std::string preposition(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : mentions_[i - 1].last;
    Words before = part_of(words_, begin, mentions_[i].first);
    take_out(before, signs());
    while (!before.empty() && contains_word(phrases_.fillers, before.back()))
      before.pop_back();
    return before.empty() || is_negation(before.back()) ? "" : before.back();
  }

  PhraseList signs() const {
    PhraseList all = phrases_.no;
    for (const PhraseList* more : {&phrases_.second_thoughts, &phrases_.correction})
      all.insert(all.end(), more->begin(), more->end());
    return all;
  }

  bool is_either(std::size_t i) const {
    if (mentions_[i].value == mentions_[i - 1].value) return false;
    Words rest = between(i);
    if (!take_out(rest, phrases_.either)) return false;
    take_out_fillers(rest, phrases_);
    return rest.empty() || (rest.size() == 1 && rest.front() == preposition(i - 1));
  }

  bool is_repair(std::size_t i) const {
    if (mentions_[i].gone || mentions_[i].denied || mentions_[i - 1].gone) return false;
    Words rest = between(i);
    if (!take_out(rest, signs())) return false;
    take_out_fillers(rest, phrases_);
    return rest.size() <= 1;
  }

  bool is_contrast(std::size_t i) const {
    if (!mentions_[i - 1].denied || mentions_[i].denied || mentions_[i].gone) return false;
    Words rest = between(i);
    take_out(rest, signs());
    take_out_fillers(rest, phrases_);
    std::erase_if(rest, [&](const std::string& word) { return contains_word(phrases_.contrasts, word); });
    return rest.empty();
  }

  /// None of what is linked by "or" counts, nor what is listed before it.
  void leave_open(std::size_t i) {
    drop(i);
    drop(i - 1);
    for (std::size_t j = i - 1; j > 0 && between(j).empty(); --j)
      drop(j - 1);
    remove(mentions_[i - 1].last, mentions_[i].first);
  }

  void drop(std::size_t i) {
    mentions_[i].gone = true;
    remove(mentions_[i].first, mentions_[i].last);
  }

  void remove(std::size_t first, std::size_t last) {
    for (std::size_t word = first; word < last; ++word)
      removed_.insert(word);
  }

  std::vector<std::size_t> meant_before(std::size_t i) const {
    std::vector<std::size_t> meant;
    for (std::size_t j = 0; j < i; ++j)
      if (!mentions_[j].gone && !mentions_[j].denied) meant.push_back(j);
    return meant;
  }

  /// The values that are said together behind the sign of a repair.
  std::vector<std::size_t> group_from(std::size_t i) const {
    std::vector<std::size_t> group{i};
    for (std::size_t j = i + 1; j < mentions_.size(); ++j) {
      if (between(j).size() > kTogetherWordsMax || is_repair(j) || mentions_[j].denied) break;
      group.push_back(j);
    }
    return group;
  }

  void replace_before(std::size_t i) {
    const std::vector<std::size_t> old = meant_before(i), group = group_from(i);
    if (old.empty()) return;
    for (std::size_t k = 0; k < group.size(); ++k) {
      const std::optional<std::size_t> target = replaced_by(group, k, old);
      if (target == std::string::npos) return give_up(old, group);
      if (!target || mentions_[*target].gone) continue;
      drop(*target);
      inherit(mentions_[*target], mentions_[group[k]]);
    }
    const std::size_t word = preposition(i).empty() ? 0 : 1;
    remove(mentions_[i - 1].last, mentions_[i].first - word);
  }

  /// Which of `old` the value replaces: npos where that is not clear, nullopt where it is one more.
  std::optional<std::size_t> replaced_by(const std::vector<std::size_t>& group, std::size_t k,
                                         const std::vector<std::size_t>& old) const {
    const std::string word = preposition(group[k]);
    if (word.empty()) {
      const std::size_t skipped = old.size() > group.size() ? old.size() - group.size() : 0;
      return skipped + k < old.size() ? std::optional(old[skipped + k]) : std::nullopt;
    }
    const auto same =
        std::find_if(old.rbegin(), old.rend(), [&](std::size_t one) { return preposition(one) == word; });
    if (same != old.rend()) return *same;
    return old.size() == 1 && group.size() == 1 ? old.front() : std::string::npos;
  }

  void give_up(const std::vector<std::size_t>& old, const std::vector<std::size_t>& group) {
    for (const auto* list : {&old, &group})
      for (const std::size_t one : *list)
        drop(one);
  }

  /// A value has the role of the one that it replaces; the only one of its kind needs a preposition for a
  /// role.
  void inherit(const Mention& from, const Mention& to) {
    if (!from.entity || !to.entity) return;
    *to.entity = in_same_week(*to.entity, from.value, turn_.context.now);
    if (is_named(turn_, *from.entity)) {
      to.entity->role = from.entity->role;
      return turn_.named.push_back(to.entity->begin);
    }
    const auto index = [&](const Mention& one) { return static_cast<std::size_t>(&one - mentions_.data()); };
    const auto meant = std::count_if(mentions_.begin(), mentions_.end(),
                                     [](const Mention& one) { return !one.gone && !one.denied; });
    const bool spoken = !preposition(index(from)).empty();
    if (!preposition(index(to)).empty() && !to.entity->role.empty()) return;
    to.entity->role = meant > 1 || spoken ? from.entity->role : "";
  }

  Turn& turn_;
  const Phrases& phrases_;
  const Words& words_;
  std::vector<Mention>& mentions_;
  std::set<std::size_t>& removed_;
};

std::size_t words_before(const Turn& turn, std::size_t byte) {
  return words_of(turn.event.text.substr(0, byte)).size();
}

/// A "yes" and a "no" are understood together with the words around them.
std::vector<Mention> mentions_in(Turn& turn) {
  std::vector<Mention> all;
  for (Entity& entity : turn.event.understanding.entities) {
    if (entity.kind == "yesno" || entity.confidence < 1) continue;
    const std::size_t first = words_before(turn, entity.begin);
    all.push_back({first, first + words_of(entity.text).size(), entity.kind, entity.value, &entity});
  }
  return all;
}

std::vector<Choice> choices_offered(const Turn& turn) {
  if (turn.idle() || turn.top().waiting.what == Waiting::For::kCard || !turn.top().waits_for_answer())
    return {};
  std::vector<Choice> choices =
      choices_of(turn, turn.top(), step_of(turn, turn.top()), turn.top().waiting.name);
  const bool yes_no = std::any_of(choices.begin(), choices.end(),
                                  [](const Choice& choice) { return choice.value.is_boolean(); });
  return yes_no ? std::vector<Choice>() : choices;
}

/// In the order of the text; those that overlap one of their kind left out.
std::vector<Mention> of_kind(const Words& words, const std::string& kind, const std::vector<Mention>& all,
                             const Phrases& phrases) {
  std::vector<Mention> mentions;
  for (const Mention& one : all)
    if (one.kind == kind) mentions.push_back(one);
  std::stable_sort(mentions.begin(), mentions.end(),
                   [](const Mention& a, const Mention& b) { return a.first < b.first; });
  std::size_t end = 0;
  std::erase_if(mentions, [&](const Mention& one) {
    if (one.first < end || one.last > words.size()) return true;
    end = one.last;
    return false;
  });
  for (Mention& one : mentions)
    one.denied = ends_with_denial(part_of(words, 0, one.first), phrases);
  return mentions;
}

void take_away(Turn& turn, const std::set<std::size_t>& removed) {
  Words kept;
  for (std::size_t word = 0; word < turn.words.size(); ++word)
    if (!removed.contains(word)) kept.push_back(turn.words[word]);
  std::erase_if(turn.event.understanding.entities, [&](const Entity& entity) {
    const std::size_t first = words_before(turn, entity.begin);
    const auto gone = removed.lower_bound(first);
    return gone != removed.end() && *gone < first + words_of(entity.text).size();
  });
  turn.words = std::move(kept);
}

}  // namespace

void repair_self(Turn& turn) {
  std::vector<Mention> all = mentions_in(turn);
  const std::vector<Choice> choices = choices_offered(turn);
  for (const ChoicePlace& place : choice_places(choices, turn.words, turn.phrases))
    all.push_back({place.first, place.last, kChoice, place.choice});
  std::set<std::string> kinds;
  for (const Mention& one : all)
    kinds.insert(one.kind);
  std::set<std::size_t> removed;
  for (const std::string& kind : kinds) {
    std::vector<Mention> mentions = of_kind(turn.words, kind, all, turn.phrases);
    Repair(turn, mentions, removed).run();
  }
  if (!removed.empty()) take_away(turn, removed);
}

}  // namespace parley::conversations
