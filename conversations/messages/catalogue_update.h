// A PO file brought up to date, as gettext's msgmerge does it: texts that are new are added at its end
// without a translation, entries of texts that are gone are turned into comments (`#~`), and everything else
// stays as it is. A new text that is much like one that is gone takes over its entry, marked fuzzy, with the
// old text
// (`#| msgid`) beside it: the translation counts as missing until somebody has looked it over.
//
// Pure; any thread. Sources: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html,
// .../html_node/Fuzzy-Entries.html
#pragma once

#include <string>
#include <vector>

#include "config/diagnostic.h"

namespace parley::conversations {

/// A text to be translated, and the files it stands in.
struct TextToTranslate {
  std::string source;
  std::vector<std::string> places;  // shown to translators
  bool translated = false;          // wherever its translation comes from
};

struct CatalogueUpdate {
  std::string content;
  std::size_t added = 0;
  std::size_t retired = 0;   // entries of texts that are gone
  std::size_t reworded = 0;  // texts that took over the entries of ones that are gone
  std::size_t waiting = 0;   // texts without a translation, the added ones with them
};

/// So much of the longer of two texts must be the same in the other: msgmerge's bound.
inline constexpr double kRewordedLikenessMin = 0.6;

/// `before`: the content of the file, "" for a new one. Mistakes in it are reported to `findings` under the
/// name `shown_as`; then nothing should be written.
CatalogueUpdate update_catalogue(const std::string& before, const std::string& shown_as,
                                 const std::vector<TextToTranslate>& texts, const std::string& language,
                                 config::Findings& findings);

}  // namespace parley::conversations
