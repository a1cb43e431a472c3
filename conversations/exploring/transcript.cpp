#include "conversations/exploring/transcript.h"

#include <algorithm>
#include <map>

#include "conversations/cel/time.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kTextMaxBytes = 300;  // of what is said: a longer one is told, not shown

/// JSON is YAML, too.
std::string as_yaml(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Replies without a text (a card, an image) match anything.
std::string expected(const Json& reply) {
  const std::string text = reply.value("text", "");
  return as_yaml(text.empty() ? "/^/" : text);
}

class TestWriter {
 public:
  explicit TestWriter(const Transcript& transcript) : transcript_(transcript) {}

  std::string write() {
    for (const ExploredExchange& exchange : transcript_.exchanges)
      add(exchange);
    flush();
    const TurnContext& context = transcript_.context;
    std::string text =
        "test: " + as_yaml(transcript_.name) + "\nlanguage: " + context.language +
        "\nchannel: " + as_yaml(context.channel) + "\nuser: " +
        as_yaml({{"id", context.person.id}, {"name", context.person.name}, {"roles", context.person.roles}}) +
        "\nnow: " + cel::to_string(cel::instant_of_milliseconds(context.now.time_since_epoch().count())) +
        "\n";
    return text + stubs() + "steps:\n" + steps_;
  }

 private:
  void add(const ExploredExchange& exchange) {
    const Event& event = exchange.move.event;
    switch (event.kind) {
      case Event::Kind::kStarted:
        return;  // a test hears the greeting anyway
      case Event::Kind::kMessage:
        flush();
        steps_ += event.value.is_object() ? "  - submit: " + as_yaml(event.value) + "\n" : said(event.text);
        break;
      case Event::Kind::kCustom:
        flush();
        steps_ += "  - event: " + as_yaml({{"name", event.name}, {"value", event.value}}) + "\n";
        break;
      case Event::Kind::kTimer:
        flush();
        steps_ += "  - after: " + std::to_string(waited(exchange)) + "s\n";
        break;
      case Event::Kind::kCallEnded:
        add_stub(exchange);
    }
    replies_.insert(replies_.end(), exchange.replies.begin(), exchange.replies.end());
  }

  static std::string said(const std::string& text) {
    if (text.size() > kTextMaxBytes) return "  # here a text of " + std::to_string(text.size()) + " bytes\n";
    return "  - user: " + as_yaml(text) + "\n";
  }

  static std::int64_t waited(const ExploredExchange& exchange) {
    if (!exchange.before) return 1;
    const auto by = exchange.after->context.now - exchange.before->context.now;
    return std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(by).count());
  }

  void add_stub(const ExploredExchange& exchange) {
    if (!exchange.before) return;
    const CallOutcome& outcome = exchange.move.event.call;
    for (const CallRequest& call : exchange.before->calls)
      if (call.id == outcome.call_id)
        results_[call.service + "." + call.operation].push_back(
            outcome.ok ? outcome.value : Json{{"fails", outcome.failure}});
  }

  void flush() {
    if (replies_.empty()) return;
    steps_ += "  - bot:";
    for (const Json& reply : replies_)
      steps_ += (replies_.size() == 1 ? " " : "\n      - ") + expected(reply);
    steps_ += "\n";
    replies_.clear();
  }

  std::string stubs() const {
    std::string text = results_.empty() ? "" : "stubs:\n";
    for (const auto& [name, results] : results_)
      text += "  " + name + ": " + as_yaml(results.size() == 1 ? results.front() : Json(results)) + "\n";
    return text;
  }

  const Transcript& transcript_;
  std::string steps_;
  std::vector<Json> replies_;
  std::map<std::string, std::vector<Json>> results_;
};

}  // namespace

std::string to_test(const Transcript& transcript) {
  return TestWriter(transcript).write();
}

}  // namespace parley::conversations
