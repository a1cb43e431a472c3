#include "conversations/dialogue/phrases.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "conversations/flows/built_in_patterns.h"

namespace parley::conversations {

namespace {

constexpr std::array<std::string_view, 8> kRequests{"cancel", "handoff",  "start_over", "repeat",
                                                    "help",   "greeting", "thanks",     "goodbye"};
/// "yes please", "ja dat is goed": an answer is short; a longer sentence that happens to begin so may mean
/// anything.
constexpr std::size_t kYesNoWordsMax = 5;

PhraseList phrase_list(const nlohmann::json& texts) {
  PhraseList list;
  for (const nlohmann::json& text : texts)
    list.push_back(words_of(text.get<std::string>()));
  return list;
}

Words word_list(const nlohmann::json& texts) {
  Words words;
  for (const nlohmann::json& text : texts)
    words.push_back(words_of(text.get<std::string>()).front());
  return words;
}

Phrases read_phrases(const nlohmann::json& json) {
  Phrases phrases;
  for (const auto& [name, texts] : json.at("requests").items())
    phrases.requests[name] = phrase_list(texts);
  for (const nlohmann::json& texts : json.at("ordinals"))
    phrases.ordinals.push_back(phrase_list(texts));
  phrases.yes = phrase_list(json.at("yes"));
  phrases.no = phrase_list(json.at("no"));
  phrases.correction = phrase_list(json.at("correction"));
  phrases.second_thoughts = phrase_list(json.at("second_thoughts"));
  phrases.change = phrase_list(json.at("change"));
  phrases.hold = phrase_list(json.at("hold"));
  phrases.last = phrase_list(json.at("last"));
  phrases.other = phrase_list(json.at("other"));
  phrases.instead = phrase_list(json.at("instead"));
  phrases.either = phrase_list(json.at("either"));
  phrases.also = phrase_list(json.at("also"));
  phrases.unsure = phrase_list(json.at("unsure"));
  phrases.refusals = phrase_list(json.at("refusals"));
  phrases.not_refusals = phrase_list(json.at("not_refusals"));
  phrases.interjections = phrase_list(json.at("interjections"));
  phrases.takes = phrase_list(json.at("takes"));
  phrases.different = phrase_list(json.at("different"));
  phrases.same = phrase_list(json.at("same"));
  phrases.numbers = word_list(json.at("numbers"));
  phrases.negations = word_list(json.at("not"));
  phrases.shifts = word_list(json.at("shifts"));
  phrases.negatives = word_list(json.at("negatives"));
  phrases.contrasts = word_list(json.at("but"));
  phrases.fillers = word_list(json.at("fillers"));
  for (const auto& [language, texts] : json.at("languages").items())
    for (const Words& phrase : phrase_list(texts))
      phrases.languages[language].push_back(without(phrase, phrases.fillers));
  for (const Words& phrase : phrase_list(json.at("objections")))
    phrases.objections.push_back(without(phrase, phrases.fillers));
  phrases.yes_title = json.at("titles").at("yes");
  phrases.no_title = json.at("titles").at("no");
  phrases.none_title = json.at("titles").at("none");
  phrases.last_resort = json.at("last_resort");
  return phrases;
}

std::map<std::string, Phrases> read_all() {
  std::map<std::string, Phrases> all;
  const nlohmann::json json = nlohmann::json::parse(built_in_patterns().at("phrases.json"));
  for (const auto& [language, phrases] : json.items())
    all.emplace(language, read_phrases(phrases));
  return all;
}

bool has_any_word(const Words& words, const Words& any) {
  return std::any_of(any.begin(), any.end(),
                     [&](const std::string& word) { return contains_word(words, word); });
}

/// What else was said beside the phrases.
Words beside(Words words, const PhraseList& phrases) {
  for (const Words& phrase : phrases)
    for (std::size_t at = find_phrase(words, phrase); at != std::string::npos;
         at = find_phrase(words, phrase))
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(at),
                  words.begin() + static_cast<std::ptrdiff_t>(at + phrase.size()));
  return words;
}

/// How many words the longest of the phrases has that `words` begin with: "no problem" is no "no".
std::size_t start_of(const Words& words, const PhraseList& phrases) {
  std::size_t longest = 0;
  for (const Words& phrase : phrases)
    if (starts_with(words, phrase)) longest = std::max(longest, phrase.size());
  return longest;
}

PhraseList longest_first(PhraseList phrases) {
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const Words& a, const Words& b) { return a.size() > b.size(); });
  return phrases;
}

}  // namespace

const std::map<std::string, Phrases>& all_phrases() {
  static const std::map<std::string, Phrases> kAll = read_all();
  return kAll;
}

const Phrases& phrases_of(const std::string& language) {
  const auto found = all_phrases().find(language);
  return found == all_phrases().end() ? all_phrases().at("en") : found->second;
}

std::string request_in(const Words& words, const Phrases& phrases) {
  if (words.empty()) return "";
  const Words plain = without_interjections(words, phrases);
  for (const Words& form : {words, without(words, phrases.fillers), plain, without(plain, phrases.fillers)}) {
    for (const std::string_view name : kRequests) {
      const auto list = phrases.requests.find(std::string(name));
      if (list != phrases.requests.end() && equals_any(form, list->second)) return std::string(name);
    }
  }
  return "";
}

/// Whoever books on "yes, wait" books against somebody's will.
bool binds_yes(const Words& words, const Phrases& phrases) {
  const Words rest = beside(words, longest_first(phrases.yes));
  return contains_any(rest, phrases.no) || contains_any(rest, phrases.hold) ||
         contains_any(rest, phrases.second_thoughts) || contains_any(rest, phrases.correction) ||
         contains_any(rest, phrases.change) || contains_any(rest, phrases.requests.at("cancel")) ||
         has_any_word(rest, phrases.negations) || has_any_word(rest, phrases.contrasts);
}

std::optional<bool> yes_or_no(const Words& words, const Phrases& phrases) {
  if (words.empty() || words.size() > kYesNoWordsMax) return std::nullopt;
  if (starts_with_any(words, phrases.unsure)) return std::nullopt;
  const std::size_t no = start_of(words, phrases.no), yes = start_of(words, phrases.yes);
  if (no == 0 && yes == 0 && contains_word(phrases.fillers, words.front()))
    return yes_or_no(Words(words.begin() + 1, words.end()), phrases);
  if (no == yes || (yes > no && binds_yes(words, phrases))) return std::nullopt;
  return yes > no;
}

bool is_objection(const Words& words, const Phrases& phrases) {
  const Words bare = without(words, phrases.fillers);
  const std::size_t no = std::min(start_of(bare, phrases.no), bare.size() - 1);
  const Words rest(bare.begin() + static_cast<std::ptrdiff_t>(no), bare.end());
  return equals_any(bare, phrases.objections) || equals_any(rest, phrases.objections);
}

bool is_refusal(const Words& words, const Phrases& phrases) {
  const Words rest = without_interjections(words, phrases);
  return starts_with_any(rest, phrases.refusals) && !starts_with_any(rest, phrases.not_refusals);
}

bool is_negation(const std::string& word) {
  return std::any_of(all_phrases().begin(), all_phrases().end(),
                     [&](const auto& one) { return contains_word(one.second.negations, word); });
}

bool ends_with_denial(Words words, const Phrases& phrases) {
  const auto ends_instead = [&] {
    return std::any_of(phrases.instead.begin(), phrases.instead.end(), [&](const Words& phrase) {
      return phrase.size() <= words.size() && std::equal(phrase.rbegin(), phrase.rend(), words.rbegin());
    });
  };
  while (!words.empty() && !ends_instead() && contains_word(phrases.fillers, words.back()))
    words.pop_back();
  return !words.empty() && (is_negation(words.back()) || ends_instead());
}

Words without_interjections(Words words, const Phrases& phrases) {
  for (std::size_t size = 1; size > 0;) {
    size = start_of(words, phrases.interjections);
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(size));
  }
  return words;
}

Words without_signs(const Words& words, const Phrases& phrases) {
  Words rest = without_interjections(words, phrases);
  for (const PhraseList* signs : {&phrases.no, &phrases.yes, &phrases.correction, &phrases.second_thoughts,
                                  &phrases.hold, &phrases.change, &phrases.interjections})
    rest = beside(rest, longest_first(*signs));
  std::erase_if(rest, [&](const std::string& word) { return contains_word(phrases.fillers, word); });
  return rest;
}

bool equals_any(const Words& words, const PhraseList& phrases) {
  return std::find(phrases.begin(), phrases.end(), words) != phrases.end();
}

bool contains_any(const Words& words, const PhraseList& phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](const Words& phrase) { return find_phrase(words, phrase) != std::string::npos; });
}

bool starts_with_any(const Words& words, const PhraseList& phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](const Words& phrase) { return starts_with(words, phrase); });
}

bool is_courtesy(const std::string& intent) {
  return intent == "greeting" || intent == "thanks" || intent == "goodbye";
}

bool is_request_name(const std::string& intent) {
  return std::find(kRequests.begin(), kRequests.end(), intent) != kRequests.end();
}

}  // namespace parley::conversations
