#include "conversations/testing/test_recorder.h"

#include <map>

#include "config/yaml_edit.h"
#include "conversations/testing/reply_view.h"
#include "engine/activity.h"

namespace parley::conversations {
namespace {

constexpr std::chrono::hours kPause{1};  // shorter ones do not matter to a conversation

std::string yaml_of(const Json& value) {
  if (value.is_string()) return config::yaml_bracket_scalar(value.get<std::string>());
  if (!value.is_structured()) return value.dump();
  std::string text;
  for (const auto& [key, item] : value.items())
    text += (text.empty() ? "" : ", ") +
            (value.is_object() ? config::yaml_bracket_scalar(key) + ": " : std::string()) + yaml_of(item);
  return value.is_object() ? "{" + text + "}" : "[" + text + "]";
}

/// Every answer in order; one that is always the same stands for all, unless it is a list itself.
std::string stub_of(const std::vector<Json>& answers) {
  for (const Json& answer : answers)
    if (answer.is_array() || answer != answers.front()) return yaml_of(answers);
  return yaml_of(answers.front());
}

class Recorder {
 public:
  explicit Recorder(const RecordedConversation& recorded) : recorded_(recorded) {}

  std::string write(const std::string& name) {
    const Person& person = recorded_.record.person;
    yaml_ = "test: " + config::yaml_scalar(name) + "\n";
    add("language", first_language());
    add("channel", recorded_.record.channel);
    yaml_ += "user: {id: " + config::yaml_bracket_scalar(person.id) +
             ", name: " + config::yaml_bracket_scalar(person.name) + ", roles: " + yaml_of(person.roles) +
             "}\n";
    add("now", timestamp_text(start()));
    yaml_ += "variant: next\n";
    add_stubs();
    yaml_ += "steps:\n";
    time_ = start();
    for (const RecordedExchange& exchange : recorded_.exchanges)
      add_exchange(exchange);
    return std::move(yaml_);
  }

 private:
  void add(const char* key, const std::string& value) {
    if (!value.empty()) yaml_ += std::string(key) + ": " + config::yaml_scalar(value) + "\n";
  }

  TimePoint start() const {
    return recorded_.exchanges.empty() ? recorded_.record.created
                                       : recorded_.exchanges.front().causes.front().at;
  }

  std::string first_language() const {
    const Json detail =
        recorded_.exchanges.empty() ? Json::object() : recorded_.exchanges.front().causes.front().detail;
    const auto language = detail.find("language");
    return language != detail.end() && language->is_string() ? language->get<std::string>()
                                                             : recorded_.record.language;
  }

  void add_stubs() {
    std::map<std::string, std::vector<Json>> answers;
    for (const RecordedCall& call : recorded_.calls) {
      if (call.ended == 0) continue;
      answers[call.request.service + "." + call.request.operation].push_back(
          call.outcome.ok ? call.outcome.value : Json{{"fails", call.outcome.failure}});
    }
    if (!answers.empty()) yaml_ += "stubs:\n";
    for (const auto& [operation, all] : answers)
      yaml_ += "  " + operation + ": " + stub_of(all) + "\n";
  }

  void add_exchange(const RecordedExchange& exchange) {
    const RecordedEvent& cause = exchange.causes.front();
    pass_time(cause);
    if (cause.kind == EventKind::kActivityIn && !add_action(cause.activity)) return;
    if (cause.kind == EventKind::kEventIn)
      add_event(cause.detail.value("name", ""), cause.detail.value("value", Json()));
    if (cause.kind == EventKind::kOpened && exchange.bot.replies.empty()) return;
    yaml_ += "  - bot: ";
    if (exchange.bot.replies.empty()) yaml_ += "[]\n";
    if (exchange.bot.replies.size() == 1)
      yaml_ += config::yaml_scalar(reply_text(exchange.bot.replies.front())) + "\n";
    if (exchange.bot.replies.size() < 2) return;
    yaml_ += "\n";
    for (const Json& reply : exchange.bot.replies)
      yaml_ += "      - " + config::yaml_scalar(reply_text(reply)) + "\n";
  }

  void pass_time(const RecordedEvent& cause) {
    if (cause.kind != EventKind::kTimerFired && cause.at - time_ < kPause) return;
    yaml_ += "  - after: " + std::to_string((cause.at - time_).count()) + "ms\n";
    time_ = cause.at;
  }

  /// False: the activity is none that a bot answers.
  bool add_action(const Json& activity) {
    const auto use = admit_activity(activity);
    if (!use || *use != ActivityUse::kTurn) return false;
    const Event event = parley::event_of(activity);
    if (event.kind == Event::Kind::kCustom) return false;  // what a client sends starts nothing
    if (event.text.empty() && event.value.is_object())
      yaml_ += "  - submit: " + yaml_of(event.value) + "\n";
    else
      yaml_ += "  - user: " + config::yaml_scalar(event.text) + "\n";
    return true;
  }

  void add_event(const std::string& name, const Json& value) {
    yaml_ += "  - event: " + yaml_of({{"name", name}, {"value", value}}) + "\n";
  }

  const RecordedConversation& recorded_;
  std::string yaml_;
  TimePoint time_{};
};

}  // namespace

std::string test_of(const RecordedConversation& recorded, const std::string& name) {
  return Recorder(recorded).write(name);
}

}  // namespace parley::conversations
