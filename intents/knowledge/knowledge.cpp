#include "intents/knowledge/knowledge.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "engine/limits.h"
#include "intents/knowledge/links.h"
#include "intents/knowledge/page.h"
#include "intents/knowledge/page_index.h"

namespace parley::intents {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> markdown_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::recursive_directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem))
    if (it->is_regular_file(problem) && it->path().extension() == ".md" &&
        !it->path().filename().string().starts_with("."))
      files.push_back(it->path());
  std::sort(files.begin(), files.end());
  return files;
}

// Texts that somebody put there to be read, and that are not.
void warn_unread_texts(const fs::path& folder, config::Findings& findings) {
  static const std::set<std::string> kTexts{".txt", ".text", ".markdown", ".MD",  ".html",
                                            ".htm", ".rst",  ".pdf",      ".doc", ".docx"};
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::recursive_directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem))
    if (it->is_regular_file(problem) && kTexts.contains(it->path().extension().string()))
      files.push_back(it->path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    findings.add({config::Severity::kWarning,
                  "unread-file",
                  file.string(),
                  {},
                  "this file is not read",
                  "pages are Markdown: write it as " + file.stem().string() + ".md",
                  ""});
}

class PageReader {
 public:
  PageReader(const config::BotManifest& manifest, config::Findings& findings)
      : manifest_(manifest), findings_(findings) {}

  std::vector<Page> read(std::vector<fs::path> files) {
    if (files.size() > limits::kPagesMax) {
      report(config::Severity::kError, folder(), "too-many-pages",
             "there are more than " + std::to_string(limits::kPagesMax) + " pages here", "join some");
      files.resize(limits::kPagesMax);
    }
    std::vector<Page> pages;
    for (const fs::path& file : files) {
      const std::string language = language_of(file);
      if (language.empty()) continue;
      if (auto page = read_page(manifest_.folder, file, language, findings_))
        pages.push_back(std::move(*page));
    }
    return pages;
  }

 private:
  fs::path folder() const { return manifest_.folder / "knowledge"; }

  void report(config::Severity severity, const fs::path& path, std::string code, std::string message,
              std::string hint) {
    findings_.add({severity, std::move(code), path.string(), {}, std::move(message), std::move(hint), ""});
  }

  /// "NL" and "nl-NL" are meant to be "nl".
  std::string language_hint(std::string folder) const {
    std::transform(folder.begin(), folder.end(), folder.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto& known = manifest_.languages;
    const auto meant = std::find(known.begin(), known.end(), folder.substr(0, folder.find_first_of("-_")));
    return meant == known.end() ? "add it to the languages in bot.yaml" : "rename the folder to " + *meant;
  }

  /// Empty, and reported, where the bot does not speak it.
  std::string language_of(const fs::path& file) {
    const fs::path inside = file.lexically_relative(folder());
    const std::string first = inside.begin()->string();
    if (inside.has_parent_path()) {
      const auto& known = manifest_.languages;
      if (std::find(known.begin(), known.end(), first) != known.end()) return first;
      if (reported_.insert(first).second)
        report(config::Severity::kWarning, folder() / first, "unknown-language",
               "this bot does not speak '" + first + "'", language_hint(first));
      return "";
    }
    report(config::Severity::kError, file, "unknown-language", "this page belongs to no language",
           "move it to knowledge/" + manifest_.languages.front() + "/" + first);
    return "";
  }

  const config::BotManifest& manifest_;
  config::Findings& findings_;
  std::set<std::string> reported_;
};

std::string link_of(const Page& page, const Section& section) {
  const bool bare = page.link.empty() || page.is_title(section) || section.anchor.empty() ||
                    page.link.find('#') != std::string::npos;
  return bare ? page.link : page.link + "#" + section.anchor;
}

void add_passages(const Page& page, std::vector<IndexedPassage>& into) {
  std::string title_words = page.title;
  for (const std::string& keyword : page.keywords)
    title_words += "\n" + keyword;
  for (const Section& section : page.sections) {
    for (CutPassage& cut : cut_passages(section.blocks, page.language)) {
      const bool titled = page.is_title(section);
      IndexedPassage indexed;
      indexed.passage = {page.title,          titled ? page.title : section.heading,
                         std::move(cut.text), link_of(page, section),
                         page.path,           0};
      indexed.language = page.language;
      indexed.channels = page.channels;
      indexed.roles = page.roles;
      indexed.title_words = title_words;
      indexed.heading_words = titled ? "" : section.parents + "\n" + section.heading;
      indexed.body_words = std::move(cut.words);
      into.push_back(std::move(indexed));
    }
  }
}

}  // namespace

std::shared_ptr<const Knowledge> read_knowledge(const config::BotManifest& manifest,
                                                config::Findings& findings) {
  warn_unread_texts(manifest.folder / "knowledge", findings);
  const std::vector<fs::path> files = markdown_files(manifest.folder / "knowledge");
  if (files.empty()) return nullptr;
  std::vector<Page> pages = PageReader(manifest, findings).read(files);
  resolve_links(pages, manifest.folder, findings);
  std::vector<IndexedPassage> passages;
  for (const Page& page : pages) {
    const std::size_t before = passages.size();
    add_passages(page, passages);
    if (passages.size() == before)
      page.report(findings, config::Severity::kWarning, {}, "empty-page", "this page says nothing",
                  "write what it answers, or remove it");
  }
  auto index = make_page_index(std::move(passages));
  if (index) return *index;
  findings.add({config::Severity::kError,
                "full-text-search",
                (manifest.folder / "knowledge").string(),
                {},
                index.error().message,
                "install an SQLite that has FTS5",
                ""});
  return nullptr;
}

}  // namespace parley::intents
