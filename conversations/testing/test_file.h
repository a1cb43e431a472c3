// Conversations written as tests: what tests/*.yaml of a bot say (docs/authoring.md, "Tests").
//
// Readers report every mistake to the Findings and go on; a test with a mistake is left out. Codes beside
// those of config/yaml.h: `test-step`, `pattern`, `time`, `duplicate-test`. One thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/bot_manifest.h"
#include "config/diagnostic.h"
#include "engine/message.h"

namespace parley::conversations {

// What the person does.
struct UserSays {
  std::string text;
};
struct UserPresses {
  std::string title;  // of a button under the last replies
};
struct UserSubmits {
  Json fields;  // of an Adaptive Card
};
struct TimePasses {
  std::chrono::milliseconds by{0};
};
struct EventArrives {
  std::string name;
  Json value;
};

// What is expected of the bot since the person last did something.
struct ExpectReplies {
  std::vector<std::string> texts;                   // as they are, or a pattern (RE2) between slashes
  std::optional<std::vector<std::string>> buttons;  // titles under the last reply
};
struct ExpectSlots {
  std::map<std::string, Json> values;  // null: not filled
};
struct ExpectEnd {
  std::string flow;
  std::string reason;  // "": any
};
struct ExpectSilence {
  std::string flow;             // whose question was not answered
  std::optional<Json> attempt;  // the first, second ... time in a row
};
struct ExpectCalls {
  std::map<std::string, Json> calls;  // "service.operation" -> arguments that it had, at least
};

struct TestStep {
  int line = 0;
  std::variant<UserSays, UserPresses, UserSubmits, TimePasses, EventArrives, ExpectReplies, ExpectSlots,
               ExpectEnd, ExpectCalls, ExpectSilence>
      what;
};

/// How a call is answered. `written` is one value or a list of them, one a call, the last one again and
/// again; which of both a list means depends on the operation's rows.
struct Stub {
  Json written;
};

struct ConversationTest {
  std::string name;
  std::string path;
  int line = 0;
  std::string language;
  std::string channel = "console";
  Person user{"test", "", {}};
  TimePoint now{};
  std::map<std::string, Stub> stubs;  // "service.operation"
  std::vector<TestStep> steps;
};

/// Every test in <bot's folder>/tests, by path and line.
std::vector<ConversationTest> read_tests(const config::BotManifest& manifest, config::Findings& findings);

}  // namespace parley::conversations
