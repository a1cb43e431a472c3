#include "cli/lsp/schema.h"

#include <algorithm>
#include <array>
#include <map>
#include <re2/re2.h>

namespace parley {

const std::map<std::string_view, std::string_view>& schema_files();  // config/schema, compiled in

namespace lsp {
namespace {

constexpr std::array<const char*, 3> kAlternatives{"allOf", "anyOf", "oneOf"};

const Json& schema_of(FileKind kind) {
  static const std::map<FileKind, Json> kSchemas = [] {
    std::map<FileKind, Json> schemas;
    for (const auto& [of, name] : std::map<FileKind, std::string>{{FileKind::kBot, "bot"},
                                                                  {FileKind::kIntents, "intent"},
                                                                  {FileKind::kVocabulary, "vocabulary"},
                                                                  {FileKind::kFlows, "flow"},
                                                                  {FileKind::kServices, "services"},
                                                                  {FileKind::kTests, "test"}})
      schemas.emplace(of, Json::parse(schema_files().at(name + ".schema.json")));
    return schemas;
  }();
  return kSchemas.at(kind);
}

// The verbs of a step: each stands alone in one of the alternatives of which one is required.
std::vector<std::string> verbs_of(const Json& layer) {
  std::vector<std::string> verbs;
  if (const auto any = layer.find("anyOf"); any != layer.end() && layer.contains("dependencies"))
    for (const Json& alternative : *any)
      if (alternative.contains("required") && alternative["required"].size() == 1)
        verbs.push_back(alternative["required"][0]);
  return verbs;
}

// The keys that may stand beside those that are there; nullopt: the layer does not restrict them.
std::optional<std::set<std::string>> keys_beside_verb(const Json& layer,
                                                      const std::set<std::string>& present) {
  std::optional<std::set<std::string>> allowed;
  const Json rules = layer.value("dependencies", Json::object());
  for (const auto& [verb, rule] : rules.items()) {
    if (!present.contains(verb) || !rule.contains("properties")) continue;
    allowed.emplace();
    for (const auto& [key, any] : rule["properties"].items())
      allowed->insert(key);
    return allowed;
  }
  return allowed;
}

}  // namespace

SchemaPlace SchemaPlace::document(FileKind kind) {
  SchemaPlace place;
  if (kind == FileKind::kOther) return place;
  place.root_ = &schema_of(kind);
  place.add(*place.root_);
  return place;
}

void SchemaPlace::add(const Json& schema) {
  if (!schema.is_object()) return;  // `true`: anything
  layers_.push_back(&schema);
  if (const auto reference = schema.find("$ref"); reference != schema.end())
    add(root_->at(Json::json_pointer(reference->get<std::string>().substr(1))));
  for (const char* name : kAlternatives)
    if (const auto list = schema.find(name); list != schema.end())
      for (const Json& alternative : *list)
        add(alternative);
}

void SchemaPlace::add_property(const Json& schema, const std::string& key) {
  if (const auto known = schema.find("properties"); known != schema.end() && known->contains(key))
    return add(known->at(key));
  if (const auto patterns = schema.find("patternProperties"); patterns != schema.end())
    for (const auto& [pattern, of] : patterns->items())
      if (RE2::PartialMatch(key, pattern)) return add(of);
  if (const auto other = schema.find("additionalProperties"); other != schema.end()) add(*other);
}

SchemaPlace SchemaPlace::property(const std::string& key) const {
  SchemaPlace place;
  place.root_ = root_;
  for (const Json* layer : layers_)
    place.add_property(*layer, key);
  return place;
}

SchemaPlace SchemaPlace::item() const {
  SchemaPlace place;
  place.root_ = root_;
  for (const Json* layer : layers_)
    if (const auto items = layer->find("items"); items != layer->end()) place.add(*items);
  // What a list names, its items name.
  if (place.names().empty())
    for (const Json* layer : layers_)
      if (layer->contains("x-names")) place.layers_.push_back(layer);
  return place;
}

SchemaPlace SchemaPlace::keys() const {
  SchemaPlace place;
  place.root_ = root_;
  for (const Json* layer : layers_)
    if (const auto names = layer->find("propertyNames"); names != layer->end()) place.add(*names);
  return place;
}

std::string SchemaPlace::annotation(const char* name) const {
  for (const Json* layer : layers_)
    if (const auto said = layer->find(name); said != layer->end() && said->is_string())
      return said->get<std::string>();
  return "";
}

std::vector<std::string> SchemaPlace::keys_beside(const std::set<std::string>& present) const {
  std::vector<std::string> keys;
  for (const Json* layer : layers_) {
    const auto allowed = keys_beside_verb(*layer, present);
    std::vector<std::string> offered;
    if (const auto verbs = verbs_of(*layer); !verbs.empty() && !allowed)
      offered = verbs;
    else if (const auto properties = layer->find("properties"); properties != layer->end())
      for (const auto& [key, of] : properties->items())
        if (!allowed || allowed->contains(key)) offered.push_back(key);
    for (const std::string& key : offered)
      if (!present.contains(key) && std::find(keys.begin(), keys.end(), key) == keys.end())
        keys.push_back(key);
  }
  return keys;
}

std::vector<std::string> SchemaPlace::values() const {
  std::vector<std::string> values;
  const auto add_value = [&](const Json& value) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (!value.is_structured() && std::find(values.begin(), values.end(), text) == values.end())
      values.push_back(text);
  };
  for (const Json* layer : layers_) {
    for (const char* list : {"enum", "examples"})
      for (const Json& value : layer->value(list, Json::array()))
        add_value(value);
    if (layer->value("type", Json()) == "boolean")
      for (const bool value : {true, false})
        add_value(value);
  }
  return values;
}

SchemaPlace schema_at(const YamlPlace& yaml, FileKind kind) {
  SchemaPlace schema = SchemaPlace::document(kind);
  const bool in_map = yaml.key && !yaml.new_map;
  for (std::size_t i = 0; i < yaml.frames.size(); ++i) {
    const YamlFrame& frame = yaml.frames[i];
    if (in_map && i + 1 == yaml.frames.size()) break;
    schema = frame.list ? schema.item() : schema.property(frame.key);
  }
  return schema;
}

}  // namespace lsp
}  // namespace parley
