// What the JSON Schemas of config/schema say about one place of an authoring file: which keys may stand
// there, what they mean, and what a value is.
//
// The schemas are compiled in: the same files that editors without this server use, so there is one list of
// keys. Beside what JSON Schema has, they say what the names in a file are:
//
//   "x-defines": "flow"       this text, or with propertyNames each key, gives something its name
//   "x-names": "intent"       ... is the name of something that stands elsewhere (of a list: each item)
//   "x-holds": "expression"   an expression, a `text` with {expressions} in it, or a `sentence` with
//                             [words](kind:slot) in it
//
// A place is the sum of all alternatives that a schema allows there. Immutable, cheap to copy; any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/lsp/file_kind.h"
#include "cli/lsp/yaml_place.h"
#include "engine/message.h"

namespace parley::lsp {

class SchemaPlace {
 public:
  SchemaPlace() = default;  // a place of which nothing is known
  /// A document of a file of this kind.
  static SchemaPlace document(FileKind kind);

  explicit operator bool() const { return !layers_.empty(); }
  SchemaPlace property(const std::string& key) const;
  SchemaPlace item() const;
  /// What is said about the keys of a map here.
  SchemaPlace keys() const;

  /// "" where nothing is said.
  std::string defines() const { return annotation("x-defines"); }
  std::string names() const { return annotation("x-names"); }
  std::string holds() const { return annotation("x-holds"); }
  std::string description() const { return annotation("description"); }

  /// The keys that may be added to a map that has these already. Of a step without a verb, the verbs.
  std::vector<std::string> keys_beside(const std::set<std::string>& present) const;
  /// The values that the schema lists, as they are written in YAML.
  std::vector<std::string> values() const;

 private:
  void add(const Json& schema);
  void add_property(const Json& schema, const std::string& key);
  std::string annotation(const char* name) const;

  std::vector<const Json*> layers_;  // of the outermost first
  const Json* root_ = nullptr;
};

/// What is said about the map, list or value at a place: of a key that is typed, about the map that gets it.
SchemaPlace schema_at(const YamlPlace& yaml, FileKind kind);

}  // namespace parley::lsp
