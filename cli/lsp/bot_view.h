// One bot as its author sees it now, unsaved changes included: all names in its files, and what a check says.
//
// A file that is not YAML at the moment keeps the names it had, so that what is typed elsewhere can still
// refer to them. Files that did not change are not read again.
//
// Thread rule: one thread. Pointers into it are good until the next refresh.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "cli/load_bot.h"
#include "cli/lsp/names.h"

namespace parley::lsp {

/// A name where it stands. `path` is empty for a built-in flow.
struct NamePlace {
  std::filesystem::path path;
  const AuthoredFile* file = nullptr;
  const Occurrence* occurrence = nullptr;
};

class BotView {
 public:
  explicit BotView(std::filesystem::path folder);

  /// Reads what has changed. Call it while a config::UnsavedFiles shows what is being typed.
  void refresh();
  /// The same, and checks the whole bot, but for word vectors. Gives what was found.
  config::Findings check();

  const std::filesystem::path& folder() const { return folder_; }
  /// As of the last check.
  const cli::BotFiles& files() const { return checked_; }

  /// The name at a byte of a file; one that ends there counts.
  const Occurrence* at(const std::filesystem::path& path, std::size_t byte) const;
  const AuthoredFile* file(const std::filesystem::path& path) const;

  std::vector<NamePlace> definitions(const Name& name) const;
  /// Wherever one of these definitions is meant, themselves included.
  std::vector<NamePlace> references(const std::vector<NamePlace>& definitions) const;
  /// Everything of a kind that one owner has; owner "": that anyone has.
  std::vector<NamePlace> defined(NameKind kind, const std::string& owner = "") const;

 private:
  void read(const std::filesystem::path& path, FileKind kind);
  void read_built_in_flows();
  void read_decisions();
  bool means(const Name& use, const Name& definition) const;
  std::vector<std::string> flows_of(const std::string& intent) const;
  template <typename Visit>
  void each(const Visit& visit) const;

  std::filesystem::path folder_;
  std::map<std::filesystem::path, AuthoredFile> files_;
  std::map<std::string, AuthoredFile> built_in_;
  cli::BotFiles checked_;
};

/// Parses a text that stays alive, with its findings, as long as somebody refers to it.
std::shared_ptr<const config::YamlFile> parse_yaml(std::string text, const std::string& shown_as);

}  // namespace parley::lsp
