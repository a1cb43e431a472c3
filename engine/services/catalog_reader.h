// Reads services.yaml: what flows may call, checked against the seed data before any flow runs.
//
// Every statement is prepared on an in-memory database made from the seed, so a misspelt table or column is
// found here with its line and column, and not by the first person who needs it. Codes beside those of
// config/yaml.h: `bad-name`, `duplicate-service`, `bad-file`, `missing-seed`, `seed-sql`, `unknown-type`,
// `unknown-rows`, `timeout-too-long`, `sql`, `undeclared-parameter`, `unused-parameter`, `missing-returns`,
// `missing-column`.
//
// Thread rule: one thread per call.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/diagnostic.h"
#include "engine/service_catalog.h"

namespace parley {

/// The types that an argument or a column may have, in the order in which documentation lists them.
const std::vector<std::string>& service_value_types();

/// Reads <folder>/services.yaml; no file: an empty catalog. An operation with a mistake is in the catalog all
/// the same, as far as it was understood, so that flows which call it are not reported too.
ServiceCatalog read_services(const std::filesystem::path& folder, config::Findings& findings);

}  // namespace parley
