#include "cli/maturity/exposure.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "conversations/drawing/readable_text.h"
#include "conversations/flows/features.h"

namespace parley::cli {
namespace {

using conversations::Flow;
using nlohmann::json;

constexpr int kNever = config::kLevelMax + 1;  // of a feature that no level unlocks

std::string joined(const std::vector<std::string>& items, const std::string& none) {
  std::string text;
  for (const std::string& item : items)
    text += (text.empty() ? "" : ", ") + item;
  return text.empty() ? none : text;
}

std::string lines_of(const std::set<int>& lines) {
  std::string text;
  for (const int line : lines)
    text += (text.empty() ? (lines.size() == 1 ? "line " : "lines ") : ", ") + std::to_string(line);
  return text;
}

/// Everything that one flow and the flows it runs need.
std::vector<LevelReason> reasons_of(const ExposureSource& source, const std::string& name) {
  std::vector<LevelReason> reasons;
  for (const std::string& part : conversations::flows_run_by(source.program, name)) {
    const auto flow = source.program.flows.find(part);
    if (flow == source.program.flows.end()) continue;
    const std::string where = part == name ? "" : " of " + part + ", which it runs";
    reasons.push_back(
        {flow->second.level, "level: " + std::to_string(flow->second.level) + " in the file" + where});
    for (const auto& [feature, lines] : conversations::features_of(flow->second))
      reasons.push_back(
          {source.model.level_of_feature(feature), feature + " (" + lines_of(lines) + where + ")"});
  }
  return reasons;
}

/// What the steps behind a level of their own need.
std::vector<LevelReason> reasons_of_steps(const ExposureSource& source, const Flow& flow) {
  std::vector<LevelReason> reasons;
  for (const conversations::Step& step : flow.steps) {
    const std::string line = "line " + std::to_string(step.line);
    if (step.level > 0)
      reasons.push_back({step.level, "level: " + std::to_string(step.level) + " of the step in " + line});
    if (step.guard > 0 && !step.feature.empty())
      reasons.push_back({source.model.level_of_feature(step.feature), step.feature + " (" + line + ")"});
  }
  return reasons;
}

int highest(const std::vector<LevelReason>& reasons, int most) {
  int level = 0;
  for (const LevelReason& reason : reasons)
    if (reason.level <= most) level = std::max(level, reason.level);
  return level;
}

bool starts_for_people(const Flow& flow, const std::string& channel) {
  const bool here = channel.empty() || flow.channels.empty() ||
                    std::find(flow.channels.begin(), flow.channels.end(), channel) != flow.channels.end();
  return !flow.built_in && here && (!flow.when.empty() || !flow.when_event.empty());
}

std::string call_text(const conversations::Call& call) {
  std::vector<std::string> arguments;
  for (const conversations::Assignment& argument : call.arguments)
    arguments.push_back(argument.slot);
  return call.service + '.' + call.operation + '(' + joined(arguments, "") + ')';
}

void add_once(std::vector<std::string>& items, const std::string& item) {
  if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
}

/// What one flow learns of people, looks up and does.
void add_data(const Flow& flow, const ServiceCatalog& services, ExposedFlow& into) {
  for (const auto& [name, slot] : flow.slots)
    if (!slot.ask.empty()) add_once(into.asks, name + " (" + slot.type + ")");
  for (const conversations::Step& step : flow.steps) {
    if (const auto* choose = std::get_if<conversations::Choose>(&step.action))
      add_once(into.asks, choose->slot + " (a choice)");
    const auto* call = std::get_if<conversations::Call>(&step.action);
    if (call == nullptr) continue;
    const ServiceOperation* operation = services.find(call->service, call->operation);
    const bool changes = operation != nullptr && changes_something(*operation);
    add_once(changes ? into.changes : into.reads, call_text(*call));
  }
}

ExposedFlow exposed(const ExposureSource& source, const Flow& flow, int level,
                    std::vector<LevelReason> reasons) {
  ExposedFlow out;
  out.flow = flow.name;
  out.title = flow.title ? conversations::readable_text(flow.title->source()) : flow.name;
  out.path = flow.path;
  out.line = flow.line;
  out.level = level;
  std::erase_if(reasons, [&](const LevelReason& reason) { return reason.level != level; });
  out.reasons = std::move(reasons);
  out.roles = flow.roles;
  out.channels = flow.channels;
  for (const std::string& part : conversations::flows_run_by(source.program, flow.name))
    if (const auto run = source.program.flows.find(part); run != source.program.flows.end())
      add_data(run->second, source.services, out);
  return out;
}

void write_list(std::ostream& out, std::string_view head, const std::vector<std::string>& items) {
  if (!items.empty()) out << "  " << head << joined(items, "") << '\n';
}

void write_flow(std::ostream& out, const ExposedFlow& flow) {
  out << '\n' << flow.title << "  (" << flow.flow << ", " << flow.path << ':' << flow.line << ")\n";
  std::vector<std::string> reasons;
  for (const LevelReason& reason : flow.reasons)
    reasons.push_back(reason.what);
  write_list(out, "level " + std::to_string(flow.level) + "     ", reasons);
  out << "  for         " << joined(flow.roles, "everybody") << ", on "
      << joined(flow.channels, "every channel of the bot") << '\n';
  write_list(out, "asks for    ", flow.asks);
  write_list(out, "looks up    ", flow.reads);
  write_list(out, "changes     ", flow.changes);
}

}  // namespace

Exposure exposure_of(const ExposureSource& source, const std::string& bot, const std::string& channel,
                     int from, int to) {
  Exposure exposure;
  exposure.bot = bot;
  exposure.channel = channel;
  exposure.from = from;
  exposure.to = to;
  for (const auto& [name, flow] : source.program.flows) {
    if (!starts_for_people(flow, channel)) continue;
    std::vector<LevelReason> reasons = reasons_of(source, name), of_steps = reasons_of_steps(source, flow);
    const int level = std::max(1, highest(reasons, kNever)), of_step = highest(of_steps, to);
    if (level <= from) ++exposure.reachable_before;
    if (level > from && level <= to)
      exposure.flows.push_back(exposed(source, flow, level, std::move(reasons)));
    else if (level <= from && of_step > from)
      exposure.flows.push_back(exposed(source, flow, of_step, std::move(of_steps)));
  }
  return exposure;
}

std::string to_text(const Exposure& exposure) {
  std::ostringstream out;
  out << exposure.bot << (exposure.channel.empty() ? "" : " on " + exposure.channel) << ", from level "
      << exposure.from << " to " << exposure.to << ": " << exposure.flows.size()
      << (exposure.flows.size() == 1 ? " flow" : " flows") << " more, beside " << exposure.reachable_before
      << " that can be reached already\n";
  for (const ExposedFlow& flow : exposure.flows)
    write_flow(out, flow);
  return out.str();
}

json to_json(const Exposure& exposure) {
  json flows = json::array();
  for (const ExposedFlow& flow : exposure.flows) {
    json reasons = json::array();
    for (const LevelReason& reason : flow.reasons)
      reasons.push_back(reason.what);
    flows.push_back({{"flow", flow.flow},
                     {"title", flow.title},
                     {"path", flow.path},
                     {"line", flow.line},
                     {"level", flow.level},
                     {"reasons", std::move(reasons)},
                     {"roles", flow.roles},
                     {"channels", flow.channels},
                     {"asks", flow.asks},
                     {"looks_up", flow.reads},
                     {"changes", flow.changes}});
  }
  return {{"bot", exposure.bot},
          {"channel", exposure.channel},
          {"from", exposure.from},
          {"to", exposure.to},
          {"reachable_before", exposure.reachable_before},
          {"flows", std::move(flows)}};
}

}  // namespace parley::cli
