// Reads services.yaml: what flows may call, checked against the seed data before any flow runs.
//
// Every SQL statement is prepared on an in-memory database made from the seed, so a misspelt table or column
// is found here with its line and column, and not by the first person who needs it. HTTP services are not
// called. Codes beside those of config/yaml.h are listed in docs/findings.md, "services.yaml".
//
// Thread rule: one thread per call.
#pragma once

#include <filesystem>

#include "config/diagnostic.h"
#include "engine/service_catalog.h"

namespace parley {

/// Reads <folder>/services.yaml; no file: an empty catalog. An operation with a mistake is in the catalog all
/// the same, as far as it was understood, so that flows which call it are not reported too.
ServiceCatalog read_services(const std::filesystem::path& folder, config::Findings& findings);

}  // namespace parley
