#include "intents/knowledge/page.h"

#include <algorithm>
#include <set>

#include "config/text_file.h"
#include "config/yaml.h"
#include "engine/limits.h"

namespace parley::intents {
namespace {

using config::Severity;

constexpr std::string_view kFence = "---";
constexpr std::size_t kSearchedBytes = 8 * 1024;  // in which the place of a mistake is looked for
constexpr std::size_t kNestingMax = 32;           // lists and quotations inside one another

std::string_view line_at(std::string_view text, std::size_t begin) {
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The byte at which the closing line of the front matter begins: 0 for none, npos where it has no end.
std::size_t end_of_front_matter(const std::string& content) {
  if (line_at(content, 0) != kFence) return 0;
  for (std::size_t at = content.find('\n'); at != std::string::npos; at = content.find('\n', at + 1))
    if (line_at(content, at + 1) == kFence) return at + 1;
  return std::string::npos;
}

std::vector<std::string> texts(const config::Node& node) {
  std::vector<std::string> list;
  for (const config::Node& item : node.items())
    if (auto text = item.text()) list.push_back(std::move(*text));
  return list;
}

bool is_address(const std::string& link) {
  return link.starts_with("https://") || link.starts_with("http://") || link.starts_with('/');
}

void read_front_matter(const config::Node& front, Page& page) {
  front.allow({"title", "link", "keywords", "channels", "roles"});
  page.title = front.get("title").text().value_or("");
  page.link = front.get("link").text().value_or("");
  if (!page.link.empty() && !is_address(page.link))
    front.get("link").error("broken-link", "'" + page.link + "' is not an address",
                            "write https://... or, on the site where the chat is, /...");
  page.keywords = texts(front.get("keywords"));
  page.channels = texts(front.get("channels"));
  page.roles = texts(front.get("roles"));
}

/// The Markdown with its lines where they are in the file.
std::string take_front_matter(Page& page, config::Findings& findings) {
  std::string markdown = page.content;
  const std::size_t end = end_of_front_matter(page.content);
  if (end == 0) return markdown;
  if (end == std::string::npos) {
    page.report(findings, Severity::kError, {1, 1}, "front-matter",
                "the front matter that begins here has no end", "close it with a line ---");
    return markdown;
  }
  const config::YamlFile yaml(page.content.substr(0, end), page.shown_as, findings);
  if (!yaml.documents().empty()) read_front_matter(yaml.documents().front(), page);
  std::replace_if(
      markdown.begin(), markdown.begin() + static_cast<std::ptrdiff_t>(end + kFence.size()),
      [](char c) { return c != '\n'; }, ' ');
  return markdown;
}

std::vector<std::size_t> lines_of(const std::string& content) {
  std::vector<std::size_t> lines{0};
  for (std::size_t i = 0; i < content.size(); ++i)
    if (content[i] == '\n') lines.push_back(i + 1);
  return lines;
}

std::string title_of(const Page& page) {
  for (const Section& section : page.sections)
    if (section.level == 1 && !section.heading.empty()) return section.heading;
  std::string name = std::filesystem::path(page.path).stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  return name;
}

void check_headings(const Page& page, config::Findings& findings) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const Section& section : page.sections)
    if (section.level > 0 && !seen.emplace(section.parents, section.heading).second)
      page.report(findings, Severity::kWarning, {section.line, 1}, "duplicate-heading",
                  "the heading '" + section.heading + "' stands here twice",
                  "tell them apart: the heading is said with the answer");
}

}  // namespace

bool Page::is_title(const Section& section) const {
  return section.level == 0 || (section.level == 1 && section.heading == title);
}

void Page::report(config::Findings& findings, Severity severity, config::Position at, std::string code,
                  std::string message, std::string hint) const {
  const auto line = static_cast<std::size_t>(at.line);
  const bool shown = line > 0 && line <= lines.size();
  findings.add({severity, std::move(code), shown_as, at, std::move(message), std::move(hint),
                shown ? std::string(line_at(content, lines[line - 1])) : ""});
}

config::Position Page::position_of(std::string_view text, int line) const {
  const std::size_t begin = lines[static_cast<std::size_t>(std::max(line, 1)) - 1];
  const std::size_t found = std::string_view(content).substr(begin, kSearchedBytes).find(text);
  if (found == std::string::npos) return {line, 0};
  const std::size_t byte = begin + found;
  const auto next = std::upper_bound(lines.begin(), lines.end(), byte);
  const std::size_t start = *(next - 1);
  const std::string_view before = std::string_view(content).substr(start, byte - start);
  return {static_cast<int>(next - lines.begin()), static_cast<int>(count_characters(before)) + 1};
}

std::optional<Page> read_page(const std::filesystem::path& bot_folder, const std::filesystem::path& file,
                              const std::string& language, config::Findings& findings) {
  Page page;
  page.path = file.lexically_relative(bot_folder).generic_string();
  page.shown_as = file.string();
  page.language = language;
  auto content = config::read_text_file(file, page.shown_as, limits::kPageMaxBytes, findings);
  if (!content) return std::nullopt;
  page.content = std::move(*content);
  page.lines = lines_of(page.content);
  page.tree = parse_markdown(take_front_matter(page, findings));
  if (const int line = line_nested_beyond(page.tree.get(), kNestingMax); line > 0) {
    page.report(findings, Severity::kError, {line, 1}, "too-deep",
                "lists and quotations are nested too deeply here", "write them flatter");
    return std::nullopt;
  }
  page.sections = sections_of(page.tree.get());
  if (page.title.empty()) page.title = title_of(page);
  check_headings(page, findings);
  return page;
}

}  // namespace parley::intents
