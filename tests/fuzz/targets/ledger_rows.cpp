// Rows of a ledger that holds anything: read by the real reader out of a real database, and given to all who
// read ledgers: the turn that goes on with a conversation, the replays, the reports.
//
// One row a line: `state JSON`, `person JSON`, `language TEXT`, `call JSON` (arguments of a pending call),
// `timer ID`, or an event: its kind, its cause, then the activity and the detail with a tab between.
#include <charconv>

#include "cli/maturity/sources.h"
#include "cli/why.h"
#include "conversations/drawing/traffic.h"
#include "conversations/testing/ledger_replay.h"
#include "engine/replay.h"
#include "engine/storage/recovery_cases.h"
#include "engine/storage/schema.h"
#include "engine/storage/sqlite_reader.h"
#include "engine/turn.h"
#include "intents/suggestions/heard_texts.h"
#include "tests/fuzz/small_bot.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

constexpr const char* kId = "conversation";
constexpr std::int64_t kCreated = 1'772'000'000'000;

void run_sql(sqlite3* database, const std::string& sql, const std::vector<std::string>& values) {
  auto statement = sqlite::Statement::prepare(database, sql);
  require(statement.ok(), sql);
  for (std::size_t i = 0; i < values.size(); ++i)
    statement->bind(static_cast<int>(i) + 1, values[i]);
  statement->run();
}

/// A database with one conversation, as the lines of the input say.
class Ledger {
 public:
  Ledger() {
    auto opened = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    require(opened.ok() && sqlite::execute(opened->get(), kLedgerSchema, "schema").ok(), "no database");
    connection_ = std::move(*opened);
    run_sql(
        connection_.get(),
        "INSERT INTO conversation VALUES (?, 'webchat', 'anna', '{\"id\":\"anna\"}', 'desk', '1', 'en', " +
            std::to_string(kCreated) + ", 0, " + std::to_string(kCreated) + ", 'null', 0)",
        {kId});
  }

  void add(std::string_view line) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string word(line.substr(0, blank)), rest(line.substr(std::min(blank + 1, line.size())));
    if (word == "state" || word == "person" || word == "language")
      run_sql(connection_.get(), "UPDATE conversation SET " + word + " = ?", {rest});
    else if (word == "call")
      run_sql(connection_.get(),
              "INSERT OR REPLACE INTO pending_call VALUES (?, 'call-1', 1, 1, 'desk', 'stock', ?)",
              {kId, rest});
    else if (word == "timer")
      run_sql(connection_.get(), "INSERT OR REPLACE INTO timer VALUES (?, ?, 1772000000001)", {kId, rest});
    else
      add_event(word, rest);
  }

  std::unique_ptr<StoreReader> reader() {
    run_sql(connection_.get(), "UPDATE conversation SET last_sequence = " + std::to_string(sequence_), {});
    auto made = make_sqlite_reader(std::move(connection_));
    require(made.ok(), "no reader");
    return std::move(*made);
  }

 private:
  void add_event(const std::string& kind, const std::string& rest) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    const std::string texts = rest.substr(std::min(blank + 1, rest.size()));
    const std::size_t tab = std::min(texts.find('\t'), texts.size());
    unsigned cause = 0;
    std::from_chars(rest.data(), rest.data() + blank, cause);
    ++sequence_;
    run_sql(connection_.get(),
            "INSERT INTO event VALUES (?, " + std::to_string(sequence_) + ", " +
                std::to_string(kCreated + sequence_) + ", ?, NULL, " + std::to_string(cause) +
                ", nullif(?, ''), nullif(?, ''))",
            {kId, kind, texts.substr(0, tab), texts.substr(std::min(tab + 1, texts.size()))});
  }

  sqlite::Connection connection_;
  std::int64_t sequence_ = 0;
};

/// Turns without threads: what is committed is done at once, and nothing goes on from it.
class Host final : public TurnHost {
 public:
  explicit Host(StoreReader& reader) : reader_(reader) {}
  StoreReader& reader() override { return reader_; }
  TimePoint now() const override { return TimePoint(std::chrono::milliseconds(kCreated + 1'000'000)); }
  BotPtr bot_of(const std::string&) const override { return small_bot(); }
  StandingPtr standing_of(const std::string&) const override { return nullptr; }
  bool ready() const override { return true; }
  void commit(Conversation& conversation, Turn turn, TurnRecord) override {
    finish_turn(*this, conversation, std::move(turn), Done{});
  }
  void begin_call(const Conversation&, const PendingCall&) override {}
  void expect_timer(TimePoint) override {}
  void flow_ended(const std::string&, const FlowEnd&) override {}
  void call_done(const Conversation&, const std::string&) override {}
  void timer_done(const DueTimer&) override {}
  void try_later(Conversation&) override { require(false, "a turn of the engine's own failed"); }

 private:
  StoreReader& reader_;
};

template <typename Answer>
auto unless_internal() {
  return [](Result<Answer> result) {
    require(result.ok() || result.error().code != ErrorCode::kInternal, "the dialogue failed");
  };
}

/// Each kind of turn on the conversation as it was read, and some after one another.
void go_on(StoreReader& reader) {
  const auto say = [](Json activity) {
    return Task(SubmitTask{{kId, "", {"anna", "", {}}, std::move(activity)}, unless_internal<Receipt>()});
  };
  const std::vector<Task> tasks{say({{"type", "message"}, {"text", "I need a lamp"}}),
                                say({{"type", "message"}, {"text", "yes"}}),
                                say({{"type", "message"}, {"value", {{"choice", 1}}}}),
                                CallEndedTask{{"call-1", true, {{"left", 3}, {"price", 9.5}}, ""}},
                                TimerTask{{kId, "silence", TimePoint(std::chrono::milliseconds(kCreated))}},
                                EventTask{{"1", std::string(kHandbackEvent), nullptr, kId, "", ""},
                                          kId,
                                          true,
                                          unless_internal<std::optional<EventReceipt>>()}};
  Host host(reader);
  for (const Task& task : tasks) {
    Conversation conversation;
    conversation.id = kId;
    if (!load(host, conversation)) return;
    run_turn(host, conversation, task);
    run_turn(host, conversation, tasks.front());
  }
}

void replay_all(StoreReader& reader) {
  static_cast<void>(replay(reader, kId, small_bot()));
  if (const auto recorded = conversations::read_conversation(reader, kId))
    static_cast<void>(conversations::replay_through(*recorded, *small_bot()));
}

void report(StoreReader& reader) {
  static_cast<void>(reader.activities(kId, 0, 100));
  if (const auto events = reader.events(kId, 0, 100))
    for (const LedgerEvent& event : *events)
      cli::why(event);
  static_cast<void>(for_each_with_cases(reader, [](const auto&, const auto&) {}));
  static_cast<void>(intents::read_heard_texts(reader, "desk", {}));
  static_cast<void>(conversations::read_traffic(reader, "desk"));
  cli::Measures measures(0.95);
  static_cast<void>(cli::measure_ledger(reader, small_bot_files(), {},
                                        TimePoint(std::chrono::milliseconds(kCreated + 1'000)), measures));
}

void run(std::string_view input) {
  Ledger ledger;
  while (!input.empty())
    ledger.add(take_line(input));
  const auto reader = ledger.reader();
  go_on(*reader);
  replay_all(*reader);
  report(*reader);
}

const AddTarget kAdd{"ledger_rows", run, make_small_bot};

}  // namespace
}  // namespace parley::fuzz
