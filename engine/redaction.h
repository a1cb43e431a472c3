// Personal data that is not written down: taken out of a turn's events before they reach the ledger.
//
// Two things are taken out: what a Redactor finds by its look ("4111 1111 1111 1111" becomes "[card]"), and
// the values of slots that a flow calls private, wherever they occur in the turn in large or small letters (A
// to Z) ("[private]"). It happens before the write, so neither the file nor its write-ahead log ever holds
// the original. Who talks with the bot gets the replies as they were said; whoever reads the conversation
// later, a client that comes back included, gets what was written.
//
// What a conversation still needs is kept as it is: the slots of open flows in its state, and the arguments
// of a call that is under way. Both are overwritten when they are needed no more.
//
// Thread rule: a Redactor is immutable; a TurnRedaction belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/message.h"
#include "engine/understanding.h"

namespace parley {

/// A piece of a text that is to be taken out, in bytes.
struct PersonalData {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string kind;  // "card": "[card]" takes its place
};

class Redactor {
 public:
  virtual ~Redactor() = default;
  /// By place, none of which overlaps another.
  virtual std::vector<PersonalData> find(std::string_view text) const = 0;
};

/// A shorter private value is not searched for: it would be found everywhere.
inline constexpr std::size_t kPrivateValueBytesMin = 2;

class TurnRedaction {
 public:
  /// `redactor` may be null; `private_values` are texts.
  TurnRedaction(const Redactor* redactor, std::vector<std::string> private_values);

  std::string text(std::string_view text);
  /// Every text in `json`, however deep, and every whole number that is found as a text; keys stay.
  void json(Json& json);
  /// What a person sees of an activity; its id, sender and time stay.
  void activity(Json& activity);
  /// Whether activity() would change it; cheaper than a copy.
  bool is_needed(const Json& activity) const;
  /// Offsets are moved along with the text, which has to be given as it was.
  void understanding(std::string_view original, Understanding& understanding);
  /// Of the words that decided about a text, which say what they are in small letters, those that were taken
  /// out of it; `words` is a list of objects with a "word".
  void words(std::string_view redacted_text, Json& words);

  /// Whether anything was taken out so far.
  bool changed() const { return changed_; }

 private:
  std::vector<PersonalData> find(std::string_view text) const;
  bool finds_any(const Json& json) const;

  const Redactor* redactor_;
  std::vector<std::string> private_values_;  // longest first, in small letters
  bool changed_ = false;
};

}  // namespace parley
