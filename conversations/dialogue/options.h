// The choices a question offers, and which of them a text picks: by title, by number, by ordinal, by part of
// a title. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

struct Choice {
  std::string title;
  Json value;
};

/// What the question at `step` offers: at most limits::kOptionsPerQuestionMax; empty for an open question.
/// `asked` is the slot being asked for.
std::vector<Choice> choices_of(const Turn& turn, const Frame& frame, const Step& step,
                               const std::string& asked);

/// The intent of the button that was pressed, or whose title was typed, among those said last; "" for none.
std::string button_intent(const Turn& turn);

/// A slot's value as a person reads it: "Friday, March 13, 2026", an option's title, otherwise as it is.
std::string value_text(const Turn& turn, const Frame& frame, const std::string& slot);

/// Words of a text, from `first` up to, not including, `last`, that mean a choice.
struct ChoicePlace {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t choice = 0;
};
/// Where `words` mean one of the choices: by words that no other title has, or "the second one".
std::vector<ChoicePlace> choice_places(const std::vector<Choice>& choices, const Words& words,
                                       const Phrases& phrases);

/// The choice whose title or value is the whole text.
std::optional<std::size_t> exact_choice(const std::vector<Choice>& choices, const Words& words);

/// The one choice meant by "2", "the second one", "express" or "exprss" for "Express delivery"; nullopt:
/// none, or several. A choice that is denied ("not the tent") is not meant.
std::optional<std::size_t> matching_choice(const std::vector<Choice>& choices, const Words& words,
                                           const Phrases& phrases);

/// The one choice whose title has a word, in any language, for a value of the vocabulary that the text names:
/// "die Isomatte" is the "Heath sleeping mat".
std::optional<std::size_t> synonymous_choice(const Turn& turn, const std::vector<Choice>& choices);

/// The one choice all of whose title's words are in the text.
std::optional<std::size_t> named_choice(const std::vector<Choice>& choices, const Words& words,
                                        const Phrases& phrases);

}  // namespace parley::conversations
