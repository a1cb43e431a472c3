#include "intents/suggestions/masking.h"

#include <algorithm>
#include <array>
#include <utility>

namespace parley::intents {
namespace {

// Samples from RFC 2606, the numbers that film makers use, the IBAN registry and card issuers' test numbers.
constexpr std::array kSamples = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"email", "name@example.com"},
    {"phone", "555-0100"},
    {"iban", "GB82 WEST 1234 5698 7654 32"},
    {"card", "4111 1111 1111 1111"},
});

std::string_view sample_of(std::string_view kind) {
  for (const auto& [masked_kind, sample] : kSamples)
    if (masked_kind == kind) return sample;
  return {};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Appends `text` with its long runs of digits turned to zeros.
void add_without_numbers(std::string_view text, std::string& into) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end]))
      ++end;
    if (end - i >= kMaskedDigits)
      into.append(end - i, '0');
    else
      into += text.substr(i, std::max<std::size_t>(1, end - i));
    i = std::max(end, i + 1);
  }
}

}  // namespace

std::string masked(std::string_view text, const std::vector<Entity>& entities) {
  std::string result;
  std::size_t done = 0;
  for (const Entity& entity : entities) {
    const std::string_view sample = sample_of(entity.kind);
    if (sample.empty() || entity.begin < done || entity.end > text.size()) continue;
    add_without_numbers(text.substr(done, entity.begin - done), result);
    result += sample;
    done = entity.end;
  }
  add_without_numbers(text.substr(done), result);
  return result;
}

}  // namespace parley::intents
