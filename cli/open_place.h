// Where a bot can be tried out: the channel and the roles for which as many flows as possible are open.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/flows/flow.h"

namespace parley::cli {

struct OpenPlace {
  std::string channel;
  std::vector<std::string> roles;
};

/// What is wanted already stays; for the rest, the channel that most flows name (or `otherwise`), and every
/// role that a flow names.
OpenPlace open_place(const conversations::Program& program, OpenPlace wanted, const std::string& otherwise);

/// Says which of `wanted`, given as --channel and --role, means nothing to the bot, with the names near it;
/// "" when all of it does. No flow need name the channel `otherwise`, and where flows name none, any will do.
std::string unknown_place(const conversations::Program& program, const OpenPlace& wanted,
                          const std::string& otherwise);

}  // namespace parley::cli
