// Translations of a bot's texts: gettext's PO files, keyed by the source text and, where one text needs two
// translations, by the flow's name as msgctxt.
//
//   #: flows/leave.yaml
//   msgid "Ask for leave"
//   msgstr "Verlof aanvragen"
//
// Of PO files this reads what translators' tools write for programs without plural entries (plurals are
// inside the message, as ICU has them): comments, flags, msgctxt, msgid, msgstr, strings over several lines,
// escapes, obsolete entries. An entry marked fuzzy is left out with a warning, an empty msgstr counts as not
// translated.
//
// Codes: unreadable, too-large, not-utf8, po-syntax, po-header, duplicate-translation, fuzzy-translation.
// Thread rule: read on one thread; then only read.
// Source: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/diagnostic.h"

namespace parley::conversations {

/// One quoted string of a text: where its characters begin in the file.
struct TranslationPiece {
  std::size_t offset = 0;  // in the text, in bytes
  config::Position position;
  std::string raw;  // as it stands between the quotes
};

struct Translation {
  std::string context, source, text;
  config::Position position;             // of its msgid
  std::vector<TranslationPiece> pieces;  // of `text`
};

class Catalogue {
 public:
  /// Reads a file's content; findings call it `shown_as`.
  static Catalogue parse(std::string_view content, const std::string& shown_as, config::Findings& findings);
  static Catalogue read(const std::filesystem::path& path, config::Findings& findings);

  /// The entry for this source text: with the context, or else the one without. Null: none.
  const Translation* find(const std::string& context, const std::string& source) const;
  const std::vector<Translation>& entries() const { return entries_; }
  const std::string& path() const { return path_; }
  /// A finding at byte `offset` of an entry's translation, or (npos) at its msgid.
  config::Finding finding(const Translation& entry, std::size_t offset, config::Severity severity,
                          std::string code, std::string message, std::string hint = "") const;

 private:
  friend class CatalogueReader;
  std::string path_;
  std::vector<std::string> lines_;
  std::vector<Translation> entries_;
  std::map<std::pair<std::string, std::string>, std::size_t> by_source_;  // context, source
};

}  // namespace parley::conversations
