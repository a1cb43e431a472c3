// The file is read twice. The reader of catalogues leaves out what waits for a translator; so a copy in which
// every entry has a text and none is fuzzy, line for line the same, tells where all entries stand.
#include "conversations/messages/catalogue_update.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "conversations/messages/translations.h"

namespace parley::conversations {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& content) {
  Lines lines;
  std::istringstream stream(content);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(std::move(line));
  return lines;
}

bool begins(const Lines& lines, std::size_t at, std::string_view with) {
  return at < lines.size() && lines[at].starts_with(with);
}

std::string with_texts(const Lines& lines) {
  std::string content;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool empty = begins(lines, i, "msgstr \"\"") && !begins(lines, i + 1, "\"");
    const bool flags = begins(lines, i, "#,");
    content += (empty ? "msgstr \"-\"" : flags ? "#" : lines[i]) + "\n";
  }
  return content;
}

/// The lines of an entry, from 0, behind the last one the end: msgctxt, msgid, msgstr and what continues
/// them.
std::pair<std::size_t, std::size_t> extent_of(const Translation& entry, const Lines& lines) {
  std::size_t begin = static_cast<std::size_t>(entry.position.line) - 1, end = begin + 1;
  std::size_t context = begin;
  while (context > 0 && begins(lines, context - 1, "\""))
    --context;
  if (context > 0 && begins(lines, context - 1, "msgctxt")) begin = context - 1;
  while (begins(lines, end, "\"") || begins(lines, end, "msgstr"))
    ++end;
  return {begin, end};
}

std::string quoted(const std::string& text) {
  static const std::map<char, std::string> kEscapes{
      {'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\t', "\\t"}, {'\r', "\\r"}};
  std::string result = "\"";
  for (const char c : text) {
    const auto escape = kEscapes.find(c);
    result += escape == kEscapes.end() ? std::string(1, c) : escape->second;
  }
  return result + "\"";
}

std::string header(const std::string& language) {
  return "msgid \"\"\nmsgstr \"\"\n\"Language: " + language +
         "\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n";
}

std::string entry_of(const TextToTranslate& text) {
  std::string entry = "\n#:";
  for (const std::string& place : text.places)
    entry += " " + place;
  return entry + "\nmsgid " + quoted(text.source) + "\nmsgstr \"\"\n";
}

}  // namespace

CatalogueUpdate update_catalogue(const std::string& before, const std::string& shown_as,
                                 const std::vector<TextToTranslate>& texts, const std::string& language,
                                 config::Findings& findings) {
  const Lines lines = lines_of(before);
  const Catalogue all = Catalogue::parse(with_texts(lines), shown_as, findings);
  std::set<std::string> wanted, present;
  for (const TextToTranslate& text : texts)
    wanted.insert(text.source);
  CatalogueUpdate update;
  std::set<std::size_t> gone;
  for (const Translation& entry : all.entries()) {
    present.insert(entry.source);
    if (wanted.contains(entry.source)) continue;
    ++update.retired;
    const auto [begin, end] = extent_of(entry, lines);
    for (std::size_t line = begin; line < end; ++line)
      gone.insert(line);
  }
  for (std::size_t i = 0; i < lines.size(); ++i)
    update.content += (gone.contains(i) ? "#~ " : "") + lines[i] + "\n";
  if (lines.empty()) update.content = header(language);
  for (const TextToTranslate& text : texts) {
    update.waiting += text.translated ? 0 : 1;
    if (text.translated || present.contains(text.source)) continue;
    update.content += entry_of(text);
    ++update.added;
  }
  return update;
}

}  // namespace parley::conversations
