// What flows may call, as read from services.yaml: the names, the typed arguments and results, and the SQL
// or the HTTP request behind them.
//
// Type names are those of slots: text, int, number, bool, date, time, duration, timestamp, any. Immutable
// after load.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "engine/http_exchange.h"
#include "engine/limits.h"

namespace parley {

/// How many rows a call answers with: one (a map, or null when there is none), many (a list of maps), none
/// (the number of rows that changed, or the status of the HTTP reply).
enum class RowCount { kOne, kMany, kNone };

struct ServiceOperation {
  std::map<std::string, std::string> arguments;  // name -> type; all are required
  std::map<std::string, std::string> columns;    // name -> type
  RowCount rows = RowCount::kOne;
  std::vector<std::string> sql;  // of an SQL service: one or more statements, run in one transaction; the
                                 // last one's rows are the result
  HttpExchange http;             // of an HTTP service
  std::chrono::milliseconds timeout = limits::kServiceTimeout;  // of the whole call, with all its attempts
};

/// An SQLite file in the server's data folder, made from `seed` when it does not exist.
struct SqlSource {
  std::string file;            // its name in the bot's folder of the data folder
  std::filesystem::path seed;  // where the seed SQL was read from
};

struct Service {
  std::string name;
  std::variant<SqlSource, HttpSource> source;
  std::map<std::string, ServiceOperation> operations;
};

/// Whether a call leaves something behind, as far as its own words say: an HTTP method other than GET, or a
/// statement other than SELECT.
bool changes_something(const ServiceOperation& operation);

struct ServiceCatalog {
  std::map<std::string, Service> services;

  const ServiceOperation* find(const std::string& service, const std::string& operation) const {
    const auto found = services.find(service);
    if (found == services.end()) return nullptr;
    const auto op = found->second.operations.find(operation);
    return op == found->second.operations.end() ? nullptr : &op->second;
  }
};

}  // namespace parley
