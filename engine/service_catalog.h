// What flows may call, as read from services.yaml: the names, the typed arguments and results, the SQL behind
// them.
//
// Type names are those of slots: text, int, number, bool, date, time, duration, timestamp, any. Immutable
// after load.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/limits.h"

namespace parley {

/// How many rows a call answers with: one (a map, or null when there is none), many (a list of maps), none
/// (the number of rows that changed).
enum class RowCount { kOne, kMany, kNone };

struct ServiceOperation {
  std::map<std::string, std::string> arguments;  // name -> type; all are required
  std::map<std::string, std::string> columns;    // name -> type
  RowCount rows = RowCount::kOne;
  std::vector<std::string>
      sql;  // one or more statements, run in one transaction; the last one's rows are the result
  std::chrono::milliseconds timeout = limits::kServiceTimeout;
};

/// An SQLite file in the server's data folder, made from `seed` when it does not exist.
struct Service {
  std::string name;
  std::string file;            // its name in the bot's folder of the data folder
  std::filesystem::path seed;  // where the seed SQL was read from
  std::map<std::string, ServiceOperation> operations;
};

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
