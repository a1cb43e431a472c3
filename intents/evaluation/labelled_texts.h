// Texts of which somebody said what they mean: what training and measuring start from where there is no bot.
//
// Files are tab separated with a header line that names the columns; `text` and `intent` are needed, others
// are passed over. The label `oos` marks texts out of scope; as training rows they become sentences of the
// intent `none`. A byte-order mark, blank lines and carriage returns at line ends do no harm.
//
// Errors: kNotFound: can't be read; kTooLarge; kInvalid: a bad line, with its number. Thread rule: pure
// functions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "intents/corpus.h"

namespace parley::intents {

inline constexpr std::string_view kOutOfScopeLabel = "oos";
/// A larger file of labelled texts is refused: a million sentences fit.
inline constexpr std::size_t kLabelledFileMaxBytes = 128u << 20;

struct LabelledText {
  std::string text;
  std::string intent;
  std::string place = {};  // path:line where it stands; "" when not known
};

Result<std::vector<LabelledText>> read_labelled_texts(const std::filesystem::path& path);

/// A corpus of one language; `oos` becomes the intent `none`.
Corpus corpus_of(const std::vector<LabelledText>& texts, const std::string& language);

}  // namespace parley::intents
