#include "intents/entities/phrases.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "engine/result.h"
#include "intents/normalize.h"

namespace parley::intents {
namespace {

constexpr std::size_t kSymbolsMax = 60'000;
constexpr std::size_t kCompoundPartMin = 4;  // bytes: shorter words occur in too many others
constexpr std::size_t kCompoundMax = 40;     // bytes: longer words are no times of day

double number_of(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string> texts(const config::Node& node) {
  std::vector<std::string> result;
  for (const auto& item : node.items())
    result.push_back(folded(item.text().value_or("")));
  return result;
}

/// Every way to choose: "a(b|c)d" is abd and acd.
std::vector<std::string> choices_of(const std::string& text) {
  const std::size_t open = text.find('(');
  const std::size_t close = text.find(')', open);
  if (open == std::string::npos || close == std::string::npos) return {text};
  std::vector<std::string> result;
  for (const std::string& rest : choices_of(text.substr(close + 1))) {
    std::istringstream choices(text.substr(open + 1, close - open - 1) + "|");
    for (std::string choice; std::getline(choices, choice, '|');)
      result.push_back(text.substr(0, open) + choice + rest);
  }
  return result;
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::uint32_t RuleNode::after(Symbol symbol) const {
  for (const auto& [one, node] : next)
    if (one == symbol) return node;
  return 0;
}

void Phrases::read(const config::Node& root) {
  if (const auto decimal = root.get("decimal").text(); decimal && !decimal->empty()) decimal_ = (*decimal)[0];
  plural_ordinal_ = root.get("plural_ordinal").text().value_or(plural_ordinal_);
  units_first_ = root.get("units_first").flag().value_or(units_first_);
  for (auto& joiner : texts(root.get("joiners")))
    joiners_.push_back(std::move(joiner));
  for (auto& name : texts(root.get("compounds")))
    compound_parts_.push_back(std::move(name));
  for (auto& name : texts(root.get("glued_tables")))
    glued_tables_.push_back(std::move(name));
  for (const auto& table : root.get("tables").entries())
    for (const auto& entry : table.value.entries())
      for (const std::string& word : choices_of(entry.name))
        add_word(table.name, folded(word), entry.value.text().value_or(""));
  for (const auto& name : texts(root.get("correct")))
    for (const auto& [word, value] : table(name))
      if (word.find(' ') == std::string::npos) correctable_.push_back(word);
  for (const auto& kind : root.get("phrases").entries())
    for (const auto& rule : kind.value.items())
      read_rule(kind.name, rule);
}

void Phrases::add_word(const std::string& table, const std::string& word, const std::string& value) {
  tables_[table].emplace(word, value);
  std::vector<Token> tokens;
  tokenize(word, tokens);
  const bool glued = contains(glued_tables_, table) && word.find(' ') == std::string::npos;
  TableWord entry{intern(table), {}, value, number_of(value), glued};
  for (const Token& token : tokens)
    entry.tokens.emplace_back(token.text);
  if (!entry.tokens.empty()) words_[entry.tokens.front()].push_back(std::move(entry));
}

Symbol Phrases::intern(const std::string& name) {
  PARLEY_CHECK(names_.size() < kSymbolsMax);
  const auto [found, added] = symbols_.try_emplace(name, static_cast<Symbol>(names_.size()));
  if (added) names_.push_back(name);
  return found->second;
}

bool Phrases::read_term(std::string text, const config::Node& node, Term& term) {
  if (text.size() > 1 && text.back() == '?') {
    term.optional = true;
    text.pop_back();
  }
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') text = text.substr(1, text.size() - 2);
  std::istringstream choices(text);
  for (std::string choice; std::getline(choices, choice, '|');) {
    const bool named = choice.size() > 2 && choice.front() == '{' && choice.back() == '}';
    term.choices.push_back(named ? intern(choice.substr(1, choice.size() - 2)) : intern("=" + choice));
  }
  if (term.choices.empty()) node.error("bad-phrase", "'" + text + "' is no part of a phrase");
  return !term.choices.empty();
}

std::vector<Symbol> Phrases::read_names(const config::Node& node) {
  std::vector<Symbol> symbols;
  for (const auto& name : texts(node))
    symbols.push_back(intern(name));
  return symbols;
}

void Phrases::read_rule(const std::string& kind, const config::Node& node) {
  const std::string name = node.need("is").text().value_or("");
  const bool by_type = kind.starts_with("times");
  const PhraseRule rule{by_type ? kNoSymbol : intern(kind),
                        meaning_named(name),
                        node.get("glued").flag().value_or(false),
                        node.get("alone").flag().value_or(false),
                        static_cast<std::uint8_t>(node.get("drop").integer().value_or(0)),
                        read_names(node.get("not_before")),
                        read_names(node.get("not_after"))};
  if (!rule.make) return node.error("bad-phrase", "there is no meaning '" + name + "'");
  std::vector<Term> terms;
  std::istringstream parts(node.need("of").text().value_or(""));
  for (std::string part; parts >> part;)
    if (!read_term(part, node, terms.emplace_back())) return;
  if (terms.empty()) return node.error("bad-phrase", "a phrase without parts");
  rules_.push_back(rule);
  add_path(terms, 0, 0, static_cast<std::uint32_t>(rules_.size() - 1));
}

void Phrases::add_path(const std::vector<Term>& terms, std::size_t at, std::uint32_t node,
                       std::uint32_t rule) {
  if (at == terms.size()) {
    auto& complete = nodes_[node].complete;
    if (node != 0 && (complete.empty() || complete.back() != rule)) complete.push_back(rule);
    return;
  }
  if (terms[at].optional) add_path(terms, at + 1, node, rule);
  for (const Symbol choice : terms[at].choices)
    add_path(terms, at + 1, node_after(node, choice), rule);
}

std::uint32_t Phrases::node_after(std::uint32_t node, Symbol symbol) {
  if (const std::uint32_t known = nodes_[node].after(symbol)) return known;
  const auto added = static_cast<std::uint32_t>(nodes_.size());
  nodes_.emplace_back();
  nodes_[node].next.emplace_back(symbol, added);
  return added;
}

Symbol Phrases::symbol(std::string_view name) const {
  const auto found = symbols_.find(name);
  return found == symbols_.end() ? kNoSymbol : found->second;
}

Symbol Phrases::word(std::string_view text) const {
  thread_local std::string key;
  (key = "=") += text;
  return symbol(key);
}

const std::vector<TableWord>& Phrases::words_from(std::string_view first_token) const {
  static const std::vector<TableWord> kNone;
  thread_local std::string key;
  key = first_token;
  const auto found = words_.find(key);
  return found == words_.end() ? kNone : found->second;
}

const Phrases::Table& Phrases::table(std::string_view name) const {
  static const Table kEmpty;
  const auto found = tables_.find(name);
  return found == tables_.end() ? kEmpty : found->second;
}

const std::string* Phrases::look_up(std::string_view table_name, std::string_view word) const {
  const Table& words = table(table_name);
  const auto found = words.find(word);
  return found == words.end() ? nullptr : &found->second;
}

void Phrases::cut_compounds(std::vector<Token>& tokens) const {
  if (compound_parts_.empty()) return;
  const auto is_part = [&](std::string_view word) {
    const auto& entries = words_from(word);
    return std::any_of(entries.begin(), entries.end(), [&](const TableWord& entry) {
      return entry.tokens.size() == 1 && contains(compound_parts_, names_[entry.table]);
    });
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token whole = tokens[i];
    if (whole.kind != TokenKind::kLetters || whole.text.size() < 2 * kCompoundPartMin ||
        whole.text.size() > kCompoundMax || !words_from(whole.text).empty())
      continue;
    for (std::size_t cut = kCompoundPartMin; cut + kCompoundPartMin <= whole.text.size(); ++cut) {
      if (!is_part(whole.text.substr(0, cut)) || !is_part(whole.text.substr(cut))) continue;
      const auto middle = whole.begin + static_cast<std::uint32_t>(cut);
      tokens[i] = {whole.begin, middle, whole.kind, whole.spaced, whole.text.substr(0, cut)};
      tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                    {middle, whole.end, whole.kind, false, whole.text.substr(cut)});
      break;
    }
  }
}

}  // namespace parley::intents
