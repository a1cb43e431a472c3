#include "cli/lsp/diagnostics.h"

#include <algorithm>

#include "cli/lsp/file_address.h"
#include "config/file_content.h"

namespace parley::lsp {
namespace {

using config::Finding;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || (c & 0x80) != 0;
}

std::size_t end_of_word(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && is_word(text[end]))
    ++end;
  return end;
}

// A value behind a key or a dash goes on to the end of its line; one in brackets to the comma or bracket.
std::size_t end_of_value(std::string_view text, std::size_t begin) {
  const std::size_t line_end = std::min(text.find_first_of("\r\n", begin), text.size());
  std::size_t before = begin;
  while (before > 0 && text[before - 1] == ' ')
    --before;
  const bool block = before > 0 && (text[before - 1] == '-' || text[before - 1] == ':');
  const std::size_t line_begin =
      text.rfind('\n', begin) == std::string_view::npos ? 0 : text.rfind('\n', begin);
  const bool in_brackets =
      text.substr(line_begin, begin - line_begin).find_first_of("{[") != std::string_view::npos;
  if (!block || in_brackets) return end_of_word(text, begin);
  std::size_t end = std::min(text.find(" #", begin), line_end);
  while (end > begin && text[end - 1] == ' ')
    --end;
  return end;
}

ByteRange range_of(const Finding& finding, const TextPositions& positions, const AuthoredFile* file) {
  if (finding.position.line == 0) return {0, 0};
  const std::size_t begin = positions.byte(finding.position);
  if (file)
    for (const Occurrence& occurrence : file->occurrences)
      if (occurrence.range.begin == begin && finding.position.column > 0) return occurrence.range;
  return range_at(positions.text(), begin);
}

Json diagnostic_of(const Finding& finding, const TextPositions& positions, const AuthoredFile* file,
                   const FindingPages& pages) {
  constexpr int kError = 1, kWarning = 2;
  const Json range = to_json(positions, range_of(finding, positions, file));
  Json diagnostic{{"range", range},
                  {"severity", finding.severity == config::Severity::kError ? kError : kWarning},
                  {"code", finding.code},
                  {"source", "parley"},
                  {"message", finding.message}};
  if (const std::string page = pages.address_of(finding.code); !page.empty())
    diagnostic["codeDescription"] = {{"href", page}};
  if (!finding.hint.empty())
    diagnostic["relatedInformation"] = {
        {{"location", {{"uri", uri_of(finding.path)}, {"range", range}}}, {"message", finding.hint}}};
  return diagnostic;
}

}  // namespace

ByteRange range_at(std::string_view text, std::size_t begin) {
  if (begin >= text.size() || text[begin] == '\n' || text[begin] == '\r') return {begin, begin};
  const std::size_t line_end = std::min(text.find_first_of("\r\n", begin), text.size());
  if (text[begin] == '"' || text[begin] == '\'') {
    const std::size_t close = text.find(text[begin], begin + 1);
    return {begin, close < line_end ? close + 1 : line_end};
  }
  const std::size_t word = end_of_word(text, begin);
  if (word > begin && word < text.size() && text[word] == ':') return {begin, word};
  return {begin, std::max(end_of_value(text, begin), begin + 1)};
}

std::map<std::filesystem::path, Json> diagnostics_of(const config::Findings& findings, const BotView& bot,
                                                     const FindingPages& pages) {
  std::map<std::filesystem::path, std::vector<const Finding*>> by_file;
  for (const Finding& finding : findings.all())
    if (std::filesystem::path(finding.path).is_absolute()) by_file[finding.path].push_back(&finding);
  std::map<std::filesystem::path, Json> diagnostics;
  for (const auto& [path, list] : by_file) {
    const config::FileContent content = config::read_file(path, config::kYamlFileMaxBytes);
    const TextPositions positions(content.bytes);
    Json& all = diagnostics.emplace(path, Json::array()).first->second;
    for (const Finding* finding : list)
      all.push_back(diagnostic_of(*finding, positions, bot.file(path), pages));
  }
  return diagnostics;
}

}  // namespace parley::lsp
