#include "cli/maturity/model_file.h"

#include <algorithm>
#include <iostream>

#include "cli/maturity/assessment.h"
#include "cli/terminal.h"
#include "config/yaml.h"

namespace parley::cli {

std::optional<config::MaturityModel> maturity_model_of(const std::filesystem::path& path) {
  config::Findings findings;
  const auto read = [&](const config::YamlFile& file) {
    return config::read_maturity_model(file, check_bar);
  };
  config::MaturityModel model =
      path.empty()
          ? read(config::YamlFile(std::string(config::shipped_maturity_model()), "maturity.yaml", findings))
          : read(config::YamlFile(path, path.string(), findings));
  findings.sort();
  if (!findings.all().empty()) print_findings(findings, std::cerr);
  if (findings.has_errors()) return std::nullopt;
  return model;
}

void check_waivers(const config::BotManifest& manifest, const config::MaturityModel& model,
                   config::Findings& findings) {
  std::vector<std::string> bars;
  for (const config::Bar& bar : model.bars)
    bars.push_back(bar.name);
  for (const config::Waiver& waiver : manifest.waivers) {
    if (std::find(bars.begin(), bars.end(), waiver.bar) != bars.end()) continue;
    findings.add({config::Severity::kWarning, "waiver", (manifest.folder / "bot.yaml").string(),
                  waiver.position, "the model '" + model.name + "' has no bar '" + waiver.bar + "'",
                  config::near_names_hint(waiver.bar, bars) + "; a model of your own is named with --model",
                  ""});
  }
}

}  // namespace parley::cli
