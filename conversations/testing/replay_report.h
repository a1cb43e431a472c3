// Replayed conversations added up: how many changed, and the differences that are alike as one group, with
// how often and where.
//
// Memory: kGroupsMax groups, whatever the number of conversations. One thread.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "conversations/testing/ledger_replay.h"

namespace parley::conversations {

inline constexpr std::size_t kGroupsMax = 2'000;
inline constexpr std::size_t kGroupsShown = 40;  // in the text; the JSON has all
inline constexpr std::size_t kExamplesPerGroup = 3;

struct DifferenceGroup {
  Difference first;
  std::size_t count = 0;
  std::vector<std::string> conversations;  // the first ones
};

class ReplayReport {
 public:
  void add(const ReplayedConversation& replayed);

  std::size_t conversations() const { return same_ + reworded_ + diverged_; }
  /// Of all conversations, in percent: with any difference. 0 when there are none.
  double changed_percent() const;

  /// The most frequent group first; `bot` names the candidate.
  std::string to_text(const std::string& bot) const;
  Json to_json() const;

 private:
  std::vector<const DifferenceGroup*> by_count() const;
  void add(const Difference& difference, const std::string& conversation);

  std::size_t exchanges_ = 0, same_ = 0, reworded_ = 0, diverged_ = 0, cut_ = 0;
  std::size_t ungrouped_ = 0;  // differences beyond kGroupsMax groups
  std::map<std::string, std::size_t> unknown_calls_;
  std::map<std::tuple<DifferenceKind, std::string, std::string, std::string>, DifferenceGroup> groups_;
};

}  // namespace parley::conversations
