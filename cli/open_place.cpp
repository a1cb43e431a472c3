#include "cli/open_place.h"

#include <algorithm>
#include <map>
#include <set>

#include "cli/terminal.h"
#include "conversations/flows/audience.h"

namespace parley::cli {
namespace {

std::string unknown(const std::string& option, const std::string& name, const std::vector<std::string>& known,
                    const std::string& what) {
  if (known.empty() || std::find(known.begin(), known.end(), name) != known.end()) return "";
  return with_near_names(option + " " + name + ": " + what, name, known);
}

}  // namespace

OpenPlace open_place(const conversations::Program& program, OpenPlace wanted, const std::string& otherwise) {
  std::map<std::string, int> flows_of_channel;
  std::set<std::string> roles;
  for (const auto& [name, flow] : program.flows) {
    for (const std::string& channel : flow.channels)
      ++flows_of_channel[channel];
    roles.insert(flow.roles.begin(), flow.roles.end());
  }
  if (wanted.roles.empty()) wanted.roles.assign(roles.begin(), roles.end());
  if (!wanted.channel.empty()) return wanted;
  const auto most = std::max_element(flows_of_channel.begin(), flows_of_channel.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  wanted.channel = most == flows_of_channel.end() ? otherwise : most->first;
  return wanted;
}

std::string unknown_place(const conversations::Program& program, const OpenPlace& wanted,
                          const std::string& otherwise) {
  std::vector<std::string> channels = conversations::channels_of(program);
  if (!channels.empty()) channels.push_back(otherwise);
  std::string problem;
  if (!wanted.channel.empty())
    problem = unknown("--channel", wanted.channel, channels, "no flow of the bot names this channel");
  const std::vector<std::string> roles = conversations::roles_of(program);
  for (std::size_t i = 0; problem.empty() && i < wanted.roles.size(); ++i)
    problem = unknown("--role", wanted.roles[i], roles, "no flow of the bot names this role");
  return problem;
}

}  // namespace parley::cli
