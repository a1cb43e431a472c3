// An HTTP request that a flow may cause, and how its JSON reply becomes rows: what services.yaml says of an
// HTTP service, read and checked.
//
// Example: `post: /tickets/{id}/notes`, `body: {text: "{note}"}`, `returns: {author: text from /by/name}`.
// Secrets stand in here by name only: the value of {secret.NAME} is taken from the environment when a request
// is made, and is nowhere else.
//
// Plain values, immutable after load.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "config/network.h"
#include "engine/limits.h"
#include "engine/message.h"

namespace parley {

/// A text with {argument} and {secret.NAME} in it; {{ and }} stand for braces.
struct HttpText {
  enum class Kind { kWords, kArgument, kSecret };
  struct Piece {
    Kind kind = Kind::kWords;
    std::string text;  // the words, or the name
  };
  std::vector<Piece> pieces;
};

using HttpTexts = std::vector<std::pair<std::string, HttpText>>;  // by name, as written

/// A place in a JSON document: the parts of a JSON Pointer (RFC 6901), unescaped. Empty: the whole document.
using JsonPath = std::vector<std::string>;

/// Where the value of a column comes from: the status of the reply, or a place in its row.
struct HttpColumn {
  bool is_status = false;
  JsonPath path;
};

/// A server that speaks HTTP.
struct HttpSource {
  std::string base;   // "https://tickets.example.org/api", without a slash at its end
  HttpTexts headers;  // sent with every request
  std::vector<config::Network> private_networks;  // addresses that are not public, and allowed all the same
  int redirects = 0;                              // followed, within the same scheme, host and port
  std::string proxy;                              // "http://proxy.example.org:3128"; empty: none
  std::filesystem::path ca_file;  // certificates to trust instead of the system's; empty: the system's
};

/// One operation: a request and what to read from the reply.
struct HttpExchange {
  std::string method;  // "GET", "POST", "PUT", "PATCH", "DELETE"
  HttpText path;       // put behind the base; arguments in it are percent-encoded
  HttpTexts query;
  HttpTexts headers;
  std::optional<Json> body;  // its texts are HttpTexts as written; one that is a single {argument} keeps the
                             // argument's type
  JsonPath rows_at;          // where the row, or the list of rows, stands in the reply
  std::map<std::string, HttpColumn> columns;
  std::set<int> accepted;  // statuses besides 2xx whose reply is an answer
  std::set<int> empty;     // statuses that mean: there is none
  int retries = limits::kServiceRetries;
};

}  // namespace parley
