// The door of a channel: whom the channel lets in at the moment. Its phase changes while the server runs: an
// operator's settings and the level of its bot's maturity decide (docs/maturity.md), people come and go by
// it.
//
// Any thread.
#pragma once

#include <atomic>
#include <optional>
#include <set>
#include <string>

#include "config/settings.h"
#include "connectors/refusal.h"
#include "engine/message.h"

namespace parley::connectors {

class Door {
 public:
  explicit Door(const config::Channel& channel)
      : phase_(channel.phase), people_(channel.people.begin(), channel.people.end()) {}

  config::Phase phase() const { return phase_; }
  void set(config::Phase phase) { phase_ = phase; }

  /// Whether the person is one of those who are named for the channel's preview.
  bool is_named(const Person& person) const { return people_.contains(person.id); }
  /// Nullopt: come in.
  std::optional<Refusal> refusal_for(const Person& person) const;

 private:
  std::atomic<config::Phase> phase_;
  const std::set<std::string> people_;
};

}  // namespace parley::connectors
