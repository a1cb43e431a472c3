// What is checked, for each conversation:
//   the events are numbered 1, 2, 3 ... without a gap, and the conversation's row knows the last one;
//   their times rise; a cause is an event before its effect;
//   each message is followed by exactly one turn: the events it caused stand right behind it, and one or more
//   replies refer to it, in that turn or in the turn of a service call that it led to; a reply refers to a
//   message that stands before it; each call has one result, or is pending, and never both; what a client was
//   told is in the ledger once, under the number it was told, and numbers rise as they were told.
#include "tests/support/ledger_checker.h"

#include <fstream>
#include <map>
#include <set>

#include "engine/engine.h"
#include "engine/sqlite.h"

namespace parley::test {
namespace {

constexpr std::size_t kViolationsMax = 100;

struct Row {
  Sequence sequence = 0;
  std::int64_t at = 0;
  std::string kind;
  std::string client_id;
  Sequence cause = 0;
  Json activity;
  Json detail;
};

struct StoredConversation {
  Sequence last_sequence = 0;
  bool handed_off = false;
  std::vector<Row> events;
  std::set<Sequence> pending_calls;
};

using Ledger = std::map<std::string, StoredConversation>;

// A statement must be there and must run: a checker that can't read has found the worst violation already.
template <typename Take>
bool for_each_row(sqlite3* connection, const char* sql, Take take) {
  auto statement = sqlite::Statement::prepare(connection, sql);
  if (!statement) return false;
  int code = statement->step();
  for (; code == SQLITE_ROW; code = statement->step())
    take(*statement);
  return code == SQLITE_DONE;
}

Json parsed(std::string_view text) {
  return text.empty() ? Json() : Json::parse(text, nullptr, false);
}

bool read_ledger(sqlite3* connection, Ledger& ledger) {
  using sqlite::Statement;
  const auto sequence = [](const Statement& row, int column) {
    return static_cast<Sequence>(row.integer(column));
  };
  bool ok = for_each_row(connection, "SELECT id, last_sequence, handed_off FROM conversation",
                         [&](const Statement& row) {
                           StoredConversation& conversation = ledger[std::string(row.text(0))];
                           conversation.last_sequence = sequence(row, 1);
                           conversation.handed_off = row.integer(2) != 0;
                         });
  ok &= for_each_row(
      connection,
      "SELECT conversation, sequence, at, kind, client_id, cause, activity, detail FROM event "
      "ORDER BY conversation, sequence",
      [&](const Statement& row) {
        ledger[std::string(row.text(0))].events.push_back(
            {sequence(row, 1), row.integer(2), std::string(row.text(3)), std::string(row.text(4)),
             sequence(row, 5), parsed(row.text(6)), parsed(row.text(7))});
      });
  ok &= for_each_row(
      connection, "SELECT conversation, sequence FROM pending_call",
      [&](const Statement& row) { ledger[std::string(row.text(0))].pending_calls.insert(sequence(row, 1)); });
  return ok;
}

// Of the activities of people only messages must be answered; an event may be.
bool is_from_person(const Row& event) {
  return event.kind == "activity_in" && event.activity.is_object();
}
bool wants_answer(const Row& event) {
  return is_from_person(event) && event.activity.value("type", "") == "message";
}

class ConversationCheck {
 public:
  ConversationCheck(const std::string& id, const StoredConversation& conversation,
                    const LedgerCheckOptions& options, LedgerReport& report)
      : id_(id), conversation_(conversation), options_(options), report_(report) {}

  void run() {
    check_numbers();
    check_causes();
    check_client_ids();
    check_replies();
    check_calls();
  }

 private:
  void violation(Sequence sequence, const std::string& what) {
    if (report_.violations.size() < kViolationsMax)
      report_.violations.push_back(activity_id(id_, sequence) + ": " + what);
  }

  void check_numbers() {
    Sequence expected = 1;
    std::int64_t last_at = 0;
    for (const Row& event : conversation_.events) {
      if (event.sequence != expected) violation(event.sequence, "expected event " + std::to_string(expected));
      if (event.at <= last_at) violation(event.sequence, "its time is not after that of the event before");
      if (event.activity.is_object() && event.activity.value("id", "") != activity_id(id_, event.sequence))
        violation(event.sequence, "its activity has another id");
      last_at = event.at;
      expected = event.sequence + 1;
    }
    if (conversation_.last_sequence + 1 != expected)
      violation(conversation_.last_sequence, "the conversation's row names another last event");
    if (conversation_.events.empty() || conversation_.events.front().kind != "opened")
      violation(1, "the conversation does not begin with its opening");
  }

  // The effects of a cause are one block right behind it: a turn is whole, and runs once.
  void check_causes() {
    Sequence turn = 0;
    for (const Row& event : conversation_.events) {
      const bool begins_turn = event.cause == 0 || event.kind == "call_result";
      if (event.cause >= event.sequence) violation(event.sequence, "its cause comes after it");
      if (begins_turn) turn = event.sequence;
      if (!begins_turn && event.cause != turn)
        violation(event.sequence, "it stands outside the turn of its cause");
    }
  }

  void check_client_ids() {
    std::set<std::string> seen;
    for (const Row& event : conversation_.events)
      if (!event.client_id.empty() && !seen.insert(event.client_id).second)
        violation(event.sequence, "client id " + event.client_id + " is stored a second time");
  }

  // message -> the turns that hold replies to it
  void check_replies() {
    std::map<std::string, std::set<Sequence>> answered_in;
    std::set<std::string> sent, wanting;
    Sequence turn = 0;
    for (const Row& event : conversation_.events) {
      if (event.cause == 0 || event.kind == "call_result") turn = event.sequence;
      if (is_from_person(event)) sent.insert(activity_id(id_, event.sequence));
      if (wants_answer(event)) wanting.insert(activity_id(id_, event.sequence));
      if (event.kind != "activity_out" || !event.activity.contains("replyToId")) continue;
      const std::string to = event.activity["replyToId"].get<std::string>();
      if (!sent.contains(to))
        violation(event.sequence, "it replies to " + to + ", which no person sent before it");
      answered_in[to].insert(turn);
    }
    report_.messages += wanting.size();
    for (const std::string& message : wanting)
      check_answered(message, answered_in[message]);
  }

  void check_answered(const std::string& message, const std::set<Sequence>& turns) {
    const bool excused = (conversation_.handed_off && options_.handed_off_is_silent) ||
                         (!conversation_.pending_calls.empty() && options_.calls_may_be_pending);
    const Sequence sequence = std::stoull(message.substr(message.find('|') + 1));
    if (turns.empty() && !excused) violation(sequence, "this message was never answered");
    std::size_t without_call = turns.contains(sequence) ? 1 : 0;
    for (const Row& event : conversation_.events)
      if (event.kind == "call_result" && turns.contains(event.sequence)) ++without_call;
    if (without_call != turns.size()) violation(sequence, "this message was answered outside its own turns");
  }

  void check_calls() {
    std::map<Sequence, int> results;
    for (const Row& event : conversation_.events)
      if (event.kind == "call_result") ++results[event.cause];
    for (const Row& event : conversation_.events) {
      if (event.kind != "call") continue;
      ++report_.calls;
      const bool pending = conversation_.pending_calls.contains(event.sequence);
      if (results[event.sequence] + (pending ? 1 : 0) != 1)
        violation(event.sequence, "this call has " + std::to_string(results[event.sequence]) +
                                      " results and is " + (pending ? "" : "not ") + "pending");
      if (pending && !options_.calls_may_be_pending) violation(event.sequence, "this call is still pending");
    }
  }

  const std::string& id_;
  const StoredConversation& conversation_;
  const LedgerCheckOptions& options_;
  LedgerReport& report_;
};

class AcknowledgementCheck {
 public:
  AcknowledgementCheck(const Ledger& ledger, bool in_order, LedgerReport& report)
      : ledger_(ledger), in_order_(in_order), report_(report) {}

  void run(const std::vector<Acknowledged>& log) {
    for (const Acknowledged& each : log)
      check(each);
    report_.acknowledged = told_.size();
  }

 private:
  void violation(const Acknowledged& each, const std::string& what) {
    if (report_.violations.size() < kViolationsMax)
      report_.violations.push_back(activity_id(each.conversation, each.sequence) + ", acknowledged to " +
                                   each.client_id + ": " + what);
  }

  void check(const Acknowledged& each) {
    const auto [told, first] = told_.emplace(std::pair(each.conversation, each.client_id), each.sequence);
    if (!first) {
      if (told->second != each.sequence)
        violation(each, "it was told event " + std::to_string(told->second) + " before");
      return;
    }
    Sequence& last = last_told_[each.conversation];
    if (in_order_ && each.sequence <= last)
      violation(each, "it was told after event " + std::to_string(last));
    last = each.sequence;
    const auto found = ledger_.find(each.conversation);
    if (found == ledger_.end()) return violation(each, "the ledger has no such conversation");
    for (const Row& event : found->second.events) {
      if (event.client_id != each.client_id) continue;
      if (event.sequence != each.sequence)
        violation(each, "it is stored as event " + std::to_string(event.sequence));
      return;
    }
    violation(each, "the ledger does not hold it");
  }

  const Ledger& ledger_;
  const bool in_order_;
  LedgerReport& report_;
  std::map<std::pair<std::string, std::string>, Sequence> told_;
  std::map<std::string, Sequence> last_told_;
};

}  // namespace

std::vector<Acknowledged> read_acknowledgements(const std::filesystem::path& log) {
  std::vector<Acknowledged> all;
  std::ifstream stream(log);
  for (std::string line; std::getline(stream, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    all.push_back(
        {json.value("conversation", ""), json.value("client_id", ""), json.value("sequence", Sequence{0})});
  }
  return all;
}

LedgerReport check_ledger(const std::filesystem::path& path, const std::vector<Acknowledged>& log,
                          const LedgerCheckOptions& options) {
  LedgerReport report;
  Ledger ledger;
  const auto connection = sqlite::open(path.string(), SQLITE_OPEN_READONLY);
  if (!connection || !read_ledger(connection->get(), ledger)) {
    report.violations.push_back("the ledger " + path.string() + " can't be read");
    return report;
  }
  for_each_row(connection->get(), "PRAGMA integrity_check", [&](const sqlite::Statement& row) {
    if (row.text(0) != "ok") report.violations.push_back("integrity check: " + std::string(row.text(0)));
  });
  report.conversations = ledger.size();
  for (const auto& [id, conversation] : ledger)
    ConversationCheck(id, conversation, options, report).run();
  AcknowledgementCheck(ledger, options.logged_in_order, report).run(log);
  return report;
}

}  // namespace parley::test
