// Reads the ledger through prepared statements on a connection of its own that never writes.
//
// Thread rule: one thread at a time. Errors: kUnavailable or kCorrupt, with SQLite's reason.
#pragma once

#include "engine/sqlite.h"
#include "engine/storage/store.h"

namespace parley {

Result<std::unique_ptr<StoreReader>> make_sqlite_reader(sqlite::Connection connection);

}  // namespace parley
