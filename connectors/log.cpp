#include "connectors/log.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace parley::connectors {
namespace {

bool is_plain(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == '/' || c == '|';
  });
}

/// As it is, or as a JSON string: then a line end or a quote in it can't be mistaken for one of ours.
std::string quoted(const std::string& value) {
  if (is_plain(value)) return value;
  return nlohmann::json(value).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

void write(spdlog::level::level_enum level, std::string_view event, LogFields fields) {
  if (!spdlog::should_log(level)) return;
  std::string line = "event=";
  line += event;
  for (const auto& [name, value] : fields) {
    line += ' ';
    line += name;
    line += '=';
    line += quoted(value);
  }
  spdlog::log(level, "{}", line);
}

}  // namespace

void set_up_log(const std::string& level) {
  auto logger = std::make_shared<spdlog::logger>("parley", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(spdlog::level::from_str(level));
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  spdlog::set_default_logger(std::move(logger));
}

void log_debug(std::string_view event, LogFields fields) {
  write(spdlog::level::debug, event, fields);
}
void log_info(std::string_view event, LogFields fields) {
  write(spdlog::level::info, event, fields);
}
void log_warn(std::string_view event, LogFields fields) {
  write(spdlog::level::warn, event, fields);
}
void log_error(std::string_view event, LogFields fields) {
  write(spdlog::level::err, event, fields);
}

}  // namespace parley::connectors
