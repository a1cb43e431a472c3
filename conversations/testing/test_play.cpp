#include "conversations/testing/test_play.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "conversations/dialogue/state.h"
#include "conversations/flows/source_texts.h"
#include "conversations/testing/call_stubs.h"
#include "conversations/testing/conversation_driver.h"
#include "conversations/testing/reply_view.h"

namespace parley::conversations {

namespace {

/// Every argument that a test names has that value.
bool called_with(const Json& expected, const Json& arguments) {
  if (!expected.is_object()) return expected.is_null() || same_value(expected, arguments);
  return std::all_of(expected.items().begin(), expected.items().end(), [&](const auto& one) {
    return arguments.contains(one.key()) && same_value(one.value(), arguments.at(one.key()));
  });
}

Json state_that_picks_variant(const ConversationTest& test) {
  DialogueState state;
  state.variants = -test.variant;
  return to_json(state);
}

TurnContext context_of(const ConversationTest& test) {
  return {"test",   test.channel, test.user, test.channel_says_language ? test.language : "",
          test.now, nullptr};
}

// Why a difference is not brought up to date.
constexpr const char* kOtherNumber = "another number of replies came";
constexpr const char* kNoReply = "only the texts of replies are";

class Play {
 public:
  Play(const ConversationTest& test, const TestSubject& subject, const PlayOptions& options,
       CoverageCounter& coverage)
      : test_(test),
        options_(options),
        stubs_(test.stubs, subject.services),
        program_(subject.program),
        driver_(subject.understander, subject.dialogue, context_of(test), subject.program.timezone,
                state_that_picks_variant(test)),
        coverage_(coverage) {
    driver_.answer_calls_with([this](const CallRequest& call) { return stubs_.answer(call); });
    coverage_.begin_conversation();
  }

  PlayOutcome run() {
    take(driver_.start());
    for (const TestStep& step : test_.steps) {
      line_ = step.line;
      if (step.acts()) end_exchange();
      if (step.acts() && !outcome_.mismatches.empty()) break;
      std::visit(*this, step.what);
    }
    end_exchange();
    return std::move(outcome_);
  }

  void operator()(const UserSays& user) {
    const std::size_t pick = user.texts.size() > 1 ? options_.picks.at(lists_++) : 0;
    const std::string text = user.texts.empty() ? "" : user.texts.at(pick);
    if (user.texts.size() > 1) said_.push_back(text);
    take(driver_.say(text));
  }
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
    asserted_ = true;
    std::vector<std::string> texts, actual;
    for (const ExpectedText& text : expected.texts) {
      texts.push_back(text.text);
      if (next_reply_ < replies_.size()) actual.push_back(reply_text(replies_[next_reply_++]));
    }
    if (texts.empty()) return;  // end_exchange tells what was said all the same
    if (texts.size() != actual.size()) {
      while (next_reply_ < replies_.size())
        actual.push_back(reply_text(replies_[next_reply_++]));
      return differ("the reply differs", texts, actual, kOtherNumber);
    }
    std::vector<TextChange> changes = changes_of(expected.texts, actual);
    const std::string obstacle = obstacle_to(changes);
    if (!options_.accept_texts || !obstacle.empty()) {
      if (!changes.empty()) differ("the reply differs", texts, actual, obstacle);
    } else {
      std::move(changes.begin(), changes.end(), std::back_inserter(outcome_.changes));
    }
  }

  void operator()(const ExpectButtons& expected) {
    std::vector<std::string> actual;
    if (!replies_.empty()) {
      for (const Json& action : actions_of(replies_.back()))
        actual.push_back(action.value("title", ""));
    }
    if (actual != expected.titles) differ("the buttons differ", expected.titles, actual);
  }

  void operator()(const ExpectCard& expected) { check_part("card", expected.part, cards_of); }
  void operator()(const ExpectImage& expected) { check_part("image", expected.part, images_of); }

  void operator()(const ExpectFlow& expected) {
    const bool whole_flow = expected.step.find('/') == std::string::npos;
    std::vector<std::string> path = noted("path");
    const bool taken = std::any_of(path.begin(), path.end(), [&](const std::string& step) {
      return whole_flow ? step.starts_with(expected.step + "/") : step == expected.step;
    });
    if (!taken) differ("this was not gone through", {expected.step}, std::move(path));
  }

  void operator()(const ExpectTexts& expected) {
    const std::vector<std::string> texts = noted("texts");
    for (const std::string& source : expected.sources)
      if (std::find(texts.begin(), texts.end(), source) == texts.end())
        differ("this text was not said", {source}, texts);
  }

  void operator()(const ExpectIntent& expected) {
    const Json intents = reasons().value("intents", Json::array());
    const std::string best = intents.empty() ? "" : intents.front().value("intent", "");
    if (best != expected.intent) differ("the text was understood otherwise", {expected.intent}, {best});
  }

  void operator()(const ExpectRule& expected) {
    std::vector<std::string> rules = noted("then");
    for (const Json& reasons : exchange_.reasons)
      rules.insert(rules.begin(), reasons.value("rule", ""));
    if (std::find(rules.begin(), rules.end(), expected.rule) == rules.end())
      differ("another rule was taken", {expected.rule}, rules);
  }

  void operator()(const ExpectLanguage& expected) {
    const std::string actual = state_from_json(driver_.state()).language;
    if (actual != expected.language) differ("the language differs", {expected.language}, {actual});
  }

  void operator()(const ExpectHandedOff& expected) {
    const auto word = [](bool yes) { return std::string(yes ? "handed off" : "not handed off"); };
    const bool actual = state_from_json(driver_.state()).handed_off;
    if (actual != expected.handed_off)
      differ("whether a person was asked for differs", {word(expected.handed_off)}, {word(actual)});
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

  void operator()(const ExpectCase& expected) {
    std::vector<std::string> actual;
    for (const CaseChange& change : exchange_.cases) {
      const Json json = to_json(change);
      if (is_part(expected.part, json)) return;
      actual.push_back(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    differ("no recovery case changed so", {expected.part.dump()}, actual);
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
    replies_.clear();
    std::copy_if(exchange_.activities.begin(), exchange_.activities.end(), std::back_inserter(replies_),
                 is_reply);
    if (!replies_.empty()) shown_ = replies_;
    calls_.insert(calls_.end(), exchange_.calls.begin(), exchange_.calls.end());
    coverage_.take(exchange_);
    next_reply_ = 0;
    asserted_ = false;
  }

  /// Replies beyond those that a test asked for are a difference, too; where it asked for none, they are not
  /// looked at.
  void end_exchange() {
    if (!std::exchange(asserted_, false) || next_reply_ >= replies_.size()) return;
    std::vector<std::string> rest;
    for (std::size_t i = next_reply_; i < replies_.size(); ++i)
      rest.push_back(reply_text(replies_[i]));
    differ("the bot said more", {}, rest, kOtherNumber);
  }

  std::vector<TextChange> changes_of(const std::vector<ExpectedText>& expected,
                                     const std::vector<std::string>& actual) const {
    std::vector<TextChange> changes;
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (!matches(expected[i].text, actual[i]))
        changes.push_back({test_.path, expected[i].position, expected[i].text, actual[i]});
    return changes;
  }

  /// Why these changes may not be written into the test; "" when they may.
  std::string obstacle_to(const std::vector<TextChange>& changes) const {
    if (!options_.accept_texts || changes.empty()) return "";
    if (std::any_of(changes.begin(), changes.end(),
                    [](const TextChange& change) { return is_pattern(change.before); }))
      return "a pattern is for you to change";
    const std::string language = state_from_json(driver_.state()).language;
    for (const std::string& source : noted("texts"))
      if (!translated(source, language)) return "\"" + source + "\" has no translation in '" + language + "'";
    return "";
  }

  bool translated(const std::string& source, const std::string& language) const {
    if (language == program_.languages.front()) return true;
    const std::vector<TextToTranslate> texts = source_texts(program_, language, "");
    return std::all_of(texts.begin(), texts.end(),
                       [&](const TextToTranslate& text) { return text.source != source || text.translated; });
  }

  void check_part(const std::string& what, const Json& expected, std::vector<Json> (*parts_of)(const Json&)) {
    std::vector<std::string> actual;
    for (const Json& reply : replies_) {
      for (const Json& part : parts_of(reply)) {
        if (is_part(expected, part)) return;
        actual.push_back(part.dump(-1, ' ', false, Json::error_handler_t::replace));
      }
    }
    differ("there is no such " + what, {expected.dump()}, actual);
  }

  /// Lists of the reasons of all turns since the person last did something.
  std::vector<std::string> noted(const char* key) const {
    std::vector<std::string> all;
    for (const Json& reasons : exchange_.reasons)
      for (const Json& one : reasons.value(key, Json::array()))
        all.push_back(one.get<std::string>());
    return all;
  }

  Json reasons() const { return exchange_.reasons.empty() ? Json::object() : exchange_.reasons.front(); }

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
    text = "rule: " + reasons().value("rule", std::string("none"));
    for (const Json& score : reasons().value("intents", Json::array())) {
      const double percent = 100 * score.value("probability", 0.0);
      text += ", " + score.value("intent", "") + " " + std::to_string(static_cast<int>(percent + 0.5)) + "%";
    }
    for (const std::string& name : stubs_.missing())
      text += "; no stub for " + name;
    return text;
  }

  void differ(std::string what, std::vector<std::string> expected, std::vector<std::string> actual,
              std::string obstacle = kNoReply) {
    if (!options_.accept_texts) obstacle.clear();
    outcome_.mismatches.push_back(
        {line_, std::move(what), std::move(expected), std::move(actual), why(), said_, std::move(obstacle)});
  }

  const ConversationTest& test_;
  const PlayOptions& options_;
  CallStubs stubs_;
  const Program& program_;
  ConversationDriver driver_;
  CoverageCounter& coverage_;
  Exchange exchange_;
  std::vector<Json> replies_;       // of the exchange
  std::vector<Json> shown_;         // the last replies that there were
  std::vector<CallRequest> calls_;  // since the beginning
  std::vector<std::string> said_;   // of lists of texts
  std::size_t lists_ = 0;           // of texts, passed so far
  std::size_t next_reply_ = 0;
  bool asserted_ = false;
  int line_ = 0;
  PlayOutcome outcome_;
};

}  // namespace

PlayOutcome play(const ConversationTest& test, const TestSubject& subject, const PlayOptions& options,
                 CoverageCounter& coverage) {
  return Play(test, subject, options, coverage).run();
}

}  // namespace parley::conversations
