// The maturity model that a verb works with: a company's file, or the one that ships.
#pragma once

#include <filesystem>
#include <optional>

#include "config/maturity_model.h"

namespace parley::cli {

/// `path` empty: the model that ships. Prints what is wrong; then there is none.
std::optional<config::MaturityModel> maturity_model_of(const std::filesystem::path& path);

}  // namespace parley::cli
