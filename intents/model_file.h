// A trained model on disk, ready to be used where it lies.
//
// Layout, little-endian: "PARLEYIM", format version (64 bits), payload bytes (64 bits), checksum of the
// payload (64 bits), payload. The payload begins with the digest of the corpus that it was trained from.
// Arrays begin at multiples of 8 bytes, so that a mapped file is used as it is: reading one of 20 MB takes a
// few milliseconds, most of them for the checksum. That finds damage; it is no seal against a forger, who
// could write a model of his own as well. Sizes are checked against what is there before anything is made of
// them. Writing goes to a temporary name first, so that a reader never sees half a file.
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

inline constexpr std::uint64_t kModelFormat = 2;
/// A larger file is refused: 500 intents over a million n-grams.
inline constexpr std::size_t kModelFileMaxBytes = 512u << 20;

std::string model_bytes(const ClassifierModel& model, std::string_view corpus_digest);
/// `payload` with the header of a model file: what is wrong with it has to be found behind the checksum.
std::string sealed_model(std::string_view payload);
/// The model keeps a copy of `bytes`.
Result<ClassifierModel> model_from_bytes(std::string_view bytes, std::string_view corpus_digest);

Result<Done> write_model_file(const std::filesystem::path& path, const ClassifierModel& model,
                              std::string_view corpus_digest);
/// The model shows the mapped file.
Result<ClassifierModel> read_model_file(const std::filesystem::path& path, std::string_view corpus_digest);

/// SHA-256 as lower-case hex.
std::string hex_digest(std::string_view bytes);

}  // namespace parley::intents
