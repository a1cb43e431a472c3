// The maturity model that a verb works with: a company's file, or the one that ships.
#pragma once

#include <filesystem>
#include <optional>

#include "config/bot_manifest.h"
#include "config/maturity_model.h"

namespace parley::cli {

/// `path` empty: the model that ships. Prints what is wrong; then there is none.
std::optional<config::MaturityModel> maturity_model_of(const std::filesystem::path& path);

/// A waiver in bot.yaml of a bar that the model does not have. Code: waiver, a warning.
void check_waivers(const config::BotManifest& manifest, const config::MaturityModel& model,
                   config::Findings& findings);

}  // namespace parley::cli
