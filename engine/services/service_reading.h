// What the readers of SQL and of HTTP services share: names, types, and the keys that every operation has.
//
// Thread rule: plain functions, one thread for a file.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "config/yaml.h"
#include "engine/service_catalog.h"

namespace parley {

/// False, and `bad-name` reported: not a name.
bool check_name(const config::Node& at, const std::string& name);
/// A path that can't leave the bot's folder.
bool stays_inside(const std::filesystem::path& path);
/// `type`, or "any" and `unknown-type` reported.
std::string read_type(const config::Node& at, const std::string& type);
/// name -> type.
std::map<std::string, std::string> read_types(const config::Node& map);
/// The pairs under `operations`, their names checked.
std::vector<config::Entry> read_operations(const config::Node& document);
/// `with`, `rows` and `timeout`.
ServiceOperation read_operation_frame(const config::Node& node);
/// Reports `missing-returns` where an operation with rows says nothing of them, or one without does.
void check_returns(const config::Entry& entry, const ServiceOperation& operation);

}  // namespace parley
