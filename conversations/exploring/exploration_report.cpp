// How an exploration reads:
//
//   bots/shop/flows/order.yaml:12:1: error[dead-end]: no answer that was tried leads from here to an end of
//   ...
//         - choose: how
//     hint: ...
//     the shortest conversation that shows it:
//       test: "finds no end of order"
//       ...
//   21 flows: 3,112 states, 20,411 turns; 312 of 318 steps reached
#include <algorithm>
#include <sstream>

#include "conversations/exploring/exploration.h"

namespace parley::conversations {

namespace {

std::string indented(const std::string& text) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    result += "      " + line + "\n";
  return result;
}

std::string cut_off_text(const Exploration& exploration) {
  std::string names;
  for (const ExploredFlow& flow : exploration.flows)
    if (flow.cut_off) names += (names.empty() ? "" : ", ") + flow.flow;
  return names.empty() ? "" : "not walked to the end (--states): " + names + "\n";
}

}  // namespace

std::string to_text(const Exploration& exploration) {
  std::string text;
  std::size_t states = 0, turns = 0;
  for (const Remark& remark : exploration.remarks) {
    text += config::to_text(remark.finding);
    if (!remark.conversation.empty())
      text += "    a conversation that shows it, as a test:\n" + indented(remark.conversation);
  }
  for (const ExploredFlow& flow : exploration.flows) {
    states += flow.states;
    turns += flow.turns;
  }
  return text + cut_off_text(exploration) + std::to_string(states) + " states, " + std::to_string(turns) +
         " turns, " + std::to_string(exploration.reached) + " of " + std::to_string(exploration.steps) +
         " steps reached\n";
}

Json to_json(const Exploration& exploration) {
  Json remarks = Json::array();
  for (const Remark& remark : exploration.remarks) {
    Json json = config::to_json(remark.finding);
    json["conversation"] = remark.conversation;
    remarks.push_back(std::move(json));
  }
  Json flows = Json::array();
  for (const ExploredFlow& flow : exploration.flows)
    flows.push_back(
        {{"flow", flow.flow}, {"states", flow.states}, {"turns", flow.turns}, {"cut_off", flow.cut_off}});
  return {{"findings", std::move(remarks)},
          {"flows", std::move(flows)},
          {"steps", exploration.steps},
          {"reached", exploration.reached}};
}

}  // namespace parley::conversations
