// What would newly be reachable if a channel went up one level: which flows, by whom, with which data.
//
// A flow needs the highest of: the level in its file, the levels from which on the model lets flows use what
// it uses, and those of the flows that it runs. Steps with a level of their own do not count for their flow:
// a flow that is reachable already is listed again when more of its steps are. Pure; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "config/maturity_model.h"
#include "conversations/flows/flow.h"
#include "engine/service_catalog.h"

namespace parley::cli {

struct LevelReason {
  int level = 1;
  std::string what;  // "level: 2 in its file", "changes: hr.book_leave, line 48"
};

struct ExposedFlow {
  std::string flow, title, path;
  int line = 0;
  int level = 1;                             // that it needs
  std::vector<LevelReason> reasons;          // for that level
  std::vector<std::string> roles, channels;  // empty: everyone, everywhere
  std::vector<std::string> asks;             // "start (date)"
  std::vector<std::string> reads, changes;   // "hr.leave_balance(employee)", each once
};

struct Exposure {
  std::string bot;
  int from = 1, to = 2;
  std::string channel;             // "": any
  std::vector<ExposedFlow> flows;  // newly reachable ones, by name
  std::size_t reachable_before = 0;
};

struct ExposureSource {
  const conversations::Program& program;
  const ServiceCatalog& services;
  const config::MaturityModel& model;
};

/// Flows that people start, by an intent or an event, on `channel` (empty: on any), whose level is above
/// `from` and at most `to`.
Exposure exposure_of(const ExposureSource& source, const std::string& bot, const std::string& channel,
                     int from, int to);

std::string to_text(const Exposure& exposure);
nlohmann::json to_json(const Exposure& exposure);

}  // namespace parley::cli
