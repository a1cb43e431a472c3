#include "engine/storage/sqlite_writer.h"

#include "engine/storage/person_json.h"

namespace parley {
namespace {

std::int64_t number(Sequence sequence) {
  return static_cast<std::int64_t>(sequence);
}
std::int64_t number(TimePoint time) {
  return time.time_since_epoch().count();
}

int ok_when_done(int code) {
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

void bind_or_null(sqlite::Statement& statement, int index, const std::string& text) {
  if (text.empty())
    statement.bind_null(index);
  else
    statement.bind(index, text);
}

}  // namespace

Result<SqliteWriter> SqliteWriter::prepare(sqlite3* connection) {
  SqliteWriter writer;
  writer.connection_ = connection;
  const std::pair<sqlite::Statement*, const char*> statements[] = {
      {&writer.begin_, "BEGIN IMMEDIATE"},
      {&writer.commit_, "COMMIT"},
      {&writer.probe_, "UPDATE probe SET writes = writes + 1"},
      {&writer.insert_conversation_, "INSERT INTO conversation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      {&writer.update_conversation_,
       "UPDATE conversation SET person = ?1, bot = ?2, bot_version = ?3, language = ?4, last_sequence = ?5, "
       "last_at = ?6, state = ?7, handed_off = ?8 WHERE id = ?9 AND last_sequence = ?10"},
      {&writer.insert_event_, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
      {&writer.insert_call_, "INSERT INTO pending_call VALUES (?, ?, ?, ?, ?, ?, ?)"},
      {&writer.delete_call_, "DELETE FROM pending_call WHERE conversation = ? AND id = ?"},
      {&writer.set_timer_, "INSERT OR REPLACE INTO timer VALUES (?, ?, ?)"},
      {&writer.delete_timer_, "DELETE FROM timer WHERE conversation = ? AND id = ?"},
  };
  for (const auto& [statement, sql] : statements) {
    auto prepared = sqlite::Statement::prepare(connection, sql);
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  return writer;
}

int SqliteWriter::write(const TurnRecord& turn) {
  int code = write_conversation(turn);
  if (code == SQLITE_OK) code = write_events(turn);
  if (code == SQLITE_OK) code = write_calls(turn);
  if (code == SQLITE_OK) code = write_timers(turn);
  return code;
}

int SqliteWriter::write_conversation(const TurnRecord& turn) {
  const Sequence before = turn.events.front().sequence - 1;
  return before == 0 ? insert_conversation(turn.after) : update_conversation(turn.after, before);
}

int SqliteWriter::insert_conversation(const ConversationRecord& record) {
  const std::string person = person_to_json(record.person);
  insert_conversation_.bind(1, record.id).bind(2, record.channel).bind(3, record.person.id).bind(4, person);
  insert_conversation_.bind(5, record.bot).bind(6, record.bot_version).bind(7, record.language);
  insert_conversation_.bind(8, number(record.created)).bind(9, number(record.last_sequence));
  insert_conversation_.bind(10, number(record.last_at))
      .bind(11, record.state)
      .bind(12, record.handed_off ? 1 : 0);
  return ok_when_done(insert_conversation_.run());
}

int SqliteWriter::update_conversation(const ConversationRecord& record, Sequence before) {
  const std::string person = person_to_json(record.person);
  update_conversation_.bind(1, person)
      .bind(2, record.bot)
      .bind(3, record.bot_version)
      .bind(4, record.language);
  update_conversation_.bind(5, number(record.last_sequence)).bind(6, number(record.last_at));
  update_conversation_.bind(7, record.state).bind(8, record.handed_off ? 1 : 0);
  update_conversation_.bind(9, record.id).bind(10, number(before));
  const int code = ok_when_done(update_conversation_.run());
  if (code != SQLITE_OK) return code;
  return sqlite3_changes(connection_) == 1 ? SQLITE_OK : SQLITE_CONSTRAINT;
}

int SqliteWriter::write_events(const TurnRecord& turn) {
  for (const LedgerEvent& event : turn.events) {
    insert_event_.bind(1, turn.after.id).bind(2, number(event.sequence)).bind(3, number(event.at));
    insert_event_.bind(4, name_of(event.kind)).bind(6, number(event.cause));
    bind_or_null(insert_event_, 5, event.client_id);
    bind_or_null(insert_event_, 7, event.activity);
    bind_or_null(insert_event_, 8, event.detail);
    if (const int code = ok_when_done(insert_event_.run()); code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int SqliteWriter::write_calls(const TurnRecord& turn) {
  for (const std::string& id : turn.ended_calls) {
    delete_call_.bind(1, turn.after.id).bind(2, id);
    if (const int code = ok_when_done(delete_call_.run()); code != SQLITE_OK) return code;
  }
  for (const PendingCall& call : turn.calls) {
    const std::string arguments = call.request.arguments.dump(-1, ' ', false, Json::error_handler_t::replace);
    insert_call_.bind(1, turn.after.id).bind(2, call.request.id).bind(3, number(call.sequence));
    insert_call_.bind(4, number(call.reply_to)).bind(5, call.request.service).bind(6, call.request.operation);
    insert_call_.bind(7, arguments);
    if (const int code = ok_when_done(insert_call_.run()); code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int SqliteWriter::write_timers(const TurnRecord& turn) {
  for (const TimerRequest& timer : turn.timers) {
    sqlite::Statement& statement = timer.due ? set_timer_ : delete_timer_;
    statement.bind(1, turn.after.id).bind(2, timer.id);
    if (timer.due) statement.bind(3, number(*timer.due));
    if (const int code = ok_when_done(statement.run()); code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

}  // namespace parley
