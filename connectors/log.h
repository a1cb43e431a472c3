// What happened, for operators: one line an event, `event=turn_refused channel=webchat
// limit=messages_per_minute_max`.
//
// Connects, authentication, limits, protocol errors and administration are logged; the text of messages,
// tokens, query strings and people's ids never are. Values from outside are quoted, so that nobody can forge
// a line.
//
// Thread rule: any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace parley::connectors {

/// Sends spdlog's default logger to standard error with UTC times. `level` is debug, info, warn or error.
void set_up_log(const std::string& level);

using LogFields = std::initializer_list<std::pair<std::string_view, std::string>>;

void log_debug(std::string_view event, LogFields fields = {});
void log_info(std::string_view event, LogFields fields = {});
void log_warn(std::string_view event, LogFields fields = {});
void log_error(std::string_view event, LogFields fields = {});

}  // namespace parley::connectors
