// What a text was understood to mean.
//
// Byte offsets refer to the original UTF-8 text. Probabilities are calibrated: of the texts given 0.8, about
// 8 in 10 are right. `in_scope` is the probability that the text means any intent of the bot at all.
//
// Thread rule: an Understander is immutable and may be called from any number of threads at once.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct IntentScore {
  std::string intent;
  double probability = 0;
};

/// A piece of the text with a meaning. `value` is JSON by kind: date "2026-03-03", time "14:30", number 3, a
/// vocabulary entity its value's name, money {"amount":12.5,"currency":"EUR"}, duration seconds, otherwise
/// the text itself.
struct Entity {
  std::string kind;
  std::string role;  // slot name from an annotation such as [monday](date:start); may be empty
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  nlohmann::json value;
  std::vector<nlohmann::json> readings{};  // of "friday" the last and the coming one; empty: only `value`
  std::string recurs{};   // "week", "month" or "year": a date that was left open comes round; "" for never
  double confidence = 1;  // below 1: not as the vocabulary or a grammar has it
};

struct WordWeight {
  std::string word;
  double weight = 0;  // how much it spoke for the first intent; negative: against
};

/// A part of a text that holds several: "reset my password | and what is my leave balance".
struct Clause {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<IntentScore> intents;  // best first, at most 5
  double in_scope = 0;
  std::vector<Entity> entities;  // offsets into the whole text
};

/// Some words of a text that ask for nothing that an intent means; pages may know about them.
struct Aside {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Understanding {
  std::string language;              // of the bot's languages
  std::vector<IntentScore> intents;  // best first, at most 5
  double in_scope = 0;
  double negative = 0;            // probability that the text tells of a negative experience
  std::vector<Entity> entities;   // by begin; overlapping readings of one span are kept, best first
  std::vector<WordWeight> words;  // that decided, strongest first, at most 5
  std::vector<Clause> clauses{};  // in order; none where the text is one
  std::vector<Aside> asides{};    // in order, within the clauses; never the whole text
};

struct UnderstandContext {
  std::string language;  // known already, or "" to find out
  std::chrono::sys_time<std::chrono::milliseconds> now{};
  std::string timezone = "UTC";  // IANA name, for "today"
  bool may_change = false;       // a text that is surely of another language is taken in that one
};

/// Whether a text may change the language of its conversation: "ok" and "friday" belong to that, a whole
/// sentence need not.
inline bool may_change_language(std::string_view text) {
  constexpr std::ptrdiff_t kSentenceBlanks = 2;
  return std::count(text.begin(), text.end(), ' ') >= kSentenceBlanks;
}

class Understander {
 public:
  virtual ~Understander() = default;
  virtual Understanding understand(std::string_view text, const UnderstandContext& context) const = 0;
};

}  // namespace parley
