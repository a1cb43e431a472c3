#include "intents/entities/entity_finder.h"

#include <algorithm>
#include <array>
#include <unicode/timezone.h>
#include <unordered_map>

#include "engine/limits.h"
#include "intents/entities/values.h"
#include "intents/language_data.h"

namespace parley::intents {
namespace {

constexpr int kTypoDoubt = 2;
constexpr int kOtherLanguageDoubt = 4;
constexpr std::size_t kShortAnswerWords = 3;  // in a text this short a yes or no counts wherever it stands
constexpr std::size_t kCommonCount = 2;       // sentences that use a word, for it to be no typo

int rank_of(std::string_view kind) {
  static constexpr std::array<std::string_view, 9> kRanked = {"email",    "url",   "date",   "time", "money",
                                                              "duration", "phone", "number", "yesno"};
  return static_cast<int>(std::find(kRanked.begin(), kRanked.end(), kind) - kRanked.begin()) + 1;
}

void add_words(const FoldedText& text, std::unordered_map<std::string, std::size_t>& counts) {
  for (std::size_t i = 0; i < text.words.size(); ++i)
    ++counts[std::string(text.word(i))];
}

/// The sentence with its annotated parts blanked out.
std::string without_annotations(const Sentence& sentence) {
  std::string text = sentence.text;
  for (const Annotation& mark : sentence.annotations)
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(mark.begin),
              text.begin() + static_cast<std::ptrdiff_t>(mark.end), ' ');
  return text;
}

/// Words that are written as they are meant, however near to another word.
std::unordered_set<std::string> common_words(const Corpus& corpus) {
  std::unordered_map<std::string, std::size_t> counts;
  for (const Intent& intent : corpus.intents)
    for (const Sentence& sentence : intent.sentences)
      add_words(fold(without_annotations(sentence)), counts);
  std::unordered_set<std::string> words;
  for (const auto& [word, count] : counts)
    if (count >= kCommonCount) words.insert(word);
  counts.clear();
  for (const auto& language : corpus.languages)
    for (const auto& sentence : language_data(language).everyday)
      add_words(fold(sentence), counts);
  for (const auto& [word, count] : counts)
    words.insert(word);
  return words;
}

/// A yes or no inside a longer sentence is about something else: "my screen is not ok".
bool is_answer(const FoldedText& text, const GrammarMatch& match) {
  if (text.words.size() <= kShortAnswerWords) return true;
  const std::size_t before = std::string_view(text.text).substr(0, match.begin).find_last_not_of(' ');
  return before == std::string::npos ||
         std::string_view(".,!?;:").find(text.text[before]) != std::string_view::npos;
}

/// "a" or "een" is a number only when it is all that was said.
bool is_article(const FoldedText& text, const GrammarMatch& match, const Grammar& grammar) {
  return match.rule->kind == "number" && text.words.size() > 1 &&
         grammar.look_up("article", match.get("number"));
}

}  // namespace

EntityFinder::EntityFinder(const Corpus& corpus)
    : month_first_(writes_month_first(corpus.country)),
      common_words_(common_words(corpus)),
      vocabulary_(corpus, common_words_),
      roles_(corpus) {
  for (const auto& language : corpus.languages) {
    const Grammar& grammar = language_data(language).grammar;
    languages_.push_back({language, &grammar, SpellingIndex(grammar.correctable())});
  }
}

std::vector<Entity> EntityFinder::find(std::string_view original, const FoldedText& text,
                                       const EntityContext& context) const {
  const CalendarContext calendar{context.today, month_first_};
  std::vector<Candidate> candidates;
  // One a language: matches point into them until the end.
  thread_local std::vector<FoldedText> corrected_texts;
  corrected_texts.resize(std::max(corrected_texts.size(), languages_.size()));
  original = original.substr(0, text.origin.back());
  add_vocabulary(original, text, candidates);
  add_grammar(language_data("common").grammar, 0, original, text, calendar, candidates);
  for (const Language& language : languages_) {
    const bool own = language.name == context.language;
    if (!own && context.language_certain && text.words.size() > kShortAnswerWords) continue;
    const int doubt = own ? 0 : kOtherLanguageDoubt;
    add_grammar(*language.grammar, doubt, original, text, calendar, candidates);
    FoldedText& corrected = corrected_texts[static_cast<std::size_t>(&language - languages_.data())];
    if (correct(language, text, corrected))
      add_grammar(*language.grammar, doubt + kTypoDoubt, original, corrected, calendar, candidates);
  }
  choose(candidates);
  put_dates_in_order(calendar, candidates);
  std::vector<Entity> entities;
  for (Candidate& candidate : candidates)
    entities.push_back({std::string(candidate.kind), "", candidate.begin, candidate.end,
                        std::string(original.substr(candidate.begin, candidate.end - candidate.begin)),
                        std::move(candidate.value)});
  roles_.assign(text, context.intent, entities);
  return entities;
}

void EntityFinder::add_vocabulary(std::string_view original, const FoldedText& text,
                                  std::vector<Candidate>& into) const {
  thread_local std::vector<VocabularyMatch> matches;
  matches.clear();
  vocabulary_.find(original, text, matches);
  for (const VocabularyMatch& match : matches) {
    Candidate candidate;
    candidate.begin = match.begin;
    candidate.end = match.end;
    candidate.kind = *match.kind;
    candidate.doubt = 2 - match.certainty;
    candidate.value =
        match.value ? *match.value : std::string(original.substr(match.begin, match.end - match.begin));
    into.push_back(std::move(candidate));
  }
}

void EntityFinder::add_grammar(const Grammar& grammar, int doubt, std::string_view original,
                               const FoldedText& text, const CalendarContext& calendar,
                               std::vector<Candidate>& into) const {
  thread_local std::vector<GrammarMatch> matches;
  matches.clear();
  grammar.find(text, matches);
  for (GrammarMatch& match : matches) {
    if (match.rule->kind == "yesno" && !is_answer(text, match)) continue;
    if (is_article(text, match, grammar)) continue;
    const std::size_t begin = text.origin[match.begin];
    const std::size_t end = text.origin[match.end];
    auto value = resolve_value(match, grammar, calendar, original.substr(begin, end - begin));
    // A date that does not exist still stands in the way of half of it: "31 april" holds no "the 31st".
    if (!value && match.rule->kind != "date") continue;
    if (!value) value.emplace();
    const GrammarRule& rule = *match.rule;
    into.push_back({begin, end, rule.kind, rank_of(rule.kind), doubt, value->date, &grammar, std::move(match),
                    std::move(value->value)});
  }
}

bool EntityFinder::correct(const Language& language, const FoldedText& text, FoldedText& into) const {
  bool changed = false;
  std::size_t copied = 0;
  into.text.clear();
  into.origin.clear();
  into.words.clear();
  const auto copy_to = [&](std::size_t end) {
    into.text.append(text.text, copied, end - copied);
    into.origin.insert(into.origin.end(), text.origin.begin() + static_cast<std::ptrdiff_t>(copied),
                       text.origin.begin() + static_cast<std::ptrdiff_t>(end));
    copied = end;
  };
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    const std::string word(text.word(i));
    if (typo_tolerance(word) == 0 || common_words_.contains(word)) continue;
    const std::size_t near = language.spelling.nearest(word);
    if (near == SpellingIndex::kNothing || language.spelling.word(near) == word) continue;
    copy_to(text.words[i].begin);
    into.text += language.spelling.word(near);
    into.origin.resize(into.text.size(), text.origin[text.words[i].begin]);
    copied = text.words[i].end;
    changed = true;
  }
  copy_to(text.text.size());
  into.origin.push_back(text.origin.back());
  into.words = text.words;
  return changed;
}

bool EntityFinder::excludes(const Candidate& kept, const Candidate& other) {
  if (kept.end <= other.begin || other.end <= kept.begin) return false;
  const bool same_span = kept.begin == other.begin && kept.end == other.end;
  if (kept.value.is_null()) return kept.kind == other.kind;
  if (kept.kind == other.kind) return !same_span || kept.grammar || kept.value == other.value;
  return !same_span && (kept.grammar || other.grammar);
}

void EntityFinder::choose(std::vector<Candidate>& candidates) {
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    const std::size_t a_size = a.end - a.begin;
    const std::size_t b_size = b.end - b.begin;
    if (a_size != b_size) return a_size > b_size;
    if (a.rank != b.rank) return a.rank < b.rank;
    return a.doubt != b.doubt ? a.doubt < b.doubt : a.begin < b.begin;
  });
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    if (kept.size() == limits::kEntitiesPerTextMax) break;
    const bool excluded =
        std::any_of(kept.begin(), kept.end(), [&](const Candidate& k) { return excludes(k, candidate); });
    if (!excluded) kept.push_back(std::move(candidate));
  }
  std::erase_if(kept, [](const Candidate& candidate) { return candidate.value.is_null(); });
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Candidate& a, const Candidate& b) { return a.begin < b.begin; });
  candidates = std::move(kept);
}

void EntityFinder::put_dates_in_order(const CalendarContext& calendar, std::vector<Candidate>& candidates) {
  std::optional<CalendarDate> before;
  for (Candidate& candidate : candidates) {
    if (!candidate.date) continue;
    if (before && candidate.date->floating && candidate.date->day < before->day) {
      const CalendarContext later{before->day, calendar.month_first};
      const auto date = resolve_date(candidate.match, *candidate.grammar, later);
      if (date) candidate.value = iso_date(date->day);
      if (date) candidate.date = date;
    }
    before = candidate.date;
  }
}

std::chrono::sys_days local_day(std::chrono::sys_time<std::chrono::milliseconds> now,
                                const std::string& timezone) {
  thread_local std::string known_name;
  thread_local std::unique_ptr<icu::TimeZone> zone;
  if (!zone || known_name != timezone) {
    zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(timezone)));
    known_name = timezone;
  }
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  zone->getOffset(static_cast<UDate>(now.time_since_epoch().count()), false, raw, summer, status);
  if (U_FAILURE(status)) return std::chrono::floor<std::chrono::days>(now);
  return std::chrono::floor<std::chrono::days>(now + std::chrono::milliseconds(raw + summer));
}

}  // namespace parley::intents
