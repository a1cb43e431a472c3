// Reads the parts of an HTTP request in which {argument} may stand: paths, queries, headers, bodies.
//
// Codes: `placeholder`, `undeclared-parameter`, `secret-place`, `missing-secret`, `written-secret`,
// `bad-header`, `bad-path`, `range`. Each function notes the arguments that it came across in `Arguments`.
//
// Thread rule: one thread.
#pragma once

#include <map>
#include <set>
#include <string>

#include "config/yaml.h"
#include "engine/http_exchange.h"

namespace parley {

/// The arguments of an operation, and which of them its request has used.
struct Arguments {
  std::map<std::string, std::string> declared;  // name -> type
  std::set<std::string> used;
  bool undeclared = false;  // a name was met that is not declared: perhaps a misspelt one
};

HttpText read_path(const config::Node& node, Arguments& arguments);
HttpTexts read_query(const config::Node& map, Arguments& arguments);
HttpTexts read_headers(const config::Node& map, Arguments& arguments);
/// The headers of a service, which know no arguments.
HttpTexts read_headers(const config::Node& map);
/// Lists, maps, and values as YAML knows them; quoted ones are texts.
Json read_body(const config::Node& node, Arguments& arguments);

/// A whole number from 0 to `most`; reports `range`. Absent: `otherwise`.
int read_count(const config::Node& node, int otherwise, int most);

}  // namespace parley
