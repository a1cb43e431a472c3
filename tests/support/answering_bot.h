// A bot for tests of the engine: it answers each message once, and how is plain from the message.
//
// "count"     calls the service `counter.add`, and answers with the count when the call ends
// "remind N"  sets a timer in N milliseconds; when it fires the bot says "reminder"
// "forget"    cancels that timer
// "flow on", "flow off"   says whether a flow is open
// "person"    asks for a person
// "await E"   waits for the event E from outside; the event "news" is always welcome
// "throw"     throws, as no dialogue should
// "version"   answers with the bot's version
// else        "answer <number of the message>: <text>"
// It greets with "welcome". Its state holds the number of messages, so a lost or doubled turn shows in what
// it says.
#pragma once

#include <filesystem>
#include <string>

#include "engine/bot.h"

namespace parley::test {

/// `folder` gets the seed of the counter. The understander tells the language: "nl" when the text begins with
/// "nl:".
BotPtr make_answering_bot(const std::filesystem::path& folder, const std::string& version = "1");

}  // namespace parley::test
