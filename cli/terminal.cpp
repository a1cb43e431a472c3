#include "cli/terminal.h"

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/verbs.h"

namespace parley::cli {
namespace {

constexpr std::chrono::seconds kQuietFor{1};
constexpr std::chrono::milliseconds kTerminalEvery{100};
constexpr std::chrono::seconds kLogEvery{5};

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace

bool colour_wanted(int file_descriptor) {
  return isatty(file_descriptor) == 1 && std::getenv("NO_COLOR") == nullptr;
}

void print_findings(const config::Findings& findings, std::ostream& to) {
  const bool colour = colour_wanted(&to == &std::cout ? STDOUT_FILENO : STDERR_FILENO);
  for (const auto severity : {config::Severity::kWarning, config::Severity::kError})
    for (const config::Finding& finding : findings.all())
      if (finding.severity == severity) to << to_text(finding, colour);
  to << counts_of(findings) << '\n';
}

std::string counts_of(const config::Findings& findings) {
  const std::size_t warnings = findings.all().size() - findings.error_count();
  return counted(findings.error_count(), "error") + ", " + counted(warnings, "warning");
}

void print_findings_json(const config::Findings& findings) {
  nlohmann::json all = nlohmann::json::array();
  for (const config::Finding& finding : findings.all())
    all.push_back(to_json(finding));
  std::cout << all.dump(2) << '\n';
}

int failed(const std::string& message) {
  std::cerr << "parley: " << message << '\n';
  return kExitFailed;
}

ProgressLine::ProgressLine(std::string subject)
    : subject_(std::move(subject)),
      started_(std::chrono::steady_clock::now()),
      shown_(started_),
      on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (line_open_) std::cerr << "\r\x1b[K";
}

void ProgressLine::update(double done, std::string_view what) {
  const auto now = std::chrono::steady_clock::now();
  if (now - started_ < kQuietFor) return;
  const bool due = on_terminal_ ? now - shown_ >= kTerminalEvery : now - shown_ >= kLogEvery;
  if (!due) return;
  shown_ = now;
  const int percent = static_cast<int>(done * 100);
  if (on_terminal_) std::cerr << "\r\x1b[K";
  std::cerr << subject_ << ": " << what << ' ' << percent << " %";
  if (on_terminal_) {
    std::cerr << std::flush;
    line_open_ = true;
  } else {
    std::cerr << '\n';
  }
}

}  // namespace parley::cli
