// A bot: everything compiled from its folder into one immutable object, held by shared_ptr and swapped whole.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/bot_manifest.h"
#include "engine/dialogue.h"
#include "engine/redaction.h"
#include "engine/service_catalog.h"
#include "engine/understanding.h"

namespace parley {

struct Bot {
  config::BotManifest manifest;
  std::string version;  // hex digest over all its files: changes when any of them does
  std::shared_ptr<const Understander> understander;
  std::shared_ptr<const Dialogue> dialogue;
  ServiceCatalog services;
  std::shared_ptr<const Redactor> redactor;  // null: nothing is taken out by its look
};

using BotPtr = std::shared_ptr<const Bot>;

}  // namespace parley
