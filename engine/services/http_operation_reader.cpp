#include "engine/services/http_operation_reader.h"

#include <algorithm>
#include <optional>

#include "engine/services/http_text_reader.h"
#include "engine/services/service_reading.h"

namespace parley {
namespace {

using config::Entry;
using config::Node;

struct Method {
  const char* key;
  const char* name;
  bool sends_body;
};
constexpr Method kMethods[] = {{"get", "GET", false},
                               {"post", "POST", true},
                               {"put", "PUT", true},
                               {"patch", "PATCH", true},
                               {"delete", "DELETE", false}};

// The parts of a JSON Pointer; nullopt: it is none (RFC 6901, 3).
std::optional<JsonPath> parse_pointer(const std::string& pointer) {
  if (!pointer.starts_with('/')) return std::nullopt;
  JsonPath path;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      path.emplace_back();
    } else if (pointer[i] != '~') {
      path.back() += pointer[i];
    } else {
      const char escaped = ++i < pointer.size() ? pointer[i] : ' ';
      if (escaped != '0' && escaped != '1') return std::nullopt;
      path.back() += escaped == '0' ? '~' : '/';
    }
  }
  return path;
}

JsonPath read_pointer(const Node& node, const std::string& pointer, std::size_t offset) {
  if (const auto path = parse_pointer(pointer)) return *path;
  node.error_at(offset, "bad-source", "'" + pointer + "' is not a place in the reply",
                "write the names on the way to it, each after a slash: /ticket/id, /owners/0/name");
  return {};
}

class OperationReader {
 public:
  explicit OperationReader(const Entry& entry) : entry_(entry), node_(entry.value) {}

  ServiceOperation read() {
    operation_ = read_operation_frame(node_);
    if (!node_.is_map()) return std::move(operation_);
    node_.allow({"with", "get", "post", "put", "patch", "delete", "query", "headers", "body", "from",
                 "returns", "rows", "timeout", "retries", "accept", "empty"});
    arguments_.declared = operation_.arguments;
    read_request();
    read_returns();
    HttpExchange& http = operation_.http;
    http.retries = read_count(node_.get("retries"), limits::kServiceRetries, limits::kServiceRetriesMax);
    http.accepted = read_statuses(node_.get("accept"));
    http.empty = read_statuses(node_.get("empty"));
    if (operation_.rows == RowCount::kMany && node_.get("accept"))
      node_.get("accept").error("bad-source", "a list of rows can't be read from a reply that refuses",
                                "use 'accept' with 'rows: one' or 'rows: none'");
    return std::move(operation_);
  }

 private:
  void read_request() {
    HttpExchange& http = operation_.http;
    const Method& method = read_method();
    http.method = method.name;
    if (const Node path = node_.get(method.key)) http.path = read_path(path, arguments_);
    http.headers = read_headers(node_.get("headers"), arguments_);
    http.query = read_query(node_.get("query"), arguments_);
    const Node body = node_.get("body");
    if (body && http.method == "GET")
      body.error("no-body", "a get has no body", "put it under query, or use post");
    if (body) http.body = read_body(body, arguments_);
    place_rest(method.sends_body);
  }

  const Method& read_method() {
    const Method* found = nullptr;
    for (const Method& method : kMethods) {
      const Node node = node_.get(method.key);
      if (node && found)
        node.error("http-method",
                   std::string("an operation is one request, and this one has '") + found->key + "' already",
                   "make it an operation of its own");
      if (node && !found) found = &method;
    }
    if (found == nullptr)
      entry_.key.error("http-method", "'" + entry_.name + "' does not say what to request",
                       "write get, post, put, patch or delete with a path: get: /tickets/{id}");
    return found ? *found : kMethods[0];
  }

  // Arguments that the author has put nowhere.
  void place_rest(bool sends_body) {
    const bool into_body = sends_body && !node_.get("body");
    const bool into_query = !sends_body && !node_.get("query") && !node_.get("body");
    const Node with = node_.get("with");
    for (const Entry& entry : with.is_map() ? with.entries() : std::vector<Entry>()) {
      if (arguments_.used.contains(entry.name)) continue;
      if (into_body)
        add_to_body(entry.name);
      else if (into_query)
        operation_.http.query.push_back({entry.name, {{{HttpText::Kind::kArgument, entry.name}}}});
      else if (!arguments_.undeclared)
        entry.key.error("unused-parameter", "nothing in the request uses '{" + entry.name + "}'",
                        "use it, or remove it here");
    }
  }

  void add_to_body(const std::string& name) {
    std::optional<Json>& body = operation_.http.body;
    if (!body) body = Json::object();
    (*body)[name] = "{" + name + "}";
  }

  void read_returns() {
    const Node returns = node_.get("returns");
    if (const Node from = node_.get("from"); from.is_scalar())
      operation_.http.rows_at = read_pointer(from, from.text().value_or(""), 0);
    for (const Entry& entry : returns ? returns.entries() : std::vector<Entry>()) {
      check_name(entry.key, entry.name);
      if (const auto written = entry.value.text()) read_column(entry, *written);
    }
    check_returns(entry_, operation_);
  }

  // "text", "text from /ticket/id", "int from status"
  void read_column(const Entry& entry, const std::string& written) {
    constexpr std::string_view kFrom = " from ";
    const std::size_t from = std::min(written.find(kFrom), written.size());
    const std::string type = read_type(entry.value, written.substr(0, from));
    HttpColumn column{false, {entry.name}};
    if (from < written.size()) {
      const std::string source = written.substr(from + kFrom.size());
      column.is_status = source == "status";
      if (column.is_status && type != "int")
        entry.value.error("bad-source", "the status of a reply is an int", "write int from status");
      column.path = column.is_status ? JsonPath() : read_pointer(entry.value, source, from + kFrom.size());
    }
    operation_.columns[entry.name] = type;
    operation_.http.columns[entry.name] = std::move(column);
  }

  static std::set<int> read_statuses(const Node& node) {
    constexpr int kFirst = 200, kLast = 599;
    std::set<int> statuses;
    for (const Node& item : node.items()) {
      const auto status = item.integer();
      if (status && *status >= kFirst && *status <= kLast)
        statuses.insert(static_cast<int>(*status));
      else if (status)
        item.error("range", "a status is from 200 to 599");
    }
    return statuses;
  }

  const Entry& entry_;
  const Node node_;
  Arguments arguments_;
  ServiceOperation operation_;
};

}  // namespace

ServiceOperation read_http_operation(const Entry& entry) {
  return OperationReader(entry).read();
}

}  // namespace parley
