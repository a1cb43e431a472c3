// YAML files with positions: the one way every authoring and settings file is read.
//
// A YamlFile is parsed once; Node is a cursor into it that knows its line and column and reports what is
// wrong to the Findings it was opened with. Reads never throw: a missing or mistyped value is reported (codes
// `missing-key`, `type`, `unknown-key`, `duplicate-key`, `syntax`) and an empty value returned, so reading
// goes on and finds the next mistake. Scalars are text until asked for as something else, so `yes`, `1.0` and
// `2026-03-03` arrive as written.
//
// Thread rule: one thread. Lifetime: nodes refer to their YamlFile and Findings, which must outlive them.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

#include "config/diagnostic.h"

namespace parley::config {

class YamlFile;
struct Entry;

class Node {
 public:
  Node() = default;
  Node(const YamlFile* file, YAML::Node yaml, Position position)
      : file_(file), yaml_(std::move(yaml)), position_(position) {}

  /// False for an absent key; true for a present one, even when its value is null.
  explicit operator bool() const { return file_ != nullptr; }
  bool is_map() const { return file_ != nullptr && yaml_.IsMap(); }
  bool is_list() const { return file_ != nullptr && yaml_.IsSequence(); }
  bool is_scalar() const { return file_ != nullptr && yaml_.IsScalar(); }
  bool is_null() const { return file_ != nullptr && yaml_.IsNull(); }
  /// A quoted scalar: never meant as a number or a name.
  bool is_quoted() const { return is_scalar() && yaml_.Tag() == "!"; }

  Position position() const { return position_; }
  const std::string& path() const;

  /// The scalar's text; reports `type` and yields nullopt when this is not a scalar. Absent: nullopt, no
  /// report.
  std::optional<std::string> text() const;
  std::optional<long long> integer() const;
  std::optional<double> number() const;
  std::optional<bool> flag() const;  // true/false, yes/no, on/off
  /// "250ms", "2s", "5m", "24h", "7d" in milliseconds.
  std::optional<long long> duration_ms() const;

  /// Items of a list; a scalar or map counts as a list of one. Absent or null: empty.
  std::vector<Node> items() const;
  /// Items of a list; reports `type` for anything else.
  std::vector<Node> list() const;
  /// Key and value pairs in file order; reports `type` when not a map and `duplicate-key` for repeats.
  std::vector<Entry> entries() const;

  /// The value of `key`, or an absent node. No report.
  Node get(std::string_view key) const;
  /// The same, but reports `missing-key` when it is absent.
  Node need(std::string_view key) const;
  /// Reports `unknown-key` with near names for every key of this map outside `known`.
  void allow(std::initializer_list<std::string_view> known) const;
  void allow(const std::vector<std::string_view>& known) const;

  /// Where byte `offset` of the scalar's value stands in the file, through quotes, escapes and folded lines.
  Position position_at(std::size_t offset) const;

  void error(std::string code, std::string message, std::string hint = "") const;
  void warning(std::string code, std::string message, std::string hint = "") const;
  /// An error at a byte of the scalar's value.
  void error_at(std::size_t offset, std::string code, std::string message, std::string hint = "") const;

 private:
  void report(Severity severity, Position at, std::string code, std::string message, std::string hint) const;

  const YamlFile* file_ = nullptr;
  YAML::Node yaml_;
  Position position_;
};

/// One pair of a map. `key` carries its own position.
struct Entry {
  std::string name;
  Node key;
  Node value;
};

class YamlFile {
 public:
  /// Reads and parses `path`; findings call it `shown_as`. A file that can't be read or parsed is reported
  /// (`unreadable`, `too-large`, `not-utf8`, `syntax`, `too-deep`) and yields no documents.
  YamlFile(const std::filesystem::path& path, std::string shown_as, Findings& findings);
  /// The same from text already in memory.
  YamlFile(std::string text, std::string shown_as, Findings& findings);
  YamlFile(const YamlFile&) = delete;
  YamlFile& operator=(const YamlFile&) = delete;

  /// The documents, separated by `---`; empty ones are left out.
  const std::vector<Node>& documents() const { return documents_; }
  const std::string& shown_as() const { return shown_as_; }
  Findings& findings() const { return *findings_; }
  /// yaml-cpp counts columns in bytes; positions here count code points.
  Position position_of(const YAML::Mark& mark) const;
  /// The whole file.
  std::string_view text() const { return text_; }
  /// Where a byte of the file stands, and the byte at a position.
  Position position_of_byte(std::size_t byte) const;
  std::size_t byte_at(Position position) const;
  /// The text of line `line` (from 1), or "".
  std::string_view line(int line) const;

 private:
  void parse();
  void fail(std::string code, std::string message, Position position = {}, std::string hint = "");

  std::string text_;
  std::string shown_as_;
  Findings* findings_;
  std::vector<std::size_t> line_starts_;
  std::vector<Node> documents_;
};

/// All *.yaml files below `folder`, sorted by path; a missing folder has none.
std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder);

/// Authoring files above this are refused: nobody writes one by hand.
inline constexpr std::size_t kYamlFileMaxBytes = 16u << 20;

}  // namespace parley::config
