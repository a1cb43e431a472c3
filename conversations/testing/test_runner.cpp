#include "conversations/testing/test_runner.h"

#include <algorithm>
#include <iterator>
#include <re2/re2.h>
#include <set>
#include <utility>

#include "conversations/dialogue/state.h"
#include "conversations/testing/conversation_driver.h"

namespace parley::conversations {

namespace {

// --- what the person sees ---

std::string reply_text(const Json& activity) {
  if (const std::string text = activity.value("text", ""); !text.empty()) return text;
  for (const Json& attachment : activity.value("attachments", Json::array())) {
    const Json content = attachment.value("content", Json::object());
    for (const char* key : {"title", "text"}) {
      if (content.contains(key) && content.at(key).is_string()) return content.at(key);
    }
    if (attachment.contains("name")) return attachment.at("name");
  }
  return "";
}

Json actions_of(const Json& activity) {
  Json actions = activity.value("suggestedActions", Json::object()).value("actions", Json::array());
  for (const Json& attachment : activity.value("attachments", Json::array())) {
    for (const Json& action : attachment.value("content", Json::object()).value("buttons", Json::array())) {
      actions.push_back(action);
    }
  }
  return actions;
}

// --- expected against actual ---

bool is_pattern(const std::string& text) {
  return text.size() >= 2 && text.front() == '/' && text.back() == '/';
}

bool matches(const std::string& expected, const std::string& actual) {
  if (!is_pattern(expected)) return expected == actual;
  return RE2::PartialMatch(actual, RE2(expected.substr(1, expected.size() - 2), RE2::Quiet));
}

/// Values as a test writes them: 3 and "3" are the same, a date is its text.
bool same_value(const Json& expected, const Json& actual) {
  if (expected == actual) return true;
  const auto plain = [](const Json& json) {
    return json.is_string() ? json.get<std::string>() : json.dump();
  };
  const bool scalars =
      expected.is_primitive() && actual.is_primitive() && !expected.is_null() && !actual.is_null();
  return scalars && plain(expected) == plain(actual);
}

/// Every argument that a test names has that value.
bool called_with(const Json& expected, const Json& arguments) {
  if (!expected.is_object()) return expected.is_null() || same_value(expected, arguments);
  return std::all_of(expected.items().begin(), expected.items().end(), [&](const auto& one) {
    return arguments.contains(one.key()) && same_value(one.value(), arguments.at(one.key()));
  });
}

// --- stubs ---

bool is_failure(const Json& answer) {
  return answer.is_object() && answer.size() == 1 && answer.contains("fails");
}

/// Whether a list is one answer a call. For an operation of many rows it is the rows, unless it holds lists
/// itself.
bool is_sequence(const Json& written, const ServiceOperation* operation) {
  if (!written.is_array() || written.empty()) return false;
  const bool many = operation && operation->rows == RowCount::kMany;
  return !many || std::all_of(written.begin(), written.end(),
                              [](const Json& one) { return one.is_array() || is_failure(one); });
}

class Stubs {
 public:
  Stubs(const std::map<std::string, Stub>& stubs, const ServiceCatalog& services)
      : stubs_(stubs), services_(services) {}

  CallOutcome answer(const CallRequest& call) {
    CallOutcome outcome;
    const std::string name = call.service + "." + call.operation;
    const auto stub = stubs_.find(name);
    if (stub == stubs_.end()) {
      missing_.insert(name);
      outcome.failure = "unavailable";
      return outcome;
    }
    Json answer = pick(stub->second.written, services_.find(call.service, call.operation), used_[name]++);
    outcome.ok = !is_failure(answer);
    if (outcome.ok) {
      outcome.value = std::move(answer);
    } else {
      outcome.failure =
          answer.at("fails").is_string() ? answer.at("fails").get<std::string>() : "unavailable";
    }
    return outcome;
  }

  /// Operations that were called and that the test has no answer for.
  const std::set<std::string>& missing() const { return missing_; }

 private:
  static Json pick(const Json& written, const ServiceOperation* operation, std::size_t call) {
    if (!is_sequence(written, operation)) return written;
    return written.at(std::min(call, written.size() - 1));
  }

  const std::map<std::string, Stub>& stubs_;
  const ServiceCatalog& services_;
  std::map<std::string, std::size_t> used_;
  std::set<std::string> missing_;
};

// --- one test ---

Json state_that_picks_first_variants(const std::string& language) {
  DialogueState state;
  state.language = language;
  state.variants = -1;
  return to_json(state);
}

TurnContext context_of(const ConversationTest& test) {
  return {"test", test.channel, test.user, test.language, test.now};
}

class Play {
 public:
  Play(const ConversationTest& test, const TestSubject& subject, std::set<std::string>& path)
      : test_(test),
        stubs_(test.stubs, subject.services),
        driver_(subject.understander, subject.dialogue, context_of(test), subject.program.timezone,
                state_that_picks_first_variants(test.language)),
        path_(path) {
    driver_.answer_calls_with([this](const CallRequest& call) { return stubs_.answer(call); });
  }

  std::vector<Mismatch> run() {
    take(driver_.start());
    for (const TestStep& step : test_.steps) {
      line_ = step.line;
      const bool acts = step.what.index() <= 4;
      if (acts) end_exchange();
      if (acts && !mismatches_.empty()) break;
      std::visit(*this, step.what);
    }
    end_exchange();
    return std::move(mismatches_);
  }

  void operator()(const UserSays& user) { take(driver_.say(user.text)); }
  void operator()(const UserSubmits& user) { take(driver_.submit(user.fields)); }
  void operator()(const TimePasses& time) { take(driver_.wait(time.by)); }
  void operator()(const EventArrives& event) { take(driver_.notify(event.name, event.value)); }

  void operator()(const UserPresses& user) {
    std::vector<std::string> titles;
    for (const Json& activity : shown_) {
      for (const Json& action : actions_of(activity)) {
        titles.push_back(action.value("title", ""));
        if (titles.back() == user.title && action.value("type", "") == "imBack") {
          return take(driver_.say(action.value("value", user.title)));
        }
      }
    }
    differ("there is no such button to press", {user.title}, titles);
  }

  void operator()(const ExpectReplies& expected) {
    asserted_ = asserted_ || !expected.texts.empty();
    if (!expected.texts.empty()) check_texts(expected.texts);
    if (expected.buttons) check_buttons(*expected.buttons);
  }

  void operator()(const ExpectSlots& expected) {
    const DialogueState state = state_from_json(driver_.state());
    for (const auto& [name, value] : expected.values) {
      const Json actual = slot_value(state, name);
      if (!same_value(value, actual)) differ("slot " + name + " differs", {value.dump()}, {actual.dump()});
    }
  }

  void operator()(const ExpectEnd& expected) {
    std::vector<std::string> actual;
    for (const FlowEnd& end : exchange_.ends) {
      if (end.flow == expected.flow && (expected.reason.empty() || end.reason == expected.reason)) return;
      actual.push_back(end.flow + ": " + end.reason);
    }
    differ("this flow did not end so", {expected.flow + ": " + expected.reason}, actual);
  }

  void operator()(const ExpectSilence& expected) {
    std::vector<std::string> actual;
    for (const Json& reasons : exchange_.reasons) {
      if (reasons.value("rule", "") != "silence") continue;
      const std::string flow = reasons.value("flow", "");
      if (flow == expected.flow && (!expected.attempt || *expected.attempt == reasons.at("attempt"))) return;
      actual.push_back(flow + ": attempt " + reasons.at("attempt").dump());
    }
    differ("no such silence was recorded",
           {expected.flow + (expected.attempt ? ": attempt " + expected.attempt->dump() : "")}, actual);
  }

  void operator()(const ExpectCalls& expected) {
    for (const auto& [name, arguments] : expected.calls) {
      std::vector<std::string> actual;
      bool found = false;
      for (const CallRequest& call : calls_) {
        if (call.service + "." + call.operation != name) continue;
        found = found || called_with(arguments, call.arguments);
        actual.push_back(name + " " + call.arguments.dump());
      }
      if (!found) differ("this call was not made", {name + " " + arguments.dump()}, actual);
    }
  }

 private:
  void take(Exchange exchange) {
    exchange_ = std::move(exchange);
    if (!exchange_.activities.empty()) shown_ = exchange_.activities;
    calls_.insert(calls_.end(), exchange_.calls.begin(), exchange_.calls.end());
    for (const Json& reasons : exchange_.reasons) {
      for (const Json& step : reasons.value("path", Json::array()))
        path_.insert(step.get<std::string>());
    }
    next_reply_ = 0;
    asserted_ = false;
  }

  /// Replies beyond those that a test asked for are a difference, too; where it asked for none, they are not
  /// looked at.
  void end_exchange() {
    if (!asserted_ || next_reply_ >= exchange_.activities.size()) return;
    std::vector<std::string> rest;
    for (std::size_t i = next_reply_; i < exchange_.activities.size(); ++i) {
      rest.push_back(reply_text(exchange_.activities[i]));
    }
    asserted_ = false;
    differ("the bot said more", {}, rest);
  }

  void check_texts(const std::vector<std::string>& texts) {
    std::vector<std::string> actual;
    bool same = true;
    for (const std::string& text : texts) {
      const bool said = next_reply_ < exchange_.activities.size();
      if (said) actual.push_back(reply_text(exchange_.activities[next_reply_++]));
      same = same && said && matches(text, actual.back());
    }
    if (same) return;
    while (next_reply_ < exchange_.activities.size()) {
      actual.push_back(reply_text(exchange_.activities[next_reply_++]));
    }
    differ("the reply differs", texts, actual);
  }

  void check_buttons(const std::vector<std::string>& titles) {
    std::vector<std::string> actual;
    if (!exchange_.activities.empty()) {
      for (const Json& action : actions_of(exchange_.activities.back()))
        actual.push_back(action.value("title", ""));
    }
    if (actual != titles) differ("the buttons differ", titles, actual);
  }

  /// Of an open flow, innermost first; else as it was filled last in a flow that has ended, or is kept.
  Json slot_value(const DialogueState& state, const std::string& name) const {
    for (auto frame = state.frames.rbegin(); frame != state.frames.rend(); ++frame) {
      const auto value = frame->slots.find(name);
      if (value != frame->slots.end()) return value->second;
    }
    if (!exchange_.ends.empty()) {
      for (auto reasons = exchange_.reasons.rbegin(); reasons != exchange_.reasons.rend(); ++reasons) {
        const Json filled = reasons->value("slots", Json::object());
        if (filled.contains(name)) return filled.at(name);
      }
    }
    const auto kept = state.kept.find(name);
    return kept == state.kept.end() ? Json() : kept->second.value("value", Json());
  }

  std::string why() const {
    std::string text;
    if (exchange_.reasons.empty()) return text;
    const Json& reasons = exchange_.reasons.front();
    text = "rule: " + reasons.value("rule", std::string("none"));
    for (const Json& score : reasons.value("intents", Json::array())) {
      const double percent = 100 * score.value("probability", 0.0);
      text += ", " + score.value("intent", "") + " " + std::to_string(static_cast<int>(percent + 0.5)) + "%";
    }
    for (const std::string& name : stubs_.missing())
      text += "; no stub for " + name;
    return text;
  }

  void differ(std::string what, std::vector<std::string> expected, std::vector<std::string> actual) {
    mismatches_.push_back({line_, std::move(what), std::move(expected), std::move(actual), why()});
  }

  const ConversationTest& test_;
  Stubs stubs_;
  ConversationDriver driver_;
  std::set<std::string>& path_;
  Exchange exchange_;
  std::vector<Json> shown_;  // the last replies that there were
  std::vector<CallRequest> calls_;
  std::size_t next_reply_ = 0;
  bool asserted_ = false;
  int line_ = 0;
  std::vector<Mismatch> mismatches_;
};

// --- coverage ---

FlowCoverage coverage_of(const Flow& flow, const std::set<std::string>& path) {
  FlowCoverage coverage{flow.name, flow.path, 0, 0, {}};
  std::set<int> lines;
  for (const Step& step : flow.steps) {
    if (step.implied) continue;
    ++coverage.total;
    if (path.contains(flow.name + "/" + step.id)) {
      ++coverage.touched;
    } else {
      lines.insert(step.line);
    }
  }
  coverage.untouched_lines.assign(lines.begin(), lines.end());
  return coverage;
}

std::vector<FlowCoverage> coverage_of(const Program& program, const std::set<std::string>& path) {
  std::vector<const Flow*> flows;
  for (const auto& [name, flow] : program.flows) {
    if (!flow.built_in) flows.push_back(&flow);
  }
  std::stable_sort(flows.begin(), flows.end(), [](const Flow* left, const Flow* right) {
    return std::pair(left->path, left->line) < std::pair(right->path, right->line);
  });
  std::vector<FlowCoverage> coverage;
  for (const Flow* flow : flows)
    coverage.push_back(coverage_of(*flow, path));
  return coverage;
}

}  // namespace

std::size_t TestReport::failed() const {
  return static_cast<std::size_t>(std::count_if(results.begin(), results.end(),
                                                [](const TestResult& result) { return !result.passed(); }));
}

double TestReport::covered_percent() const {
  std::size_t touched = 0;
  std::size_t total = 0;
  for (const FlowCoverage& flow : coverage) {
    touched += flow.touched;
    total += flow.total;
  }
  return total == 0 ? 100.0 : 100.0 * static_cast<double>(touched) / static_cast<double>(total);
}

TestReport run_tests(const std::vector<ConversationTest>& tests, const TestSubject& subject) {
  TestReport report;
  std::set<std::string> path;
  for (const ConversationTest& test : tests) {
    Play play(test, subject, path);
    report.results.push_back({test.name, test.path, test.line, play.run()});
  }
  report.coverage = coverage_of(subject.program, path);
  return report;
}

}  // namespace parley::conversations
