// The entity grammar of one language: word tables and patterns, read from language/<code>.yaml, matched on
// folded text.
//
// A pattern is a regular expression (RE2) in which {name} stands for a table or macro of the file, captured
// by that name. Its meaning says how the captured words become a value (values.cpp, calendar.cpp). All
// patterns are first tried together in one pass over the text; only those that occur are then matched for
// their captures. Of one pattern's matches the leftmost longest count.
//
// Thread rule: immutable after reading. Lifetime: matches refer to the grammar and to the text.
#pragma once

#include <map>
#include <memory>
#include <re2/re2.h>
#include <re2/set.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/yaml.h"
#include "intents/normalize.h"

namespace parley::intents {

struct GrammarRule {
  std::string kind;     // of entity
  std::string meaning;  // the name of a rule in values.cpp or calendar.cpp
  std::unique_ptr<RE2> pattern;
  std::vector<std::string> groups;  // by capture index, from 1
};

/// A pattern found in a text.
struct GrammarMatch {
  const GrammarRule* rule = nullptr;
  std::size_t begin = 0;  // bytes of the folded text
  std::size_t end = 0;
  std::vector<std::pair<std::string_view, std::string_view>>
      captures;  // name and text; only those that took part

  /// "" when the group took no part.
  std::string_view get(std::string_view name) const;
};

class Grammar {
 public:
  using Table = std::map<std::string, std::string, std::less<>>;

  Grammar() = default;
  /// `root` is a language file's document; mistakes in it are reported to its findings.
  explicit Grammar(const config::Node& root);

  /// Adds all matches in `text`, in no particular order.
  void find(const FoldedText& text, std::vector<GrammarMatch>& into) const;

  /// The value of `word` in a table, or nullptr.
  const std::string* look_up(std::string_view table, std::string_view word) const;
  const Table& table(std::string_view name) const;

  char decimal() const { return decimal_; }
  const std::vector<std::string>& joiners() const { return joiners_; }
  /// Words that are also found with a typo.
  const std::vector<std::string>& correctable() const { return correctable_; }

 private:
  void read_tables(const config::Node& root);
  void read_rule(const std::string& kind, const config::Node& node, bool bounded);
  std::string expand(const std::string& pattern, int depth = 0) const;
  std::string part(const std::string& name, int depth) const;

  char decimal_ = '.';
  std::vector<std::string> joiners_;
  std::vector<std::string> correctable_;
  std::map<std::string, Table, std::less<>> tables_;
  std::map<std::string, std::string, std::less<>> macros_;
  std::vector<GrammarRule> rules_;
  std::unique_ptr<RE2::Set> all_;
};

}  // namespace parley::intents
