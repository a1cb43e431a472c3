// The bot's side of a conversation in the terminal: replies as they come, cards as the lines that are in
// them, and a number before everything that can be pressed.
//
// Thread rule: the engine delivers from its own threads while one other thread waits.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace parley::cli {

/// The lines of a hero card, an Adaptive Card (https://adaptivecards.io/explorer) or another attachment,
/// without its buttons.
std::vector<std::string> card_lines(const Json& attachment);

/// One thing to press: what is shown, and what it says.
struct Press {
  std::string title, value;
};

/// The buttons of all cards and the suggested answers of an activity, in the order in which they are shown.
std::vector<Press> presses_of(const Json& activity);

class Screen final : public Outbox {
 public:
  explicit Screen(bool colour) : colour_(colour) {}

  void deliver(const std::vector<StoredActivity>& activities) override;
  void deliver_transient(const Json& activity) override;

  /// Until the activity with this sequence has been shown, and what answers it: the engine says "typing"
  /// before it waits for a service.
  void wait_for(Sequence sequence);

  /// The value behind a button's number, or the text itself.
  std::string resolve(const std::string& text);

 private:
  void print(const Json& activity);

  const bool colour_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Press> presses_;
  Sequence seen_ = 0;
  bool typing_ = false;
};

}  // namespace parley::cli
