#include "intents/entities/roles.h"

#include <algorithm>
#include <array>
#include <map>

namespace parley::intents {
namespace {

constexpr double kLikelyEnough = 0.6;
constexpr double kUnseen = 0.1;      // what a word counts that was never seen beside a slot
constexpr double kWordsAround = 20;  // how many different words are expected there

/// The place of number `index` among `count` of one kind.
int place_of(std::size_t index, std::size_t count) {
  return count < 2 ? 0 : index == 0 ? 1 : 2;
}

template <typename Item>
int place_among(const std::vector<Item>& items, std::size_t at) {
  std::size_t index = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].kind != items[at].kind) continue;
    if (i < at) ++index;
    ++count;
  }
  return place_of(index, count);
}

/// How often a slot occurs, and beside what.
struct Votes {
  double all = 0;
  std::array<double, 3> same{};  // before, after, place

  double likelihood() const {
    double result = all;
    for (const double count : same)
      result *= (count + kUnseen) / (all + kUnseen * kWordsAround);
    return result;
  }
};

}  // namespace

Roles::Roles(const Corpus& corpus) {
  for (const Intent& intent : corpus.intents)
    for (const Sentence& sentence : intent.sentences) {
      const FoldedText text = fold(sentence.text);
      for (std::size_t i = 0; i < sentence.annotations.size(); ++i) {
        const Annotation& mark = sentence.annotations[i];
        examples_.push_back(
            {mark.kind, intent.name, mark.slot,
             surroundings_of(text, mark.begin, mark.end, place_among(sentence.annotations, i))});
      }
    }
}

Roles::Surroundings Roles::surroundings_of(const FoldedText& text, std::size_t begin, std::size_t end,
                                           int place) {
  Surroundings result{"", "", place};
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    if (text.origin[text.words[i].end] <= begin) result.before = text.word(i);
    if (text.origin[text.words[i].begin] >= end && result.after.empty()) result.after = text.word(i);
  }
  return result;
}

Roles::Choice Roles::best_slot(const std::string& kind, std::string_view intent,
                               const Surroundings& around) const {
  const bool own = std::any_of(examples_.begin(), examples_.end(), [&](const Example& example) {
    return example.kind == kind && example.intent == intent;
  });
  std::map<std::string_view, Votes> slots;
  for (const Example& example : examples_) {
    if (example.kind != kind || (own && example.intent != intent)) continue;
    Votes& votes = slots[example.slot];
    votes.all += 1;
    votes.same[0] += !around.before.empty() && example.surroundings.before == around.before ? 1 : 0;
    votes.same[1] += !around.after.empty() && example.surroundings.after == around.after ? 1 : 0;
    votes.same[2] += example.surroundings.place == around.place ? 1 : 0;
  }
  Choice best;
  // An entity alone is an answer to whatever was asked; only the asker knows the slot.
  if (around.before.empty() && around.after.empty()) return best;
  double sum = 0;
  for (const auto& [slot, votes] : slots) {
    if (around.place == 0 && votes.same[0] + votes.same[1] == 0) continue;
    const double likelihood = votes.likelihood();
    sum += likelihood;
    if (likelihood > best.probability) best = {std::string(slot), likelihood};
  }
  if (sum > 0) best.probability /= sum;
  return best;
}

void Roles::assign(const FoldedText& text, std::string_view intent, std::vector<Entity>& entities) const {
  if (examples_.empty()) return;
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const Entity& entity = entities[i];
    choices.push_back(best_slot(entity.kind, intent,
                                surroundings_of(text, entity.begin, entity.end, place_among(entities, i))));
  }
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const bool beaten =
        choices[i].slot.empty() || std::any_of(choices.begin(), choices.end(), [&](const Choice& other) {
          return &other != &choices[i] && other.slot == choices[i].slot &&
                 (other.probability > choices[i].probability ||
                  (other.probability == choices[i].probability && &other < &choices[i]));
        });
    if (choices[i].probability >= kLikelyEnough && !beaten) entities[i].role = choices[i].slot;
  }
}

}  // namespace parley::intents
