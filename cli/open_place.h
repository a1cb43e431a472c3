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

}  // namespace parley::cli
