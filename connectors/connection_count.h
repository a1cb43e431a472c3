// How many connections there are, in total and from each address; and the wait for the last one to go.
//
// A Ticket counts one connection for as long as it lives. An IPv6 address counts as its /64: that is what one
// customer gets. Connections of trusted proxies are counted in total only; the people behind them are counted
// when their address is known.
//
// Any thread. Tickets must be gone before their ConnectionCount.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <unordered_map>

namespace parley::connectors {

class ConnectionCount {
 public:
  ConnectionCount(std::size_t total_max, std::size_t per_address_max)
      : total_max_(total_max), per_address_max_(per_address_max) {}

  enum class Kind { kConnection, kAddressOnly };  // the second: counts nothing in total
  enum class Refused { kNo, kTotal, kAddress };

  class Ticket {
   public:
    Ticket() = default;
    Ticket(ConnectionCount* count, std::string address, Kind kind)
        : count_(count), address_(std::move(address)), kind_(kind) {}
    Ticket(Ticket&& other) noexcept { *this = std::move(other); }
    Ticket& operator=(Ticket&& other) noexcept;
    ~Ticket() { release(); }
    explicit operator bool() const { return count_ != nullptr; }
    void release();

   private:
    ConnectionCount* count_ = nullptr;
    std::string address_;
    Kind kind_ = Kind::kConnection;
  };

  /// An empty `address` is not counted. On refusal the ticket is empty and `refused` says by which limit.
  Ticket enter(const std::string& address, Kind kind, Refused& refused);
  std::size_t total() const;
  /// True when the last connection left before `timeout` was over.
  bool wait_until_empty(std::chrono::milliseconds timeout);

 private:
  void leave(const std::string& address, Kind kind);

  const std::size_t total_max_, per_address_max_;
  mutable std::mutex mutex_;
  std::condition_variable emptied_;
  std::size_t total_ = 0;
  std::unordered_map<std::string, std::size_t> by_address_;
};

/// The address as it is counted: IPv4 as it is, IPv6 as its /64.
std::string counted_address(const std::string& address);

}  // namespace parley::connectors
