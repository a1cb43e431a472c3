// The listing reads:
//
//      - | flow: request_leave
//      4 |   - if: balance.days < days(start, end)
//        |     ! never: then
//      ! |       - say: You have too few days left.
#include "conversations/testing/coverage_report.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

namespace parley::conversations {
namespace {

constexpr std::size_t kNamesShown = 20;  // intents that nothing touched
constexpr std::size_t kTextsShown = 20;  // texts that nothing says
constexpr std::size_t kTextBytesShown = 90;

std::string cell(const Ratio& ratio) {
  char text[48];
  std::snprintf(text, sizeof text, "  %5zu of %-5zu", ratio.touched, ratio.total);
  return text;
}

std::string row(std::string name, std::size_t width, const std::vector<Ratio>& ratios) {
  name.resize(std::max(width, name.size()), ' ');
  for (const Ratio& ratio : ratios)
    name += cell(ratio);
  name.erase(name.find_last_not_of(' ') + 1);
  return "  " + name + "\n";
}

std::size_t name_width(const Coverage& coverage) {
  std::size_t width = 8;
  for (const FlowCoverage& flow : coverage.flows)
    width = std::max(width, flow.flow.size());
  return width;
}

std::string language_row(const std::string& name, std::size_t width, const LanguageCoverage& one) {
  return row(name, width, {one.steps, one.branches, one.texts, one.intents});
}

std::vector<std::string> untouched_intents(const Coverage& coverage) {
  std::vector<std::string> names;
  for (const auto& [intent, count] : coverage.intents)
    if (count == 0) names.push_back(intent);
  return names;
}

std::string names_text(const std::vector<std::string>& names) {
  if (names.empty()) return "";
  std::string text = "\nIntents that no test uses: ";
  for (std::size_t i = 0; i < std::min(names.size(), kNamesShown); ++i)
    text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kNamesShown) text += " and " + std::to_string(names.size() - kNamesShown) + " more";
  return text + "\n";
}

/// One line of a text, cut where it is long, never inside a character.
std::string shortened(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() <= kTextBytesShown) return text;
  std::size_t end = kTextBytesShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return text.substr(0, end) + "...";
}

std::string texts_text(const std::vector<FlowCoverage>& flows) {
  std::string text;
  std::size_t silent = 0;
  for (const FlowCoverage& flow : flows) {
    for (const TextCoverage& one : flow.text_counts) {
      if (one.count > 0 || ++silent > kTextsShown) continue;
      text += "  " + flow.path + ":" + std::to_string(one.line) + ": " + shortened(one.source) + "\n";
    }
  }
  if (silent > kTextsShown) text += "  and " + std::to_string(silent - kTextsShown) + " more\n";
  return text.empty() ? "" : "\nTexts that no test hears:\n" + text;
}

Json to_json(const Ratio& ratio) {
  return {{"touched", ratio.touched}, {"total", ratio.total}};
}

Json to_json(const LanguageCoverage& one) {
  return {{"steps", to_json(one.steps)},
          {"branches", to_json(one.branches)},
          {"texts", to_json(one.texts)},
          {"intents", to_json(one.intents)}};
}

Json to_json(const FlowCoverage& flow) {
  return {{"flow", flow.flow},
          {"path", flow.path},
          {"steps", to_json(flow.steps())},
          {"branches", to_json(flow.branches())},
          {"texts", to_json(flow.texts())},
          {"untouched_lines", flow.untouched_lines()}};
}

/// What is known about one line of a file.
struct LineCount {
  std::size_t count = 0;
  bool missed = false;             // a step that begins here was never taken
  std::vector<std::string> notes;  // branches and texts that were not
};

void add_lines(const FlowCoverage& flow, std::map<int, LineCount>& lines) {
  for (const StepCoverage& step : flow.step_counts) {
    LineCount& line = lines[step.line];
    line.count = std::max(line.count, step.count);
    line.missed = line.missed || step.count == 0;
    if (step.count == 0) continue;
    for (const BranchCoverage& branch : step.branches)
      if (branch.count == 0) line.notes.push_back("never: " + branch.label);
  }
  for (const TextCoverage& text : flow.text_counts)
    if (LineCount& line = lines[text.line]; text.count == 0 && !line.missed)
      line.notes.push_back("never said: " + shortened(text.source));
}

std::string listing(const std::string& content, const std::map<int, LineCount>& lines) {
  std::string text;
  std::istringstream stream(content);
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    const auto known = lines.find(++number);
    char mark[32] = "     -";
    if (known != lines.end())
      std::snprintf(mark, sizeof mark, "%6s",
                    known->second.missed ? "!" : std::to_string(known->second.count).c_str());
    text += std::string(mark) + " | " + line + "\n";
    if (known == lines.end()) continue;
    const std::string indent(std::min(line.find_first_not_of(' '), line.size()), ' ');
    for (const std::string& note : known->second.notes)
      text += "       | " + indent + "! " + note + "\n";
  }
  return text;
}

}  // namespace

std::string coverage_table(const Coverage& coverage) {
  const std::size_t width = name_width(coverage);
  std::string heading = "What the tests touch";
  heading.resize(width + 2, ' ');
  std::string text = heading + "  steps           branches        texts           intents\n";
  text += language_row("all", width, coverage.all);
  for (const auto& [language, one] : coverage.by_language)
    text += language_row(language, width, one);
  text += "\n";
  for (const FlowCoverage& flow : coverage.flows)
    text += row(flow.flow, width, {flow.steps(), flow.branches(), flow.texts()});
  return text + names_text(untouched_intents(coverage)) + texts_text(coverage.flows);
}

Json to_json(const Coverage& coverage) {
  Json languages = Json::object();
  for (const auto& [language, one] : coverage.by_language)
    languages[language] = to_json(one);
  Json flows = Json::array();
  for (const FlowCoverage& flow : coverage.flows)
    flows.push_back(to_json(flow));
  return {{"total", to_json(coverage.all)},
          {"languages", std::move(languages)},
          {"flows", std::move(flows)},
          {"untouched_intents", untouched_intents(coverage)}};
}

std::map<std::string, std::string> listings(const Coverage& coverage,
                                            const std::map<std::string, std::string>& content_of) {
  std::map<std::string, std::map<int, LineCount>> lines;
  for (const FlowCoverage& flow : coverage.flows)
    add_lines(flow, lines[flow.path]);
  std::map<std::string, std::string> texts;
  for (const auto& [path, of_file] : lines)
    if (const auto content = content_of.find(path); content != content_of.end())
      texts[path] = listing(content->second, of_file);
  return texts;
}

}  // namespace parley::conversations
