// A bot's conversations as a page that somebody who knows no YAML can read, print and sign: what starts each
// flow, what it asks and says in every language, what it looks up and does, how it ends, who may use it.
//
// One self-contained HTML page: style and pictures within, no scripts, nothing from elsewhere. All that comes
// from the bot is escaped. The version is the digest of the bot's files, so that a signature belongs to one
// version. The same bot gives the same page. Pure functions; any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "conversations/flows/flow.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

struct SignOffSources {
  const Program& program;
  const ServiceCatalog& services;
  std::string title;    // of the bot
  std::string version;  // digest of its files
  /// Intent -> language -> some of its sentences.
  std::map<std::string, std::map<std::string, std::vector<std::string>>> sentences;
  /// The flow as an <svg> element, or "" for none.
  std::function<std::string(const Flow&)> picture;
};

std::string sign_off_page(const SignOffSources& sources);

}  // namespace parley::conversations
