// A recorded conversation as a conversation test: what the person did, what the bot said, and stubs that
// answer calls as they really were answered.
//
// The text is a document of tests/*.yaml. The clock is moved where a timer went off, and over pauses of an
// hour and more. Nothing is masked: it holds what the person wrote. Pure; any thread.
#pragma once

#include <string>

#include "conversations/testing/recorded_conversation.h"

namespace parley::conversations {

std::string test_of(const RecordedConversation& recorded, const std::string& name);

}  // namespace parley::conversations
