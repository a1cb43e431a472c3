// textDocument/definition and textDocument/references: from a name to where it stands.

#include "cli/lsp/answers.h"
#include "cli/lsp/file_address.h"

namespace parley::lsp {
namespace {

Json locations(const std::vector<NamePlace>& places) {
  Json all = Json::array();
  for (const NamePlace& place : places) {
    if (place.path.empty()) continue;  // a built-in flow is in no file
    const TextPositions positions(place.file->yaml->text());
    all.push_back({{"uri", uri_of(place.path)}, {"range", to_json(positions, place.occurrence->range)}});
  }
  return all;
}

}  // namespace

Json definition(const Place& place) {
  const Occurrence* name = place.bot.at(place.path, place.byte);
  return name ? locations(place.bot.definitions(name->name)) : Json();
}

Json references(const Place& place, bool with_definitions) {
  const Occurrence* name = place.bot.at(place.path, place.byte);
  if (!name) return Json();
  std::vector<NamePlace> places = place.bot.references(place.bot.definitions(name->name));
  if (!with_definitions)
    std::erase_if(places, [](const NamePlace& found) { return found.occurrence->defines; });
  return locations(places);
}

}  // namespace parley::lsp
