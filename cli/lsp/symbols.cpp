// textDocument/documentSymbol: what a file defines, flows with their slots and named steps below them.

#include <algorithm>
#include <map>

#include "cli/lsp/answers.h"

namespace parley::lsp {
namespace {

// SymbolKind of LSP 3.17.
int symbol_kind(NameKind kind) {
  constexpr int kNamespace = 3, kMethod = 6, kField = 8, kEnum = 10, kFunction = 12, kVariable = 13,
                kKey = 20, kEnumMember = 22, kEvent = 24;
  static const std::map<NameKind, int> kKinds{
      {NameKind::kIntent, kEvent},      {NameKind::kEntity, kEnum},      {NameKind::kValue, kEnumMember},
      {NameKind::kFlow, kFunction},     {NameKind::kSlot, kVariable},    {NameKind::kStep, kKey},
      {NameKind::kService, kNamespace}, {NameKind::kOperation, kMethod}, {NameKind::kArgument, kField}};
  const auto known = kKinds.find(kind);
  return known == kKinds.end() ? kVariable : known->second;
}

bool is_outermost(const Occurrence& occurrence) {
  return occurrence.name.text == occurrence.within && occurrence.name.owner.empty();
}

Json symbol_of(const Occurrence& occurrence, const TextPositions& positions, std::size_t end) {
  return {{"name", occurrence.name.text},
          {"kind", symbol_kind(occurrence.name.kind)},
          {"range", to_json(positions, {occurrence.range.begin, std::max(end, occurrence.range.end)})},
          {"selectionRange", to_json(positions, occurrence.range)}};
}

std::vector<const Occurrence*> definitions_in_order(const AuthoredFile& file) {
  std::vector<const Occurrence*> found;
  for (const Occurrence& occurrence : file.occurrences)
    if (occurrence.defines) found.push_back(&occurrence);
  std::sort(found.begin(), found.end(),
            [](const Occurrence* a, const Occurrence* b) { return a->range.begin < b->range.begin; });
  return found;
}

}  // namespace

Json document_symbols(const BotView& bot, const std::filesystem::path& path) {
  Json symbols = Json::array();
  const AuthoredFile* file = bot.file(path);
  if (!file) return symbols;
  const TextPositions positions(file->yaml->text());
  const auto found = definitions_in_order(*file);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!is_outermost(*found[i]) && !symbols.empty()) {
      symbols.back()["children"].push_back(symbol_of(*found[i], positions, 0));
      continue;
    }
    // Until the next of its kind begins, or the file ends.
    const auto next = std::find_if(found.begin() + static_cast<std::ptrdiff_t>(i) + 1, found.end(),
                                   [](const Occurrence* other) { return is_outermost(*other); });
    const std::size_t end = next == found.end() ? positions.text().size() : (*next)->range.begin;
    symbols.push_back(symbol_of(*found[i], positions, end));
  }
  return symbols;
}

}  // namespace parley::lsp
