#include "engine/services/http_address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <curl/curl.h>
#include <memory>
#include <netinet/in.h>

namespace parley {
namespace {

using config::AddressBytes;
using config::Network;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

Url parse(const std::string& url) {
  Url parsed(curl_url());
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return nullptr;
  return parsed;
}

std::string part(const Url& url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

std::optional<UrlParts> parts_of(const Url& url) {
  if (!url) return std::nullopt;
  UrlParts parts;
  parts.scheme = part(url, CURLUPART_SCHEME);
  if (parts.scheme != "http" && parts.scheme != "https") return std::nullopt;
  parts.host = part(url, CURLUPART_HOST);
  if (parts.host.starts_with('[')) parts.host = parts.host.substr(1, parts.host.size() - 2);
  std::transform(parts.host.begin(), parts.host.end(), parts.host.begin(),
                 [](unsigned char c) { return c < 0x80 ? std::tolower(c) : c; });
  parts.port = part(url, CURLUPART_PORT);
  parts.has_user = !part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty();
  parts.has_query = !part(url, CURLUPART_QUERY).empty();
  parts.has_fragment = !part(url, CURLUPART_FRAGMENT).empty();
  return parts;
}

std::vector<Network> networks(std::initializer_list<const char*> texts) {
  std::vector<Network> all;
  for (const char* text : texts)
    all.push_back(*Network::parse(text));
  return all;
}

bool in_any(const std::vector<Network>& all, const AddressBytes& address) {
  return std::any_of(all.begin(), all.end(), [&](const Network& each) { return each.contains(address); });
}

// The IPv4 address that an IPv6 one carries from byte `at` on.
AddressBytes carried(const AddressBytes& address, std::size_t at) {
  AddressBytes mapped{};
  mapped[10] = mapped[11] = 0xFF;
  std::copy_n(address.begin() + static_cast<std::ptrdiff_t>(at), 4, mapped.begin() + 12);
  return mapped;
}

}  // namespace

std::optional<UrlParts> url_parts(const std::string& url) {
  return parts_of(parse(url));
}

std::string same_place(const std::string& base, const std::string& target) {
  const Url url = parse(base);
  const auto from = parts_of(url);
  if (!from || curl_url_set(url.get(), CURLUPART_URL, target.c_str(), 0) != CURLUE_OK) return "";
  const auto to = parts_of(url);
  if (!to || to->has_user) return "";
  const bool same = from->scheme == to->scheme && from->host == to->host && from->port == to->port;
  return same ? part(url, CURLUPART_URL) : "";
}

bool is_public(const AddressBytes& address) {
  static const auto kSetAside =
      networks({"0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
                "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
                "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
                "::/96",         "100::/64",        "2001::/23",      "2001:db8::/32",  "fc00::/7",
                "fe80::/10",     "fec0::/10",       "ff00::/8",       "64:ff9b:1::/48"});
  static const Network kTranslated = *Network::parse("64:ff9b::/96");
  static const Network k6to4 = *Network::parse("2002::/16");
  if (kTranslated.contains(address)) return is_public(carried(address, 12));
  if (k6to4.contains(address)) return is_public(carried(address, 2));
  return !in_any(kSetAside, address);
}

bool may_connect(const std::string& address, const std::vector<Network>& allowed) {
  const auto bytes = config::parse_address(address);
  return bytes && (is_public(*bytes) || in_any(allowed, *bytes));
}

std::string address_text(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* from = nullptr;
  if (address->sa_family == AF_INET) from = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  if (address->sa_family == AF_INET6) from = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  if (from == nullptr || inet_ntop(address->sa_family, from, text.data(), text.size()) == nullptr) return "";
  return text.data();
}

const std::vector<Network>& all_networks() {
  static const auto kAll = networks({"0.0.0.0/0", "::/0"});
  return kAll;
}

}  // namespace parley
