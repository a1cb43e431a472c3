#include "engine/services/http_reader.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "engine/services/http_address.h"
#include "engine/services/http_operation_reader.h"
#include "engine/services/http_text.h"
#include "engine/services/http_text_reader.h"
#include "engine/services/service_reading.h"

namespace parley {
namespace {

using config::Entry;
using config::Node;
namespace fs = std::filesystem;

std::vector<config::Network> read_private(const Node& node) {
  std::vector<config::Network> networks;
  for (const Node& item : node.items()) {
    const std::string text = item.text().value_or("");
    if (text == "true") return all_networks();
    if (text == "false" || text.empty()) continue;
    if (const auto network = config::Network::parse(text))
      networks.push_back(*network);
    else
      item.error("bad-network", "'" + text + "' is not an address or a range",
                 "write true, 10.1.2.3 or 10.0.0.0/8");
  }
  return networks;
}

bool is_local_name(const std::string& host) {
  return host == "localhost" || host.ends_with(".localhost");
}

// What can be known without asking a name server: the rest is looked at when a connection is made.
void check_address(const Node& node, const UrlParts& parts, const HttpSource& source) {
  const bool is_literal = config::parse_address(parts.host).has_value();
  const std::string address = is_local_name(parts.host) ? "127.0.0.1" : is_literal ? parts.host : "";
  if (!address.empty() && !may_connect(address, source.private_networks))
    node.error("private-address", "'" + parts.host + "' is not a public address: no call will reach it",
               "allow it: private: " + address + ", or private: true for every network");
  if (parts.scheme == "http" && source.private_networks.empty() && address.empty())
    node.warning("plain-http", "what is sent to '" + parts.host + "' can be read and changed on the way",
                 "write https://");
}

std::string read_base(const Node& node, const HttpSource& source) {
  std::string base = node.text().value_or("");
  const auto parts = url_parts(base);
  if (base.empty() && !node.is_scalar()) return "";
  if (!parts) {
    node.error("bad-address", "'" + base + "' is not an http or https address",
               "write it whole: https://tickets.example.org/api");
    return "";
  }
  if (parts->has_user)
    node.error("bad-address", "a name or password has no place in an address: addresses end up in logs",
               "send it in a header: headers: {Authorization: \"Basic {secret.NAME}\"}");
  if (parts->has_query || parts->has_fragment)
    node.error("bad-address", "the base address ends before any '?' or '#'",
               "give operations a query: {name: \"{argument}\"}");
  check_address(node, *parts, source);
  while (base.ends_with('/'))
    base.pop_back();
  return base;
}

std::string read_proxy(const Node& node) {
  const std::string proxy = node.text().value_or("");
  if (proxy.empty() || url_parts(proxy)) return proxy;
  node.error("bad-address", "'" + proxy + "' is not the address of a proxy",
             "write http://proxy.example.org:3128");
  return "";
}

fs::path read_ca(const Node& node, const fs::path& folder) {
  const std::string written = node.text().value_or("");
  std::error_code ignored;
  if (written.empty()) return {};
  if (stays_inside(written) && fs::is_regular_file(folder / written, ignored))
    return fs::absolute(folder / written, ignored);
  node.error("missing-ca", "there is no file '" + written + "' in the bot's folder",
             "write its path from the bot's folder: certificates/company.pem");
  return {};
}

void add_unset(const HttpTexts& headers, std::set<std::string>& unset) {
  for (const auto& [name, text] : headers)
    for (const HttpText::Piece& piece : text.pieces)
      if (piece.kind == HttpText::Kind::kSecret && !std::getenv(secret_variable(piece.text).c_str()))
        unset.insert(secret_variable(piece.text));
}

}  // namespace

void read_http_service(const Node& document, const fs::path& folder, Service& service) {
  document.allow({"service", "http", "headers", "private", "redirects", "proxy", "ca", "operations"});
  HttpSource source;
  source.private_networks = read_private(document.get("private"));
  source.base = read_base(document.get("http"), source);
  source.headers = read_headers(document.get("headers"));
  source.redirects = read_count(document.get("redirects"), 0, limits::kServiceRedirectsMax);
  source.proxy = read_proxy(document.get("proxy"));
  source.ca_file = read_ca(document.get("ca"), folder);
  service.source = std::move(source);
  for (const Entry& entry : read_operations(document))
    service.operations[entry.name] = read_http_operation(entry);
}

std::vector<std::string> unset_secrets(const ServiceCatalog& catalog) {
  std::set<std::string> unset;
  for (const auto& [name, service] : catalog.services) {
    if (const auto* source = std::get_if<HttpSource>(&service.source)) add_unset(source->headers, unset);
    for (const auto& [operation_name, operation] : service.operations)
      add_unset(operation.http.headers, unset);
  }
  return {unset.begin(), unset.end()};
}

}  // namespace parley
