#include "cli/unset_secrets.h"

#include "cli/terminal.h"
#include "engine/services/http_reader.h"

namespace parley::cli {

bool lacks_secrets(const std::vector<BotFiles>& bots, const std::string& advice) {
  bool lacks = false;
  for (const BotFiles& bot : bots)
    for (const std::string& variable : unset_secrets(bot.services)) {
      failed("bot " + bot.manifest.name + " needs the environment variable " + variable + advice);
      lacks = true;
    }
  return lacks;
}

}  // namespace parley::cli
