// Is a text, or a card's submit, the answer to the question that the innermost flow waits with?
//
// Each function tries one way of answering, and changes the turn only when it succeeds: the slot is filled
// (and others that the sentence brought), and the flow may walk on. One thread.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// The whole text is the title of one of the question's choices.
bool answer_by_title(Turn& turn);
/// Whether the question wants a yes or a no.
bool asks_yes_or_no(const Turn& turn);
/// Whether answer_by_title would succeed; changes nothing.
bool is_title(const Turn& turn);
/// Something of the right kind is in it: a date, a yes, "the second one", a slot of the same step.
bool answer_by_kind(Turn& turn);
/// A text slot takes any text.
bool answer_by_text(Turn& turn);
/// The fields of a submitted card.
bool answer_by_card(Turn& turn);

/// Nothing fitted: the question is to be asked again with its retry line.
void count_failed_answer(Turn& turn);

}  // namespace parley::conversations
