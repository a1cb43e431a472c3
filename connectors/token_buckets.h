// How often somebody may do something: a token bucket for each key (a person, an address).
//
// A bucket holds as many tokens as may be used in a minute and fills evenly, so that a short burst passes and
// a flood does not. A full bucket is the same as none, so those that filled up again are forgotten whenever
// there are twice as many as were left the last time: memory follows those of the last minute. A table that
// is full of busy keys refuses new ones: it is bounded by kKeysMax.
//
// Any thread.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace parley::connectors {

class TokenBuckets {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Wait = std::chrono::milliseconds;
  static constexpr std::size_t kKeysMax = 100'000;
  static constexpr std::size_t kKeysFew = 1'000;  // for which no purge is worth its time

  explicit TokenBuckets(std::size_t per_minute) : per_minute_(static_cast<double>(per_minute)) {}

  /// Takes one token. Nullopt: it was there; else how long until the next one.
  std::optional<Wait> take(const std::string& key, Time now = std::chrono::steady_clock::now());
  std::size_t size() const;

 private:
  struct Bucket {
    double tokens = 0;
    Time filled{};
  };
  double tokens_at(const Bucket& bucket, Time now) const;
  bool make_room(Time now);

  static constexpr std::chrono::seconds kPurgePause{1};  // a purge looks at every bucket

  const double per_minute_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  std::size_t purge_at_ = kKeysFew;
  std::optional<Time> left_full_;  // when a purge found that all are busy
};

}  // namespace parley::connectors
