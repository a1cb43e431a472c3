#include "cli/maturity/model_file.h"

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

}  // namespace parley::cli
