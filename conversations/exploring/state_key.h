// When do two states of a conversation behave alike? So that exploring comes to an end.
//
// Of a state its counters, its last replies and the exact values of its slots are left out. In their place
// stands what flows can tell apart: of a text whether it is one of the constants that are compared with; of a
// number or a date, between which constants it lies; and the outcome of every condition of the open flows,
// for what two slots are to each other (`end >= start`).
//
// An approximation: states that differ only in what no condition of an open flow asks yet are one, unless a
// constant tells them apart. Pure function; any thread.
#pragma once

#include <string>

#include "conversations/exploring/answers.h"
#include "conversations/exploring/situation.h"

namespace parley::conversations {

std::string state_key(const Program& program, const Situation& situation, const ValueSources& sources);

}  // namespace parley::conversations
