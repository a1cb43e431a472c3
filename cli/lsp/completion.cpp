// textDocument/completion: what may be typed at a place.
//
// The schema says what a place takes: keys, listed values, names of a kind, an expression, a text with
// {expressions}, a sentence with [words](kind:slot). The bot says which names there are.

#include <algorithm>
#include <set>

#include "cli/lsp/answers.h"
#include "cli/lsp/cel_functions.h"
#include "cli/lsp/description.h"
#include "cli/lsp/schema.h"
#include "cli/lsp/scope.h"
#include "conversations/flows/slot_types.h"
#include "intents/corpus.h"

namespace parley::lsp {
namespace {

// CompletionItemKind of LSP 3.17.
enum class ItemKind {
  kMethod = 2,
  kFunction = 3,
  kField = 5,
  kVariable = 6,
  kProperty = 10,
  kValue = 12,
  kKeyword = 14
};

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Completion {
 public:
  explicit Completion(const Place& place)
      : place_(place),
        yaml_(place_in_yaml(place.text, place.byte)),
        kind_(kind_of(place.path, place.bot.folder())),
        schema_(schema_at(yaml_, kind_)) {}

  Json items() {
    if (yaml_.key) keys();
    if (yaml_.value) values();
    return {{"isIncomplete", false}, {"items", std::move(items_)}};
  }

 private:
  std::string flow() const {
    return kind_ == FileKind::kFlows ? yaml_.frames.empty() ? "" : yaml_.frames.front().value_of("flow") : "";
  }

  void keys() {
    std::set<std::string> present;
    if (!yaml_.new_map && !yaml_.frames.empty())
      for (const auto& [key, value] : yaml_.frames.back().entries)
        if (key != yaml_.written) present.insert(key);
    replace_from(place_.byte - yaml_.written.size());
    for (const std::string& key : schema_.keys_beside(present))
      add(key, ItemKind::kProperty, schema_.property(key).description(), "", key + ": ");
    const SchemaPlace keys = schema_.keys();
    names(keys.names(), ": ");
  }

  void values() {
    replace_from(place_.byte - yaml_.written.size());
    const std::string holds = schema_.holds();
    if (holds == "expression") return expression(yaml_.written);
    if (holds == "text") return text();
    if (holds == "sentence") return sentence();
    if (const std::string kind = schema_.names(); !kind.empty()) return names(kind, "");
    for (const std::string& value : schema_.values())
      add(value, ItemKind::kValue, "");
  }

  // Names of a kind, as the schema calls it.
  void names(const std::string& kind, const std::string& behind) {
    if (kind == "intent") defined(NameKind::kIntent, "", behind);
    if (kind == "flow") defined(NameKind::kFlow, "", behind);
    if (kind == "decision") defined(NameKind::kDecision, "", behind);
    if (kind == "step") defined(NameKind::kStep, flow(), behind);
    if (kind == "slot") defined(NameKind::kSlot, flow(), behind);
    if (kind == "type") types();
    if (kind == "operation") operations(behind);
    if (kind == "argument") arguments(behind);
    if (kind == "value") entity_values(behind);
  }

  void defined(NameKind kind, const std::string& owner, const std::string& behind) {
    for (const NamePlace& found : place_.bot.defined(kind, owner)) {
      const Name& name = found.occurrence->name;
      add(name.text, ItemKind::kValue, description_of(place_.bot, name), "", name.text + behind);
    }
  }

  void types() {
    const auto& kinds =
        kind_ == FileKind::kVocabulary ? intents::built_in_kinds() : conversations::slot_types();
    for (const std::string& type : kinds)
      add(type, ItemKind::kKeyword, "");
    defined(NameKind::kEntity, "", "");
  }

  void operations(const std::string& behind) {
    for (const NamePlace& found : place_.bot.defined(NameKind::kOperation)) {
      const Name& name = found.occurrence->name;
      const std::string full = name.owner + "." + name.text;
      add(full, ItemKind::kMethod, description_of(place_.bot, name), "", full + behind);
    }
  }

  // Those of the step around that were not given yet.
  void arguments(const std::string& behind) {
    const std::string call = yaml_.beside("call");
    for (const ScopeName& argument : arguments_of(place_.bot, call.empty() ? yaml_.beside("run") : call))
      if (yaml_.frames.empty() || !yaml_.frames.back().entries.contains(argument.name))
        add(argument.name, ItemKind::kField, "", argument.type, argument.name + behind);
  }

  // Of the entity that the slot around is of.
  void entity_values(const std::string& behind) {
    std::string entity = yaml_.beside("type");
    for (const char* key : {"switch", "choose", "into"})
      if (const std::string slot = yaml_.beside(key); entity.empty() && !slot.empty())
        for (const NamePlace& found : place_.bot.definitions({NameKind::kSlot, flow(), slot}))
          entity = type_of(place_.bot, found);
    if (!entity.empty()) defined(NameKind::kValue, entity, behind);
  }

  // Behind a point the fields and methods, else all that is in scope.
  void expression(std::string_view written) {
    std::size_t begin = written.size();
    while (begin > 0 && is_name_character(written[begin - 1]))
      --begin;
    replace_from(place_.byte - (written.size() - begin));
    if (begin > 0 && written[begin - 1] == '.') return members(written.substr(0, begin - 1));
    for (const ScopeName& name : names_in_scope(place_.bot, flow()))
      add(name.name, ItemKind::kVariable, description_of(place_.bot, {NameKind::kSlot, flow(), name.name}),
          name.type);
    if (std::any_of(yaml_.frames.begin(), yaml_.frames.end(),
                    [](const YamlFrame& frame) { return frame.key == "failed"; }))
      add(conversations::kFailureName, ItemKind::kVariable,
          "how the call failed: unavailable, timeout, rejected or invalid", "text");
    functions(false);
  }

  void members(std::string_view before) {
    std::size_t begin = before.size();
    while (begin > 0 && is_name_character(before[begin - 1]))
      --begin;
    for (const ScopeName& field : fields_of(place_.bot, flow(), std::string(before.substr(begin))))
      add(field.name, ItemKind::kField, "", field.type);
    functions(true);
  }

  void functions(bool methods) {
    for (const std::string& name : function_names())
      if (is_method(name) == methods)
        add(name, ItemKind::kFunction, description_of(place_.bot, {NameKind::kFunction, "", name}),
            signatures_of(name).front(), name + "(");
  }

  // Only between a brace and the comma or brace behind its expression.
  void text() {
    const std::size_t open = yaml_.written.find_last_of("{}");
    if (open == std::string::npos || yaml_.written[open] == '}') return;
    const std::string inside = yaml_.written.substr(open + 1);
    if (inside.find(',') == std::string::npos) return expression(inside);
    replace_from(place_.byte - (inside.size() - inside.find_last_of(", ") - 1));
    for (const char* format :
         {"date", "time", "number", "plural", "select", "selectordinal", "spellout", "ordinal"})
      add(format, ItemKind::kKeyword, "");
  }

  // Only inside the brackets behind marked words.
  void sentence() {
    const std::size_t open = yaml_.written.rfind("](");
    if (open == std::string::npos || yaml_.written.find(')', open) != std::string::npos) return;
    const std::string inside = yaml_.written.substr(open + 2);
    const std::size_t colon = inside.find(':');
    replace_from(place_.byte - (colon == std::string::npos ? inside.size() : inside.size() - colon - 1));
    if (colon != std::string::npos) return slots_of_intent();
    for (const std::string& kind : intents::built_in_kinds())
      add(kind, ItemKind::kKeyword, "");
    defined(NameKind::kEntity, "", "");
  }

  void slots_of_intent() {
    const std::string intent = yaml_.frames.empty() ? "" : yaml_.frames.front().value_of("intent");
    for (const NamePlace& use :
         place_.bot.references(place_.bot.definitions({NameKind::kIntent, "", intent})))
      if (use.file->kind == FileKind::kFlows) defined(NameKind::kSlot, use.occurrence->within, "");
  }

  void replace_from(std::size_t begin) {
    const TextPositions positions(place_.text);
    range_ = to_json(positions, ByteRange{std::min(begin, place_.byte), place_.byte});
  }

  void add(const std::string& label, ItemKind kind, const std::string& documentation,
           const std::string& detail = "", const std::string& inserted = "") {
    if (!offered_.insert(label).second) return;
    Json item{{"label", label},
              {"kind", static_cast<int>(kind)},
              {"textEdit", {{"range", range_}, {"newText", inserted.empty() ? label : inserted}}}};
    if (!documentation.empty()) item["documentation"] = {{"kind", "markdown"}, {"value", documentation}};
    if (!detail.empty()) item["detail"] = detail;
    items_.push_back(std::move(item));
  }

  const Place& place_;
  const YamlPlace yaml_;
  const FileKind kind_;
  const SchemaPlace schema_;
  Json range_;
  Json items_ = Json::array();
  std::set<std::string> offered_;
};

}  // namespace

Json completion(const Place& place) {
  return Completion(place).items();
}

}  // namespace parley::lsp
