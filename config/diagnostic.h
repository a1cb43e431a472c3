// Findings about files that people write: where, what is wrong, and what to do.
//
// Every reader of an authoring or settings file reports through a Findings collector and goes on reading, so
// that one run shows every mistake. A finding prints as `path:line:column: error[code]: message`, followed by
// the source line, a caret and, where there is one, a hint. Lines and columns count from 1; columns count
// code points.
//
// Thread rule: a Findings object belongs to one thread. Lifetime: findings own all their text.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace parley::config {

enum class Severity { kError, kWarning };

struct Position {
  int line = 0;    // 0: the file as a whole
  int column = 0;  // in code points; 0: the line as a whole
};

struct Finding {
  Severity severity = Severity::kError;
  std::string code;  // short, lower case with dashes, stable: scripts may match on it
  std::string path;
  Position position;
  std::string message;
  std::string hint;         // what to do; may be empty
  std::string source_line;  // without its line end; may be empty
};

class Findings {
 public:
  void add(Finding finding);

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Finding>& all() const { return findings_; }

  /// Orders by path, line and column, and drops repeats: of findings with the same place, code and message
  /// the first stays, and error_count() counts it once. Call once after the last file was read.
  void sort();

 private:
  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
};

/// The text form, several lines, each ended by '\n'. `colour` adds ANSI colours.
std::string to_text(const Finding& finding, bool colour = false);

/// {"severity","code","path","line","column","message","hint"}; hint only where there is one.
nlohmann::json to_json(const Finding& finding);

/// The candidates nearest to `name` by edit distance (at most one third of its length, at least 1), best
/// first, at most 3.
std::vector<std::string> near_names(std::string_view name, const std::vector<std::string>& candidates);

/// "did you mean 'a' or 'b'?", or else "known: a, b, c" for a short list, or "" when there is nothing to say.
std::string near_names_hint(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace parley::config
