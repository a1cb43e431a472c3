// A chain grows from any group to its nearest, from that to its nearest, and so on. Likeness rises along the
// chain, so it ends at two groups that are each other's nearest: those are joined, and the chain goes on from
// what is left of it. A group whose nearest is not alike enough is done: joining others can't bring them
// nearer to it than the nearer of the two was.

#include "intents/suggestions/clusters.h"

#include <algorithm>

namespace parley::intents {
namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

class Chain {
 public:
  Chain(Likeness likeness, float least) : likeness_(std::move(likeness)), least_(least) {
    for (std::size_t i = 0; i < likeness_.size(); ++i)
      groups_.push_back({i});
    open_.assign(likeness_.size(), true);
  }

  std::vector<std::vector<std::size_t>> run() {
    for (std::size_t first = 0; first < groups_.size(); ++first)
      while (open_[first])
        grow_from(first);
    std::erase_if(groups_, [](const auto& group) { return group.empty(); });
    for (auto& group : groups_)
      std::sort(group.begin(), group.end());
    std::sort(groups_.begin(), groups_.end());
    return std::move(groups_);
  }

 private:
  void grow_from(std::size_t first) {
    std::vector<std::size_t> chain = {first};
    while (!chain.empty()) {
      const std::size_t tip = chain.back();
      const std::size_t before = chain.size() > 1 ? chain[chain.size() - 2] : kNobody;
      const std::size_t nearest = nearest_to(tip, before);
      if (nearest == kNobody) {
        open_[tip] = false;
        chain.pop_back();
      } else if (nearest == before) {
        chain.resize(chain.size() - 2);
        join(std::min(tip, before), std::max(tip, before));
      } else {
        chain.push_back(nearest);
      }
    }
  }

  /// The nearest open group that is alike enough; `preferred` wins a tie, so that a chain ends.
  std::size_t nearest_to(std::size_t group, std::size_t preferred) const {
    std::size_t best = kNobody;
    for (std::size_t other = 0; other < groups_.size(); ++other) {
      if (other == group || !open_[other] || likeness_.at(group, other) < least_) continue;
      const float lead = best == kNobody ? 1 : likeness_.at(group, other) - likeness_.at(group, best);
      if (lead > 0 || (lead == 0 && other == preferred)) best = other;
    }
    return best;
  }

  void join(std::size_t into, std::size_t from) {
    const auto a = static_cast<float>(groups_[into].size());
    const auto b = static_cast<float>(groups_[from].size());
    for (std::size_t other = 0; other < groups_.size(); ++other)
      if (other != into && other != from && !groups_[other].empty())
        likeness_.set(into, other, (a * likeness_.at(into, other) + b * likeness_.at(from, other)) / (a + b));
    groups_[into].insert(groups_[into].end(), groups_[from].begin(), groups_[from].end());
    groups_[from].clear();
    open_[from] = false;
  }

  Likeness likeness_;
  float least_;
  std::vector<std::vector<std::size_t>> groups_;  // empty: joined into another
  std::vector<bool> open_;                        // may still be joined
};

}  // namespace

std::vector<std::vector<std::size_t>> cluster(Likeness likeness, float least) {
  return Chain(std::move(likeness), least).run();
}

}  // namespace parley::intents
