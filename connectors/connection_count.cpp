#include "connectors/connection_count.h"

#include <algorithm>

#include "config/network.h"

namespace parley::connectors {
namespace {

constexpr std::size_t kMappedPrefixBytes = 12;
constexpr std::size_t kSiteBytes = 8;  // a /64

}  // namespace

std::string counted_address(const std::string& address) {
  static const config::AddressBytes kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  const auto bytes = config::parse_address(address);
  if (!bytes) return address;
  const bool is_v4 = std::equal(bytes->begin(), bytes->begin() + kMappedPrefixBytes, kMapped.begin());
  return is_v4 ? std::string(bytes->begin() + kMappedPrefixBytes, bytes->end())
               : std::string(bytes->begin(), bytes->begin() + kSiteBytes);
}

ConnectionCount::Ticket& ConnectionCount::Ticket::operator=(Ticket&& other) noexcept {
  release();
  count_ = std::exchange(other.count_, nullptr);
  address_ = std::move(other.address_);
  kind_ = other.kind_;
  return *this;
}

void ConnectionCount::Ticket::release() {
  if (count_ != nullptr) std::exchange(count_, nullptr)->leave(address_, kind_);
}

ConnectionCount::Ticket ConnectionCount::enter(const std::string& address, Kind kind, Refused& refused) {
  const std::string counted = address.empty() ? "" : counted_address(address);
  const std::lock_guard lock(mutex_);
  refused = Refused::kNo;
  if (kind == Kind::kConnection && total_ >= total_max_) {
    refused = Refused::kTotal;
    return {};
  }
  if (!counted.empty()) {
    std::size_t& here = by_address_[counted];
    if (here >= per_address_max_) {
      refused = Refused::kAddress;
      return {};
    }
    ++here;
  }
  if (kind == Kind::kConnection) ++total_;
  return {this, counted, kind};
}

void ConnectionCount::leave(const std::string& address, Kind kind) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_address_.find(address); found != by_address_.end() && --found->second == 0)
    by_address_.erase(found);
  if (kind == Kind::kConnection && --total_ == 0) emptied_.notify_all();
}

std::size_t ConnectionCount::total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

bool ConnectionCount::wait_until_empty(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, timeout, [this] { return total_ == 0; });
}

}  // namespace parley::connectors
