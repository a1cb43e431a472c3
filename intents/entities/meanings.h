// The functions that rules name: each makes the meaning of a phrase out of the meanings of its parts.
//
// They are gathered by subject in dates.cpp, clock.cpp, periods.cpp, period_names.cpp, durations.cpp and
// amounts.cpp; each lists its own. A function returns nullopt when the parts make no sense together (a 31st
// day_number of April does make sense: it is a date that does not exist, and is marked as unresolved).
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "intents/entities/meaning.h"

namespace parley::intents {

struct Phrase;
class Phrases;

/// The parts of a rule, in order; plain words among them have no name.
struct Parts {
  const Phrases& grammar;
  const Viewpoint& view;
  std::span<const Phrase* const> phrases;

  /// The meaning of the nth part of this table or kind, or nullptr.
  const Meaning* get(std::string_view name, std::size_t nth = 0) const;
  /// The time of such a part, or nullptr.
  const Time* time(std::string_view name, std::size_t nth = 0) const;
  /// The nth part that is a time of any kind, or nullptr.
  std::shared_ptr<const Time> any_time(std::size_t nth = 0) const;
  bool has(std::string_view name) const { return get(name) != nullptr; }
  std::string_view text(std::string_view name) const;
};

using MakeMeaning = std::optional<Meaning> (*)(const Parts&);

struct NamedMeaning {
  std::string_view name;
  MakeMeaning make;
};

/// The function called `name`, or nullptr.
MakeMeaning meaning_named(std::string_view name);

std::span<const NamedMeaning> date_meanings();
std::span<const NamedMeaning> clock_meanings();
std::span<const NamedMeaning> period_meanings();
std::span<const NamedMeaning> period_name_meanings();
std::span<const NamedMeaning> period_piece_meanings();
std::span<const NamedMeaning> duration_meanings();
std::span<const NamedMeaning> amount_meanings();

}  // namespace parley::intents
