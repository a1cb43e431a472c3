// A request and its answer, free of any HTTP library: what the protocols of this folder see.
//
// Plain values. A Respond is called exactly once, from any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::connectors {

struct HttpRequest {
  std::string method;                                       // "GET"
  std::string path;                                         // decoded, without the query
  std::map<std::string, std::string, std::less<>> query;    // decoded
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  std::string body;
  std::string address;  // of the client, behind trusted proxies too
  bool secure = false;  // a trusted proxy says that it came over TLS

  std::string_view header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
  }
  /// The token behind `Authorization: Bearer `, or "".
  std::string_view bearer() const;
};

struct HttpResponse {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers = {};
};

using Respond = std::function<void(HttpResponse)>;

/// Splits and decodes `/path?query`. False: not a path, or a broken %-escape.
bool read_target(std::string_view target, HttpRequest& into);

/// The segments of a path: "/a/b" gives a, b. Empty segments are kept.
std::vector<std::string> path_segments(std::string_view path);

}  // namespace parley::connectors
