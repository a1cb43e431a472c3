#include "intents/tree/decisions.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "intents/tree/table.h"
#include "intents/tree/tree_json.h"
#include "intents/tree/tree_trainer.h"

namespace parley::intents {
namespace {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code problem;
  for (std::filesystem::directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem))
    if (!it->path().filename().string().starts_with(".")) files.push_back(it->path());
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<DecisionTree> read_decision(const std::filesystem::path& path, config::Findings& findings) {
  const std::string kind = path.extension().string();
  if (kind == ".json") return read_tree(path, findings);
  if (kind == ".csv" || kind == ".tsv") {
    const auto table = read_decision_table(path, "", findings, kDecisionTableMaxBytes);
    return table ? std::optional(train_tree(*table)) : std::nullopt;
  }
  findings.add({config::Severity::kError,
                "table",
                path.string(),
                {},
                "this is no table that can be read",
                "save it as .csv or .tsv",
                ""});
  return std::nullopt;
}

}  // namespace

std::map<std::string, std::shared_ptr<const DecisionTree>> read_decisions(
    const std::filesystem::path& bot_folder, config::Findings& findings) {
  std::map<std::string, std::shared_ptr<const DecisionTree>> decisions;
  for (const std::filesystem::path& path : files_in(bot_folder / "decisions")) {
    const auto [place, added] = decisions.try_emplace(path.stem().string());
    if (!added) {
      findings.add({config::Severity::kError,
                    "duplicate-decision",
                    path.string(),
                    {},
                    "there is another file for the decision '" + path.stem().string() + "'",
                    "keep one of them",
                    ""});
      place->second = nullptr;
      continue;
    }
    if (auto tree = read_decision(path, findings))
      place->second = std::make_shared<const DecisionTree>(*std::move(tree));
  }
  return decisions;
}

}  // namespace parley::intents
