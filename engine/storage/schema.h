// The ledger's tables and the marks by which a file is known as a ledger. docs/ledger.md explains them column
// by column.
//
// The version is stated here and nowhere else. A change of the tables raises it, and open_ledger_file() must
// then bring older ledgers up to date before anything else reads them.
#pragma once

#include <cstdint>

namespace parley {

/// "Prly", at byte 68 of the file.
inline constexpr std::uint32_t kLedgerApplicationId = 0x50726C79;
/// At byte 60 of the file.
inline constexpr std::uint32_t kLedgerVersion = 3;

inline constexpr auto kLedgerSchema = R"sql(
CREATE TABLE conversation (
  id            TEXT NOT NULL PRIMARY KEY,
  channel       TEXT NOT NULL,
  person_id     TEXT NOT NULL,
  person        TEXT NOT NULL,
  bot           TEXT NOT NULL,
  bot_version   TEXT NOT NULL,
  language      TEXT NOT NULL,
  created       INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  last_at       INTEGER NOT NULL,
  state         TEXT NOT NULL,
  handed_off    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversation_by_person ON conversation (channel, person_id, created);

CREATE TABLE event (
  conversation TEXT NOT NULL,
  sequence     INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  client_id    TEXT,
  cause        INTEGER NOT NULL,
  activity     TEXT,
  detail       TEXT,
  PRIMARY KEY (conversation, sequence)
) WITHOUT ROWID;
CREATE UNIQUE INDEX event_by_client_id ON event (conversation, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX event_of_case ON event (conversation, sequence) WHERE kind = 'case';
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the events of a ledger are never changed'); END;

CREATE TABLE pending_call (
  conversation TEXT NOT NULL,
  id           TEXT NOT NULL,
  sequence     INTEGER NOT NULL,
  reply_to     INTEGER NOT NULL,
  service      TEXT NOT NULL,
  operation    TEXT NOT NULL,
  arguments    TEXT NOT NULL,
  PRIMARY KEY (conversation, id)
) WITHOUT ROWID;

CREATE TABLE timer (
  conversation TEXT NOT NULL,
  id           TEXT NOT NULL,
  due          INTEGER NOT NULL,
  PRIMARY KEY (conversation, id)
) WITHOUT ROWID;
CREATE INDEX timer_by_due ON timer (due);

CREATE TABLE probe (writes INTEGER NOT NULL);
INSERT INTO probe VALUES (0);
)sql";

/// From version 1: a person's conversations are found.
inline constexpr auto kLedgerUpgradeTo2 =
    "CREATE INDEX conversation_by_person ON conversation (channel, person_id, created);";
/// From version 2: recovery cases are events, and are found.
inline constexpr auto kLedgerUpgradeTo3 =
    "CREATE INDEX event_of_case ON event (conversation, sequence) WHERE kind = 'case';";

}  // namespace parley
