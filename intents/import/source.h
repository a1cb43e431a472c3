// Foreign files as text or as a tree with positions.
//
// JSON is read by the YAML reader, which knows the line and column of every value; two things that YAML does
// not take, tabs between values and characters written as two \u escapes, are put right first.
//
// Errors: a file that can't be read, is too large or not UTF-8 is reported to the draft's findings. Thread
// rule: one thread. Lifetime: nodes refer to their file.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "config/yaml.h"
#include "intents/import/draft.h"

namespace parley::intents {

/// The content without a byte-order mark.
std::optional<std::string> read_source(const std::filesystem::path& path, Draft& draft);

/// A YAML or JSON file; nullptr, and a finding, when it is neither.
std::unique_ptr<config::YamlFile> read_tree(const std::filesystem::path& path, Draft& draft);

/// Where a node stands.
SourcePlace place_of(const config::Node& node);

/// `text` cut at the marks of entities that a source gives by offsets.
struct MarkedSpan {
  std::size_t begin = 0;  // in UTF-16 units, as the exporting tools count
  std::size_t end = 0;
  std::string entity;
  std::string role = {};
};

/// Spans that overlap an earlier one or lie outside the text are reported and left out.
std::vector<SentencePiece> pieces_of(const SourcePlace& place, const std::string& text,
                                     std::vector<MarkedSpan> spans, Draft& draft);

}  // namespace parley::intents
