#include "config/network.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace parley::config {
namespace {

constexpr int kMappedPrefixBits = 96;

bool same_bits(const AddressBytes& a, const AddressBytes& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  const int rest = bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<unsigned char>(0xFF << (8 - rest));
  return (a.at(whole) & mask) == (b.at(whole) & mask);
}

}  // namespace

std::optional<AddressBytes> parse_address(const std::string& text) {
  AddressBytes bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) != 1) return std::nullopt;
  bytes[10] = bytes[11] = 0xFF;
  std::memcpy(bytes.data() + 12, &v4, sizeof v4);
  return bytes;
}

std::optional<Network> Network::parse(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto bytes = parse_address(text.substr(0, slash));
  if (!bytes) return std::nullopt;
  Network network{*bytes, 128};
  if (slash == std::string::npos) return network;
  const bool is_v4 = text.find(':') == std::string::npos;
  int prefix = -1;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, prefix);
  if (error != std::errc{} || stop != end || prefix < 0 || prefix > (is_v4 ? 32 : 128)) return std::nullopt;
  network.prefix_bits = is_v4 ? prefix + kMappedPrefixBits : prefix;
  return network;
}

bool Network::contains(const AddressBytes& address) const {
  return same_bits(bytes, address, prefix_bits);
}

bool contains(const std::vector<Network>& networks, const std::string& address) {
  const auto bytes = parse_address(address);
  return bytes && std::any_of(networks.begin(), networks.end(),
                              [&](const Network& network) { return network.contains(*bytes); });
}

}  // namespace parley::config
