// textDocument/hover: what a name means, or what a key is for.

#include <algorithm>

#include "cli/lsp/answers.h"
#include "cli/lsp/description.h"
#include "cli/lsp/schema.h"
#include "cli/lsp/yaml_place.h"

namespace parley::lsp {
namespace {

bool is_key_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// The word around a byte, where a colon makes it a key.
ByteRange key_around(std::string_view text, std::size_t byte) {
  std::size_t begin = std::min(byte, text.size()), end = begin;
  while (begin > 0 && is_key_character(text[begin - 1]))
    --begin;
  while (end < text.size() && is_key_character(text[end]))
    ++end;
  const bool key = end < text.size() && text[end] == ':' && end > begin;
  return key ? ByteRange{begin, end} : ByteRange{};
}

Json hover_of(const std::string& markdown, const TextPositions& positions, ByteRange range) {
  if (markdown.empty()) return Json();
  return {{"contents", {{"kind", "markdown"}, {"value", markdown}}}, {"range", to_json(positions, range)}};
}

}  // namespace

Json hover(const Place& place) {
  const TextPositions positions(place.text);
  if (const Occurrence* name = place.bot.at(place.path, place.byte))
    if (Json said = hover_of(description_of(place.bot, name->name), positions, name->range); !said.is_null())
      return said;
  const ByteRange key = key_around(place.text, place.byte);
  if (key.end == 0) return Json();
  const YamlPlace yaml = place_in_yaml(place.text, key.end);
  if (!yaml.key) return Json();
  const std::string word(place.text.substr(key.begin, key.end - key.begin));
  const SchemaPlace schema = schema_at(yaml, kind_of(place.path, place.bot.folder()));
  return hover_of(schema.property(word).description(), positions, key);
}

}  // namespace parley::lsp
