#include "conversations/flows/heads.h"

#include <algorithm>

#include "conversations/flows/slot_types.h"
#include "engine/limits.h"

namespace parley::conversations {
namespace {

using config::Entry;
using config::Node;

constexpr int kLevelMax = 5;
const std::vector<std::string_view> kFlowKeys{"flow",     "title",  "when",       "level",  "roles",
                                              "channels", "params", "result",     "slots",  "steps",
                                              "digress",  "return", "when_event", "silence"};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Words of CEL and the names that are in scope everywhere.
const std::vector<std::string>& reserved_names() {
  static const std::vector<std::string> kNames{
      "user", "turn", "channel", "language",  "now",    "today",    "item", kFailureName, "true",    "false",
      "null", "in",   "as",      "break",     "const",  "continue", "else", "for",        "if",      "import",
      "let",  "loop", "package", "namespace", "return", "var",      "void", "while",      "function"};
  return kNames;
}

bool is_identifier(const std::string& name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && letter(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

bool check_variable_name(const Node& node, const std::string& name) {
  if (!is_identifier(name))
    node.error("bad-name", "'" + name + "' can't be used in expressions",
               "use letters, digits and _, a letter first");
  else if (contains(reserved_names(), name))
    node.error("bad-name", "'" + name + "' has a meaning of its own in expressions", "choose another name");
  else
    return true;
  return false;
}

std::vector<std::string> texts(const Node& node) {
  std::vector<std::string> list;
  for (const Node& item : node.items())
    if (auto text = item.text()) list.push_back(std::move(*text));
  return list;
}

// A built-in pattern may name intents that this bot does not have.
std::vector<std::string> read_intents(const Node& node, bool built_in, Loading& loading) {
  const BotOutline& outline = loading.outline;
  std::vector<std::string> intents;
  for (const Node& item : node.items()) {
    const auto intent = item.text();
    if (!intent) continue;
    if (contains(outline.intents, *intent) && *intent != "none") {
      intents.push_back(*intent);
    } else if (*intent == "none") {
      item.error("unknown-intent", "'none' holds what the bot is not for: no flow starts from it",
                 "write a flow pattern_fallback to answer it");
    } else if (!built_in) {
      loading.unknown_intent = true;
      item.error("unknown-intent", "there is no intent '" + *intent + "'",
                 config::near_names_hint(*intent, outline.intents));
    }
  }
  return intents;
}

std::map<std::string, std::string> read_types(const Node& node, const Loading& loading) {
  std::map<std::string, std::string> types;
  if (!node) return types;
  for (const Entry& entry : node.entries()) {
    const auto type = entry.value.text();
    if (!type || !check_variable_name(entry.key, entry.name)) continue;
    // What is wrong counts as anything, so that its uses are not reported too.
    types.emplace(entry.name, check_type(entry.value, *type, false, loading) ? *type : "any");
  }
  return types;
}

/// The value of a private slot is taken out where it stands in a text, so it has to stand there as it is
/// kept.
void check_private(const Node& node, const Slot& slot) {
  static const std::vector<std::string> kReworded{"int",  "number",   "bool", "date",
                                                  "time", "duration", "money"};
  if (!slot.is_private || !contains(kReworded, slot.type)) return;
  node.error("private-type",
             "a slot of type '" + slot.type + "' can't be private: people write it in many ways",
             "ask for a text, and check it by an expression");
}

void read_slots(const Node& node, FlowSource& source, const Loading& loading) {
  if (!node) return;
  for (const Entry& entry : node.entries()) {
    if (!check_variable_name(entry.key, entry.name)) continue;
    Slot slot;
    slot.name = entry.name;
    slot.type = "text";
    if (const auto type = entry.value.need("type").text();
        type && check_type(entry.value.get("type"), *type, true, loading))
      slot.type = *type;
    slot.optional = entry.value.get("optional").flag().value_or(false);
    slot.keep = entry.value.get("keep").flag().value_or(false);
    slot.is_private = entry.value.get("private").flag().value_or(false);
    check_private(entry.value.get("private"), slot);
    source.slots[entry.name].name = entry.key;
    source.flow.slots.emplace(entry.name, std::move(slot));
  }
}

bool check_name(const Node& node, const std::string& name, bool built_in, const Loading& loading) {
  if (!is_identifier(name)) {
    node.error("bad-name", "'" + name + "' can't be a flow's name",
               "use letters, digits and _, a letter first");
    return false;
  }
  std::vector<std::string> patterns;
  for (const auto& [known, source] : loading.flows)
    if (source.flow.built_in) patterns.push_back(known);
  if (built_in || !name.starts_with("pattern_") || contains(patterns, name)) return true;
  const auto same = loading.flows.find(name);
  if (same != loading.flows.end()) return true;  // a replacement that stands there twice: said below
  node.error("unknown-pattern", "there is no built-in flow '" + name + "' to replace",
             config::near_names_hint(name, patterns));
  return true;
}

void read_head(const Node& document, FlowSource& source, Loading& loading) {
  Flow& flow = source.flow;
  document.allow(kFlowKeys);
  flow.path = document.path();
  flow.line = document.position().line;
  flow.when = read_intents(document.get("when"), flow.built_in, loading);
  flow.when_event = texts(document.get("when_event"));
  flow.level = read_level(document.get("level"), 1);
  flow.roles = texts(document.get("roles"));
  flow.channels = texts(document.get("channels"));
  flow.digress = document.get("digress").flag().value_or(true);
  flow.returns = document.get("return").flag().value_or(true);
  flow.params = read_types(document.get("params"), loading);
  flow.result = read_types(document.get("result"), loading);
  read_slots(document.get("slots"), source, loading);
}

cel::Type result_type(const Flow& flow) {
  cel::Type::Fields fields;
  for (const auto& [name, type] : flow.result)
    fields.emplace(name, type_of(type));
  return cel::Type::structure(std::move(fields));
}

cel::Type result_type(const ServiceOperation& operation) {
  if (operation.rows == RowCount::kNone) return cel::Kind::kInt;
  cel::Type::Fields fields;
  for (const auto& [name, type] : operation.columns)
    fields.emplace(name, type_of(type));
  cel::Type row = cel::Type::structure(std::move(fields));
  return operation.rows == RowCount::kMany ? cel::Type::list(std::move(row)) : row;
}

// What the `as` of a call, search, run or wait step holds; dyn for an event, and where the call itself is
// wrong, which is reported with it.
cel::Type result_of_step(const Node& step, const Loading& loading) {
  if (const Node run = step.get("run"); run.is_scalar()) {
    const auto flow = loading.flows.find(run.text().value_or(""));
    return flow == loading.flows.end() ? cel::Type() : result_type(flow->second.flow);
  }
  if (step.get("search")) return passages_type();
  const Node call = step.get("call");
  if (!call.is_scalar()) return {};
  const std::string name = call.text().value_or("");
  const std::size_t dot = std::min(name.find('.'), name.size());
  const ServiceOperation* operation =
      loading.services.find(name.substr(0, dot), dot < name.size() ? name.substr(dot + 1) : "");
  return operation ? result_type(*operation) : cel::Type();
}

class ScopeWalk {
 public:
  ScopeWalk(FlowSource& source, const Loading& loading) : source_(source), loading_(loading) {}

  void walk(const Node& steps, std::size_t depth) {
    if (depth > limits::kBranchNestingMax || ++visited_ > limits::kFlowStepsMax)
      return;  // reported with the steps
    if (!steps.is_list()) return;
    for (const Node& step : steps.list()) {
      declare(step);
      if (step.get("failed")) source_.flow.scope.add(kFailureName, cel::Kind::kString);
      for (const char* branch : {"then", "else", "no", "failed", "timed_out", "refused", "default"})
        walk(step.get(branch), depth + 1);
      if (const Node cases = step.get("cases"); cases.is_map()) walk_cases(cases, depth);
    }
  }

 private:
  void walk_cases(const Node& cases, std::size_t depth) {
    for (const Entry& entry : cases.entries())
      walk(entry.value, depth + 1);
  }

  void declare(const Node& step) {
    const Node as = step.get("as");
    if (!as.is_scalar() || ++visited_ > limits::kFlowStepsMax) return;
    const std::string name = as.text().value_or("");
    if (!check_variable_name(as, name)) return;
    cel::Type type = result_of_step(step, loading_);
    const cel::Type* known = source_.flow.scope.find(name);
    if (!known)
      source_.flow.scope.add(name, std::move(type));
    else if (!(*known == type))
      as.error("duplicate-name", "'" + name + "' stands for something else in this flow",
               "choose another name");
  }

  FlowSource& source_;
  const Loading& loading_;
  std::size_t visited_ = 0;
};

}  // namespace

bool check_type(const Node& node, const std::string& type, bool slot, const Loading& loading) {
  std::vector<std::string> known = slot_types();
  if (!slot) known.insert(known.end(), value_types().begin(), value_types().end());
  for (const auto& [entity, values] : loading.outline.vocabulary)
    known.push_back(entity);
  const bool composed = !slot && type.find_first_of("<{") != std::string::npos && cel::Type::parse(type);
  if (composed || contains(known, type)) return true;
  const std::string hint = config::near_names_hint(type, known);
  node.error(
      "unknown-type", "there is no type or entity '" + type + "'",
      hint.empty() ? "use text, int, number, bool, date, time, ... or an entity of the vocabulary" : hint);
  return false;
}

int read_level(const Node& node, int otherwise) {
  const auto level = node.integer();
  if (!level) return otherwise;
  if (*level >= 1 && *level <= kLevelMax) return static_cast<int>(*level);
  node.error("range", "a level from 1 to 5 is expected");
  return otherwise;
}

void read_flow_head(const Node& document, bool built_in, Loading& loading) {
  const Node name_node = document.need("flow");
  const auto name = name_node.text();
  if (!name || !check_name(name_node, *name, built_in, loading)) {
    loading.incomplete = true;
    document.allow(kFlowKeys);
    return;
  }
  const auto same = loading.flows.find(*name);
  if (same != loading.flows.end() && !same->second.flow.built_in) {
    name_node.error("duplicate-flow", "there is a flow '" + *name + "' already",
                    "see " + same->second.flow.path + ":" + std::to_string(same->second.flow.line));
    return;
  }
  if (same != loading.flows.end()) loading.replaced_params[*name] = same->second.flow.params;
  FlowSource source;
  source.node = document;
  source.flow.name = *name;
  source.flow.built_in = built_in;
  read_head(document, source, loading);
  loading.flows.insert_or_assign(*name, std::move(source));
}

void declare_scope(FlowSource& source, Loading& loading) {
  cel::Declarations& scope = source.flow.scope;
  scope.add_date_functions();
  scope.add("user", cel::Type::structure({{"id", cel::Kind::kString},
                                          {"name", cel::Kind::kString},
                                          {"roles", cel::Type::list(cel::Kind::kString)}}));
  scope.add("turn", cel::Type::structure({{"negative", cel::Kind::kBool}}));
  scope.add("channel", cel::Kind::kString);
  scope.add("language", cel::Kind::kString);
  for (const auto& [name, type] : source.flow.params)
    scope.add(name, type_of(type));
  for (const auto& [name, slot] : source.flow.slots)
    scope.add(name, slot_type(slot.type, loading.outline));
  ScopeWalk(source, loading).walk(source.node.get("steps"), 0);
}

}  // namespace parley::conversations
