// Compiles a bot's flows: reads flows/*.yaml, translations/*.po and the built-in patterns, checks every name,
// type, text and way through the steps, and makes the Program that the dialogue walks.
//
// Every mistake is reported to `findings`, all of them in one run; docs/findings.md lists the codes. Nothing
// throws, and every file is bounded (engine/limits.h). A flow of the bot replaces the built-in pattern of its
// name.
//
// One thread per call; the Program is immutable and may be shared by all.
#pragma once

#include "config/bot_manifest.h"
#include "conversations/flows/bot_outline.h"
#include "conversations/flows/flow.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

/// Null when something was reported as an error. Call findings.sort() behind the last reader.
ProgramPtr load_program(const config::BotManifest& manifest, const BotOutline& outline,
                        const ServiceCatalog& services, config::Findings& findings);

}  // namespace parley::conversations
