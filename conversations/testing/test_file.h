// Conversations written as tests: what tests/*.yaml of a bot say (docs/authoring.md, "Tests").
//
// Readers report every mistake to the Findings and go on; a test with a mistake is left out. Codes beside
// those of config/yaml.h: `test-step`, `pattern`, `time`, `duplicate-test`, `too-many-variants`, and for
// names that the bot does not have `unknown-flow`, `unknown-step`, `unknown-slot`, `unknown-intent`,
// `unknown-service`, `unknown-operation`, `unknown-text`, `unknown-channel`, `unknown-role`,
// `unknown-language`. One thread.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/bot_manifest.h"
#include "config/diagnostic.h"
#include "conversations/flows/bot_outline.h"
#include "conversations/flows/flow.h"
#include "engine/message.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

// What the person does.
struct UserSays {
  std::vector<std::string> texts;  // several: the conversation is played with each
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

/// A text of the bot as it is, or a pattern (RE2) between slashes.
struct ExpectedText {
  std::string text;
  config::Position position;
};

// What is expected of the bot since the person last did something.
struct ExpectReplies {
  std::vector<ExpectedText> texts;  // none: the bot says nothing
};
struct ExpectButtons {
  std::vector<std::string> titles;  // under the last reply
};
struct ExpectCard {
  Json part;  // of a card as flows write it: {title, text, image, buttons} or {adaptive: ...}
};
struct ExpectImage {
  Json part;  // {url, alt}, or the url
};
struct ExpectFlow {
  std::string step;  // that was taken: "flow", or "flow/step"
};
struct ExpectTexts {
  std::vector<std::string> sources;  // texts of flows that were said, as they stand there
};
struct ExpectIntent {
  std::string intent;  // that the person's text was understood as
};
struct ExpectRule {
  std::string rule;  // of the reasons: why the bot did what it did
};
struct ExpectLanguage {
  std::string language;
};
struct ExpectHandedOff {
  bool handed_off = true;
};
struct ExpectSlots {
  std::map<std::string, Json> values;  // null: not filled
};
struct ExpectEnd {
  std::string flow;
  std::string reason;  // "": any
};
struct ExpectCase {
  Json part;  // of what happened to a recovery case: {"what": "closed", "outcome": "recovered"}
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
  std::variant<UserSays, UserPresses, UserSubmits, TimePasses, EventArrives, ExpectReplies, ExpectButtons,
               ExpectCard, ExpectImage, ExpectFlow, ExpectTexts, ExpectIntent, ExpectRule, ExpectLanguage,
               ExpectHandedOff, ExpectSlots, ExpectEnd, ExpectCase, ExpectSilence, ExpectCalls>
      what;

  /// The person does something; otherwise something is expected of the bot.
  bool acts() const { return what.index() <= 4; }
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
  std::string language;                // of the sentences and the expected texts
  bool channel_says_language = false;  // else the first text tells
  std::string channel = "console";
  Person user{"test", "", {}};
  TimePoint now{};
  int variant = 1;  // of texts that have several: which one the bot says, or the last; 0: in turn, as live
  std::map<std::string, Stub> stubs;  // "service.operation"
  std::vector<TestStep> steps;
};

/// intent -> language -> its sentences, without marks
using ExampleSentences = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

/// What a test may name. Where there is no program, because the bot has errors, its names are not checked.
struct TestedBot {
  const config::BotManifest& manifest;
  const BotOutline& outline;
  const ServiceCatalog& services;
  const Program* program = nullptr;
  ExampleSentences examples{};
};

/// So many conversations one test may be played as.
inline constexpr std::size_t kVariantsPerTestMax = 500;

/// Every test in <bot's folder>/tests, by path and line.
std::vector<ConversationTest> read_tests(const TestedBot& bot, config::Findings& findings);

}  // namespace parley::conversations
