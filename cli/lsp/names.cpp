// One walk over a file and its schema: the schema says of each key and each scalar what it names, so a new
// key of the authoring language needs nothing here.
#include "cli/lsp/names.h"

#include <map>

#include "cli/lsp/names_inside.h"
#include "cli/lsp/schema.h"

namespace parley::lsp {
namespace {

using config::Entry;
using config::Node;

const std::map<std::string, NameKind>& kinds() {
  static const std::map<std::string, NameKind> kKinds{
      {"intent", NameKind::kIntent},       {"entity", NameKind::kEntity},
      {"type", NameKind::kEntity},         {"value", NameKind::kValue},
      {"flow", NameKind::kFlow},           {"slot", NameKind::kSlot},
      {"step", NameKind::kStep},           {"service", NameKind::kService},
      {"operation", NameKind::kOperation}, {"argument", NameKind::kArgument},
      {"decision", NameKind::kDecision}};
  return kKinds;
}

std::string text_in(const Node& map, std::string_view key) {
  const Node node = map.get(key);
  return node.is_scalar() ? node.text().value_or("") : "";
}

class NameWalk {
 public:
  NameWalk(const config::YamlFile& yaml, FileKind kind, std::vector<Occurrence>& found)
      : yaml_(yaml), kind_(kind), found_(found) {}

  void walk(const Node& document) {
    document_ = document;
    for (const char* key : {"flow", "intent", "entity", "service", "test"})
      if (within_ = text_in(document, key); !within_.empty()) break;
    visit(document, SchemaPlace::document(kind_));
  }

 private:
  void visit(const Node& node, const SchemaPlace& place) {
    if (!place) return;
    if (node.is_map()) return visit_map(node, place);
    if (node.is_list()) {
      for (const Node& item : node.list())
        visit(item, place.item());
      return;
    }
    if (!node.is_scalar()) return;
    const std::string text = node.text().value_or("");
    const Node map = maps_.empty() ? node : maps_.back();
    if (const std::string kind = place.defines(); !kind.empty()) add(kind, text, node, true, map);
    if (const std::string kind = place.names(); !kind.empty()) add(kind, text, node, false, node);
    add_inside(place.holds(), text, node);
  }

  void visit_map(const Node& map, const SchemaPlace& place) {
    const SchemaPlace keys = place.keys();
    const std::string defines = keys.defines(), names = keys.names();
    maps_.push_back(map);
    for (const Entry& entry : map.entries()) {
      keys_.push_back(entry.name);
      if (!defines.empty()) add(defines, entry.name, entry.key, true, entry.value);
      if (!names.empty()) add(names, entry.name, entry.key, false, entry.key);
      visit(entry.value, place.property(entry.name));
      keys_.pop_back();
    }
    maps_.pop_back();
  }

  void add(const std::string& kind, const std::string& text, const Node& scalar, bool defines,
           const Node& node) {
    const auto known = kinds().find(kind);
    if (known == kinds().end() || text.empty()) return;
    if (known->second == NameKind::kOperation && !defines) return add_operation(text, scalar);
    Name name{known->second, "", text};
    if (name.kind == NameKind::kArgument)
      to_argument(name);
    else
      name.owner = owner_of(name.kind);
    found_.push_back({std::move(name), range_of(scalar, 0, text.size()), defines, within_, node});
  }

  void add_operation(const std::string& text, const Node& scalar) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    const std::string service = text.substr(0, dot);
    found_.push_back({{NameKind::kService, "", service}, range_of(scalar, 0, dot), false, within_, scalar});
    if (dot < text.size())
      found_.push_back({{NameKind::kOperation, service, text.substr(dot + 1)},
                        range_of(scalar, dot + 1, text.size()),
                        false,
                        within_,
                        scalar});
  }

  void add_inside(const std::string& what, const std::string& text, const Node& scalar) {
    std::vector<InnerName> names;
    if (what == "expression") names = names_in_expression(text);
    if (what == "text") names = names_in_text(text);
    if (what == "sentence") names = names_in_sentence(text);
    for (const InnerName& inner : names)
      found_.push_back(
          {name_of(inner), range_of(scalar, inner.range.begin, inner.range.end), false, within_, scalar});
  }

  Name name_of(const InnerName& inner) const {
    switch (inner.what) {
      case InnerName::What::kFunction:
        return {NameKind::kFunction, "", inner.text};
      case InnerName::What::kKind:
        return {NameKind::kEntity, "", inner.text};
      case InnerName::What::kSlot:
        return {NameKind::kSlot, "intent " + within_, inner.text};
      case InnerName::What::kValue:
        return {NameKind::kValue, type_of_slot(inner.compared_with), inner.text};
      case InnerName::What::kVariable:
        break;
    }
    return {NameKind::kSlot, within_, inner.text};
  }

  std::string owner_of(NameKind kind) const {
    const bool in_test = kind_ == FileKind::kTests;
    switch (kind) {
      case NameKind::kSlot:
      case NameKind::kStep:
        return in_test ? "" : within_;
      case NameKind::kOperation:
        return within_;
      case NameKind::kValue:
        return kind_ == FileKind::kVocabulary ? within_ : entity_here();
      default:
        return "";
    }
  }

  // Whose values may stand here: of the slot that is switched by, chosen, decided or described.
  std::string entity_here() const {
    for (auto map = maps_.rbegin(); map != maps_.rend(); ++map) {
      if (const std::string type = text_in(*map, "type"); !type.empty()) return type;
      for (const char* key : {"switch", "choose", "into"})
        if (const std::string slot = text_in(*map, key); !slot.empty()) return type_of_slot(slot);
    }
    return "";
  }

  std::string type_of_slot(const std::string& slot) const {
    return text_in(document_.get("slots").get(slot), "type");
  }

  // What a call gives an operation, what a run gives the flow that runs; and where services define them.
  void to_argument(Name& name) const {
    if (kind_ == FileKind::kServices) {
      name.owner = within_ + "." + (keys_.size() > 1 ? keys_[1] : "");
      return;
    }
    for (auto map = maps_.rbegin(); map != maps_.rend(); ++map) {
      if (const std::string operation = text_in(*map, "call"); !operation.empty()) {
        name.owner = operation;
        return;
      }
      if (const std::string flow = text_in(*map, "run"); !flow.empty()) {
        name = {NameKind::kSlot, flow, name.text};
        return;
      }
    }
  }

  ByteRange range_of(const Node& scalar, std::size_t begin, std::size_t end) const {
    return {yaml_.byte_at(scalar.position_at(begin)), yaml_.byte_at(scalar.position_at(end))};
  }

  const config::YamlFile& yaml_;
  const FileKind kind_;
  std::vector<Occurrence>& found_;
  Node document_;
  std::string within_;
  std::vector<Node> maps_;         // around the place, the outermost first
  std::vector<std::string> keys_;  // the way to the place
};

}  // namespace

AuthoredFile read_names(std::shared_ptr<const config::YamlFile> yaml, FileKind kind) {
  AuthoredFile file{kind, std::move(yaml), {}};
  NameWalk walk(*file.yaml, kind, file.occurrences);
  for (const config::Node& document : file.yaml->documents())
    walk.walk(document);
  return file;
}

}  // namespace parley::lsp
