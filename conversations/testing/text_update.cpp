#include "conversations/testing/text_update.h"

#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

#include "config/yaml_edit.h"

namespace parley::conversations {
namespace {

std::string change_text(const TextChange& change, bool colour) {
  const char* red = colour ? "\x1b[31m" : "";
  const char* green = colour ? "\x1b[32m" : "";
  const char* none = colour ? "\x1b[0m" : "";
  return change.path + ":" + std::to_string(change.position.line) + ":\n" + red + "-" + change.before + none +
         "\n" + green + "+" + change.after + none + "\n";
}

}  // namespace

TextUpdate update_texts(const std::vector<TextChange>& changes) {
  std::map<std::string, std::vector<TextChange>> by_path;
  for (const TextChange& change : changes)
    by_path[change.path].push_back(change);
  TextUpdate update;
  for (auto& [path, of_file] : by_path) {
    config::Findings findings;
    const config::YamlFile file(std::filesystem::path(path), path, findings);
    std::vector<config::ScalarChange> scalars;
    for (const TextChange& change : of_file)
      scalars.push_back({change.position, change.after});
    auto content = config::replace_scalars(file, scalars);
    auto& into = content ? update.made : update.refused;
    if (content) update.files.push_back({path, std::move(*content)});
    std::move(of_file.begin(), of_file.end(), std::back_inserter(into));
  }
  return update;
}

std::string to_text(const TextUpdate& update, bool colour) {
  std::string text;
  for (const TextChange& change : update.made)
    text += change_text(change, colour);
  for (const TextChange& change : update.refused)
    text += change_text(change, colour) +
            "  not changed: write this text by hand, its place in the file is "
            "laid out in a way that can't be changed\n";
  return text;
}

}  // namespace parley::conversations
