// The worded entities of one language, as rules over word tables: "{day_number} {of}? {month}" is a date.
//
// A language file has tables (words and what they stand for) and phrases (rules by the kind they make). A
// rule's `of` lists its parts: a plain word or mark stands for itself, {name} for any word of that table or
// any phrase of that kind, (a|b) for either, and a part with `?` may be missing. `is` names the function that
// makes the meaning (meanings.h). Rules under a name that begins with `times` make whatever type of time
// comes out: date, time, datetime, daterange, timerange, datetimerange, duration or set. `glued: true` allows
// no white space inside; `drop: n` leaves the first n parts out of the entity's text: they were only needed
// to know it; `not_before` and `not_after` name tables or kinds that must not stand beside the phrase ("50
// dollar 40" is no amount before "rmb"); `alone: true` wants the whole text. What a kind named `no_...` finds
// hides what lies inside and is no entity itself: the "one" of "that one" is no number. A table's word may
// have choices: "dollar(|s)" stands for both. `glued_tables` names tables whose words are only found as they
// are written, "a$" not in "a $ 5". The rules of common.yaml belong to every language: they only name tables.
//
// Thread rule: immutable after reading. Lifetime: meanings point into the tables.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/yaml.h"
#include "intents/entities/meanings.h"
#include "intents/entities/tokens.h"

namespace parley::intents {

/// A table or a kind of phrase, or a plain word that rules name.
using Symbol = std::uint16_t;
inline constexpr Symbol kNoSymbol = 0;

struct PhraseRule {
  Symbol makes = kNoSymbol;  // none: the type of the time that comes out
  MakeMeaning make = nullptr;
  bool glued = false;
  bool alone = false;
  std::uint8_t dropped = 0;
  std::vector<Symbol> not_before;
  std::vector<Symbol> not_after;
};

/// One step of a rule: what may follow, and the rules that end here. Rules with the same beginning share it.
struct RuleNode {
  std::vector<std::pair<Symbol, std::uint32_t>> next;
  std::vector<std::uint32_t> complete;  // indices of rules

  /// The node after `symbol`, or 0.
  std::uint32_t after(Symbol symbol) const;
};

/// An entry of a word table, possibly of several tokens.
struct TableWord {
  Symbol table = kNoSymbol;
  std::vector<std::string> tokens;
  std::string value;
  double number = 0;  // of `value`, 0 when it is none
  bool glued = false;
};

class Phrases {
 public:
  using Table = std::map<std::string, std::string, std::less<>>;

  Phrases() = default;
  /// Reads a language file; mistakes are reported to its findings. May be called for several files.
  void read(const config::Node& root);

  Symbol symbol(std::string_view name) const;
  const std::string& name(Symbol symbol) const { return names_[symbol]; }
  /// The symbol of a plain word that some rule names.
  Symbol word(std::string_view text) const;
  const std::vector<TableWord>& words_from(std::string_view first_token) const;
  const std::vector<RuleNode>& nodes() const { return nodes_; }
  const PhraseRule& rule(std::uint32_t index) const { return rules_[index]; }
  const Table& table(std::string_view name) const;
  const std::string* look_up(std::string_view table, std::string_view word) const;

  char decimal() const { return decimal_; }
  const std::vector<std::string>& joiners() const { return joiners_; }
  const std::string& plural_ordinal() const { return plural_ordinal_; }
  /// Whether units stand before tens: vijf-en-twintig.
  bool units_first() const { return units_first_; }
  /// Words that are also found with a typo.
  const std::vector<std::string>& correctable() const { return correctable_; }
  /// Cuts compound words: "maandagmorgen" becomes maandag and morgen.
  void cut_compounds(std::vector<Token>& tokens) const;

 private:
  struct Term {
    std::vector<Symbol> choices;
    bool optional = false;
  };

  Symbol intern(const std::string& name);
  void add_word(const std::string& table, const std::string& word, const std::string& value);
  std::vector<Symbol> read_names(const config::Node& node);
  void read_rule(const std::string& kind, const config::Node& node);
  bool read_term(std::string text, const config::Node& node, Term& term);
  void add_path(const std::vector<Term>& terms, std::size_t at, std::uint32_t node, std::uint32_t rule);
  std::uint32_t node_after(std::uint32_t node, Symbol symbol);

  char decimal_ = '.';
  std::string plural_ordinal_;
  bool units_first_ = false;
  std::vector<std::string> joiners_;
  std::vector<std::string> correctable_;
  std::vector<std::string> compound_parts_;
  std::vector<std::string> glued_tables_;
  std::map<std::string, Table, std::less<>> tables_;
  std::vector<std::string> names_{""};
  std::map<std::string, Symbol, std::less<>> symbols_;  // plain words as "=word"
  std::unordered_map<std::string, std::vector<TableWord>> words_;
  std::vector<PhraseRule> rules_;
  std::vector<RuleNode> nodes_{1};
};

}  // namespace parley::intents
