#include "intents/knowledge/links.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace parley::intents {
namespace {

/// "https" of "https://example.com"; empty where there is none.
std::string scheme_of(const std::string& url) {
  const std::size_t colon = url.find(':');
  if (colon == std::string::npos || colon == 0) return "";
  std::string scheme = url.substr(0, colon);
  for (char& c : scheme) {
    const auto byte = static_cast<unsigned char>(c);
    if (!std::isalnum(byte) && c != '+' && c != '-' && c != '.') return "";
    c = static_cast<char>(std::tolower(byte));
  }
  return scheme;
}

bool is_allowed(const std::string& scheme) {
  return scheme == "https" || scheme == "http" || scheme == "mailto" || scheme == "tel";
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// "my%20page.md" -> "my page.md"
std::string decoded(const std::string& url) {
  std::string text;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool escape =
        url[i] == '%' && i + 2 < url.size() && hex_value(url[i + 1]) >= 0 && hex_value(url[i + 2]) >= 0;
    text += escape ? static_cast<char>(hex_value(url[i + 1]) * 16 + hex_value(url[i + 2])) : url[i];
    if (escape) i += 2;
  }
  return text;
}

/// Only the words of a link, or of an image, stay.
void unwrap(cmark_node* link) {
  for (cmark_node* child : children_of(link))
    cmark_node_insert_before(link, child);
  cmark_node_free(link);
}

/// Inlines know no line before their block's in some versions of the library.
int line_of(cmark_node* node) {
  int line = 0;
  for (; node && line == 0; node = cmark_node_parent(node))
    line = cmark_node_get_start_line(node);
  return line;
}

class LinkResolver {
 public:
  LinkResolver(std::vector<Page>& pages, const std::filesystem::path& bot_folder, config::Findings& findings)
      : bot_folder_(bot_folder), findings_(findings) {
    for (const Page& page : pages) {
      by_path_.emplace(page.path, &page);
      for (const Section& section : page.sections)
        anchors_.emplace(&page, section.anchor);
    }
  }

  void resolve(const Page& page) {
    for (const cmark_node_type type : {CMARK_NODE_LINK, CMARK_NODE_IMAGE})
      for (cmark_node* link : nodes_of_type(page.tree.get(), type))
        resolve(page, link);
  }

 private:
  void resolve(const Page& page, cmark_node* link) {
    const std::string url = cmark_node_get_url(link);
    const std::string scheme = scheme_of(url);
    if (!scheme.empty() && !is_allowed(scheme))
      return broken(page, link, "this kind of address is not shown");
    if (!scheme.empty() || url.starts_with('/')) return;
    const std::size_t hash = std::min(url.find('#'), url.size());
    const std::string anchor = hash < url.size() ? decoded(url.substr(hash + 1)) : "";
    const Page* target = hash == 0 ? &page : page_at(page, decoded(url.substr(0, hash)));
    if (!target) {
      if (!is_file(page, decoded(url.substr(0, hash)))) return broken(page, link, "there is no such page");
      return unwrap(link);
    }
    if (!anchor.empty() && !anchors_.contains({target, anchor}))
      return broken(page, link, target->path + " has no heading '#" + anchor + "'");
    if (target->link.empty()) return unwrap(link);
    const bool add = !anchor.empty() && target->link.find('#') == std::string::npos;
    cmark_node_set_url(link, (target->link + (add ? "#" + anchor : "")).c_str());
  }

  void broken(const Page& page, cmark_node* link, const std::string& why) {
    const std::string url = cmark_node_get_url(link);
    page.report(findings_, config::Severity::kError, page.position_of(url, line_of(link)), "broken-link",
                "'" + url + "': " + why,
                "link to a page of the folder by its path from here, or write the whole address");
    unwrap(link);
  }

  static std::filesystem::path beside(const Page& page, const std::string& relative) {
    return (std::filesystem::path(page.path).parent_path() / relative).lexically_normal();
  }

  const Page* page_at(const Page& from, const std::string& relative) const {
    const auto found = by_path_.find(beside(from, relative).generic_string());
    return found == by_path_.end() ? nullptr : found->second;
  }

  /// Files outside the bot's folder don't count.
  bool is_file(const Page& from, const std::string& relative) const {
    const std::filesystem::path path = beside(from, relative);
    std::error_code ignored;
    return !path.empty() && *path.begin() != ".." && path.extension() != ".md" &&
           std::filesystem::is_regular_file(bot_folder_ / path, ignored);
  }

  const std::filesystem::path& bot_folder_;
  config::Findings& findings_;
  std::map<std::string, const Page*> by_path_;
  std::set<std::pair<const Page*, std::string>> anchors_;
};

}  // namespace

void resolve_links(std::vector<Page>& pages, const std::filesystem::path& bot_folder,
                   config::Findings& findings) {
  LinkResolver resolver(pages, bot_folder, findings);
  for (const Page& page : pages)
    resolver.resolve(page);
}

}  // namespace parley::intents
