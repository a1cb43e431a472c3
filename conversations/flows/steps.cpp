#include <algorithm>

#include "conversations/flows/cards.h"
#include "conversations/flows/compiler.h"
#include "conversations/flows/slot_types.h"
#include "engine/limits.h"

namespace parley::conversations {

using config::Entry;
using config::Node;

const std::vector<FlowCompiler::Verb>& FlowCompiler::verbs() {
  static const std::vector<Verb> kVerbs{
      {"say", {"buttons", "card", "image"}, &FlowCompiler::say},
      {"collect", {"digress", "return"}, &FlowCompiler::collect},
      {"choose", {"ask", "from", "title", "value", "silence", "digress", "return"}, &FlowCompiler::choose},
      {"confirm", {"no", "silence", "digress", "return"}, &FlowCompiler::confirm},
      {"set", {}, &FlowCompiler::set},
      {"if", {"then", "else"}, &FlowCompiler::if_else},
      {"switch", {"cases", "default"}, &FlowCompiler::switch_cases},
      {"decide", {"with", "into", "cases", "default"}, &FlowCompiler::decide},
      {"call", {"with", "as", "failed", "meanwhile"}, &FlowCompiler::call},
      {"search", {"as", "limit", "accept"}, &FlowCompiler::search},
      {"run", {"with", "as"}, &FlowCompiler::run},
      {"wait", {"as", "timed_out"}, &FlowCompiler::wait},
      {"recover", {"about", "by", "address", "consent", "refused"}, &FlowCompiler::recover},
      {"outcome", {}, &FlowCompiler::outcome},
      {"go", {}, &FlowCompiler::go},
      {"handoff", {}, &FlowCompiler::handoff},
      {"end", {}, &FlowCompiler::end},
      {"card", {"buttons", "image"}, &FlowCompiler::say},
      {"image", {"buttons"}, &FlowCompiler::say}};
  return kVerbs;
}

namespace {

template <typename Map>
std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map)
    keys.push_back(key);
  return keys;
}

}  // namespace

Action FlowCompiler::say(const Node& step, Label) {
  Say say;
  say.text = reader_.text(step.get("say"));
  say.buttons = read_buttons(step.get("buttons"), reader_);
  say.image = read_image(step.get("image"), reader_);
  say.card = read_card(step.get("card"), reader_);
  if (say.card) card_slots(step.get("card"), *say.card);
  return say;
}

void FlowCompiler::card_slots(const Node& card_node, Card& card) {
  const Node into = card_node.get("into");
  const std::vector<std::string> fields = into ? fields_of(card.adaptive) : std::vector<std::string>();
  for (const Node& name : into.items()) {
    const Slot* slot = slot_named(name);
    if (!slot) continue;
    card.into.push_back(slot->name);
    if (std::find(fields.begin(), fields.end(), slot->name) == fields.end())
      name.error("card", "no field of this card is called '" + slot->name + "'",
                 fields.empty() ? "give an input the slot's name as its id"
                                : config::near_names_hint(slot->name, fields));
  }
}

const Slot* FlowCompiler::slot_named(const Node& node) const {
  const auto name = node.text();
  if (!name) return nullptr;
  const auto found = flow_.slots.find(*name);
  if (found != flow_.slots.end()) return &found->second;
  node.error("unknown-slot", "this flow has no slot '" + *name + "'",
             config::near_names_hint(*name, keys_of(flow_.slots)));
  return nullptr;
}

Action FlowCompiler::collect(const Node& step, Label) {
  Collect collect;
  const Node names = step.get("collect");
  if (names.items().empty()) names.error("step", "collect needs at least one slot", "write collect: [slot]");
  for (const Node& name : names.items()) {
    const Slot* slot = slot_named(name);
    if (!slot) continue;
    if (slot->ask.empty() && !slot->optional && !source_.node.get("slots").get(slot->name).get("ask"))
      name.error("missing-ask", "'" + slot->name + "' is collected, but has no question",
                 "give the slot an ask");
    collect.slots.push_back(slot->name);
  }
  return collect;
}

Action FlowCompiler::choose(const Node& step, Label) {
  Choose choose;
  const Slot* slot = slot_named(step.get("choose"));
  choose.slot = slot ? slot->name : "";
  choose.ask = reader_.text(step.get("ask"));
  if (!step.get("ask") && slot) choose.ask = slot->ask;
  if (choose.ask.empty() && slot && !step.get("ask"))
    step.error("missing-ask", "this choice has no question", "give it an ask");
  choose.silence = silence(step.get("silence"));
  const Node from = step.get("from");
  if (from.is_scalar()) {
    computed_choice(step, choose);
  } else if (from) {
    choose.options = read_options(from, slot ? slot->type : "text", loading_.outline, reader_);
    for (const char* key : {"title", "value"})
      if (const Node beside = step.get(key))
        beside.error("choose-shape", "'" + std::string(key) + "' belongs to a list that an expression gives",
                     "put it into the items of from");
  } else {
    if (slot) choose.options = slot->options;
    if (choose.options.empty())
      step.error("choose-shape", "this choice offers nothing", "give it from: [...]");
  }
  return choose;
}

std::optional<MessageTemplate> FlowCompiler::item_title(const Node& title, const FlowReader& reader) const {
  const std::size_t errors = loading_.findings.error_count();
  auto text = reader.message(title);
  if (!text || loading_.findings.error_count() > errors) return text;
  const std::vector<TemplateArgument> arguments = text->arguments(loading_.source_language());
  const bool differs = std::any_of(arguments.begin(), arguments.end(), [](const TemplateArgument& argument) {
    return std::find(argument.variables.begin(), argument.variables.end(), "item") !=
           argument.variables.end();
  });
  if (!differs)
    title.error("choose-shape", "this title is the same for each choice",
                "say what differs, in braces: \"{item.name}\"");
  return text;
}

void FlowCompiler::computed_choice(const Node& step, Choose& choose) {
  const Node from = step.get("from");
  choose.from = reader_.expression(from);
  if (!choose.from) return;
  const cel::Type& list = choose.from->type();
  if (!list.is(cel::Kind::kList) && !list.is(cel::Kind::kDyn))
    from.error("choose-shape", "a list is expected here, not " + list.to_string(),
               "call an operation with rows: many");
  cel::Declarations scope = flow_.scope;
  scope.add("item", list.is(cel::Kind::kList) ? list.element() : cel::Type());
  const FlowReader reader = reader_.with(scope);
  if (const Node title = step.get("title")) choose.item_title = item_title(title, reader);
  const cel::Type* wanted = flow_.scope.find(choose.slot);
  if (const Node value = step.get("value"))
    choose.item_value = reader.value(value, wanted ? *wanted : cel::Type(), choose.slot);
}

Action FlowCompiler::confirm(const Node& step, Label) {
  Confirm confirm;
  const std::string id = id_;
  confirm.ask = reader_.text(step.get("confirm"));
  confirm.silence = silence(step.get("silence"));
  confirm.no = ending_branch(step.get("no"), id + ".no", "declined");
  return confirm;
}

const cel::Type* FlowCompiler::settable(const Node& node, const std::string& name) const {
  if (flow_.slots.contains(name) || flow_.params.contains(name)) return flow_.scope.find(name);
  std::vector<std::string> known = keys_of(flow_.slots);
  for (const auto& [param, type] : flow_.params)
    known.push_back(param);
  node.error("unknown-slot", "this flow has no slot '" + name + "' to set",
             config::near_names_hint(name, known));
  return nullptr;
}

Action FlowCompiler::set(const Node& step, Label) {
  Set set;
  for (const Entry& entry : step.get("set").entries()) {
    const cel::Type* type = settable(entry.key, entry.name);
    if (!type) continue;
    ExpressionPtr value =
        entry.value.is_null() ? reader_.nothing() : reader_.value(entry.value, *type, entry.name);
    if (value) set.assignments.push_back({entry.name, std::move(value)});
  }
  return set;
}

Action FlowCompiler::if_else(const Node& step, Label next) {
  If branches;
  const std::string id = id_;
  branches.condition = reader_.condition(step.get("if"));
  branches.then = branch(step.need("then"), id + ".then", next);
  branches.otherwise = branch(step.get("else"), id + ".else", next);
  return branches;
}

Action FlowCompiler::switch_cases(const Node& step, Label next) {
  Switch branches;
  const std::string id = id_;
  branches.subject = reader_.expression(step.get("switch"));
  const cel::Type type = branches.subject ? branches.subject->type() : cel::Type();
  const Node cases = step.need("cases");
  for (const Entry& entry : cases ? cases.entries() : std::vector<Entry>()) {
    const auto value = value_of(entry.name, type);
    if (!value) entry.key.error("value-type", "'" + entry.name + "' is not " + type.to_string());
    const StepIndex start = branch(entry.value, id + "." + entry.name, next);
    branches.cases.emplace_back(value.value_or(nullptr), start);
  }
  branches.otherwise = branch(step.get("default"), id + ".default", next);
  return branches;
}

const ServiceOperation* FlowCompiler::operation_named(const Node& node, Call& action) const {
  const auto name = node.text();
  if (!name) return nullptr;
  const std::size_t dot = std::min(name->find('.'), name->size());
  action.service = name->substr(0, dot);
  action.operation = dot < name->size() ? name->substr(dot + 1) : "";
  const auto service = loading_.services.services.find(action.service);
  if (service == loading_.services.services.end()) {
    node.error("unknown-service", "there is no service '" + action.service + "'",
               config::near_names_hint(action.service, keys_of(loading_.services.services)));
    return nullptr;
  }
  const auto& operations = service->second.operations;
  const auto operation = operations.find(action.operation);
  if (operation != operations.end()) return &operation->second;
  node.error_at(dot < name->size() ? dot + 1 : 0, "unknown-operation",
                action.operation.empty()
                    ? "which operation of '" + action.service + "'?"
                    : "'" + action.service + "' has no operation '" + action.operation + "'",
                config::near_names_hint(action.operation, keys_of(operations)));
  return nullptr;
}

std::vector<Assignment> FlowCompiler::arguments(const Node& step, const Node& verb,
                                                const std::map<std::string, std::string>& wanted,
                                                const std::string& receiver) {
  std::vector<Assignment> list;
  const Node with = step.get("with");
  for (const Entry& entry : with ? with.entries() : std::vector<Entry>()) {
    const auto known = wanted.find(entry.name);
    if (known == wanted.end()) {
      entry.key.error("unknown-argument", "'" + receiver + "' takes no argument '" + entry.name + "'",
                      config::near_names_hint(entry.name, keys_of(wanted)));
      continue;
    }
    ExpressionPtr value = entry.value.is_null()
                              ? reader_.nothing()
                              : reader_.value(entry.value, type_of(known->second), entry.name);
    if (value) list.push_back({entry.name, std::move(value)});
  }
  for (const auto& [name, type] : wanted)
    if (!with.get(name))
      verb.error("missing-argument", "'" + receiver + "' needs the argument '" + name + "' (" + type + ")",
                 "add it under with");
  return list;
}

void FlowCompiler::read_arguments(const Node& step, const ServiceOperation& operation, Call& call) {
  const Node verb = step.get("call");
  call.arguments = arguments(step, verb, operation.arguments, verb.text().value_or(""));
  if (!changes_something(operation)) return;
  for (const Assignment& argument : call.arguments)
    for (const std::string& name : argument.value->variables())
      call.settles.push_back(name);
}

Action FlowCompiler::call(const Node& step, Label) {
  Call call;
  const std::string id = id_;
  const Node verb = step.get("call");
  if (const ServiceOperation* operation = operation_named(verb, call)) read_arguments(step, *operation, call);
  call.meanwhile = reader_.text(step.get("meanwhile"));
  call.as = step.get("as").text().value_or("");
  if (!step.get("failed"))
    verb.error("no-error-branch", "this call does not say what happens when it fails",
               "add failed: with what the person hears then");
  call.failed = ending_branch(step.get("failed"), id + ".failed", "failed");
  return call;
}

Action FlowCompiler::search(const Node& step, Label) {
  Search search;
  search.text = reader_.value(step.get("search"), cel::Kind::kString, "search");
  search.as = step.need("as").text().value_or("");
  search.accept = loading_.manifest.knowledge_accept;
  if (const Node accept = step.get("accept")) {
    search.accept = accept.number().value_or(search.accept);
    if (search.accept < 0 || search.accept > 1) accept.error("range", "a score from 0 to 1 is expected");
  }
  if (const Node limit = step.get("limit")) {
    const long long wanted = limit.integer().value_or(1);
    const long long most = limits::kPassagesPerSearchMax;
    if (wanted < 1 || wanted > most)
      limit.error("range", "a number from 1 to " + std::to_string(most) + " is expected");
    else
      search.limit = static_cast<std::size_t>(wanted);
  }
  if (!loading_.outline.knowledge)
    step.get("search").error("no-pages", "this bot has no pages to search",
                             "write them into knowledge/" + loading_.source_language() + "/NAME.md");
  return search;
}

Action FlowCompiler::run(const Node& step, Label) {
  Run run;
  const Node verb = step.get("run");
  run.flow = verb.text().value_or("");
  run.as = step.get("as").text().value_or("");
  const auto found = loading_.flows.find(run.flow);
  if (found == loading_.flows.end()) {
    if (verb.is_scalar())
      verb.error("unknown-flow", "there is no flow '" + run.flow + "'",
                 config::near_names_hint(run.flow, loading_.flow_names()));
    return run;
  }
  source_.called.insert(run.flow);
  const Flow& called = found->second.flow;
  run.arguments = arguments(step, verb, called.params, run.flow);
  if (!run.as.empty() && called.result.empty())
    step.get("as").error("no-result", "'" + run.flow + "' gives nothing back",
                         "give it a result: {slot: type}");
  return run;
}

Action FlowCompiler::go(const Node& step, Label) {
  if (step.get("go").text()) jumps_.push_back({flow_.steps.size() - 1, step.get("go")});
  return Go{};
}

Action FlowCompiler::handoff(const Node& step, Label) {
  const Node reason = step.get("handoff");
  return Handoff{reason.is_null() ? "asked for a person" : reason.text().value_or("")};
}

Action FlowCompiler::end(const Node& step, Label) {
  const Node reason = step.get("end");
  return End{reason.is_null() ? "completed" : reason.text().value_or("completed")};
}

}  // namespace parley::conversations
