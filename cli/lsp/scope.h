// What an expression of a flow may read: its slots, parameters, results of calls and sub-flows, and the names
// that are there everywhere.
//
// Read from the files as they are, with mistakes in them: a type is what the author wrote. One thread.
#pragma once

#include <string>
#include <vector>

#include "cli/lsp/bot_view.h"

namespace parley::lsp {

struct ScopeName {
  std::string name;
  std::string type;  // as written: date, device, {days: int}; "" when not known
};

std::vector<ScopeName> names_in_scope(const BotView& bot, const std::string& flow);

/// Of a variable that is a map: `user`, a result of a call or of a sub-flow, a value made of values.
std::vector<ScopeName> fields_of(const BotView& bot, const std::string& flow, const std::string& variable);

/// The type of one name as it is defined; "" when not known.
std::string type_of(const BotView& bot, const NamePlace& definition);

/// The arguments that a call or a run step gives: of `service.operation`, or of a flow.
std::vector<ScopeName> arguments_of(const BotView& bot, const std::string& called);

}  // namespace parley::lsp
