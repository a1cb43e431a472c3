// What the verbs share at the terminal: colour only where a person looks, progress only for what takes a
// while.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"

namespace parley::cli {

/// True for a terminal, unless NO_COLOR is set (https://no-color.org).
bool colour_wanted(int file_descriptor);

/// "1 event", "2 events".
std::string counted(std::size_t count, std::string_view noun);

/// The warnings, then the errors, then a line with the counts. To standard output where they are what was
/// asked for (`check`), else to standard error. Of many warnings with one code in one file the first ones are
/// shown, so that they do not push the errors off the screen, and then how many more there are, in which
/// lines.
void print_findings(const config::Findings& findings, std::ostream& to);
/// As a JSON array, to standard output.
void print_findings_json(const config::Findings& findings);

/// "2 errors, 1 warning".
std::string counts_of(const config::Findings& findings);

/// Says on standard error why the verb could not do it, and gives its exit code, kExitFailed.
int failed(const std::string& message);
/// The same for what was given wrongly on the command line: kExitUsage.
int wrong_use(const std::string& message);

/// `problem` with the names near the one that was given, or those that there are: "there is no flow 'x'; did
/// you mean 'y'?".
std::string with_near_names(std::string problem, std::string_view name,
                            const std::vector<std::string>& known);

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
