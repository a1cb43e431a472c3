// One page of a bot: knowledge/<language>/NAME.md, Markdown that may begin with front matter.
//
//     ---
//     title: Parental leave            default: the first heading of level 1, or the file's name
//     link: https://intranet.example/parental-leave
//     keywords: [maternity, baby]      words that people use and the page does not
//     channels: [helpdesk]             where it may be shown (default: everywhere)
//     roles: [employee]                to whom (default: everyone)
//     ---
//
// Codes: too-deep, front-matter, broken-link, duplicate-heading, and those of text and YAML files.
// Thread rule: one thread; plain values.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostic.h"
#include "intents/knowledge/passages.h"

namespace parley::intents {

struct Page {
  std::string path;      // from the bot's folder: "knowledge/en/leave.md"
  std::string shown_as;  // in findings
  std::string language;
  std::string title;
  std::string link;
  std::vector<std::string> keywords, channels, roles;
  std::string content;
  std::vector<std::size_t> lines;  // where each begins
  MarkdownTree tree;
  std::vector<Section> sections;  // refer to `tree`

  bool is_title(const Section& section) const;
  void report(config::Findings& findings, config::Severity severity, config::Position at, std::string code,
              std::string message, std::string hint) const;
  /// Where `text` stands first from `line` on, or the whole line where it does not stand near.
  config::Position position_of(std::string_view text, int line) const;
};

/// Nullopt: the file can't be read. Other mistakes leave a page without what they are about.
std::optional<Page> read_page(const std::filesystem::path& bot_folder, const std::filesystem::path& file,
                              const std::string& language, config::Findings& findings);

}  // namespace parley::intents
