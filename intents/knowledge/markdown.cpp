#include "intents/knowledge/markdown.h"

#include <algorithm>
#include <cstdlib>

namespace parley::intents {
namespace {

struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
struct FreeText {
  void operator()(char* text) const { std::free(text); }
};

template <typename Visit>
void each_node(cmark_node* root, const Visit& visit) {
  const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(root));
  for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get()))
    visit(cmark_iter_get_node(iterator.get()), event == CMARK_EVENT_ENTER);
}

bool is_html(cmark_node* node) {
  const cmark_node_type type = cmark_node_get_type(node);
  return type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
}

/// cmark's iterator enters a leaf and never leaves it.
bool is_leaf(cmark_node* node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_THEMATIC_BREAK:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_TEXT:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
      return true;
    default:
      return false;
  }
}

/// Code without a language would be written indented, which reads as part of a list that stands before it.
void fence(cmark_node* code) {
  if (*cmark_node_get_fence_info(code) == '\0') cmark_node_set_fence_info(code, "text");
}

// The writer parts a list from what follows by a comment; with all code fenced it is not needed.
void erase_list_ends(std::string& markdown) {
  constexpr std::string_view kListEnd = "<!-- end list -->\n\n";
  for (std::size_t at = markdown.find(kListEnd); at != std::string::npos; at = markdown.find(kListEnd, at))
    markdown.erase(at, kListEnd.size());
}

}  // namespace

MarkdownTree parse_markdown(std::string_view text) {
  MarkdownTree tree(cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT));
  cmark_consolidate_text_nodes(tree.get());
  std::vector<cmark_node*> html;
  each_node(tree.get(), [&](cmark_node* node, bool entering) {
    if (entering && is_html(node)) html.push_back(node);
    if (entering && cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK) fence(node);
  });
  for (cmark_node* node : html)
    cmark_node_free(node);
  return tree;
}

std::vector<cmark_node*> children_of(cmark_node* node) {
  std::vector<cmark_node*> children;
  for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child))
    children.push_back(child);
  return children;
}

std::vector<cmark_node*> nodes_of_type(cmark_node* root, cmark_node_type type) {
  std::vector<cmark_node*> found;
  each_node(root, [&](cmark_node* node, bool entering) {
    if (entering && cmark_node_get_type(node) == type) found.push_back(node);
  });
  return found;
}

int line_nested_beyond(cmark_node* root, std::size_t depth) {
  std::size_t above = 0;
  int line = 0;
  each_node(root, [&](cmark_node* node, bool entering) {
    if (entering && above > depth && line == 0) line = std::max(1, cmark_node_get_start_line(node));
    if (is_leaf(node)) return;
    above += entering ? 1 : -1;
  });
  return line;
}

std::string plain_text(cmark_node* root) {
  std::string text;
  each_node(root, [&](cmark_node* node, bool entering) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK)
      text += cmark_node_get_literal(node);
    else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
      text += ' ';
    const bool block_ends = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
    if (block_ends && !entering && node != root) text += '\n';
  });
  return text;
}

std::string to_markdown(cmark_node* root) {
  const std::unique_ptr<char, FreeText> written(cmark_render_commonmark(root, CMARK_OPT_DEFAULT, 0));
  std::string markdown = written.get();
  erase_list_ends(markdown);
  const std::size_t end = markdown.find_last_not_of('\n');
  markdown.erase(end == std::string::npos ? 0 : end + 1);
  return markdown;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace parley::intents
