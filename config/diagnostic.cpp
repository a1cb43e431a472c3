#include "config/diagnostic.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "config/edit_distance.h"

namespace parley::config {
namespace {

constexpr std::size_t kNearNamesShown = 3;
constexpr std::size_t kKnownNamesShown = 12;

std::string join_quoted(const std::vector<std::string>& names, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? last_word : ", ";
    text += "'" + names[i] + "'";
  }
  return text;
}

// A damaged file's control characters would reach the terminal.
std::string printable(std::string line) {
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' && c != '\t'; }, ' ');
  return line;
}

// The caret stands under the column; tabs are kept so that it lines up.
std::string caret_line(const Finding& finding) {
  std::string line;
  int column = 1;
  for (const char c : finding.source_line) {
    if (column >= finding.position.column) break;
    const bool continuation = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (continuation) continue;
    line += c == '\t' ? '\t' : ' ';
    ++column;
  }
  return line + "^";
}

}  // namespace

void Findings::add(Finding finding) {
  if (finding.severity == Severity::kError) ++errors_;
  findings_.push_back(std::move(finding));
}

void Findings::sort() {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.path, a.position.line, a.position.column) <
           std::tie(b.path, b.position.line, b.position.column);
  });
  // What two readers of one node have both found is said once.
  std::set<std::tuple<std::string, int, int, std::string, std::string>> met;
  std::erase_if(findings_, [&](const Finding& one) {
    return !met.emplace(one.path, one.position.line, one.position.column, one.code, one.message).second;
  });
  errors_ = static_cast<std::size_t>(
      std::count_if(findings_.begin(), findings_.end(),
                    [](const Finding& finding) { return finding.severity == Severity::kError; }));
}

std::string to_text(const Finding& finding, bool colour) {
  const bool error = finding.severity == Severity::kError;
  const std::string kind = error ? "error" : "warning";
  std::string text = finding.path;
  if (finding.position.line > 0) text += ":" + std::to_string(finding.position.line);
  if (finding.position.column > 0) text += ":" + std::to_string(finding.position.column);
  text += ": ";
  text += colour ? (error ? "\x1b[31m" : "\x1b[33m") + kind + "\x1b[0m" : kind;
  text += "[" + finding.code + "]: " + finding.message + "\n";
  if (!finding.source_line.empty()) {
    text += "    " + printable(finding.source_line) + "\n";
    if (finding.position.column > 0) text += "    " + caret_line(finding) + "\n";
  }
  if (!finding.hint.empty()) text += "    hint: " + finding.hint + "\n";
  return text;
}

nlohmann::json to_json(const Finding& finding) {
  nlohmann::json json{{"severity", finding.severity == Severity::kError ? "error" : "warning"},
                      {"code", finding.code},
                      {"path", finding.path},
                      {"line", finding.position.line},
                      {"column", finding.position.column},
                      {"message", finding.message}};
  if (!finding.hint.empty()) json["hint"] = finding.hint;
  return json;
}

std::vector<std::string> near_names(std::string_view name, const std::vector<std::string>& candidates) {
  const std::size_t bound = std::max<std::size_t>(1, name.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance <= bound) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < near.size() && i < kNearNamesShown; ++i)
    names.push_back(near[i].second);
  return names;
}

std::string near_names_hint(std::string_view name, const std::vector<std::string>& candidates) {
  const std::vector<std::string> near = near_names(name, candidates);
  if (!near.empty()) return "did you mean " + join_quoted(near, " or ") + "?";
  if (candidates.empty() || candidates.size() > kKnownNamesShown) return "";
  return "known: " + join_quoted(candidates, ", ");
}

}  // namespace parley::config
