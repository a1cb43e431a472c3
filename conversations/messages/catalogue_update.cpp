// The file is read twice. The reader of catalogues leaves out what waits for a translator; so a copy in which
// every entry has a text and none is fuzzy, line for line the same, tells where all entries stand.
#include "conversations/messages/catalogue_update.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "config/edit_distance.h"
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

double likeness(const std::string& left, const std::string& right) {
  const auto longer = static_cast<double>(std::max(left.size(), right.size()));
  if (static_cast<double>(std::min(left.size(), right.size())) < kRewordedLikenessMin * longer) return 0;
  return 1 - static_cast<double>(config::edit_distance(left, right)) / longer;
}

/// Of texts that are gone and new ones the pairs that are most alike, each text once: old -> new.
std::map<std::string, std::string> reworded(const std::set<std::string>& gone,
                                            const std::vector<TextToTranslate>& added) {
  std::vector<std::tuple<double, std::string, std::string>> pairs;
  for (const std::string& before : gone)
    for (const TextToTranslate& after : added)
      if (const double like = likeness(before, after.source); like >= kRewordedLikenessMin)
        pairs.emplace_back(-like, before, after.source);
  std::sort(pairs.begin(), pairs.end());
  std::map<std::string, std::string> chosen;
  std::set<std::string> taken;
  for (const auto& [like, before, after] : pairs)
    if (!chosen.contains(before) && taken.insert(after).second) chosen.emplace(before, after);
  return chosen;
}

/// What becomes of the lines of a file.
class Editing {
 public:
  explicit Editing(Lines lines) : lines_(std::move(lines)) {}

  /// An entry that waits for its translation has none to hand on.
  bool has_text(const Translation& entry) const {
    return !begins(lines_, extent_of(entry, lines_).second - 1, "msgstr \"\"");
  }

  void retire(const Translation& entry) {
    const auto [begin, end] = extent_of(entry, lines_);
    for (std::size_t line = begin; line < end; ++line)
      lines_[line] = "#~ " + lines_[line];
  }

  /// The previous text of an entry that was fuzzy already is the one that its translation was made of.
  void reword(const Translation& entry, const std::string& source) {
    const std::size_t begin = extent_of(entry, lines_).first;
    const std::size_t msgid = static_cast<std::size_t>(entry.position.line) - 1;
    if (has_text(entry) && !is_fuzzy(begin))
      before_[begin] = "#, fuzzy\n#| msgid " + quoted(entry.source) + "\n";
    lines_[msgid] = "msgid " + quoted(source);
    for (std::size_t line = msgid + 1; begins(lines_, line, "\""); ++line)
      left_out_.insert(line);
  }

  std::string content() const {
    std::string content;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (const auto inserted = before_.find(i); inserted != before_.end()) content += inserted->second;
      if (!left_out_.contains(i)) content += lines_[i] + "\n";
    }
    return content;
  }

 private:
  bool is_fuzzy(std::size_t entry_begin) const {
    for (std::size_t i = entry_begin; i > 0 && begins(lines_, i - 1, "#"); --i)
      if (begins(lines_, i - 1, "#,") && lines_[i - 1].find("fuzzy") != std::string::npos) return true;
    return false;
  }

  Lines lines_;
  std::map<std::size_t, std::string> before_;  // what is put in before a line
  std::set<std::size_t> left_out_;
};

std::set<std::string> translated_and_gone(const std::vector<Translation>& entries,
                                          const std::set<std::string>& wanted, const Editing& editing) {
  std::set<std::string> gone;
  for (const Translation& entry : entries)
    if (!wanted.contains(entry.source) && editing.has_text(entry)) gone.insert(entry.source);
  return gone;
}

std::vector<TextToTranslate> without_entry(const std::vector<TextToTranslate>& texts,
                                           const std::vector<Translation>& entries) {
  std::set<std::string> present;
  for (const Translation& entry : entries)
    present.insert(entry.source);
  std::vector<TextToTranslate> missing;
  std::copy_if(texts.begin(), texts.end(), std::back_inserter(missing), [&](const TextToTranslate& text) {
    return !text.translated && !present.contains(text.source);
  });
  return missing;
}

}  // namespace

CatalogueUpdate update_catalogue(const std::string& before, const std::string& shown_as,
                                 const std::vector<TextToTranslate>& texts, const std::string& language,
                                 config::Findings& findings) {
  const Lines lines = lines_of(before);
  const Catalogue all = Catalogue::parse(with_texts(lines), shown_as, findings);
  std::set<std::string> wanted;
  for (const TextToTranslate& text : texts)
    wanted.insert(text.source);
  const std::vector<TextToTranslate> missing = without_entry(texts, all.entries());
  Editing editing(lines);
  const std::map<std::string, std::string> successors =
      reworded(translated_and_gone(all.entries(), wanted, editing), missing);
  CatalogueUpdate update;
  for (const Translation& entry : all.entries()) {
    if (wanted.contains(entry.source)) continue;
    const auto successor = successors.find(entry.source);
    if (successor == successors.end()) {
      ++update.retired;
      editing.retire(entry);
    } else {
      editing.reword(entry, successor->second);
    }
  }
  for (const auto& [old, is_new] : successors)
    wanted.erase(is_new);  // has its entry now
  update.content = lines.empty() ? header(language) : editing.content();
  for (const TextToTranslate& text : missing)
    if (wanted.contains(text.source)) update.content += entry_of(text);
  update.reworded = successors.size();
  update.added = missing.size() - update.reworded;
  update.waiting = static_cast<std::size_t>(std::count_if(
      texts.begin(), texts.end(), [](const TextToTranslate& text) { return !text.translated; }));
  return update;
}

}  // namespace parley::conversations
