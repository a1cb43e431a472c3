// The words that the dialogue itself knows in each language: requests that work everywhere ("cancel",
// "annuleer"), yes and no, the signs of a correction, ordinals, and the titles of its own buttons.
//
// Read from patterns/phrases.json, which is compiled in. A language that is not there gets English.
// Immutable after the first call; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conversations/dialogue/words.h"

namespace parley::conversations {

using PhraseList = std::vector<Words>;

struct Phrases {
  std::map<std::string, PhraseList> requests;  // "cancel", "help", "repeat", "start_over", "handoff", ...
  PhraseList yes, no;
  PhraseList objections;       // "that's wrong": something about what is to be confirmed; no fillers
  PhraseList correction;       // "i meant": what follows replaces an earlier answer
  PhraseList second_thoughts;  // "actually": a weaker sign of the same
  PhraseList change;           // "change": the named answer is to be given again
  PhraseList hold;             // "wait": what was said before it does not count yet
  PhraseList last;             // "the last one"
  PhraseList other;            // "the other one"
  PhraseList instead;          // "instead of": what follows is denied
  PhraseList either;           // "or": which one of two is not said
  PhraseList also;             // "and": a further value follows
  PhraseList unsure;           // "I don't know": neither yes nor no
  PhraseList refusals;         // "I don't want": what follows is not wished; at the beginning of a text
  PhraseList not_refusals;     // "don't know": of what begins like a refusal
  PhraseList interjections;    // "oh": said before anything else, and means nothing by itself
  PhraseList takes;            // "take": with a value, and nothing else, that one is wanted
  PhraseList different;        // "another": not what the answer behind it was
  PhraseList same;             // "the same day": the value given before
  std::map<std::string, PhraseList> languages;  // "in English", by the language asked for, without fillers
  std::vector<PhraseList> ordinals;             // [0]: words for the first
  Words numbers, negations, contrasts, fillers;
  Words shifts;     // "a day later": counted from another day, not from today
  Words negatives;  // of refusals, as a classifier splits words: "don" of "don't"
  std::string yes_title, no_title, none_title;
  std::string last_resort;  // said when even the error pattern can't speak
};

const Phrases& phrases_of(const std::string& language);
const std::map<std::string, Phrases>& all_phrases();  // by language

/// The request whose phrase is the whole of `words`, politeness and interjections ("actually") aside; ""
/// for none.
std::string request_in(const Words& words, const Phrases& phrases);

/// Yes or no, when `words` begin with one or the other and go on for at most a few words. A yes that is taken
/// back or bound to something ("yes, wait", "ok but not monday", "ja toch maar niet") is neither.
std::optional<bool> yes_or_no(const Words& words, const Phrases& phrases);

/// Whether the text says something that may take its own yes back, or bind it: "if", "except", "not".
bool binds_yes(const Words& words, const Phrases& phrases);

/// Whether `words`, fillers aside, say that something is wrong, but not what, a "no" in front or not.
bool is_objection(const Words& words, const Phrases& phrases);

/// Whether a wish that begins with `words` is one against something: "don't reset", "I don't want leave".
bool is_refusal(const Words& words, const Phrases& phrases);

/// Whether the word denies what follows, in any language: too short a text to tell its language must not do
/// the contrary.
bool is_negation(const std::string& word);

/// Whether what stands behind `words` is denied: "not the", "instead of".
bool ends_with_denial(Words words, const Phrases& phrases);

/// `words` without the interjections that they begin with: "oh wait, I meant" is "I meant".
Words without_interjections(Words words, const Phrases& phrases);

/// `words` without interjections, fillers, yes, no and the signs of a correction; empty when nothing else was
/// said.
Words without_signs(const Words& words, const Phrases& phrases);

bool equals_any(const Words& words, const PhraseList& phrases);
bool contains_any(const Words& words, const PhraseList& phrases);
bool starts_with_any(const Words& words, const PhraseList& phrases);

/// Whether the request is only politeness: a greeting, thanks, a goodbye.
bool is_courtesy(const std::string& intent);

/// The names of the intents that mean one of the requests, whether a bot defines them or not.
bool is_request_name(const std::string& intent);

}  // namespace parley::conversations
