#include "engine/storage/sqlite_reader.h"

#include <utility>

#include "engine/storage/ledger_file.h"
#include "engine/storage/person_json.h"

namespace parley {
namespace {

using sqlite::ResetAtEnd;
using sqlite::Statement;

std::int64_t number(Sequence sequence) {
  return static_cast<std::int64_t>(sequence);
}
Sequence sequence_at(const Statement& row, int column) {
  return static_cast<Sequence>(row.integer(column));
}
TimePoint time_at(const Statement& row, int column) {
  return TimePoint(std::chrono::milliseconds(row.integer(column)));
}
std::string text_at(const Statement& row, int column) {
  return std::string(row.text(column));
}

ConversationRecord record_of(const Statement& row) {
  ConversationRecord record;
  record.id = text_at(row, 0);
  record.channel = text_at(row, 1);
  record.person = person_from_json(row.text(2));
  record.person.id = text_at(row, 3);
  record.bot = text_at(row, 4);
  record.bot_version = text_at(row, 5);
  record.language = text_at(row, 6);
  record.created = time_at(row, 7);
  record.last_sequence = sequence_at(row, 8);
  record.last_at = time_at(row, 9);
  record.state = text_at(row, 10);
  record.handed_off = row.integer(11) != 0;
  return record;
}

PendingCall call_of(const Statement& row) {
  PendingCall call;
  call.request.id = text_at(row, 0);
  call.sequence = sequence_at(row, 1);
  call.reply_to = sequence_at(row, 2);
  call.request.service = text_at(row, 3);
  call.request.operation = text_at(row, 4);
  call.request.arguments = Json::parse(row.text(5), nullptr, false);
  return call;
}

LedgerEvent event_of(const Statement& row) {
  LedgerEvent event;
  event.sequence = sequence_at(row, 0);
  event.at = time_at(row, 1);
  event.kind = event_kind(row.text(2)).value_or(EventKind::kFlowEnd);
  event.client_id = text_at(row, 3);
  event.cause = sequence_at(row, 4);
  event.activity = text_at(row, 5);
  event.detail = text_at(row, 6);
  return event;
}

StoredActivity activity_of(const Statement& row) {
  StoredActivity stored{sequence_at(row, 0), text_at(row, 1), Json(), text_at(row, 2)};
  stored.activity = Json::parse(stored.json, nullptr, false);
  return stored;
}

class SqliteReader final : public StoreReader {
 public:
  explicit SqliteReader(sqlite::Connection connection) : connection_(std::move(connection)) {}

  Result<Done> prepare() {
    const std::pair<Statement*, const char*> statements[] = {
        {&find_,
         "SELECT id, channel, person, person_id, bot, bot_version, language, created, last_sequence, "
         "last_at, state, "
         "handed_off FROM conversation WHERE id = ?"},
        {&calls_,
         "SELECT id, sequence, reply_to, service, operation, arguments FROM pending_call WHERE conversation "
         "= ? "
         "ORDER BY sequence"},
        {&timers_, "SELECT id, due FROM timer WHERE conversation = ? ORDER BY id"},
        {&repeat_, "SELECT sequence FROM event WHERE conversation = ? AND client_id = ?"},
        {&activities_,
         "SELECT sequence, client_id, activity FROM event WHERE conversation = ? AND sequence > ? AND "
         "activity IS NOT "
         "NULL ORDER BY sequence LIMIT ?"},
        {&events_,
         "SELECT sequence, at, kind, client_id, cause, activity, detail FROM event WHERE conversation = ? "
         "AND "
         "sequence > ? ORDER BY sequence LIMIT ?"},
        {&conversations_, "SELECT id FROM conversation WHERE id > ? ORDER BY id LIMIT ?"},
        {&with_calls_,
         "SELECT DISTINCT conversation FROM pending_call WHERE conversation > ? ORDER BY conversation LIMIT "
         "?"},
        {&with_cases_,
         "SELECT DISTINCT conversation FROM event WHERE kind = 'case' AND conversation > ? "
         "ORDER BY conversation LIMIT ?"},
        {&of_person_,
         "SELECT id FROM (SELECT id, last_at FROM conversation WHERE channel = ? AND person_id = ? "
         "ORDER BY created DESC LIMIT ?) ORDER BY last_at DESC"},
        {&due_, "SELECT conversation, id, due FROM timer ORDER BY due LIMIT ?"},
    };
    for (const auto& [statement, sql] : statements) {
      auto prepared = Statement::prepare(connection_.get(), sql);
      if (!prepared) return prepared.error();
      *statement = std::move(*prepared);
    }
    return Done{};
  }

  Result<std::optional<ConversationSnapshot>> find(const std::string& id) override {
    find_.bind(1, id);
    auto records = rows<ConversationRecord>(find_, record_of);
    if (!records) return records.error();
    if (records->empty()) return std::optional<ConversationSnapshot>();
    calls_.bind(1, id);
    auto calls = rows<PendingCall>(calls_, call_of);
    if (!calls) return calls.error();
    timers_.bind(1, id);
    auto timers = rows<TimerRequest>(timers_, [](const Statement& row) {
      return TimerRequest{text_at(row, 0), time_at(row, 1)};
    });
    if (!timers) return timers.error();
    return std::optional(
        ConversationSnapshot{std::move(records->front()), std::move(*calls), std::move(*timers)});
  }

  Result<std::optional<Sequence>> find_repeat(const std::string& id, const std::string& client_id) override {
    repeat_.bind(1, id).bind(2, client_id);
    auto found = rows<Sequence>(repeat_, [](const Statement& row) { return sequence_at(row, 0); });
    if (!found) return found.error();
    return found->empty() ? std::optional<Sequence>() : std::optional(found->front());
  }

  Result<std::vector<StoredActivity>> activities(const std::string& id, Sequence after,
                                                 std::size_t limit) override {
    activities_.bind(1, id).bind(2, number(after)).bind(3, number(limit));
    return rows<StoredActivity>(activities_, activity_of);
  }

  Result<std::vector<LedgerEvent>> events(const std::string& id, Sequence after, std::size_t limit) override {
    events_.bind(1, id).bind(2, number(after)).bind(3, number(limit));
    bool known = true;
    auto events = rows<LedgerEvent>(events_, [&known](const Statement& row) {
      known &= event_kind(row.text(2)).has_value();
      return event_of(row);
    });
    if (events && !known)
      return Error{ErrorCode::kCorrupt,
                   "conversation " + id + " holds an event of a kind that no version wrote"};
    return events;
  }

  Result<std::vector<std::string>> conversations(const std::string& after, std::size_t limit) override {
    return ids(conversations_, after, limit);
  }

  Result<std::vector<std::string>> conversations_with_calls(const std::string& after,
                                                            std::size_t limit) override {
    return ids(with_calls_, after, limit);
  }

  Result<std::vector<std::string>> conversations_with_cases(const std::string& after,
                                                            std::size_t limit) override {
    return ids(with_cases_, after, limit);
  }

  Result<std::vector<std::string>> conversations_of(const std::string& channel, const std::string& person_id,
                                                    std::size_t limit) override {
    of_person_.bind(1, channel).bind(2, person_id).bind(3, number(limit));
    return rows<std::string>(of_person_, [](const Statement& row) { return text_at(row, 0); });
  }

  Result<std::vector<DueTimer>> timers(std::size_t limit) override {
    due_.bind(1, number(limit));
    return rows<DueTimer>(due_, [](const Statement& row) {
      return DueTimer{text_at(row, 0), text_at(row, 1), time_at(row, 2)};
    });
  }

 private:
  Result<std::vector<std::string>> ids(Statement& statement, const std::string& after, std::size_t limit) {
    statement.bind(1, after).bind(2, number(limit));
    return rows<std::string>(statement, [](const Statement& row) { return text_at(row, 0); });
  }

  template <typename Row, typename Make>
  Result<std::vector<Row>> rows(Statement& statement, Make make) {
    const ResetAtEnd reset(statement);
    std::vector<Row> all;
    int code = statement.step();
    for (; code == SQLITE_ROW; code = statement.step())
      all.push_back(make(statement));
    if (code != SQLITE_DONE) return sqlite::error_of(connection_.get(), "the ledger can't be read");
    return all;
  }

  sqlite::Connection connection_;
  Statement find_, calls_, timers_, repeat_, activities_, events_, conversations_, with_calls_, with_cases_,
      of_person_, due_;
};

}  // namespace

Result<std::unique_ptr<StoreReader>> make_sqlite_reader(sqlite::Connection connection) {
  auto reader = std::make_unique<SqliteReader>(std::move(connection));
  if (auto prepared = reader->prepare(); !prepared) return prepared.error();
  return std::unique_ptr<StoreReader>(std::move(reader));
}

Result<std::unique_ptr<StoreReader>> open_sqlite_reader(const std::filesystem::path& path) {
  if (auto checked = check_ledger_header(path); !checked) return checked.error();
  auto connection = open_ledger_reader(path, "");
  if (!connection) return connection.error();
  return make_sqlite_reader(std::move(*connection));
}

}  // namespace parley
