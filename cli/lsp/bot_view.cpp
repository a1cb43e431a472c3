#include "cli/lsp/bot_view.h"

#include <algorithm>
#include <set>

#include "config/file_content.h"
#include "conversations/flows/built_in_patterns.h"

namespace parley::lsp {
namespace {

constexpr const char* kFolders[] = {"intents", "vocabulary", "flows", "tests"};
constexpr std::string_view kOfIntent = "intent ";

struct Parsed {
  config::Findings findings;
  config::YamlFile yaml;
  Parsed(std::string text, const std::string& shown_as) : yaml(std::move(text), shown_as, findings) {}
};

std::set<std::filesystem::path> yaml_files_of(const std::filesystem::path& folder) {
  std::set<std::filesystem::path> paths;
  for (const char* name : {"bot.yaml", "services.yaml"})
    if (config::file_exists(folder / name)) paths.insert(folder / name);
  for (const char* below : kFolders)
    for (auto& path : config::yaml_files(folder / below))
      paths.insert(std::move(path));
  return paths;
}

}  // namespace

std::shared_ptr<const config::YamlFile> parse_yaml(std::string text, const std::string& shown_as) {
  auto parsed = std::make_shared<Parsed>(std::move(text), shown_as);
  const config::YamlFile* yaml = &parsed->yaml;
  return {std::move(parsed), yaml};
}

BotView::BotView(std::filesystem::path folder) : folder_(std::move(folder)) {
  read_built_in_flows();
}

void BotView::read_built_in_flows() {
  for (const auto& [name, content] : built_in_patterns())
    if (name.ends_with(".yaml"))
      built_in_.emplace(name,
                        read_names(parse_yaml(std::string(content), std::string(name)), FileKind::kFlows));
}

void BotView::refresh() {
  const auto paths = yaml_files_of(folder_);
  std::erase_if(files_, [&](const auto& file) { return !paths.contains(file.first); });
  for (const auto& path : paths)
    read(path, kind_of(path, folder_));
  read_decisions();
}

void BotView::read(const std::filesystem::path& path, FileKind kind) {
  config::FileContent content = config::read_file(path, config::kYamlFileMaxBytes);
  const auto known = files_.find(path);
  if (known != files_.end() && known->second.yaml->text() == content.bytes) return;
  auto yaml = parse_yaml(std::move(content.bytes), path.string());
  if (known != files_.end() && yaml->documents().empty()) return;
  files_.insert_or_assign(path, read_names(std::move(yaml), kind));
}

// A table defines the decision of its name.
void BotView::read_decisions() {
  for (const char* ending : {".csv", ".tsv", ".json"})
    for (const auto& path : config::files_below(folder_ / "decisions", ending)) {
      AuthoredFile file{FileKind::kOther, parse_yaml("", path.string()), {}};
      file.occurrences.push_back({{NameKind::kDecision, "", path.stem().string()}, {0, 0}, true, "", {}});
      files_.insert_or_assign(path, std::move(file));
    }
}

config::Findings BotView::check() {
  refresh();
  config::Findings findings;
  checked_ = cli::read_bot(folder_, findings, cli::WordVectorFiles::kLeave);
  return findings;
}

template <typename Visit>
void BotView::each(const Visit& visit) const {
  for (const auto& [path, file] : files_)
    for (const Occurrence& occurrence : file.occurrences)
      visit(NamePlace{path, &file, &occurrence});
  for (const auto& [name, file] : built_in_)
    for (const Occurrence& occurrence : file.occurrences)
      visit(NamePlace{{}, &file, &occurrence});
}

const AuthoredFile* BotView::file(const std::filesystem::path& path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

const Occurrence* BotView::at(const std::filesystem::path& path, std::size_t byte) const {
  const AuthoredFile* authored = file(path);
  if (!authored) return nullptr;
  const Occurrence* found = nullptr;
  const auto size = [](const Occurrence& occurrence) {
    return occurrence.range.end - occurrence.range.begin;
  };
  for (const Occurrence& occurrence : authored->occurrences)
    if (occurrence.range.begin <= byte && byte <= occurrence.range.end &&
        (!found || size(occurrence) < size(*found)))
      found = &occurrence;
  return found;
}

std::vector<std::string> BotView::flows_of(const std::string& intent) const {
  std::vector<std::string> flows;
  each([&](const NamePlace& place) {
    const Occurrence& use = *place.occurrence;
    if (!use.defines && use.name.kind == NameKind::kIntent && use.name.text == intent)
      flows.push_back(use.within);
  });
  return flows;
}

bool BotView::means(const Name& use, const Name& definition) const {
  if (use.kind != definition.kind || use.text != definition.text) return false;
  if (use.owner == definition.owner) return true;
  if (use.kind != NameKind::kSlot) return false;
  if (use.owner.empty()) return true;
  if (!use.owner.starts_with(kOfIntent)) return false;
  const auto flows = flows_of(use.owner.substr(kOfIntent.size()));
  return std::find(flows.begin(), flows.end(), definition.owner) != flows.end();
}

std::vector<NamePlace> BotView::definitions(const Name& name) const {
  std::vector<NamePlace> places;
  each([&](const NamePlace& place) {
    if (place.occurrence->defines && means(name, place.occurrence->name)) places.push_back(place);
  });
  // A flow of the bot replaces the built-in one of its name.
  const bool own =
      std::any_of(places.begin(), places.end(), [](const auto& place) { return !place.path.empty(); });
  if (own) std::erase_if(places, [](const NamePlace& place) { return place.path.empty(); });
  return places;
}

std::vector<NamePlace> BotView::references(const std::vector<NamePlace>& definitions) const {
  std::vector<NamePlace> places;
  each([&](const NamePlace& place) {
    const bool meant = std::any_of(definitions.begin(), definitions.end(), [&](const NamePlace& definition) {
      return means(place.occurrence->name, definition.occurrence->name);
    });
    if (meant && !place.path.empty()) places.push_back(place);
  });
  return places;
}

std::vector<NamePlace> BotView::defined(NameKind kind, const std::string& owner) const {
  std::vector<NamePlace> places;
  each([&](const NamePlace& place) {
    const Name& name = place.occurrence->name;
    if (place.occurrence->defines && name.kind == kind && (owner.empty() || name.owner == owner))
      places.push_back(place);
  });
  return places;
}

}  // namespace parley::lsp
