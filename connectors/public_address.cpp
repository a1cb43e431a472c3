#include "connectors/public_address.h"

#include <algorithm>

namespace parley::connectors {
namespace {

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
}

bool is_any_or_loopback(const std::string& address) {
  return address == "0.0.0.0" || address == "::" || address == "::1" || address.starts_with("127.");
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  const std::size_t end = text.find_last_not_of(" \t");
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

}  // namespace

std::vector<std::string> own_origins(const config::Settings& settings, std::uint16_t port) {
  std::vector<std::string> origins;
  if (!settings.public_url.empty()) origins.push_back(settings.public_url);
  const std::string at_port = port == 80 ? "" : ":" + std::to_string(port);
  std::vector<std::string> hosts{
      settings.address.find(':') == std::string::npos ? settings.address : "[" + settings.address + "]"};
  if (is_any_or_loopback(settings.address)) hosts = {"127.0.0.1", "localhost", "[::1]"};
  for (const std::string& host : hosts)
    origins.push_back("http://" + host + at_port);
  return origins;
}

std::string socket_base(const HttpRequest& request, const config::Settings& settings) {
  if (!settings.public_url.empty()) return "ws" + settings.public_url.substr(std::string_view("http").size());
  const std::string_view host = request.header("host");
  return std::string(request.secure ? "wss://" : "ws://") +
         (is_host(host) ? std::string(host) : settings.address + ":" + std::to_string(settings.port));
}

std::string client_address(const std::string& peer, const std::string& forwarded_for,
                           const std::vector<config::Network>& trusted_proxies) {
  std::string address = peer;
  std::string rest = forwarded_for;
  while (!rest.empty() && config::contains(trusted_proxies, address)) {
    const std::size_t comma = rest.rfind(',');
    const std::string next = trimmed(comma == std::string::npos ? rest : rest.substr(comma + 1));
    if (!config::parse_address(next)) break;
    address = next;
    rest = comma == std::string::npos ? "" : rest.substr(0, comma);
  }
  return address;
}

}  // namespace parley::connectors
