// One service call on an open SQLite connection: bind, run in a transaction, note the key, give the result
// its shape.
//
// Thread rule: the thread that the connection belongs to.
#pragma once

#include <chrono>
#include <string>

#include "engine/message.h"
#include "engine/service_catalog.h"
#include "engine/sqlite.h"

namespace parley {

/// The table that run_sql_call() notes keys in.
Result<Done> prepare_for_calls(sqlite3* connection);

/// Never longer than until `deadline` and a little. See sql_services.h for what can go wrong.
CallOutcome run_sql_call(sqlite3* connection, const ServiceOperation& operation, const CallRequest& request,
                         const std::string& key, std::chrono::steady_clock::time_point deadline);

}  // namespace parley
