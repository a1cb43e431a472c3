#include "intents/features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace parley::intents {
namespace {

constexpr std::size_t kShortestRun = 2;
constexpr std::size_t kLongestRun = 5;
constexpr char kBound = ' ';

enum class Kind : std::uint64_t { kWord = 1, kPair = 2, kRun = 3 };

FeatureKey mixed(std::uint64_t h) {
  h ^= h >> 32;
  h *= 0xd6e8feb86659fd93ULL;
  h ^= h >> 32;
  h *= 0xd6e8feb86659fd93ULL;
  return h ^ (h >> 32);
}

/// Folds one byte into a running hash; mixed() finishes it.
std::uint64_t with_byte(std::uint64_t h, char byte) {
  return (h ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL + 0x9e3779b97f4a7c15ULL;
}

std::uint64_t hash_of(Kind kind, std::string_view bytes) {
  std::uint64_t h = static_cast<std::uint64_t>(kind) * 0xcbf29ce484222325ULL;
  for (const char byte : bytes)
    h = with_byte(h, byte);
  return h;
}

bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

/// A word between bound marks, with the place where each character begins.
class Bounded {
 public:
  explicit Bounded(std::string_view word) {
    put(kBound);
    for (const char byte : word) {
      if (begins_character(byte) && characters_ > kNgramWordMax) break;
      put(byte);
    }
    put(kBound);
    starts_[characters_] = size_;
  }

  template <typename Use>
  void each_run(const Use& use) const {
    for (std::size_t first = 0; first < characters_; ++first) {
      std::uint64_t h = hash_of(Kind::kRun, {});
      std::size_t at = starts_[first];
      const std::size_t last = std::min(first + kLongestRun, characters_);
      for (std::size_t next = first + 1; next <= last; ++next) {
        for (; at < starts_[next]; ++at)
          h = with_byte(h, bytes_[at]);
        if (next - first >= kShortestRun) use(mixed(h) | 1, starts_[first], starts_[next]);
      }
    }
  }

 private:
  void put(char byte) {
    if (size_ == bytes_.size()) return;
    if (begins_character(byte)) starts_[characters_++] = size_;
    bytes_[size_++] = byte;
  }

  std::array<char, (kNgramWordMax + 2) * 4> bytes_{};
  std::array<std::size_t, kNgramWordMax + 4> starts_{};
  std::size_t size_ = 0;
  std::size_t characters_ = 0;
};

float damped_count(std::size_t count) {
  return count == 1 ? 1.0F : 1.0F + std::log(static_cast<float>(count));
}

}  // namespace

FeatureKey key_of_word(std::string_view word) {
  return mixed(hash_of(Kind::kWord, word)) & ~FeatureKey{1};
}

void extract_features(const FoldedText& text, std::vector<Occurrence>& out) {
  out.clear();
  const std::size_t count = std::min(text.words.size(), kFeatureWordsMax);
  std::uint64_t before = hash_of(Kind::kWord, {});
  for (std::size_t i = 0; i < count; ++i) {
    const auto index = static_cast<std::uint16_t>(i);
    const FeatureKey word = key_of_word(text.word(i));
    out.push_back({word, index, false});
    out.push_back({mixed(before * 3 + word) & ~FeatureKey{1}, index, true});
    Bounded(text.word(i)).each_run([&](FeatureKey key, std::size_t, std::size_t) {
      out.push_back({key, index, false});
    });
    before = word;
  }
  if (count > 0)
    out.push_back({mixed(before * 3 + 1) & ~FeatureKey{1}, static_cast<std::uint16_t>(count), true});
  std::sort(out.begin(), out.end(), [](const Occurrence& a, const Occurrence& b) {
    return a.key != b.key ? a.key < b.key : a.word < b.word;
  });
}

std::vector<WordRun> runs_of_word(std::string_view word) {
  std::vector<WordRun> runs;
  Bounded(word).each_run([&](FeatureKey key, std::size_t begin, std::size_t end) {
    runs.push_back({key, begin == 0 ? 0 : begin - 1, std::min(end - 1, word.size())});
  });
  return runs;
}

FeatureTable::FeatureTable(Block<FeatureKey> sorted_keys) : keys_(std::move(sorted_keys)) {
  slots_.resize(std::bit_ceil(keys_.size() * 2 + 2));
  for (std::uint32_t i = 0; i < keys_.size(); ++i) {
    std::size_t slot = (keys_[i] >> 1) & (slots_.size() - 1);
    while (slots_[slot] != 0)
      slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = i + 1;
  }
}

std::uint32_t FeatureTable::find(FeatureKey key) const {
  if (slots_.empty()) return 0;
  for (std::size_t slot = (key >> 1) & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1))
    if (slots_[slot] == 0 || keys_[slots_[slot] - 1] == key) return slots_[slot];
}

void weigh_features(const std::vector<Occurrence>& occurrences, const FeatureTable& table,
                    FeatureVector& out) {
  out.values.clear();
  std::array<float, kFeatureGroups> all{};
  std::array<float, kFeatureGroups> known{};
  for (std::size_t i = 0, next = 0; i < occurrences.size(); i = next) {
    const FeatureKey key = occurrences[i].key;
    while (next < occurrences.size() && occurrences[next].key == key)
      ++next;
    const float value = damped_count(next - i);
    const std::size_t group = group_of(key);
    all[group] += value * value;
    const std::uint32_t feature = table.find(key);
    if (feature == 0) continue;
    known[group] += value * value;
    // The group rides in the sign until its length is known.
    out.values.push_back({feature, group == 0 ? value : -value});
  }
  std::array<float, kFeatureGroups> factor{};
  for (std::size_t g = 0; g < kFeatureGroups; ++g) {
    out.known_share[g] = all[g] > 0 ? known[g] / all[g] : 0;
    factor[g] = all[g] > 0 ? 1 / std::sqrt(all[g]) : 0;
  }
  for (auto& [feature, value] : out.values)
    value = value > 0 ? value * factor[0] : -value * factor[1];
}

}  // namespace parley::intents
