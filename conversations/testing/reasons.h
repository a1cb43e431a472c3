// What the reasons of a turn (docs/ledger.md) say about how a text was taken. Pure; any thread.
#pragma once

#include <string>

#include "engine/message.h"

namespace parley::conversations {

/// The intent that the text was taken for; "" where it was an answer, a correction, or not understood.
std::string intent_taken(const Json& reasons);

}  // namespace parley::conversations
