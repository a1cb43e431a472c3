#include "cli/lsp/description.h"

#include <algorithm>
#include <map>
#include <set>

#include "cli/lsp/cel_functions.h"
#include "cli/lsp/scope.h"
#include "intents/corpus.h"

namespace parley::lsp {
namespace {

using config::Entry;
using config::Node;

std::string heading(const std::string& kind, const std::string& name) {
  return "**" + kind + " `" + name + "`**";
}

std::string line(const std::string& label, const std::string& text) {
  return text.empty() ? "" : "\n\n" + label + ": " + text;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + text + "`";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : ", ") + text;
  return all;
}

// A text, or the first of its variants that is for everyone.
std::string first_text(const Node& node) {
  for (const Node& item : node.items())
    if (item.is_scalar()) return item.text().value_or("");
  return "";
}

std::string typed(const std::vector<ScopeName>& names) {
  std::vector<std::string> texts;
  for (const ScopeName& name : names)
    texts.push_back(code(name.type.empty() ? name.name : name.name + ": " + name.type));
  return joined(texts);
}

std::vector<ScopeName> types_in(const Node& map) {
  std::vector<ScopeName> names;
  if (map.is_map())
    for (const Entry& entry : map.entries())
      names.push_back({entry.name, entry.value.is_scalar() ? entry.value.text().value_or("") : ""});
  return names;
}

std::string flows_started_by(const BotView& bot, const std::string& intent) {
  std::vector<std::string> flows;
  for (const NamePlace& place : bot.references(bot.definitions({NameKind::kIntent, "", intent})))
    if (!place.occurrence->defines && place.file->kind == FileKind::kFlows)
      flows.push_back(code(place.occurrence->within));
  return joined(flows);
}

std::string of_intent(const BotView& bot, const std::string& name) {
  const auto& intents = bot.files().corpus.intents;
  const auto found =
      std::find_if(intents.begin(), intents.end(), [&](const auto& intent) { return intent.name == name; });
  if (found == intents.end()) return "";
  std::map<std::string, std::size_t> counts;
  std::string examples;
  for (const intents::Sentence& sentence : found->sentences)
    if (++counts[sentence.language]; sentence.language == bot.files().corpus.languages.front() &&
                                     counts[sentence.language] <= kExamplesShown)
      examples += "\n- " + sentence.text;
  std::vector<std::string> sentences;
  for (const auto& [language, count] : counts)
    sentences.push_back(std::to_string(count) + " in " + language);
  return heading("intent", name) + line("Title", found->title) + line("Sentences", joined(sentences)) +
         line("Starts", flows_started_by(bot, name)) + (examples.empty() ? "" : "\n" + examples);
}

std::string of_built_in_kind(const std::string& name) {
  const auto& kinds = intents::built_in_kinds();
  return std::find(kinds.begin(), kinds.end(), name) == kinds.end() ? "" : heading("built-in kind", name);
}

std::string of_entity(const Node& entity, const std::string& name) {
  std::vector<std::string> values;
  if (const Node map = entity.get("values"); map.is_map())
    for (const Entry& value : map.entries())
      if (values.size() < kValuesShown) values.push_back(code(value.name));
  return heading("entity", name) + line("Values", joined(values)) +
         line("Pattern", code(first_text(entity.get("pattern")))) +
         line("Parts", typed(types_in(entity.get("parts"))));
}

std::string of_value(const Node& value, const std::string& name) {
  std::string text = heading("value", name);
  if (!value.is_map()) return text;
  for (const Entry& language : value.entries()) {
    std::vector<std::string> words;
    for (const Node& word : language.value.items())
      if (word.is_scalar()) words.push_back(word.text().value_or(""));
    text += line(language.name, joined(words));
  }
  return text;
}

void collect_ends(const Node& node, std::set<std::string>& ends) {
  if (node.is_list())
    for (const Node& item : node.list())
      collect_ends(item, ends);
  if (!node.is_map()) return;
  for (const Entry& entry : node.entries()) {
    if (entry.name == "end") ends.insert(entry.value.is_null() ? "completed" : first_text(entry.value));
    if (entry.name == "handoff") ends.insert("escalated");
    collect_ends(entry.value, ends);
  }
}

std::string of_flow(const Node& flow, const std::string& name, bool built_in) {
  std::set<std::string> ends;
  collect_ends(flow.get("steps"), ends);
  std::vector<std::string> intents, reasons;
  for (const Node& intent : flow.get("when").items())
    if (intent.is_scalar()) intents.push_back(code(intent.text().value_or("")));
  for (const std::string& end : ends)
    reasons.push_back(code(end));
  return heading(built_in ? "built-in flow" : "flow", name) + line("Title", first_text(flow.get("title"))) +
         line("Starts with", joined(intents)) + line("Parameters", typed(types_in(flow.get("params")))) +
         line("Results", typed(types_in(flow.get("result")))) + line("Ends as", joined(reasons));
}

std::string of_slot(const BotView& bot, const NamePlace& place, const std::string& name) {
  const Node& node = place.occurrence->node;
  std::string text = heading("slot", name) + line("Type", code(type_of(bot, place)));
  if (!node.is_map() || node.get("as")) return text;
  return text + line("Asks", first_text(node.get("ask"))) +
         line("Check", code(first_text(node.get("check")))) +
         (first_text(node.get("optional")) == "true" ? "\n\nOptional." : "");
}

std::string of_step(const Node& step, const std::string& name) {
  for (const Entry& entry : step.is_map() ? step.entries() : std::vector<Entry>())
    if (entry.name != "name") return heading("step", name) + line(entry.name, first_text(entry.value));
  return heading("step", name);
}

std::string of_operation(const Node& operation, const Name& name) {
  const std::string rows = first_text(operation.get("rows"));
  return heading("operation", name.owner + "." + name.text) +
         line("Arguments", typed(types_in(operation.get("with")))) +
         line("Returns", typed(types_in(operation.get("returns")))) +
         line("Rows", rows.empty() ? "one" : rows) + line("Time-out", first_text(operation.get("timeout")));
}

std::string of_service(const BotView& bot, const std::string& name) {
  std::vector<std::string> operations;
  for (const NamePlace& place : bot.defined(NameKind::kOperation, name))
    operations.push_back(code(place.occurrence->name.text));
  return heading("service", name) + line("Operations", joined(operations));
}

std::string of_function(const std::string& name) {
  const auto signatures = signatures_of(name);
  if (signatures.empty()) return "";
  std::string text = "```\n";
  for (const std::string& signature : signatures)
    text += signature + "\n";
  return text + "```";
}

// `user`, `today` and their kin stand in no file.
std::string of_name_everywhere(const BotView& bot, const std::string& name) {
  for (const ScopeName& known : names_in_scope(bot, ""))
    if (known.name == name) return heading("always there", name) + line("Type", code(known.type));
  return "";
}

std::string of_definition(const BotView& bot, const NamePlace& place, const Name& name) {
  const Node& node = place.occurrence->node;
  switch (name.kind) {
    case NameKind::kEntity:
      return of_entity(node, name.text);
    case NameKind::kValue:
      return of_value(node, name.text);
    case NameKind::kFlow:
      return of_flow(node, name.text, place.path.empty());
    case NameKind::kSlot:
      return of_slot(bot, place, name.text);
    case NameKind::kStep:
      return of_step(node, name.text);
    case NameKind::kOperation:
      return of_operation(node, name);
    case NameKind::kArgument:
      return heading("argument", name.text) + line("Type", code(first_text(node)));
    case NameKind::kDecision:
      return heading("decision", name.text) + line("Table", code(place.path.filename().string()));
    default:
      return "";
  }
}

}  // namespace

std::string description_of(const BotView& bot, const Name& name) {
  if (name.kind == NameKind::kFunction) return of_function(name.text);
  if (name.kind == NameKind::kIntent) return of_intent(bot, name.text);
  if (name.kind == NameKind::kService) return of_service(bot, name.text);
  const auto places = bot.definitions(name);
  if (!places.empty()) return of_definition(bot, places.front(), name);
  return name.kind == NameKind::kEntity ? of_built_in_kind(name.text) : of_name_everywhere(bot, name.text);
}

}  // namespace parley::lsp
