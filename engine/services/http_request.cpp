#include "engine/services/http_request.h"

#include <algorithm>
#include <strings.h>

#include "engine/services/http_text.h"
#include "engine/services/value_type.h"

namespace parley {
namespace {

Result<Done> check_arguments(const ServiceOperation& operation, const Json& arguments) {
  for (const auto& [name, type] : operation.arguments) {
    const auto value = arguments.find(name);
    if (value == arguments.end()) return Error{ErrorCode::kInvalid, "the argument '" + name + "' is missing"};
    if (!fits(type, *value))
      return Error{ErrorCode::kInvalid, "the argument '" + name + "' is not of type " + type};
  }
  return Done{};
}

// A parameter whose only argument is null is left out.
bool is_left_out(const HttpText& text, const Json& arguments) {
  const std::string single = single_argument(text);
  return !single.empty() && arguments.contains(single) && arguments.at(single).is_null();
}

Result<Done> add_query(const HttpTexts& query, const Json& arguments, std::string& url) {
  char separator = '?';
  for (const auto& [name, text] : query) {
    if (is_left_out(text, arguments)) continue;
    const HttpText written{{{HttpText::Kind::kArgument, "name"}}};
    const auto encoded = fill(written, {{"name", name}}, HttpPlace::kQuery);
    const auto value = fill(text, arguments, HttpPlace::kQuery);
    if (!value) return value.error();
    url += separator + *encoded + '=' + *value;
    separator = '&';
  }
  return Done{};
}

bool holds(const HttpTexts& headers, const std::string& name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& header) { return strcasecmp(header.first.c_str(), name.c_str()) == 0; });
}

// Those of `headers` that `others` does not hold.
Result<Done> add_headers(const HttpTexts& headers, const HttpTexts& others, const Json& arguments,
                         ServiceRequest& request) {
  for (const auto& [name, text] : headers) {
    if (holds(others, name) || is_left_out(text, arguments)) continue;
    const auto value = fill(text, arguments, HttpPlace::kHeader);
    if (!value) return value.error();
    request.headers.push_back(name + ": " + *value);
  }
  return Done{};
}

Result<Done> add_body(const HttpExchange& exchange, const Json& arguments, ServiceRequest& request) {
  if (!exchange.body) return Done{};
  const auto body = fill_body(*exchange.body, arguments);
  if (!body) return body.error();
  request.body = body->dump(-1, ' ', false, Json::error_handler_t::replace);
  request.headers.emplace_back("Content-Type: application/json");
  return Done{};
}

}  // namespace

Result<ServiceRequest> make_request(const HttpSource& source, const ServiceOperation& operation,
                                    const Json& arguments, const std::string& key) {
  const HttpExchange& exchange = operation.http;
  if (auto checked = check_arguments(operation, arguments); !checked) return checked.error();
  const auto path = fill(exchange.path, arguments, HttpPlace::kPath);
  if (!path) return path.error();
  ServiceRequest request{exchange.method, source.base + *path, {}, std::nullopt};
  if (!holds(source.headers, "Accept") && !holds(exchange.headers, "Accept"))
    request.headers.emplace_back("Accept: application/json");
  if (exchange.method != "GET") request.headers.push_back("Idempotency-Key: " + key);
  for (auto done :
       {add_query(exchange.query, arguments, request.url),
        add_headers(source.headers, exchange.headers, arguments, request),
        add_headers(exchange.headers, {}, arguments, request), add_body(exchange, arguments, request)})
    if (!done) return done.error();
  return request;
}

}  // namespace parley
