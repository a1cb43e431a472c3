// Reads word vectors in the text format of word2vec, fastText and GloVe (.vec, .txt): a line a word, the word
// and its numbers with blanks between them; word2vec and fastText put a line with the number of words and of
// dimensions before them.
//
//   3 4
//   laptop 0.1 -0.2 0.7 0.3
//   notebook 0.1 -0.1 0.8 0.2
//
// Words are folded as texts are; of several that become the same the first counts, which is the most frequent
// in the files one finds. Entries that are not one word ("new_york", "...") are passed over.
//
// Errors: the first mistake is reported to Findings with its line and column (codes `unreadable`,
// `too-large`, `vectors`), and nothing is kept. The file is read line by line; memory is what the vectors
// take. Pure function; any thread.
#pragma once

#include <filesystem>
#include <memory>

#include "config/diagnostic.h"
#include "intents/word_vectors.h"

namespace parley::intents {

/// Null when something was reported.
std::shared_ptr<const WordVectors> read_vector_file(const std::filesystem::path& path,
                                                    config::Findings& findings);

inline constexpr std::size_t kVectorWordsMax = 100'000;
inline constexpr std::size_t kVectorFileMaxBytes = 512u << 20;
inline constexpr std::size_t kVectorLineMaxBytes = 16'384;

}  // namespace parley::intents
