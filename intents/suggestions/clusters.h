// Groups of things that are alike: agglomerative clustering with average linkage.
//
// Two groups are as alike as their members are on average; the most alike are joined, until no two groups are
// alike enough. Found with chains of nearest neighbours, which gives the same groups as joining the best pair
// of all each time, in O(n^2) (Murtagh, "A survey of recent advances in hierarchical clustering algorithms",
// The Computer Journal 26(4), 1983). Ties go to the lower number: the same input gives the same groups.
//
// Memory: the n x n matrix that it is given. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <vector>

namespace parley::intents {

/// How alike any two of `size()` things are. Setting (a, b) sets (b, a).
class Likeness {
 public:
  explicit Likeness(std::size_t size) : size_(size), values_(size * size) {}

  std::size_t size() const { return size_; }
  float at(std::size_t a, std::size_t b) const { return values_[a * size_ + b]; }
  void set(std::size_t a, std::size_t b, float value) {
    values_[a * size_ + b] = value;
    values_[b * size_ + a] = value;
  }

 private:
  std::size_t size_;
  std::vector<float> values_;
};

/// Groups that are at least `least` alike on average, each in rising order, by their first member.
std::vector<std::vector<std::size_t>> cluster(Likeness likeness, float least);

}  // namespace parley::intents
