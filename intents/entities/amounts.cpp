// Numbers put together from words, fractions, percentages, amounts of money, places in a row, yes and no.
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "intents/entities/chart.h"
#include "intents/entities/meanings.h"
#include "intents/entities/phrases.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using Made = std::optional<Meaning>;

constexpr double kMillion = 1e6;
constexpr double kPartsCountMax = 100;  // nobody says "103 quarters"
constexpr double kBareCentsMin = 10;    // "5 euro 3" is five euros, and three of something
constexpr double kPowerMax = 1e300;

Made number(double value, std::string_view text = {}) {
  return std::isfinite(value) && std::fabs(value) < kPowerMax ? Made(Meaning{value, text, nullptr})
                                                              : std::nullopt;
}

/// The nth part that is a number of any form.
const Meaning* numeric(const Parts& parts, std::size_t nth = 0) {
  for (const Phrase* phrase : parts.phrases) {
    const std::string& name = parts.grammar.name(phrase->symbol);
    const bool counts = name == "number" || name == "decimal" || name == "cardinal" || name == "fraction" ||
                        name == "digits" || name == "small_fraction" || name == "figure";
    if (counts && nth-- == 0) return &phrase->meaning;
  }
  return nullptr;
}

double value_of(const Parts& parts, std::size_t nth = 0) {
  const Meaning* part = numeric(parts, nth);
  return part ? part->number : 0;
}

Made same_number(const Parts& parts) {
  const Meaning* part = numeric(parts);
  return part ? number(part->number) : std::nullopt;
}

Made fraction(const Parts& parts) {
  const Meaning* below = parts.has("ordinals")  ? parts.get("ordinals")
                         : parts.has("ordinal") ? parts.get("ordinal")
                                                : parts.get("part_of_one");
  const double above = numeric(parts) ? value_of(parts) : 1;
  if (below->number < 2 || (parts.has("ordinal") && below->number < 3)) return std::nullopt;
  if (parts.has("part_of_one") && above >= kPartsCountMax) return std::nullopt;
  return number(above / below->number);
}

/// "1 over 3", "-4/5"
Made quotient(const Parts& parts) {
  const double below = value_of(parts, 1);
  return below == 0 ? std::nullopt : number(value_of(parts) / below);
}

/// "1 in twenty-one", "1 op de 5"
Made one_in(const Parts& parts) {
  const double below = value_of(parts, 1);
  return value_of(parts) == 1 && below > 1 ? number(1 / below) : std::nullopt;
}

/// "driekwart", "anderthalb"
Made part_number(const Parts& parts) {
  return number(parts.get("part_number")->number);
}

/// "a hundredth": a part, and no place in a row.
Made small_part(const Parts& parts) {
  return parts.get("ordinal")->number >= 100 ? number(parts.get("ordinal")->number) : std::nullopt;
}

/// "three and a fifth"; of "3 million and a quarter" a quarter of a million.
Made mixed(const Parts& parts) {
  const double whole = value_of(parts);
  const Meaning* rest = parts.has("fraction") ? parts.get("fraction") : numeric(parts, 1);
  double scale = 1;
  while (whole >= kMillion && rest->number < 1 && std::fmod(whole, scale * 1'000) == 0 && scale < 1e15)
    scale *= 1'000;
  if (whole != std::floor(whole) || whole <= 0) return std::nullopt;
  if (rest->number >= 1 && (rest->number < 1'000 || rest->number >= whole)) return std::nullopt;
  return number(whole + rest->number * (scale >= kMillion ? scale : 1));
}

/// "3 million", "five and a half million", "2.33 k"
Made scaled(const Parts& parts) {
  return number((numeric(parts) ? value_of(parts) : 1) * parts.get("scale")->number);
}

/// "3 hundred and 21"
Made scaled_and_rest(const Parts& parts) {
  const double scale = parts.get("scale")->number;
  const double rest = value_of(parts, 1);
  return rest > 0 && rest < scale && rest == std::floor(rest) ? number(value_of(parts) * scale + rest)
                                                              : std::nullopt;
}

/// "nought point nought three": what is said after the point are digits.
Made spoken_decimals(const Parts& parts) {
  double value = value_of(parts);
  double place = 1;
  for (std::size_t i = 1; const Meaning* part = numeric(parts, i); ++i) {
    if (part->number != std::floor(part->number) || part->number < 0 || part->number >= 1'000)
      return std::nullopt;
    do
      place /= 10;
    while (part->number * place >= 1);
    value += part->number * place;
  }
  return number(value);
}

Made power(const Parts& parts) {
  return number(std::pow(value_of(parts), value_of(parts, 1)));
}

/// "6.23x10^-4"
Made ten_power(const Parts& parts) {
  return value_of(parts, 1) == 10 ? number(value_of(parts) * std::pow(10.0, value_of(parts, 2)))
                                  : std::nullopt;
}

std::string_view currency_of(const Parts& parts) {
  for (const std::string_view name :
       {"currency_sign", "unit_of_money", "currency_name", "currency_after", "cent", "cent_before"})
    if (const std::string_view text = parts.text(name); !text.empty()) return text;
  return {};
}

/// "vijf euro vijftig", "$ 4 million", "30 MUSD".
Made money(const Parts& parts) {
  return number(numeric(parts) ? value_of(parts) : 1, currency_of(parts));
}

/// The amount of hundredths after the amount of units.
Made money_and_cents(const Parts& parts) {
  const double cents = value_of(parts, 1);
  const double units = value_of(parts);
  if (cents < 0 || cents >= 100 || cents != std::floor(cents) || units != std::floor(units))
    return std::nullopt;
  return number(units + cents / 100, currency_of(parts));
}

/// Without a word for them, cents have two digits.
Made money_and_bare_cents(const Parts& parts) {
  return value_of(parts, 1) < kBareCentsMin ? std::nullopt : money_and_cents(parts);
}

/// A note or coin that names its amount; the "een" of "een tientje" is an article.
Made note(const Parts& parts) {
  if (numeric(parts) && value_of(parts) == 1) return std::nullopt;
  return number(numeric(parts) ? value_of(parts) : 1, parts.text("currency_note"));
}

/// "dollar", "%": a unit whose amount was not said.
Made without_amount(const Parts& parts) {
  return Meaning{std::numeric_limits<double>::quiet_NaN(), currency_of(parts), nullptr};
}

Made unit_of_money(const Parts& parts) {
  const std::string_view name = parts.text("currency_name");
  return Meaning{0, name.empty() ? parts.text("currency") : name, nullptr};
}

Made money_millions(const Parts& parts) {
  return number(value_of(parts) * kMillion, parts.text("currency_million"));
}

/// "a quarter million"
Made scaled_part(const Parts& parts) {
  const double count = numeric(parts) ? value_of(parts) : 1;
  if (count >= kPartsCountMax) return std::nullopt;
  return number(count / parts.get("part_of_one")->number * parts.get("scale")->number);
}

/// "a million and a half"
Made mixed_scale(const Parts& parts) {
  return number(parts.get("scale")->number * (1 + parts.get("fraction")->number));
}

/// "1.5e3"
Made exponent(const Parts& parts) {
  return number(value_of(parts) * std::pow(10.0, value_of(parts, 1)));
}

Made percent(const Parts& parts) {
  return number(value_of(parts));
}

Made ordinal(const Parts& parts) {
  if (const Meaning* said = parts.get("ordinal")) return number(said->number);
  const Meaning* digits = parts.get("digits");
  return digits->text.size() <= 6 ? number(digits->number) : std::nullopt;
}

constexpr std::array<NamedMeaning, 29> kMeanings = {{
    {"number", same_number},
    {"one_in", one_in},
    {"part_number", part_number},
    {"small_part", small_part},
    {"without_amount", without_amount},
    {"unit_of_money", unit_of_money},
    {"nothing", [](const Parts&) -> Made { return Meaning{}; }},
    {"negative", [](const Parts& p) { return number(-value_of(p)); }},
    {"fraction", fraction},
    {"quotient", quotient},
    {"mixed", mixed},
    {"scaled", scaled},
    {"scaled_and_rest", scaled_and_rest},
    {"spoken_decimals", spoken_decimals},
    {"power", power},
    {"ten_power", ten_power},
    {"money", money},
    {"money_and_cents", money_and_cents},
    {"money_and_bare_cents", money_and_bare_cents},
    {"note", note},
    {"money_millions", money_millions},
    {"scaled_part", scaled_part},
    {"mixed_scale", mixed_scale},
    {"exponent", exponent},
    {"percent", percent},
    {"ordinal", ordinal},
    {"place",
     [](const Parts& p) -> Made {
       return Meaning{0, p.text("place"), nullptr};
     }},
    {"yes",
     [](const Parts&) -> Made {
       return Meaning{1, {}, nullptr};
     }},
    {"no",
     [](const Parts&) -> Made {
       return Meaning{0, {}, nullptr};
     }},
}};

}  // namespace

std::span<const NamedMeaning> amount_meanings() {
  return kMeanings;
}

}  // namespace parley::intents
