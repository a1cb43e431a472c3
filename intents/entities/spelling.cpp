#include "intents/entities/spelling.h"

#include <algorithm>
#include <array>
#include <bit>

namespace parley::intents {
namespace {

constexpr std::size_t kBitsPerForm = 8;  // one lookup in eight then finds a bit that another form has set
constexpr std::size_t kWordMax = 32;     // bytes; longer words are only found as they are written

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text)
    h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return h;
}

/// Calls `use` with every form of `word` with up to `edits` characters left out, the word itself included.
template <typename Use>
void each_form(const std::string& word, std::size_t edits, std::size_t from, const Use& use) {
  use(word);
  if (edits == 0) return;
  for (std::size_t i = from; i < word.size(); ++i) {
    std::string shorter = word;
    shorter.erase(i, 1);
    each_form(shorter, edits - 1, i, use);
  }
}

std::size_t& compared() {
  thread_local std::size_t count = 0;
  return count;
}

bool same_start(std::string_view a, std::string_view b) {
  return a[0] == b[0] || (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0]);
}

}  // namespace

std::size_t typo_tolerance(std::string_view word) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (word.size() < 4 || word.size() > kWordMax || std::any_of(word.begin(), word.end(), is_digit)) return 0;
  return word.size() < 8 ? 1 : 2;
}

std::size_t edit_distance(std::string_view from, std::string_view to, std::size_t limit) {
  constexpr std::size_t kLongest = kWordMax + 8;
  if (from.size() > kLongest || to.size() > kLongest) return from == to ? 0 : limit + 1;
  std::array<std::array<std::size_t, kLongest + 1>, kLongest + 1> cost;
  for (std::size_t i = 0; i <= from.size(); ++i)
    cost[i][0] = i;
  for (std::size_t k = 0; k <= to.size(); ++k)
    cost[0][k] = k;
  for (std::size_t i = 1; i <= from.size(); ++i)
    for (std::size_t k = 1; k <= to.size(); ++k) {
      const std::size_t replaced = cost[i - 1][k - 1] + (from[i - 1] == to[k - 1] ? 0 : 1);
      cost[i][k] = std::min({replaced, cost[i - 1][k] + 1, cost[i][k - 1] + 1});
      if (i > 1 && k > 1 && from[i - 1] == to[k - 2] && from[i - 2] == to[k - 1])
        cost[i][k] = std::min(cost[i][k], cost[i - 2][k - 2] + 1);
    }
  return std::min(cost[from.size()][to.size()], limit + 1);
}

SpellingIndex::SpellingIndex(std::vector<std::string> words) : words_(std::move(words)) {
  for (std::uint32_t i = 0; i < words_.size(); ++i)
    if (const std::size_t edits = typo_tolerance(words_[i]); edits > 0)
      each_form(words_[i], edits, 0, [&](const std::string& form) { forms_.emplace_back(hash_of(form), i); });
  std::sort(forms_.begin(), forms_.end());
  forms_.erase(std::unique(forms_.begin(), forms_.end()), forms_.end());
  present_.resize(std::bit_ceil(forms_.size() * kBitsPerForm + 1));
  for (const auto& [hash, word] : forms_)
    present_[hash & (present_.size() - 1)] = true;
}

std::size_t SpellingIndex::compared_last() {
  return compared();
}

std::size_t SpellingIndex::nearest(std::string_view word) const {
  const std::size_t reach =
      std::max<std::size_t>(typo_tolerance(word), word.size() >= 3 && word.size() <= kWordMax ? 1 : 0);
  std::size_t best = kNothing;
  std::size_t best_distance = reach + 2;
  compared() = 0;
  if (reach == 0 || forms_.empty()) return best;
  each_form(std::string(word), reach, 0, [&](const std::string& form) {
    const std::pair<std::uint64_t, std::uint32_t> key(hash_of(form), 0);
    if (!present_[key.first & (present_.size() - 1)]) return;
    for (auto at = std::lower_bound(forms_.begin(), forms_.end(), key);
         at != forms_.end() && at->first == key.first && compared() < kComparedMax; ++at) {
      ++compared();
      const std::string& candidate = words_[at->second];
      const std::size_t distance = edit_distance(word, candidate, reach);
      if (distance > typo_tolerance(candidate) || !same_start(word, candidate)) continue;
      if (distance > best_distance || (distance == best_distance && at->second >= best)) continue;
      best_distance = distance;
      best = at->second;
    }
  });
  return best;
}

}  // namespace parley::intents
