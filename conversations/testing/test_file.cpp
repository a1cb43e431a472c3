#include "conversations/testing/test_file.h"

#include <algorithm>
#include <charconv>
#include <re2/re2.h>
#include <set>
#include <utility>

#include "config/yaml.h"
#include "conversations/cel/time.h"

namespace parley::conversations {

namespace {

using config::Entry;
using config::Node;

/// Where the clock stands in a test that names no time: a Monday, 2026-03-02 09:00 UTC.
constexpr std::chrono::milliseconds kDefaultNow{1'772'442'000'000};

template <typename Number>
std::optional<Json> number_in(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A plain scalar as JSON: 12, 2.5, true, null, or text.
Json scalar_json(const Node& node) {
  const std::string text = node.text().value_or("");
  if (node.is_quoted()) return text;
  if (text.empty() || text == "~" || text == "null") return nullptr;
  if (text == "true" || text == "false") return text == "true";
  if (const auto whole = number_in<std::int64_t>(text)) return *whole;
  if (const auto number = number_in<double>(text); number && text.find_first_of("0123456789") != text.npos) {
    return *number;
  }
  return text;
}

Json to_json(const Node& node) {
  if (!node || node.is_null()) return nullptr;
  if (node.is_map()) {
    Json object = Json::object();
    for (const Entry& entry : node.entries())
      object[entry.name] = to_json(entry.value);
    return object;
  }
  if (!node.is_list()) return scalar_json(node);
  Json list = Json::array();
  for (const Node& item : node.list())
    list.push_back(to_json(item));
  return list;
}

std::vector<std::string> text_list(const Node& node) {
  std::vector<std::string> texts;
  for (const Node& item : node.items()) {
    if (auto text = item.text()) texts.push_back(std::move(*text));
  }
  return texts;
}

void check_pattern(const Node& node) {
  const std::string text = node.text().value_or("");
  if (text.size() < 2 || text.front() != '/' || text.back() != '/') return;
  RE2::Options quiet;
  quiet.set_log_errors(false);
  const RE2 pattern(text.substr(1, text.size() - 2), quiet);
  if (!pattern.ok()) node.error("pattern", "this pattern is not valid: " + pattern.error());
}

ExpectReplies read_replies(const Node& step) {
  ExpectReplies expected;
  for (const Node& item : step.get("bot").items())
    check_pattern(item);
  expected.texts = text_list(step.get("bot"));
  if (const Node buttons = step.get("buttons")) expected.buttons = text_list(buttons);
  return expected;
}

template <typename Value, typename Read>
std::map<std::string, Value> read_map(const Node& node, Read read) {
  std::map<std::string, Value> values;
  for (const Entry& entry : node.entries())
    values.emplace(entry.name, read(entry.value));
  return values;
}

ExpectEnd read_end(const Node& node) {
  if (!node.is_map()) return {node.text().value_or(""), ""};
  node.allow({"flow", "reason"});
  return {node.need("flow").text().value_or(""), node.get("reason").text().value_or("")};
}

EventArrives read_event(const Node& node) {
  if (!node.is_map()) return {node.text().value_or(""), nullptr};
  node.allow({"name", "value"});
  return {node.need("name").text().value_or(""), to_json(node.get("value"))};
}

ExpectSilence read_silence(const Node& node) {
  if (!node.is_map()) return {node.text().value_or(""), std::nullopt};
  node.allow({"flow", "attempt"});
  ExpectSilence expected{node.need("flow").text().value_or(""), std::nullopt};
  if (const auto attempt = node.get("attempt").integer()) expected.attempt = *attempt;
  return expected;
}

/// The step behind `key`; every step has exactly one key that says what it is.
void read_step(const Node& step, const std::string& key, TestStep& to) {
  const Node value = step.get(key);
  if (key == "user") to.what = UserSays{value.text().value_or("")};
  if (key == "press") to.what = UserPresses{value.text().value_or("")};
  if (key == "submit") to.what = UserSubmits{to_json(value)};
  if (key == "after") to.what = TimePasses{std::chrono::milliseconds(value.duration_ms().value_or(0))};
  if (key == "event") to.what = read_event(value);
  if (key == "bot" || key == "buttons") to.what = read_replies(step);
  if (key == "slots") to.what = ExpectSlots{read_map<Json>(value, to_json)};
  if (key == "ended") to.what = read_end(value);
  if (key == "silence") to.what = read_silence(value);
  if (key == "called") to.what = ExpectCalls{read_map<Json>(value, to_json)};
}

std::vector<TestStep> read_steps(const Node& list) {
  static constexpr const char* kHint =
      "a step is one of user, press, submit, event, after, bot, buttons, slots, ended, called, silence";
  std::vector<TestStep> steps;
  for (const Node& node : list.list()) {
    if (!node.is_map()) {
      node.error("test-step", "a step is a map with one key", kHint);
      continue;
    }
    node.allow({"user", "press", "submit", "event", "after", "bot", "buttons", "slots", "ended", "called",
                "silence"});
    const std::vector<Entry> entries = node.entries();
    const bool replies = node.get("bot") && node.get("buttons");
    if (entries.size() != (replies ? 2u : 1u)) {
      node.error("test-step", "a step is one thing; only 'buttons' goes together with 'bot'", kHint);
      continue;
    }
    TestStep step;
    step.line = node.position().line;
    read_step(node, entries.front().name, step);
    steps.push_back(std::move(step));
  }
  return steps;
}

Person read_user(const Node& node) {
  Person person{"test", "", {}};
  if (!node) return person;
  node.allow({"id", "name", "roles"});
  if (auto id = node.get("id").text()) person.id = std::move(*id);
  if (auto name = node.get("name").text()) person.name = std::move(*name);
  person.roles = text_list(node.get("roles"));
  return person;
}

TimePoint read_now(const Node& node) {
  if (!node) return TimePoint(kDefaultNow);
  const auto instant = cel::parse_instant(node.text().value_or(""));
  if (!instant) {
    node.error("time", "a time is written as 2026-03-02T09:00:00+01:00");
    return TimePoint(kDefaultNow);
  }
  return TimePoint(std::chrono::milliseconds(instant->seconds * 1000 + instant->nanos / 1'000'000));
}

std::string read_language(const Node& node, const config::BotManifest& manifest) {
  const std::string first = manifest.languages.empty() ? "en" : manifest.languages.front();
  const std::string language = node.text().value_or(first);
  const auto& known = manifest.languages;
  if (std::find(known.begin(), known.end(), language) == known.end()) {
    node.error("test-step", "the bot does not speak '" + language + "'",
               config::near_names_hint(language, known));
  }
  return language;
}

ConversationTest read_test(const Node& document, const config::BotManifest& manifest) {
  document.allow({"test", "language", "channel", "user", "now", "stubs", "steps"});
  ConversationTest test;
  test.name = document.need("test").text().value_or("");
  test.path = document.path();
  test.line = document.position().line;
  test.language = read_language(document.get("language"), manifest);
  if (auto channel = document.get("channel").text()) test.channel = std::move(*channel);
  test.user = read_user(document.get("user"));
  test.now = read_now(document.get("now"));
  if (const Node stubs = document.get("stubs")) {
    test.stubs = read_map<Stub>(stubs, [](const Node& value) { return Stub{to_json(value)}; });
  }
  test.steps = read_steps(document.need("steps"));
  return test;
}

}  // namespace

std::vector<ConversationTest> read_tests(const config::BotManifest& manifest, config::Findings& findings) {
  std::vector<ConversationTest> tests;
  std::set<std::string> names;
  for (const std::filesystem::path& path : config::yaml_files(manifest.folder / "tests")) {
    const config::YamlFile file(path, path.string(), findings);
    for (const Node& document : file.documents()) {
      const std::size_t errors = findings.error_count();
      ConversationTest test = read_test(document, manifest);
      if (!names.insert(test.name).second) {
        document.get("test").error("duplicate-test", "there is a test of this name already");
      }
      if (findings.error_count() == errors) tests.push_back(std::move(test));
    }
  }
  return tests;
}

}  // namespace parley::conversations
