// A trained model on disk.
//
// Layout, little-endian: "PARLEYIM", format version (32 bits), payload bytes (64 bits), SHA-256 of the
// payload, payload. The payload begins with the digest of the corpus that it was trained from. Sizes are
// checked against what is there before anything is allocated. Writing goes to a temporary name first, so that
// a reader never sees half a file.
//
// Errors: kNotFound: no such file; kCorrupt: damaged, of another format version or for another corpus: train
// again. Thread rule: pure functions; two processes may write the same file at once.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/result.h"
#include "intents/classifier.h"

namespace parley::intents {

inline constexpr std::uint32_t kModelFormat = 1;
/// A larger file is refused: 500 intents over a million n-grams.
inline constexpr std::size_t kModelFileMaxBytes = 512u << 20;

std::string model_bytes(const ClassifierModel& model, std::string_view corpus_digest);
Result<ClassifierModel> model_from_bytes(std::string_view bytes, std::string_view corpus_digest);

Result<Done> write_model_file(const std::filesystem::path& path, const ClassifierModel& model,
                              std::string_view corpus_digest);
Result<ClassifierModel> read_model_file(const std::filesystem::path& path, std::string_view corpus_digest);

/// SHA-256 as lower-case hex.
std::string hex_digest(std::string_view bytes);

}  // namespace parley::intents
