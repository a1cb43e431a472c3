#include "cli/terminal.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/verbs.h"

namespace parley::cli {
namespace {

constexpr std::chrono::seconds kQuietFor{1};
constexpr std::chrono::milliseconds kTerminalEvery{100};
constexpr std::chrono::seconds kLogEvery{5};

constexpr std::size_t kAlikeShown = 3;  // warnings with one code in one file
constexpr std::size_t kLinesNamed = 12;

using Alike = std::vector<const config::Finding*>;

/// "flows/a.yaml: 17 more of warning[missing-translation], in lines 12, 15, ...".
std::string rest_of(const Alike& alike) {
  std::string text = alike[0]->path + ": " + std::to_string(alike.size() - kAlikeShown) +
                     " more of warning[" + alike[0]->code + "], in lines ";
  const std::size_t end = std::min(alike.size(), kAlikeShown + kLinesNamed);
  for (std::size_t i = kAlikeShown; i < end; ++i)
    text += (i > kAlikeShown ? ", " : "") + std::to_string(alike[i]->position.line);
  return text + (end < alike.size() ? " ...\n" : "\n");
}

void print_warnings(const config::Findings& findings, std::ostream& to, bool colour) {
  std::map<std::pair<std::string, std::string>, Alike> by_kind;  // path and code
  for (const config::Finding& finding : findings.all())
    if (finding.severity == config::Severity::kWarning)
      by_kind[{finding.path, finding.code}].push_back(&finding);
  for (const config::Finding& finding : findings.all()) {
    if (finding.severity != config::Severity::kWarning) continue;
    const Alike& alike = by_kind.at({finding.path, finding.code});
    const bool all = alike.size() <= kAlikeShown + 1;  // one more takes no more room than to say so
    if (all || std::find(alike.begin(), alike.begin() + kAlikeShown, &finding) != alike.begin() + kAlikeShown)
      to << to_text(finding, colour);
    else if (alike[kAlikeShown] == &finding)
      to << rest_of(alike);
  }
}

}  // namespace

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

bool colour_wanted(int file_descriptor) {
  return isatty(file_descriptor) == 1 && std::getenv("NO_COLOR") == nullptr;
}

void print_findings(const config::Findings& findings, std::ostream& to) {
  const bool colour = colour_wanted(&to == &std::cout ? STDOUT_FILENO : STDERR_FILENO);
  print_warnings(findings, to, colour);
  for (const config::Finding& finding : findings.all())
    if (finding.severity == config::Severity::kError) to << to_text(finding, colour);
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

int wrong_use(const std::string& message) {
  failed(message);
  return kExitUsage;
}

std::string with_near_names(std::string problem, std::string_view name,
                            const std::vector<std::string>& known) {
  const std::string hint = config::near_names_hint(name, known);
  return hint.empty() ? problem : std::move(problem) + "; " + hint;
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
