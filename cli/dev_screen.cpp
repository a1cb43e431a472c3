#include "cli/dev_screen.h"

#include <algorithm>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/terminal.h"

namespace parley::cli {
namespace {

constexpr const char* kClear = "\x1b[H\x1b[2J\x1b[3J";
constexpr std::size_t kRowsOfFinding = 4;  // itself, its line, the caret, the hint
constexpr std::size_t kRowsOfFrame = 6;
constexpr std::size_t kRowsAssumed = 24;

std::size_t rows_of_terminal() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : kRowsAssumed;
}

}  // namespace

DevScreen::DevScreen() : on_terminal_(isatty(STDOUT_FILENO) == 1), colour_(colour_wanted(STDOUT_FILENO)) {}

void DevScreen::chat_at(const std::string& address) {
  const std::lock_guard lock(mutex_);
  address_ = address;
  say("chat at " + address_);
}

std::size_t DevScreen::findings_that_fit() const {
  if (!on_terminal_) return std::string::npos;
  const std::size_t rows = rows_of_terminal();
  return rows <= kRowsOfFrame + kRowsOfFinding ? 1 : (rows - kRowsOfFrame) / kRowsOfFinding;
}

void DevScreen::checked(const config::Findings& findings) {
  const std::lock_guard lock(mutex_);
  if (on_terminal_) std::cout << kClear;
  if (on_terminal_ && !address_.empty()) say("chat at " + address_);
  std::vector<config::Finding> all = findings.all();
  std::stable_partition(all.begin(), all.end(), [](const config::Finding& finding) {
    return finding.severity == config::Severity::kError;  // what does not fit are warnings
  });
  const std::size_t shown = std::min(findings_that_fit(), all.size());
  for (std::size_t i = 0; i < shown; ++i)
    std::cout << to_text(all[i], colour_);
  if (shown < all.size()) std::cout << "... and " << all.size() - shown << " more: parley check shows all\n";
  std::string line = counts_of(findings);
  if (findings.has_errors())
    line += version_.empty() ? "; nothing is served yet" : "; version " + version_ + " goes on";
  say(line);
}

void DevScreen::training(const std::string& version) {
  const std::lock_guard lock(mutex_);
  say("training version " + version + ": its sentences are new");
}

void DevScreen::served(const std::string& version, std::chrono::milliseconds after, bool trained) {
  const std::lock_guard lock(mutex_);
  version_ = version;
  say("served version " + version + " after " + std::to_string(after.count()) + " ms; " +
      (trained ? "trained" : "same model"));
}

void DevScreen::failed(const std::string& why) {
  const std::lock_guard lock(mutex_);
  say(why);
}

void DevScreen::say(const std::string& line) {
  std::cout << "parley dev: " << line << std::endl;
}

}  // namespace parley::cli
