#include "connectors/token_buckets.h"

#include <algorithm>
#include <cmath>

namespace parley::connectors {
namespace {

constexpr double kMillisecondsPerMinute = 60'000;

}  // namespace

double TokenBuckets::tokens_at(const Bucket& bucket, Time now) const {
  const double passed = std::chrono::duration<double, std::milli>(now - bucket.filled).count();
  return std::min(per_minute_, bucket.tokens + passed * per_minute_ / kMillisecondsPerMinute);
}

bool TokenBuckets::make_room(Time now) {
  if (buckets_.size() < purge_at_) return true;
  if (left_full_ && now - *left_full_ < kPurgePause) return false;
  std::erase_if(buckets_, [&](const auto& entry) { return tokens_at(entry.second, now) >= per_minute_; });
  purge_at_ = std::clamp(2 * buckets_.size(), kKeysFew, kKeysMax);
  if (buckets_.size() < kKeysMax) return true;
  left_full_ = now;
  return false;
}

std::optional<TokenBuckets::Wait> TokenBuckets::take(const std::string& key, Time now) {
  const std::lock_guard lock(mutex_);
  auto found = buckets_.find(key);
  if (found == buckets_.end()) {
    if (!make_room(now)) return Wait(static_cast<int>(kMillisecondsPerMinute));
    found = buckets_.emplace(key, Bucket{per_minute_, now}).first;
  }
  Bucket& bucket = found->second;
  bucket.tokens = tokens_at(bucket, now);
  bucket.filled = now;
  if (bucket.tokens < 1) {
    const double wait = (1 - bucket.tokens) * kMillisecondsPerMinute / per_minute_;
    return Wait(static_cast<std::int64_t>(std::ceil(wait)));
  }
  bucket.tokens -= 1;
  return std::nullopt;
}

std::size_t TokenBuckets::size() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

}  // namespace parley::connectors
