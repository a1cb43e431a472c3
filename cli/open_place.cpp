#include "cli/open_place.h"

#include <algorithm>
#include <map>
#include <set>

namespace parley::cli {

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

}  // namespace parley::cli
