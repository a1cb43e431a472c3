// Ranges of IP addresses, as operators write them: 10.0.0.0/8, 2001:db8::/32, 192.0.2.7.
//
// IPv4 addresses are held as IPv4-mapped IPv6 (RFC 4291, 2.5.5.2), so that one comparison serves both
// families and a mapped peer address of a dual-stack socket matches an IPv4 range. Plain values; any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace parley::config {

using AddressBytes = std::array<unsigned char, 16>;

/// The bytes of "192.0.2.7", "::1" or "::ffff:192.0.2.7"; nullopt for anything else.
std::optional<AddressBytes> parse_address(const std::string& text);

struct Network {
  AddressBytes bytes{};
  int prefix_bits = 128;  // of the 128

  /// An address or address/prefix; nullopt for anything else.
  static std::optional<Network> parse(const std::string& text);
  bool contains(const AddressBytes& address) const;
};

/// True when any of the ranges holds `address`; false for text that is no address.
bool contains(const std::vector<Network>& networks, const std::string& address);

}  // namespace parley::config
