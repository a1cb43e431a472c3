#include "intents/entities/entity_finder.h"

#include <algorithm>
#include <array>
#include <unicode/timezone.h>
#include <unordered_map>

#include "engine/limits.h"
#include "intents/entities/calendar.h"
#include "intents/entities/listed_days.h"
#include "intents/entities/period_borders.h"
#include "intents/entities/resolution.h"
#include "intents/language_data.h"

namespace parley::intents {
namespace {

constexpr int kTypoDoubt = 2;
constexpr int kOtherLanguageDoubt = 4;
constexpr std::size_t kShortAnswerWords = 3;  // in a text this short a yes or no counts wherever it stands
constexpr int kRoundsMax = 60;           // weeks, months or years that a second date may lie after the first
constexpr std::size_t kCommonCount = 2;  // sentences that use a word, for it to be no typo

int rank_of(std::string_view kind) {
  static constexpr std::array<std::string_view, 15> kRanked = {
      "email",    "url",   "iban",       "card",  "datetime", "date",    "time", "period",
      "duration", "money", "percentage", "phone", "number",   "ordinal", "yesno"};
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
  for (const auto& language : corpus.languages) {
    for (const auto& sentence : language_data(language).everyday)
      add_words(fold(sentence), counts);
    const std::vector<std::string>& stop_words = language_data(language).stop_words;
    words.insert(stop_words.begin(), stop_words.end());
  }
  for (const auto& [word, count] : counts)
    words.insert(word);
  return words;
}

/// A yes or no inside a longer sentence is about something else: "my screen is not ok".
bool is_answer(std::string_view original, const FoldedText& text, std::size_t begin) {
  if (text.words.size() <= kShortAnswerWords) return true;
  const std::size_t before = original.substr(0, begin).find_last_not_of(" \t\r\n");
  return before == std::string::npos ||
         std::string_view(".,!?;:").find(original[before]) != std::string_view::npos;
}

/// "a" or "een" is a number only when it is all that was said.
bool is_article(const FoldedText& text, const SpottedEntity& entity, std::string_view original,
                const Phrases& phrases) {
  return entity.kind == "number" && text.words.size() > 1 &&
         phrases.look_up("article", folded(original.substr(entity.begin, entity.end - entity.begin)));
}

/// Kinds of one family that a flow has slots for: a week can be asked for by its first day.
bool stands_for_day(const SpottedEntity& entity) {
  const Time* time = entity.meaning.time.get();
  return time && time->type == TimeType::kDateRange && time->mod.empty() && !time->first && time->resolved &&
         time->readings.size() == 1 && std::string_view("WwMQ").find(time->unit) != std::string_view::npos;
}

/// What a shape stands for: numbers of accounts and cards without their blanks.
std::string shape_value(const SpottedEntity& entity, std::string_view original) {
  const std::string_view text = original.substr(entity.begin, entity.end - entity.begin);
  return entity.kind == "iban" || entity.kind == "card" ? compact(text) : std::string(text);
}

std::string recurrence_name(Recurrence recurrence) {
  switch (recurrence) {
    case Recurrence::kWeekly:
      return "week";
    case Recurrence::kMonthly:
      return "month";
    case Recurrence::kYearly:
      return "year";
    case Recurrence::kNever:
      break;
  }
  return "";
}

/// The first time that a date comes round on or after `before`; itself when that never happens.
std::string next_after(const std::string& date, const std::string& before, Recurrence recurrence) {
  const char unit = recurrence == Recurrence::kWeekly ? 'W' : recurrence == Recurrence::kMonthly ? 'M' : 'Y';
  const auto day = make_day(std::stoi(date), std::stoi(date.substr(5)), std::stoi(date.substr(8)));
  for (int i = 1; day && i <= kRoundsMax; ++i) {
    const auto later = add_units(*day, unit, i);
    if (later && iso_date(*later) >= before) return iso_date(*later);
  }
  return date;
}

/// The words of a language's own tables, nothing more: "friday" for a misspelt "firday".
const std::vector<std::string>& correctable(const std::string& language) {
  return language_data(language).phrases.correctable();
}

}  // namespace

EntityFinder::EntityFinder(const Corpus& corpus)
    : month_first_(writes_month_first(corpus.country)),
      common_words_(common_words(corpus)),
      vocabulary_(corpus, common_words_),
      context_values_(corpus, common_words_),
      composites_(corpus),
      roles_(corpus) {
  for (const auto& language : corpus.languages)
    languages_.push_back({language, EntityScanner(language), SpellingIndex(correctable(language))});
}

std::vector<Entity> EntityFinder::find(std::string_view original, const FoldedText& text,
                                       const EntityContext& context) const {
  const Viewpoint view{context.today, context.clock, month_first_};
  std::vector<Candidate> candidates;
  thread_local FoldedText corrected;
  original = original.substr(0, text.origin.back());
  add_vocabulary(original, text, candidates);
  for (const Language& language : languages_) {
    const bool own = language.name == context.language;
    if (!own && context.language_certain && text.words.size() > kShortAnswerWords) continue;
    const int doubt = own ? 0 : kOtherLanguageDoubt;
    add_built_in(language.scanner, doubt, original, text, view, candidates);
    if (correct(language, text, corrected))
      add_built_in(language.scanner, doubt + kTypoDoubt, original, corrected, view, candidates);
  }
  choose(candidates);
  put_dates_in_order(candidates);
  std::vector<Entity> entities;
  for (Candidate& candidate : candidates) {
    Entity entity{std::string(candidate.kind),
                  "",
                  candidate.begin,
                  candidate.end,
                  std::string(original.substr(candidate.begin, candidate.end - candidate.begin)),
                  candidate.values[candidate.usual]};
    if (candidate.values.size() > 1) entity.readings = candidate.values;
    entity.recurs = recurrence_name(candidate.recurrence);
    entities.push_back(std::move(entity));
  }
  add_period_borders(original, text, entities);
  add_listed_days(original, language_data(context.language).links, entities);
  if (entities.size() < limits::kEntitiesPerTextMax)
    context_values_.find(original, text, context.intent, entities);
  composites_.find(original, text, entities);
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
    candidate.built_in = false;
    candidate.values = {match.value ? *match.value
                                    : std::string(original.substr(match.begin, match.end - match.begin))};
    into.push_back(std::move(candidate));
  }
}

void EntityFinder::add_built_in(const EntityScanner& scanner, int doubt, std::string_view original,
                                const FoldedText& text, const Viewpoint& view,
                                std::vector<Candidate>& into) const {
  for (const SpottedEntity& entity : scanner.scan(original, text, view)) {
    if (entity.kind == "yesno" && !is_answer(original, text, entity.known_from)) continue;
    if (is_article(text, entity, original, scanner.phrases())) continue;
    Candidate candidate;
    candidate.begin = entity.begin;
    candidate.end = entity.end;
    candidate.kind = entity.kind;
    candidate.rank = rank_of(entity.kind);
    candidate.doubt = doubt;
    candidate.composite = entity.kind == "period" || entity.kind == "datetime";
    candidate.inner = entity.inner;
    candidate.values = entity.rule == 0 ? std::vector<nlohmann::json>{shape_value(entity, original)}
                                        : slot_values(entity.kind, entity.meaning, view);
    candidate.usual = usual_value(candidate.values, entity.kind);
    if (entity.meaning.time) candidate.recurrence = entity.meaning.time->recurrence;
    if (stands_for_day(entity)) {
      Candidate day = candidate;
      day.kind = "date";
      day.rank = rank_of("date");
      day.composite = false;
      day.values = {candidate.values.front()["start"]};
      into.push_back(std::move(day));
    }
    into.push_back(std::move(candidate));
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
  if (kept.values.empty()) return kept.kind == other.kind || !same_span;
  if (kept.kind == other.kind) return !same_span || kept.built_in || kept.values == other.values;
  if (kept.composite && other.inner) return false;
  return !same_span && (kept.built_in || other.built_in);
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
  std::erase_if(kept, [](const Candidate& candidate) { return candidate.values.empty(); });
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Candidate& a, const Candidate& b) { return a.begin < b.begin; });
  candidates = std::move(kept);
}

void EntityFinder::put_dates_in_order(std::vector<Candidate>& candidates) {
  std::string before;
  for (Candidate& candidate : candidates) {
    if (candidate.kind != "date") continue;
    nlohmann::json& value = candidate.values[candidate.usual];
    if (candidate.recurrence != Recurrence::kNever && value < before)
      value = next_after(value.get<std::string>(), before, candidate.recurrence);
    before = value.get<std::string>();
  }
}

LocalTime local_time(std::chrono::sys_time<std::chrono::milliseconds> now, const std::string& timezone) {
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
  const auto local = U_FAILURE(status) ? now : now + std::chrono::milliseconds(raw + summer);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  return {day, std::chrono::floor<std::chrono::seconds>(local - day).count()};
}

}  // namespace parley::intents
