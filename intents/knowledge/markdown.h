// A page's Markdown as a tree: parsed and written by cmark, the reference implementation of CommonMark
// (https://spec.commonmark.org/0.30/).
//
// Trees may be deep (authors can nest quotes as they like), so everything here walks without recursion.
//
// Thread rule: a document belongs to one thread. Lifetime: nodes live as long as their document.
#pragma once

#include <cmark.h>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parley::intents {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
/// Owns a node and all below it.
using MarkdownTree = std::unique_ptr<cmark_node, FreeNode>;

/// Neighbouring pieces of text are joined; HTML, which no channel shows, is left out.
MarkdownTree parse_markdown(std::string_view text);

std::vector<cmark_node*> children_of(cmark_node* node);
/// All nodes below `root` that are of `type`, in order.
std::vector<cmark_node*> nodes_of_type(cmark_node* root, cmark_node_type type);

/// The line of the first node with more than `depth` above it; 0: there is none.
int line_nested_beyond(cmark_node* root, std::size_t depth);

/// The words alone, a line for each block.
std::string plain_text(cmark_node* root);
/// As Markdown, without a line end behind it.
std::string to_markdown(cmark_node* root);

/// Code points of UTF-8 text.
std::size_t count_characters(std::string_view text);

}  // namespace parley::intents
