#include "intents/entities/grammar.h"

#include <algorithm>
#include <array>

#include "engine/result.h"

namespace parley::intents {
namespace {

constexpr std::int64_t kPatternMemoryBytes = 1 << 20;
constexpr std::int64_t kAllPatternsMemoryBytes = 8 << 20;
constexpr int kMacroDepthMax = 8;  // a macro that names itself would never end
constexpr std::size_t kGroupsMax = 12;
constexpr std::size_t kMatchesMax = 256;  // of one text; a longer list has no use
constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz_";

RE2::Options pattern_options(std::int64_t memory) {
  RE2::Options options;
  options.set_longest_match(true);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

/// The words of a table as alternatives, longest first.
std::string alternatives(const Grammar::Table& table) {
  std::vector<std::string> words;
  for (const auto& [word, value] : table)
    words.push_back(RE2::QuoteMeta(word));
  std::sort(words.begin(), words.end(),
            [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  std::string joined;
  for (const auto& word : words)
    (joined += joined.empty() ? "" : "|") += word;
  return joined;
}

std::vector<std::string> texts(const config::Node& node) {
  std::vector<std::string> result;
  for (const auto& item : node.items())
    result.push_back(item.text().value_or(""));
  return result;
}

}  // namespace

std::string_view GrammarMatch::get(std::string_view name) const {
  for (const auto& [group, text] : captures)
    if (group == name) return text;
  return {};
}

Grammar::Grammar(const config::Node& root) {
  read_tables(root);
  const bool bounded = root.get("language").text() != "common";
  all_ = std::make_unique<RE2::Set>(pattern_options(kAllPatternsMemoryBytes), RE2::UNANCHORED);
  for (const auto& kind : root.get("patterns").entries())
    for (const auto& rule : kind.value.items())
      read_rule(kind.name, rule, bounded);
  PARLEY_CHECK(all_->Compile());
}

void Grammar::read_tables(const config::Node& root) {
  const std::string decimal = root.get("decimal").text().value_or(".");
  decimal_ = decimal.empty() ? '.' : decimal[0];
  joiners_ = texts(root.get("joiners"));
  for (const auto& entry : root.get("tables").entries())
    for (const auto& word : entry.value.entries())
      tables_[entry.name].emplace(folded(word.name), word.value.text().value_or(""));
  for (const auto& macro : root.get("macros").entries())
    macros_[macro.name] = macro.value.text().value_or("");
  for (const auto& name : texts(root.get("correct")))
    for (const auto& [word, value] : table(name))
      if (word.find(' ') == std::string::npos) correctable_.push_back(word);
}

void Grammar::read_rule(const std::string& kind, const config::Node& node, bool bounded) {
  GrammarRule rule{kind, node.need("is").text().value_or(""), nullptr, {}};
  const std::string source = expand(node.need("match").text().value_or(""));
  const std::string pattern = bounded ? "\\b(?:" + source + ")\\b" : source;
  rule.pattern = std::make_unique<RE2>(pattern, pattern_options(kPatternMemoryBytes));
  if (!rule.pattern->ok() || all_->Add(pattern, nullptr) < 0) {
    node.error("bad-pattern", "'" + pattern + "': " + rule.pattern->error());
    return;
  }
  rule.groups.resize(static_cast<std::size_t>(rule.pattern->NumberOfCapturingGroups()) + 1);
  for (const auto& [name, index] : rule.pattern->NamedCapturingGroups())
    rule.groups[static_cast<std::size_t>(index)] = name;
  PARLEY_CHECK(rule.groups.size() <= kGroupsMax);
  rules_.push_back(std::move(rule));
}

std::string Grammar::part(const std::string& name, int depth) const {
  PARLEY_CHECK(depth < kMacroDepthMax);
  const auto macro = macros_.find(name);
  return macro != macros_.end() ? expand(macro->second, depth + 1) : alternatives(table(name));
}

std::string Grammar::expand(const std::string& pattern, int depth) const {
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char close = pattern[i] == '{' ? '}' : pattern[i] == '<' ? '>' : '\0';
    const std::size_t end = pattern.find_first_not_of(kNameCharacters, i + 1);
    const bool is_name = close != '\0' && end != std::string::npos && end > i + 1 && pattern[end] == close &&
                         (i == 0 || pattern[i - 1] != 'P');
    if (!is_name) {
      result += pattern[i];
      continue;
    }
    const std::string name = pattern.substr(i + 1, end - i - 1);
    result += (close == '}' ? "(?P<" + name + ">" : "(?:") + part(name, depth) + ")";
    i = end;
  }
  return result;
}

const Grammar::Table& Grammar::table(std::string_view name) const {
  static const Table kEmpty;
  const auto found = tables_.find(name);
  return found == tables_.end() ? kEmpty : found->second;
}

const std::string* Grammar::look_up(std::string_view table_name, std::string_view word) const {
  const Table& words = table(table_name);
  const auto found = words.find(word);
  return found == words.end() ? nullptr : &found->second;
}

void Grammar::find(const FoldedText& text, std::vector<GrammarMatch>& into) const {
  thread_local std::vector<int> present;
  if (!all_ || !all_->Match(text.text, &present)) return;
  for (const int index : present) {
    const GrammarRule& rule = rules_[static_cast<std::size_t>(index)];
    std::array<re2::StringPiece, kGroupsMax> groups;
    const re2::StringPiece whole(text.text);
    std::size_t at = 0;
    while (into.size() < kMatchesMax && at < whole.size() &&
           rule.pattern->Match(whole, at, whole.size(), RE2::UNANCHORED, groups.data(),
                               static_cast<int>(rule.groups.size()))) {
      GrammarMatch match{&rule, static_cast<std::size_t>(groups[0].data() - whole.data()), 0, {}};
      match.end = match.begin + groups[0].size();
      for (std::size_t g = 1; g < rule.groups.size(); ++g)
        if (groups[g].data() && !rule.groups[g].empty())
          match.captures.emplace_back(rule.groups[g], std::string_view(groups[g].data(), groups[g].size()));
      at = std::max(match.end, match.begin + 1);
      into.push_back(std::move(match));
    }
  }
}

}  // namespace parley::intents
