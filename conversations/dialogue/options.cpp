#include "conversations/dialogue/options.h"

#include <algorithm>
#include <functional>
#include <map>

#include "config/edit_distance.h"
#include "conversations/dialogue/reading.h"
#include "conversations/flows/slot_types.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kTypoBytesMin = 4;  // a shorter word with a typo may be any other
constexpr std::size_t kTypoWordsMax = 8;  // a longer text is no title
constexpr std::size_t kPickWordsMax = 2;  // "2", "second", "last one": more words are not just a pick

std::vector<Choice> fixed_choices(const Turn& turn, const Frame& frame, const std::vector<Option>& options) {
  std::vector<Choice> choices;
  const cel::Bindings bindings = bindings_of(turn, frame);
  for (const Option& option : options) {
    if (choices.size() == limits::kOptionsPerQuestionMax) break;
    choices.push_back({format(turn, option.title, bindings), option.value});
  }
  return choices;
}

std::vector<Choice> computed_choices(const Turn& turn, const Frame& frame, const Choose& choose) {
  std::vector<Choice> choices;
  cel::Bindings bindings = bindings_of(turn, frame);
  const cel::Value list = choose.from->evaluate(bindings);
  if (!list.is(cel::Kind::kList)) return choices;
  for (const cel::Value& item : list.as_list()) {
    if (choices.size() == limits::kOptionsPerQuestionMax) break;
    bindings.set("item", item);
    bool failed = false;
    const std::string title = choose.item_title ? choose.item_title->format(bindings, turn.state.language,
                                                                            turn.program.timezone, &failed)
                                                : cel::to_text(item);
    const cel::Value said = choose.item_title ? cel::Value::text(title) : item;
    const cel::Value value = choose.item_value ? choose.item_value->evaluate(bindings) : said;
    if (value.is_error() || value.is_null() || (failed && !choose.item_value)) continue;
    choices.push_back({failed ? cel::to_text(value) : title, cel::to_json(value)});
  }
  return choices;
}

std::vector<Choice> yes_no_choices(const Turn& turn) {
  return {{turn.phrases.yes_title, true}, {turn.phrases.no_title, false}};
}

/// Suggested actions and the buttons of hero cards.
Json buttons_of(const Json& activity) {
  Json buttons = activity.value("/suggestedActions/actions"_json_pointer, Json::array());
  for (const Json& attachment : activity.value("attachments", Json::array())) {
    for (const Json& button : attachment.value("/content/buttons"_json_pointer, Json::array()))
      buttons.push_back(button);
  }
  return buttons;
}

/// As a person of this language says a day: dates are the only values whose JSON form nobody would say.
const MessageTemplate& date_template(const std::string& language) {
  thread_local std::map<std::string, MessageTemplate> made;  // to make one costs as much as a turn
  const auto [known, is_new] = made.try_emplace(language);
  if (!is_new) return known->second;
  cel::Declarations declarations;
  declarations.add("value", cel::Kind::kDate);
  std::vector<TemplateProblem> problems;
  known->second = MessageTemplate::compile("{value, date, full}", language, declarations, problems);
  return known->second;
}

std::string value_words(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool all_in(const Words& some, const Words& all) {
  return std::all_of(some.begin(), some.end(),
                     [&](const std::string& word) { return contains_word(all, word); });
}

/// Whether a word is in `all` but for a typo: one edit from four bytes on, two from eight.
bool nearly_in(const std::string& word, const Words& all) {
  const std::size_t edits = word.size() < kTypoBytesMin ? 0 : word.size() < 2 * kTypoBytesMin ? 1 : 2;
  return std::any_of(all.begin(), all.end(), [&](const std::string& other) {
    return other.size() <= word.size() + edits && config::edit_distance(word, other) <= edits;
  });
}

bool all_nearly_in(const Words& some, const Words& all) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& word) { return nearly_in(word, all); });
}

/// The index of the only choice for which `fits`.
std::optional<std::size_t> only_choice(const std::vector<Choice>& choices,
                                       const std::function<bool(const Words& title)>& fits) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (!fits(words_of(choices[i].title))) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

/// "2", "two", "the second", "last": a position from 0.
std::optional<std::size_t> picked_position(const Words& bare, std::size_t count, const Phrases& phrases) {
  if (bare.empty() || bare.size() > kPickWordsMax) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string digits = std::to_string(i + 1);
    const bool number = bare.size() == 1 &&
                        (bare[0] == digits || (i < phrases.numbers.size() && bare[0] == phrases.numbers[i]));
    if (number) return i;
    if (i < phrases.ordinals.size() && starts_with_any(bare, phrases.ordinals[i])) return i;
  }
  if (count > 0 && starts_with_any(bare, phrases.last)) return count - 1;
  return std::nullopt;
}

/// The position that begins at `at`: "second", "last".
std::optional<std::size_t> ordinal_at(const Words& words, std::size_t at, std::size_t count,
                                      const Phrases& phrases) {
  const Words rest(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
  for (std::size_t i = 0; i < std::min(count, phrases.ordinals.size()); ++i)
    if (starts_with_any(rest, phrases.ordinals[i])) return i;
  if (count > 0 && starts_with_any(rest, phrases.last)) return count - 1;
  return std::nullopt;
}

/// "one" of "the second one".
bool is_one(const Words& words, std::size_t at, const Phrases& phrases) {
  return at < words.size() && !phrases.numbers.empty() && words[at] == phrases.numbers.front();
}

/// `words` without the choices that are denied.
Words without_denied(const std::vector<Choice>& choices, const Words& words, const Phrases& phrases) {
  Words kept = words;
  const std::vector<ChoicePlace> places = choice_places(choices, words, phrases);
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(place->first);
    if (!ends_with_denial(Words(words.begin(), first), phrases)) continue;
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(place->first),
               kept.begin() + static_cast<std::ptrdiff_t>(place->last));
  }
  if (kept.size() < words.size())
    std::erase_if(kept, [](const std::string& word) { return is_negation(word); });
  return kept;
}

/// How the turn's language calls a value of the vocabulary; "" for none.
std::string vocabulary_word(const Turn& turn, const std::string& entity, const Json& value) {
  const auto values = turn.program.words.find(entity);
  if (values == turn.program.words.end() || !value.is_string()) return "";
  const auto words = values->second.find(value.get<std::string>());
  if (words == values->second.end()) return "";
  const auto word = words->second.find(turn.state.language);
  return word == words->second.end() ? "" : word->second.front();
}

/// What the question that filled the slot offered.
std::vector<Choice> choices_offered(const Turn& turn, const Frame& frame, const std::string& slot) {
  const Flow& flow = flow_of(turn, frame);
  const auto filled = std::find_if(frame.filled.begin(), frame.filled.end(),
                                   [&](const Filled& one) { return one.slot == slot; });
  const StepIndex index = filled == frame.filled.end() ? kFlowEnd : flow.find_step(filled->step);
  if (index == kFlowEnd) return fixed_choices(turn, frame, flow.slots.at(slot).options);
  return choices_of(turn, frame, flow.steps[static_cast<std::size_t>(index)], slot);
}

/// Whether the title has one of the value's words in any language, for titles of services are in one only.
bool has_word(const Words& title, const std::map<std::string, std::vector<std::string>>& by_language) {
  return std::any_of(by_language.begin(), by_language.end(), [&](const auto& one) {
    return std::any_of(one.second.begin(), one.second.end(), [&](const std::string& word) {
      return find_phrase(title, words_of(word)) != std::string::npos;
    });
  });
}

}  // namespace

std::vector<Choice> choices_of(const Turn& turn, const Frame& frame, const Step& step,
                               const std::string& asked) {
  if (std::holds_alternative<Confirm>(step.action)) return yes_no_choices(turn);
  if (const auto* choose = std::get_if<Choose>(&step.action)) {
    return choose->from ? computed_choices(turn, frame, *choose)
                        : fixed_choices(turn, frame, choose->options);
  }
  const Flow& flow = flow_of(turn, frame);
  const auto slot = flow.slots.find(asked);
  if (slot == flow.slots.end()) return {};
  if (slot->second.options.empty() && slot->second.type == "bool") return yes_no_choices(turn);
  return fixed_choices(turn, frame, slot->second.options);
}

std::string button_intent(const Turn& turn) {
  const Json pressed = turn.event.value.is_object() ? turn.event.value.value("intent", Json()) : Json();
  for (const Json& activity : turn.state.last) {
    for (const Json& action : buttons_of(activity)) {
      const Json value = action.value("value", Json());
      if (action.value("type", "") != "messageBack" || !value.is_object()) continue;
      const std::string intent = value.value("intent", "");
      if (pressed == intent || words_of(action.value("title", "")) == turn.words) return intent;
    }
  }
  return "";
}

std::string value_text(const Turn& turn, const Frame& frame, const std::string& slot) {
  const Flow& flow = flow_of(turn, frame);
  const auto value = frame.slots.find(slot);
  const auto declared = flow.slots.find(slot);
  if (value == frame.slots.end() || declared == flow.slots.end()) return "";
  for (const Choice& choice : choices_offered(turn, frame, slot)) {
    if (choice.value == value->second) return choice.title;
  }
  if (const std::string word = vocabulary_word(turn, declared->second.type, value->second); !word.empty())
    return word;
  cel::Bindings bindings = bindings_of(turn, frame);
  const cel::Value typed = cel::from_json(value->second, type_of(declared->second.type));
  if (!typed.is(cel::Kind::kDate)) return cel::to_text(typed);
  bindings.set("value", typed);
  return format(turn, date_template(turn.state.language), bindings);
}

std::vector<ChoicePlace> choice_places(const std::vector<Choice>& choices, const Words& words,
                                       const Phrases& phrases) {
  std::vector<ChoicePlace> places;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (contains_word(phrases.fillers, words[at]) || is_negation(words[at])) continue;
    auto choice = only_choice(choices, [&](const Words& title) { return contains_word(title, words[at]); });
    if (!choice) choice = ordinal_at(words, at, choices.size(), phrases);
    if (!choice) continue;
    const std::size_t last = is_one(words, at + 1, phrases) ? at + 2 : at + 1;
    if (!places.empty() && places.back().choice == *choice && places.back().last == at)
      places.back().last = last;
    else
      places.push_back({at, last, *choice});
  }
  return places;
}

std::optional<std::size_t> exact_choice(const std::vector<Choice>& choices, const Words& words) {
  if (words.empty()) return std::nullopt;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (words_of(choices[i].title) == words || words_of(value_words(choices[i].value)) == words) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> matching_choice(const std::vector<Choice>& choices, const Words& said,
                                           const Phrases& phrases) {
  const Words words = without_denied(choices, said, phrases);
  if (choices.empty() || words.empty()) return std::nullopt;
  const Words bare = without(words, phrases.fillers);
  if (const auto part = only_choice(choices, [&](const Words& title) { return all_in(bare, title); })) {
    return part;
  }
  if (const auto position = picked_position(bare, choices.size(), phrases)) return position;
  if (const auto named = named_choice(choices, words, phrases)) return named;
  if (bare.size() > kTypoWordsMax) return std::nullopt;
  return only_choice(choices, [&](const Words& title) { return all_nearly_in(bare, title); });
}

std::optional<std::size_t> synonymous_choice(const Turn& turn, const std::vector<Choice>& choices) {
  std::optional<std::size_t> found;
  for (const Entity& entity : turn.event.understanding.entities) {
    const auto values = turn.program.words.find(entity.kind);
    if (values == turn.program.words.end() || !entity.value.is_string() || is_denied(turn, entity)) continue;
    const auto words = values->second.find(entity.value.get<std::string>());
    if (words == values->second.end() || entity.confidence < 1) continue;
    const auto choice =
        only_choice(choices, [&](const Words& title) { return has_word(title, words->second); });
    if (choice && found && found != choice) return std::nullopt;
    if (choice) found = choice;
  }
  return found;
}

std::optional<std::size_t> named_choice(const std::vector<Choice>& choices, const Words& said,
                                        const Phrases& phrases) {
  const Words words = without_denied(choices, said, phrases);
  return only_choice(choices, [&](const Words& title) {
    return !title.empty() && all_in(without(title, phrases.fillers), words);
  });
}

}  // namespace parley::conversations
