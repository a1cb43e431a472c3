#include "intents/entities/entity_scanner.h"

#include <algorithm>
#include <array>

#include "intents/entities/chart.h"
#include "intents/entities/resolution.h"
#include "intents/entities/shapes.h"
#include "intents/language_data.h"

namespace parley::intents {
namespace {

constexpr std::array<std::string_view, 6> kTimeKinds = {"date",   "time",     "datetime",
                                                        "period", "duration", "set"};

Chart& chart() {
  thread_local Chart memory;
  return memory;
}

bool overlap(const SpottedEntity& a, const SpottedEntity& b) {
  return a.begin < b.end && b.begin < a.end;
}

/// "2015-1" inside of "2015-1-32" is no date, nor is "3" in "1.2.3".
bool is_torn(const std::vector<Token>& tokens, const Phrase& phrase) {
  const auto mark = [&](std::size_t at) {
    return at < tokens.size() && !tokens[at].spaced &&
           std::string_view("-/.:,").find(tokens[at].text) != std::string_view::npos;
  };
  const auto digits = [&](std::size_t at) {
    return at < tokens.size() && tokens[at].kind == TokenKind::kDigits;
  };
  const std::size_t end = phrase.end;
  if (digits(end - 1) && mark(end) && digits(end + 1) && !tokens[end + 1].spaced) return true;
  const std::size_t begin = phrase.shown_begin;
  return digits(begin) && !tokens[begin].spaced && begin >= 2 && mark(begin - 1) && digits(begin - 2);
}

bool fits(const std::vector<Token>& tokens, const Phrase& phrase, std::string_view kind) {
  if (!begins_word(tokens, phrase.shown_begin) || !ends_word(tokens, phrase.end)) return false;
  const bool quotient =
      kind == "number" && std::any_of(tokens.begin() + phrase.begin, tokens.begin() + phrase.end,
                                      [](const Token& token) { return token.text == "/"; });
  return (family_of(kind) != "time" && !quotient) || !is_torn(tokens, phrase);
}

void add_phrases(const Phrases& grammar, const FoldedText& text, std::vector<SpottedEntity>& into) {
  const std::vector<Token>& tokens = chart().tokens();
  for (const Phrase& phrase : chart().phrases()) {
    const std::string_view kind = entity_kind(grammar.name(phrase.symbol));
    if (kind.empty() || phrase.rule == 0 || !fits(tokens, phrase, kind)) continue;
    if (text.origin[tokens[phrase.shown_begin].begin] == text.origin[tokens[phrase.end - 1].end]) continue;
    SpottedEntity entity{kind,
                         text.origin[tokens[phrase.shown_begin].begin],
                         text.origin[tokens[phrase.end - 1].end],
                         text.origin[tokens[phrase.begin].begin],
                         phrase.rule,
                         phrase.end - phrase.shown_begin,
                         false,
                         false,
                         {}};
    entity.hides = grammar.name(phrase.symbol).starts_with("no_");
    entity.meaning = phrase.meaning;
    into.push_back(std::move(entity));
  }
}

bool better(const SpottedEntity& a, const SpottedEntity& b) {
  const std::size_t a_size = a.end - a.begin, b_size = b.end - b.begin;
  if (a_size != b_size) return a_size > b_size;
  if (a.begin != b.begin) return a.begin < b.begin;
  return a.tokens != b.tokens ? a.tokens > b.tokens : a.rule < b.rule;
}

/// Keeps the best of those that overlap within a family. `all` is in order of preference.
void choose(const std::vector<SpottedEntity>& all, std::vector<SpottedEntity>& kept) {
  for (const SpottedEntity& one : all) {
    const bool beaten = std::any_of(kept.begin(), kept.end(), [&](const SpottedEntity& other) {
      return overlap(one, other) && family_of(one.kind) == family_of(other.kind);
    });
    if (!beaten) kept.push_back(one);
  }
}

/// "not ok", beside which "agree" is no answer.
bool is_denial(const SpottedEntity& answer) {
  return answer.meaning.number == 0 && answer.tokens > 1;
}

/// A text has one answer; the signs of an address are no percentages.
void drop_needless(std::vector<SpottedEntity>& kept) {
  const auto in_address = [&](const SpottedEntity& one) {
    return std::any_of(kept.begin(), kept.end(), [&](const SpottedEntity& other) {
      return other.kind == "url" && overlap(one, other);
    });
  };
  std::erase_if(kept, [](const SpottedEntity& one) { return one.hides; });
  const SpottedEntity* answer = nullptr;
  for (const SpottedEntity& one : kept)
    if (one.kind == "yesno" && (!answer || (is_denial(one) && !is_denial(*answer)))) answer = &one;
  const std::size_t answer_begin = answer ? answer->begin : 0;
  std::erase_if(kept,
                [&](const SpottedEntity& one) { return one.kind == "yesno" && one.begin != answer_begin; });
  std::vector<bool> needless;
  for (const SpottedEntity& one : kept)
    needless.push_back(one.kind == "percentage" && in_address(one));
  std::size_t at = 0;
  std::erase_if(kept, [&](const SpottedEntity&) { return needless[at++]; });
}

bool is_composite(const SpottedEntity& entity) {
  return entity.kind == "period" || entity.kind == "datetime";
}

/// The dates and times that a chosen period is made of.
void add_inner(const std::vector<SpottedEntity>& all, std::vector<SpottedEntity>& kept) {
  const std::size_t chosen = kept.size();
  for (const SpottedEntity& one : all) {
    if (one.kind != "date" && one.kind != "time") continue;
    const auto inside = [&](std::size_t i) {
      const SpottedEntity& whole = kept[i];
      return is_composite(whole) && !whole.inner && whole.begin <= one.begin && one.end <= whole.end &&
             one.end - one.begin < whole.end - whole.begin;
    };
    bool found = false;
    for (std::size_t i = 0; i < chosen && !found; ++i)
      found = inside(i);
    const bool beaten = std::any_of(kept.begin() + static_cast<std::ptrdiff_t>(chosen), kept.end(),
                                    [&](const SpottedEntity& other) { return overlap(one, other); });
    if (!found || beaten) continue;
    kept.push_back(one);
    kept.back().inner = true;
  }
}

}  // namespace

std::string_view family_of(std::string_view kind) {
  return std::find(kTimeKinds.begin(), kTimeKinds.end(), kind) == kTimeKinds.end() ? kind : "time";
}

EntityScanner::EntityScanner(std::string_view language) : phrases_(&language_data(language).phrases) {}

std::vector<SpottedEntity> EntityScanner::scan(std::string_view original, const FoldedText& text,
                                               const Viewpoint& view) const {
  std::vector<SpottedEntity> all;
  chart().read(text.text, *phrases_, view);
  add_phrases(*phrases_, text, all);
  std::vector<ShapeMatch> shapes;
  language_data("common").shapes.find(original.substr(0, text.origin.back()), shapes);
  for (const ShapeMatch& shape : shapes)
    all.push_back({shape.kind, shape.begin, shape.end, shape.begin, 0, 0, false, false, {}});
  std::stable_sort(all.begin(), all.end(), better);
  std::vector<SpottedEntity> kept;
  choose(all, kept);
  add_inner(all, kept);
  std::stable_sort(kept.begin(), kept.end(),
                   [](const SpottedEntity& a, const SpottedEntity& b) { return a.begin < b.begin; });
  drop_needless(kept);
  return kept;
}

std::size_t EntityScanner::steps_of_last_scan() {
  return chart().steps();
}

}  // namespace parley::intents
