// What the verbs share at the terminal: colour only where a person looks, progress only for what takes a
// while.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <string_view>

#include "config/diagnostic.h"

namespace parley::cli {

/// True for a terminal, unless NO_COLOR is set (https://no-color.org).
bool colour_wanted(int file_descriptor);

/// The warnings, then the errors, then a line with the counts. To standard output where they are what was
/// asked for (`check`), else to standard error.
void print_findings(const config::Findings& findings, std::ostream& to);
/// As a JSON array, to standard output.
void print_findings_json(const config::Findings& findings);

/// "2 errors, 1 warning".
std::string counts_of(const config::Findings& findings);

/// Says on standard error why the verb could not do it, and gives its exit code, kExitFailed.
int failed(const std::string& message);

/// Says on standard error what is going on once it has taken longer than a second: a line that rewrites
/// itself on a terminal, a line now and then elsewhere.
class ProgressLine {
 public:
  explicit ProgressLine(std::string subject);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void update(double done, std::string_view what);

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  std::string subject_;
  SteadyTime started_, shown_;
  bool on_terminal_;
  bool line_open_ = false;
};

}  // namespace parley::cli
