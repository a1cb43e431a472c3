#include "cli/lsp/file_kind.h"

#include <map>
#include <string>

#include "config/file_content.h"

namespace parley::lsp {

FileKind kind_of(const std::filesystem::path& file, const std::filesystem::path& bot_folder) {
  static const std::map<std::string, FileKind> kFolders{{"intents", FileKind::kIntents},
                                                        {"vocabulary", FileKind::kVocabulary},
                                                        {"flows", FileKind::kFlows},
                                                        {"tests", FileKind::kTests}};
  const std::filesystem::path place = file.lexically_relative(bot_folder);
  if (place == "bot.yaml") return FileKind::kBot;
  if (place == "services.yaml") return FileKind::kServices;
  const auto folder = kFolders.find(place.begin()->string());
  return folder != kFolders.end() && file.extension() == ".yaml" ? folder->second : FileKind::kOther;
}

std::filesystem::path bot_folder_of(const std::filesystem::path& file) {
  for (std::filesystem::path folder = file.parent_path();; folder = folder.parent_path()) {
    if (config::file_exists(folder / "bot.yaml")) return folder;
    if (folder == folder.parent_path()) return {};
  }
}

}  // namespace parley::lsp
