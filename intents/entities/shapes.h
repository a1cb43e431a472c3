// Entities that are known by their characters alone, the same in every language: addresses, numbers of
// accounts, cards and telephones. Patterns are RE2 (linear time), in common.yaml under `shapes`; where a kind
// carries its own proof, that is checked too: IBAN (ISO 13616, mod 97), cards (ISO 7812, Luhn), telephone
// numbers (ITU-T E.164: a calling code and not too many digits; national numbers by their count).
//
// Thread rule: immutable after reading.
#pragma once

#include <memory>
#include <re2/re2.h>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml.h"

namespace parley::intents {

struct ShapeMatch {
  std::string_view kind;
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
};

class Shapes {
 public:
  Shapes() = default;
  /// Reads the `shapes` of a language file; mistakes are reported to its findings.
  explicit Shapes(const config::Node& root);

  /// Adds all matches in `text` (as it was written).
  void find(std::string_view text, std::vector<ShapeMatch>& into) const;

 private:
  struct Shape {
    std::string kind;
    std::unique_ptr<RE2> pattern;
  };
  std::vector<Shape> shapes_;
};

bool is_iban(std::string_view text);
bool is_card_number(std::string_view text);
bool is_phone_number(std::string_view text);

/// The text without blanks and hyphens, letters large: how an IBAN or card number is kept.
std::string compact(std::string_view text);

}  // namespace parley::intents
