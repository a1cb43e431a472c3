#include "conversations/testing/test_steps.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <re2/re2.h>
#include <utility>

namespace parley::conversations {
namespace {

using config::Entry;
using config::Node;

constexpr std::array<std::string_view, 5> kActions{"user", "press", "submit", "event", "after"};
constexpr std::array<std::string_view, 15> kExpectations{"bot",   "buttons", "card", "image",    "flow",
                                                         "says",  "intent",  "rule", "language", "handed_off",
                                                         "slots", "ended",   "case", "silence",  "called"};
constexpr const char* kHint =
    "what the person does is one of user, press, submit, event, after; what must be so then is any of bot, "
    "buttons, card, image, flow, says, intent, rule, language, handed_off, slots, ended, case, silence, "
    "called";

template <typename Number>
std::optional<Json> number_in(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

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

/// Wherever a text may be a pattern inside a card.
void check_patterns(const Node& node) {
  if (node.is_scalar()) return check_pattern(node);
  if (node.is_list())
    for (const Node& item : node.list())
      check_patterns(item);
  if (node.is_map())
    for (const Entry& entry : node.entries())
      check_patterns(entry.value);
}

bool is_action(const Entry& entry) {
  return std::find(kActions.begin(), kActions.end(), entry.name) != kActions.end();
}

/// For a step that holds an action and more: what belongs into the item behind it.
std::string one_action_hint(const std::vector<Entry>& entries) {
  std::string rest;
  for (const Entry& entry : entries)
    if (!is_action(entry)) rest += (rest.empty() ? "'- " : ", '") + entry.name + ": ...'";
  return rest.empty() ? "make a step of each"
                      : "put what must be so into a step of its own behind it: " + rest;
}

class StepReader {
 public:
  StepReader(const TestNames& names, const std::string& language) : names_(names), language_(language) {}

  /// The YAML step as one or more steps.
  void read(const Node& node, std::vector<TestStep>& to) const {
    const std::vector<Entry> entries = node.entries();
    const bool acts = std::any_of(entries.begin(), entries.end(), is_action);
    if (entries.empty() || (acts && entries.size() > 1))
      return node.error("test-step", "a step is one thing that the person does, or what must be so then",
                        acts ? one_action_hint(entries) : kHint);
    for (const Entry& entry : entries) {
      TestStep step;
      step.line = entry.key.position().line;
      if (acts)
        read_action(entry, step);
      else
        read_expectation(entry, step);
      to.push_back(std::move(step));
    }
  }

 private:
  void read_action(const Entry& entry, TestStep& to) const {
    const Node& value = entry.value;
    if (entry.name == "user") to.what = UserSays{read_said(value)};
    if (entry.name == "press") to.what = UserPresses{value.text().value_or("")};
    if (entry.name == "submit") to.what = UserSubmits{json_of(value)};
    if (entry.name == "after")
      to.what = TimePasses{std::chrono::milliseconds(value.duration_ms().value_or(0))};
    if (entry.name == "event") to.what = read_event(value);
  }

  void read_expectation(const Entry& entry, TestStep& to) const {
    const Node& value = entry.value;
    if (entry.name == "bot") to.what = read_replies(value);
    if (entry.name == "buttons") to.what = ExpectButtons{text_list(value)};
    if (entry.name == "card") to.what = ExpectCard{read_part(value)};
    if (entry.name == "image") to.what = ExpectImage{read_part(value)};
    if (entry.name == "flow") to.what = ExpectFlow{named(value, &TestNames::check_step)};
    if (entry.name == "says") to.what = read_sources(value);
    if (entry.name == "intent") to.what = ExpectIntent{named(value, &TestNames::check_intent)};
    if (entry.name == "rule") to.what = ExpectRule{value.text().value_or("")};
    if (entry.name == "language") to.what = ExpectLanguage{named(value, &TestNames::check_language)};
    if (entry.name == "handed_off") to.what = ExpectHandedOff{value.flag().value_or(true)};
    if (entry.name == "slots") to.what = ExpectSlots{read_named(value, &TestNames::check_slot)};
    if (entry.name == "ended") to.what = read_end(value);
    if (entry.name == "case") to.what = ExpectCase{read_part(value)};
    if (entry.name == "silence") to.what = read_silence(value);
    if (entry.name == "called") to.what = ExpectCalls{read_named(value, &TestNames::check_operation)};
  }

  std::string named(const Node& node, void (TestNames::*check)(const Node&) const) const {
    (names_.*check)(node);
    return node.text().value_or("");
  }

  std::map<std::string, Json> read_named(const Node& node,
                                         void (TestNames::*check)(const Node&) const) const {
    std::map<std::string, Json> values;
    for (const Entry& entry : node.entries()) {
      (names_.*check)(entry.key);
      values.emplace(entry.name, json_of(entry.value));
    }
    return values;
  }

  std::vector<std::string> read_said(const Node& node) const {
    std::vector<std::string> texts;
    if (node.is_map()) {
      node.allow({"examples"});
      const Node intent = node.need("examples");
      if (!intent) return texts;
      texts = names_.examples_of(named(intent, &TestNames::check_intent), language_);
      if (texts.empty()) intent.error("test-step", "this intent has no sentence in '" + language_ + "'");
    } else {
      texts = text_list(node);
      if (texts.empty()) node.error("test-step", "the person says nothing here", kHint);
    }
    return texts;
  }

  static EventArrives read_event(const Node& node) {
    if (!node.is_map()) return {node.text().value_or(""), nullptr};
    node.allow({"name", "value"});
    return {node.need("name").text().value_or(""), json_of(node.get("value"))};
  }

  static ExpectReplies read_replies(const Node& node) {
    ExpectReplies expected;
    for (const Node& item : node.items()) {
      check_pattern(item);
      if (auto text = item.text()) expected.texts.push_back({std::move(*text), item.position()});
    }
    return expected;
  }

  static Json read_part(const Node& node) {
    check_patterns(node);
    return json_of(node);
  }

  ExpectTexts read_sources(const Node& node) const {
    for (const Node& item : node.items())
      names_.check_text(item);
    return {text_list(node)};
  }

  ExpectEnd read_end(const Node& node) const {
    if (!node.is_map()) return {named(node, &TestNames::check_flow), ""};
    node.allow({"flow", "reason"});
    const Node flow = node.need("flow");
    return {flow ? named(flow, &TestNames::check_flow) : "", node.get("reason").text().value_or("")};
  }

  ExpectSilence read_silence(const Node& node) const {
    if (!node.is_map()) return {named(node, &TestNames::check_flow), std::nullopt};
    node.allow({"flow", "attempt"});
    const Node flow = node.need("flow");
    ExpectSilence expected{flow ? named(flow, &TestNames::check_flow) : "", std::nullopt};
    if (const auto attempt = node.get("attempt").integer()) expected.attempt = *attempt;
    return expected;
  }

  const TestNames& names_;
  const std::string& language_;
};

}  // namespace

Json json_of(const Node& node) {
  if (!node || node.is_null()) return nullptr;
  if (node.is_map()) {
    Json object = Json::object();
    for (const Entry& entry : node.entries())
      object[entry.name] = json_of(entry.value);
    return object;
  }
  if (!node.is_list()) return scalar_json(node);
  Json list = Json::array();
  for (const Node& item : node.list())
    list.push_back(json_of(item));
  return list;
}

std::vector<TestStep> read_test_steps(const Node& list, const TestNames& names, const std::string& language) {
  std::vector<std::string_view> known(kActions.begin(), kActions.end());
  known.insert(known.end(), kExpectations.begin(), kExpectations.end());
  const StepReader reader(names, language);
  std::vector<TestStep> steps;
  for (const Node& node : list.list()) {
    if (!node.is_map()) {
      node.error("test-step", "a step is a map", kHint);
      continue;
    }
    node.allow(known);
    reader.read(node, steps);
  }
  return steps;
}

}  // namespace parley::conversations
