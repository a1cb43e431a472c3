#include "conversations/flows/checks.h"

#include <algorithm>
#include <fstream>

namespace parley::conversations {
namespace {

using config::Severity;

// An empty list means everyone, or everywhere.
bool overlap(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  if (left.empty() || right.empty()) return true;
  return std::any_of(left.begin(), left.end(), [&](const std::string& name) {
    return std::find(right.begin(), right.end(), name) != right.end();
  });
}

config::Node node_of_name(const config::Node& names, const std::string& name) {
  for (const config::Node& item : names.items())
    if (item.is_scalar() && item.text() == name) return item;
  return names;
}

/// Two flows that one intent (`key` is "when") or one event ("when_event") would start.
void check_pair(const char* key, const std::string& name, const FlowSource& first, const FlowSource& second) {
  if (!overlap(first.flow.channels, second.flow.channels) || !overlap(first.flow.roles, second.flow.roles))
    return;
  const bool second_is_later =
      std::tie(second.flow.path, second.flow.line) > std::tie(first.flow.path, first.flow.line);
  const FlowSource& later = second_is_later ? second : first;
  const FlowSource& earlier = second_is_later ? first : second;
  const bool intent = std::string_view(key) == "when";
  node_of_name(later.node.get(key), name)
      .error(intent ? "duplicate-intent" : "duplicate-event",
             std::string(intent ? "the intent '" : "the event '") + name + "' starts the flow '" +
                 earlier.flow.name + "' already",
             "keep them apart by channels or roles, or ask inside one flow (see " + earlier.flow.path + ":" +
                 std::to_string(earlier.flow.line) + ")");
}

void check_pairs(const char* key, const std::map<std::string, std::vector<std::string>>& by_name,
                 const Loading& loading) {
  for (const auto& [name, flows] : by_name)
    for (std::size_t i = 0; i < flows.size(); ++i)
      for (std::size_t k = i + 1; k < flows.size(); ++k)
        check_pair(key, name, loading.flows.at(flows[i]), loading.flows.at(flows[k]));
}

// Depth first; a flow that is met while it is open closes a circle.
class RunWalk {
 public:
  explicit RunWalk(const Loading& loading) : loading_(loading) {}

  void from(const std::string& start) {
    std::vector<std::string> open{start};
    std::set<std::string> met;
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      const auto source = loading_.flows.find(name);
      if (source == loading_.flows.end() || !met.insert(name).second) continue;
      if (source->second.called.contains(start)) circle_ = true;
      open.insert(open.end(), source->second.called.begin(), source->second.called.end());
    }
  }
  bool circle() const { return circle_; }

 private:
  const Loading& loading_;
  bool circle_ = false;
};

}  // namespace

config::Finding finding_at(const Place& place, Severity severity, std::string code, std::string message,
                           std::string hint) {
  std::ifstream file(place.path);
  std::string line;
  for (int number = 0; number < place.position.line && std::getline(file, line); ++number)
    continue;
  if (line.ends_with('\r')) line.pop_back();
  return {severity,           std::move(code), place.path,     place.position,
          std::move(message), std::move(hint), std::move(line)};
}

void check_events(const std::map<std::string, std::vector<std::string>>& by_event, const Loading& loading) {
  check_pairs("when_event", by_event, loading);
}

void check_intents(const std::map<std::string, std::vector<std::string>>& by_intent, Loading& loading) {
  check_pairs("when", by_intent, loading);
  if (loading.incomplete || loading.unknown_intent) return;
  for (const std::string& intent : loading.outline.intents) {
    if (intent == "none" || by_intent.contains(intent) || loading.flows.contains("pattern_" + intent))
      continue;
    const auto place = loading.outline.intent_places.find(intent);
    const Place at = place == loading.outline.intent_places.end() ? Place{"intents", {}} : place->second;
    loading.findings.add(finding_at(at, Severity::kWarning, "unanswered-intent",
                                    "no flow answers the intent '" + intent + "'",
                                    "write a flow with when: " + intent));
  }
}

// Only a warning: sentences may come before the flows, from another system or another author.
void check_annotated_slots(const Loading& loading) {
  if (loading.incomplete) return;
  std::set<std::string> slots;
  for (const auto& [name, source] : loading.flows)
    if (!source.flow.built_in)
      for (const auto& [slot, declared] : source.flow.slots)
        slots.insert(slot);
  const std::vector<std::string> known(slots.begin(), slots.end());
  const auto hint_for = [&](const std::string& slot) {
    const std::string hint = config::near_names_hint(slot, known);
    return hint.empty() ? "declare it under slots of a flow, or leave it out: [text](kind)" : hint;
  };
  for (const auto& [slot, place] : loading.outline.annotated_slots)
    if (!slots.contains(slot))
      loading.findings.add(finding_at(place, Severity::kWarning, "unknown-slot",
                                      "no flow has the slot '" + slot + "' that this sentence names",
                                      hint_for(slot)));
}

void check_unused_flows(const Loading& loading) {
  std::set<std::string> started;
  for (const auto& [name, source] : loading.flows)
    started.insert(source.called.begin(), source.called.end());
  for (const auto& [name, source] : loading.flows) {
    const bool pattern = name.starts_with("pattern_");
    if (pattern || started.contains(name) || source.node.get("when") || source.node.get("when_event"))
      continue;
    source.node.get("flow").warning(
        "unused-flow", "nothing starts this flow",
        "give it an intent (when) or an event (when_event), or run it from another flow");
  }
}

void check_replaced_patterns(const Loading& loading) {
  for (const auto& [name, given] : loading.replaced_params) {
    const FlowSource& source = loading.flows.at(name);
    for (const auto& [param, type] : source.flow.params) {
      if (given.contains(param)) continue;
      std::vector<std::string> known;
      for (const auto& [known_param, known_type] : given)
        known.push_back(known_param);
      source.node.get("params").error("unknown-param", "'" + name + "' is not given '" + param + "'",
                                      config::near_names_hint(param, known));
    }
  }
}

void check_kept_slots(const Loading& loading) {
  std::map<std::string, const Flow*> first;
  for (const auto& [flow_name, source] : loading.flows) {
    for (const auto& [name, slot] : source.flow.slots) {
      if (!slot.keep) continue;
      const Flow& other = *first.emplace(name, &source.flow).first->second;
      const std::string& type = other.slots.at(name).type;
      if (type != slot.type)
        source.slots.at(name).name.error("kept-type",
                                         "'" + name + "' is kept as " + type + " by '" + other.name + "'",
                                         "give both the same type, or one another name");
    }
  }
}

void check_run_circles(const Loading& loading) {
  for (const auto& [name, source] : loading.flows) {
    RunWalk walk(loading);
    walk.from(name);
    if (!walk.circle()) continue;
    for (const StepNotes& step : source.steps)
      if (const config::Node run = step.node.get("run");
          run.is_scalar() && source.called.contains(*run.text()))
        run.error("run-circle", "this runs '" + *run.text() + "', which leads back to '" + name + "'",
                  "a flow may not run itself, not even by way of others");
  }
}

void check_stale_translations(Loading& loading) {
  for (const LanguageTranslations& translations : loading.translations) {
    if (translations.catalogues.empty() || translations.own_missing) continue;
    const Catalogue& own = translations.catalogues.front();
    for (const Translation& entry : own.entries())
      if (!loading.used.contains(&entry))
        loading.findings.add(own.finding(entry, std::string::npos, Severity::kWarning, "stale-translation",
                                         "no text of this bot reads like this any more",
                                         "correct its msgid, or remove it"));
  }
}

}  // namespace parley::conversations
