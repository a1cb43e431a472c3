#include "conversations/testing/replay_report.h"

#include <algorithm>
#include <cstdio>

namespace parley::conversations {
namespace {

constexpr std::size_t kTextBytesShown = 160;

std::string counted(std::size_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

std::string percent_text(double percent) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f%%", percent);
  return text;
}

/// One line of a text, cut where it is long, never inside a character.
std::string shortened(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.empty()) return "(nothing)";
  if (text.size() <= kTextBytesShown) return text;
  std::size_t end = kTextBytesShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return text.substr(0, end) + "...";
}

std::string group_text(const DifferenceGroup& group) {
  const Difference& first = group.first;
  std::string text = std::to_string(group.count) + " x " + std::string(name_of(first.kind)) +
                     (first.step.empty() ? "" : " at " + first.step) + "\n";
  if (!first.said.empty()) text += "   said: " + shortened(first.said) + "\n";
  text += " - " + shortened(first.before) + "\n + " + shortened(first.after) + "\n   in ";
  for (std::size_t i = 0; i < group.conversations.size(); ++i)
    text += (i > 0 ? ", " : "") + group.conversations[i];
  if (group.conversations.size() == kExamplesPerGroup && group.count > kExamplesPerGroup) text += " and more";
  return text + " (the first at event " + std::to_string(first.sequence) + ")\n";
}

}  // namespace

void ReplayReport::add(const ReplayedConversation& replayed) {
  exchanges_ += replayed.exchanges;
  cut_ += replayed.cut ? 1 : 0;
  if (replayed.diverged)
    ++diverged_;
  else
    ++(replayed.differences.empty() ? same_ : reworded_);
  for (const std::string& call : replayed.unknown_calls)
    ++unknown_calls_[call];
  for (const Difference& difference : replayed.differences)
    add(difference, replayed.id);
}

void ReplayReport::add(const Difference& difference, const std::string& conversation) {
  const std::tuple key(difference.kind, difference.step, difference.before, difference.after);
  auto group = groups_.find(key);
  if (group == groups_.end()) {
    if (groups_.size() == kGroupsMax) {
      ++ungrouped_;
      return;
    }
    group = groups_.emplace(key, DifferenceGroup{difference, 0, {}}).first;
  }
  ++group->second.count;
  std::vector<std::string>& examples = group->second.conversations;
  const bool known = std::find(examples.begin(), examples.end(), conversation) != examples.end();
  if (!known && examples.size() < kExamplesPerGroup) examples.push_back(conversation);
}

double ReplayReport::changed_percent() const {
  if (conversations() == 0) return 0;
  return 100.0 * static_cast<double>(reworded_ + diverged_) / static_cast<double>(conversations());
}

std::vector<const DifferenceGroup*> ReplayReport::by_count() const {
  std::vector<const DifferenceGroup*> groups;
  for (const auto& [key, group] : groups_)
    groups.push_back(&group);
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto* left, const auto* right) { return left->count > right->count; });
  return groups;
}

std::string ReplayReport::to_text(const std::string& bot) const {
  std::string text;
  const std::vector<const DifferenceGroup*> groups = by_count();
  for (std::size_t i = 0; i < std::min(groups.size(), kGroupsShown); ++i)
    text += group_text(*groups[i]) + "\n";
  if (groups.size() > kGroupsShown)
    text += counted(groups.size() - kGroupsShown, "more kind") + " of difference (--json has all)\n\n";
  if (ungrouped_ > 0) text += counted(ungrouped_, "difference") + " more, of too many kinds to keep\n\n";
  for (const auto& [call, count] : unknown_calls_)
    text += call + ": " + counted(count, "call") + " that the ledger has no outcome for: failed\n";
  if (!unknown_calls_.empty()) text += "\n";
  if (cut_ > 0) text += counted(cut_, "conversation") + " too long to be replayed to the end\n";
  return text + bot + ": " + counted(conversations(), "conversation") + " with " +
         counted(exchanges_, "exchange") + ": " + std::to_string(same_) + " the same, " +
         std::to_string(reworded_) + " worded otherwise, " + std::to_string(diverged_) +
         " took another course; " + percent_text(changed_percent()) + " changed\n";
}

Json ReplayReport::to_json() const {
  Json groups = Json::array();
  for (const DifferenceGroup* group : by_count())
    groups.push_back({{"kind", name_of(group->first.kind)},
                      {"count", group->count},
                      {"step", group->first.step},
                      {"said", group->first.said},
                      {"before", group->first.before},
                      {"after", group->first.after},
                      {"sequence", group->first.sequence},
                      {"conversations", group->conversations}});
  return {{"conversations", conversations()},
          {"exchanges", exchanges_},
          {"same", same_},
          {"worded_otherwise", reworded_},
          {"took_another_course", diverged_},
          {"changed_percent", changed_percent()},
          {"unknown_calls", unknown_calls_},
          {"cut", cut_},
          {"differences", std::move(groups)},
          {"differences_left_out", ungrouped_}};
}

}  // namespace parley::conversations
