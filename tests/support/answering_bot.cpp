#include "tests/support/answering_bot.h"

#include <fstream>
#include <stdexcept>

namespace parley::test {
namespace {

class AnsweringDialogue final : public Dialogue {
 public:
  explicit AnsweringDialogue(std::string version) : version_(std::move(version)) {}

  Advance advance(const Json& state, const Event& event, const TurnContext& context) const override {
    Advance next;
    next.state = state.is_null() ? Json{{"messages", 0}, {"flow_open", false}} : state;
    next.reasons = {{"rule", "test"}};
    switch (event.kind) {
      case Event::Kind::kStarted:
        say(next, "welcome");
        break;
      case Event::Kind::kMessage:
        answer(next, event, context);
        break;
      case Event::Kind::kCustom:
        say(next, (event.outside ? "heard " : "event ") + event.name);
        if (event.outside && event.name == next.state.value("awaits", "")) next.state.erase("awaits");
        break;
      case Event::Kind::kTimer:
        say(next, "reminder");
        break;
      case Event::Kind::kCallEnded:
        say(next, event.call.ok ? "count " + event.call.value.dump() : "failed: " + event.call.failure);
        break;
    }
    next.flow_open = next.state["flow_open"].get<bool>();
    return next;
  }

  EventUse use_of(const Json& state, const Event& event, const TurnContext&) const override {
    if (state.value("awaits", "") == event.name) return EventUse::kAwaited;
    return event.name == "news" ? EventUse::kStarts : EventUse::kNone;
  }

 private:
  static void say(Advance& next, const std::string& text) {
    next.activities.push_back({{"type", "message"}, {"text", text}});
  }

  void answer(Advance& next, const Event& event, const TurnContext& context) const {
    const int number = next.state["messages"].get<int>() + 1;
    next.state["messages"] = number;
    const std::string& text = event.text;
    if (text == "throw") throw std::runtime_error("a test asked for it");
    if (text == "count") {
      next.calls.push_back({"call-" + std::to_string(number), "counter", "add", Json{{"amount", 1}}});
      return;
    }
    if (text.starts_with("remind "))
      next.timers.push_back(
          {"reminder", context.now + std::chrono::milliseconds(std::stoll(text.substr(7)))});
    if (text == "forget") next.timers.push_back({"reminder", std::nullopt});
    if (text.starts_with("flow ")) next.state["flow_open"] = text == "flow on";
    if (text.starts_with("await ")) next.state["awaits"] = text.substr(6);
    if (text == "person") next.handed_off = true;
    if (text == "flow off") next.ends.push_back({"test", "completed"});
    if (text == "version")
      say(next, "version " + version_);
    else
      say(next, "answer " + std::to_string(number) + ": " + (text.empty() ? event.value.dump() : text));
  }

  std::string version_;
};

class PlainUnderstander final : public Understander {
 public:
  Understanding understand(std::string_view text, const UnderstandContext& context) const override {
    Understanding understanding;
    understanding.language = context.language.empty() || context.may_change
                                 ? (text.starts_with("nl:") ? "nl" : "en")
                                 : context.language;
    understanding.intents = {{"anything", 0.9}};
    understanding.in_scope = 0.9;
    return understanding;
  }
};

Service counter(const std::filesystem::path& folder) {
  const std::filesystem::path seed = folder / "counter.sql";
  std::ofstream(seed) << "CREATE TABLE counter (value INTEGER NOT NULL); INSERT INTO counter VALUES (0);";
  ServiceOperation add;
  add.arguments = {{"amount", "int"}};
  add.columns = {{"value", "int"}};
  add.sql = {"UPDATE counter SET value = value + :amount", "SELECT value FROM counter"};
  return {"counter", SqlSource{"counter.db", seed}, {{"add", add}}};
}

}  // namespace

BotPtr make_answering_bot(const std::filesystem::path& folder, const std::string& version) {
  auto bot = std::make_shared<Bot>();
  bot->manifest.name = "tester";
  bot->manifest.title = "Tester";
  bot->manifest.languages = {"en", "nl"};
  bot->version = version;
  bot->understander = std::make_shared<PlainUnderstander>();
  bot->dialogue = std::make_shared<AnsweringDialogue>(version);
  bot->services.services.emplace("counter", counter(folder));
  return bot;
}

}  // namespace parley::test
