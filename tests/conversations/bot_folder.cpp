#include "bot_folder.h"

#include "config/yaml.h"
#include "engine/services/catalog_reader.h"
#include "intents/knowledge/knowledge.h"
#include "intents/tree/decisions.h"

namespace parley::conversations {
namespace {

template <typename Read>
void read_documents(const std::filesystem::path& folder, Read read) {
  config::Findings ignored;
  for (const auto& path : config::yaml_files(folder)) {
    const config::YamlFile file(path, path.string(), ignored);
    for (const config::Node& document : file.documents())
      read(document);
  }
}

}  // namespace

BotOutline outline_of_folder(const std::filesystem::path& folder) {
  BotOutline outline;
  read_documents(folder / "intents", [&](const config::Node& document) {
    const std::string intent = document.get("intent").text().value_or("");
    if (intent.empty()) return;
    outline.intents.push_back(intent);
    outline.intent_titles[intent] = document.get("title").text().value_or(intent);
    outline.intent_places[intent] = {document.path(), document.get("intent").position()};
  });
  read_documents(folder / "vocabulary", [&](const config::Node& document) {
    std::vector<std::string>& values = outline.vocabulary[document.get("entity").text().value_or("")];
    if (const config::Node list = document.get("values"); list.is_map())
      for (const config::Entry& entry : list.entries())
        values.push_back(entry.name);
  });
  return outline;
}

LoadedFolder load_folder(const std::filesystem::path& folder) {
  LoadedFolder loaded;
  const config::BotManifest manifest = config::read_bot_manifest(folder, loaded.findings);
  const ServiceCatalog services = read_services(folder, loaded.findings);
  BotOutline outline = outline_of_folder(folder);
  outline.decisions = intents::read_decisions(folder, loaded.findings);
  outline.knowledge = intents::read_knowledge(manifest, loaded.findings);
  loaded.program = load_program(manifest, outline, services, loaded.findings);
  loaded.tests = read_tests({manifest, outline, services, loaded.program.get()}, loaded.findings);
  loaded.findings.sort();
  return loaded;
}

}  // namespace parley::conversations
