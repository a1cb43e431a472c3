#include "intents/entities/meanings.h"

#include "intents/entities/chart.h"
#include "intents/entities/phrases.h"

namespace parley::intents {

const Meaning* Parts::get(std::string_view name, std::size_t nth) const {
  for (const Phrase* phrase : phrases)
    if (grammar.name(phrase->symbol) == name && nth-- == 0) return &phrase->meaning;
  return nullptr;
}

const Time* Parts::time(std::string_view name, std::size_t nth) const {
  const Meaning* meaning = get(name, nth);
  return meaning ? meaning->time.get() : nullptr;
}

std::shared_ptr<const Time> Parts::any_time(std::size_t nth) const {
  for (const Phrase* phrase : phrases)
    if (phrase->meaning.time && nth-- == 0) return phrase->meaning.time;
  return nullptr;
}

std::string_view Parts::text(std::string_view name) const {
  const Meaning* meaning = get(name);
  return meaning ? meaning->text : std::string_view();
}

MakeMeaning meaning_named(std::string_view name) {
  for (const auto& list : {date_meanings(), clock_meanings(), period_meanings(), period_name_meanings(),
                           period_piece_meanings(), duration_meanings(), amount_meanings()})
    for (const NamedMeaning& meaning : list)
      if (meaning.name == name) return meaning.make;
  return nullptr;
}

}  // namespace parley::intents
