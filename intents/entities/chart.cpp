#include "intents/entities/chart.h"

#include <algorithm>

#include "intents/entities/number_words.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

bool same_time(const std::shared_ptr<const Time>& a, const std::shared_ptr<const Time>& b) {
  if (a == b) return true;
  if (!a || !b || a->type != b->type || a->mod != b->mod || a->readings.size() != b->readings.size())
    return false;
  return std::equal(a->readings.begin(), a->readings.end(), b->readings.begin(),
                    [](const TimeReading& x, const TimeReading& y) {
                      return x.timex == y.timex && x.start == y.start && x.end == y.end;
                    });
}

bool same_meaning(const Meaning& a, const Meaning& b) {
  return a.number == b.number && a.text == b.text && same_time(a.time, b.time);
}

bool is_glued(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin + 1; i < end; ++i)
    if (tokens[i].spaced) return false;
  return true;
}

}  // namespace

void Chart::read(std::string_view folded, const Phrases& phrases, const Viewpoint& view) {
  grammar_ = &phrases;
  view_ = &view;
  tokens_.clear();
  pool_.clear();
  parts_.clear();
  tokenize(folded, tokens_);
  grammar_->cut_compounds(tokens_);
  at_.resize(std::max(at_.size(), tokens_.size() + 1));
  for (auto& list : at_)
    list.clear();
  steps_ = 0;
  steps_max_ = 0;
  for (auto at = static_cast<std::uint32_t>(tokens_.size()); at-- > 0;) {
    steps_max_ += kStepsPerTokenMax;
    add_leaves(at);
    for (std::size_t i = 0; i < at_[at].size(); ++i) {  // grows while it is read
      const Phrase* first = at_[at][i];
      const std::uint32_t node = grammar_->nodes()[0].after(first->symbol);
      if (node == 0) continue;
      parts_.assign(1, first);
      follow(grammar_->nodes()[node], first->end);
    }
  }
}

void Chart::follow(const RuleNode& node, std::uint32_t at) {
  if (++steps_ > steps_max_) return;
  for (const std::uint32_t rule : node.complete)
    complete(rule, at);
  if (at >= tokens_.size() || node.next.empty() || parts_.size() == kPartsMax) return;
  for (const Phrase* part : at_[at]) {
    const std::uint32_t next = node.after(part->symbol);
    if (next == 0) continue;
    parts_.push_back(part);
    follow(grammar_->nodes()[next], part->end);
    parts_.pop_back();
  }
}

void Chart::complete(std::uint32_t rule_index, std::uint32_t end) {
  const PhraseRule& rule = grammar_->rule(rule_index);
  const std::uint32_t begin = parts_.front()->begin;
  if (!may_stand(rule, begin, end)) return;
  auto meaning = rule.make({*grammar_, *view_, parts_});
  if (!meaning || (rule.makes == kNoSymbol && !meaning->time)) return;
  const std::uint32_t shown = rule.dropped == 0 ? parts_.front()->shown_begin : parts_[rule.dropped]->begin;
  const Symbol makes =
      rule.makes == kNoSymbol ? grammar_->symbol(type_name(meaning->time->type)) : rule.makes;
  add({makes, begin, end, shown, rule_index + 1, std::move(*meaning)});
}

bool Chart::may_stand(const PhraseRule& rule, std::uint32_t begin, std::uint32_t end) const {
  if (rule.glued && !is_glued(tokens_, begin, end)) return false;
  const auto is_word = [](const Token& token) { return token.kind != TokenKind::kMark; };
  if (rule.alone && (std::any_of(tokens_.begin(), tokens_.begin() + begin, is_word) ||
                     std::any_of(tokens_.begin() + end, tokens_.end(), is_word)))
    return false;
  return std::none_of(rule.not_before.begin(), rule.not_before.end(),
                      [&](Symbol symbol) {
                        return std::any_of(at_[end].begin(), at_[end].end(),
                                           [&](const Phrase* next) { return next->symbol == symbol; });
                      }) &&
         std::none_of(rule.not_after.begin(), rule.not_after.end(),
                      [&](Symbol symbol) { return word_before(symbol, begin); });
}

/// Nothing is read yet before a phrase; the tables' single words can be looked up.
bool Chart::word_before(Symbol table, std::uint32_t at) const {
  if (at == 0) return false;
  const auto& words = grammar_->words_from(tokens_[at - 1].text);
  return std::any_of(words.begin(), words.end(),
                     [&](const TableWord& word) { return word.table == table && word.tokens.size() == 1; });
}

bool Chart::known(const Phrase& phrase) const {
  const auto& list = at_[phrase.begin];
  return std::any_of(list.begin(), list.end(), [&](const Phrase* one) {
    return one->symbol == phrase.symbol && one->end == phrase.end && one->shown_begin == phrase.shown_begin &&
           same_meaning(one->meaning, phrase.meaning);
  });
}

void Chart::add(Phrase phrase) {
  if (at_[phrase.begin].size() == kPhrasesPerTokenMax || known(phrase)) return;
  pool_.push_back(std::move(phrase));
  at_[pool_.back().begin].push_back(&pool_.back());
}

void Chart::add_leaf(Symbol symbol, std::uint32_t begin, std::uint32_t end, Meaning meaning) {
  if (symbol != kNoSymbol) add({symbol, begin, end, begin, 0, std::move(meaning)});
}

void Chart::add_leaves(std::uint32_t at) {
  const Token& token = tokens_[at];
  add_leaf(grammar_->word(token.text), at, at + 1, {});
  add_words(at);
  if (token.kind == TokenKind::kDigits)
    add_leaf(grammar_->symbol("digits"), at, at + 1, {digits_value(token.text), token.text, nullptr});
  for (const FoundNumber& number : written_numbers(tokens_, at, *grammar_))
    add_leaf(grammar_->symbol(number.symbol), at, number.end, {number.value, number.text, nullptr});
}

void Chart::add_words(std::uint32_t at) {
  for (const TableWord& word : grammar_->words_from(tokens_[at].text)) {
    const std::size_t count = word.tokens.size();
    if (at + count > tokens_.size()) continue;
    const bool same = std::equal(word.tokens.begin(), word.tokens.end(), tokens_.begin() + at,
                                 [](const std::string& a, const Token& b) { return a == b.text; });
    if (same && (!word.glued || is_glued(tokens_, at, at + count)))
      add_leaf(word.table, at, at + static_cast<std::uint32_t>(count), {word.number, word.value, nullptr});
  }
}

}  // namespace parley::intents
