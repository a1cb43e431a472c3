#include "conversations/messages/plain_text.h"

#include <cmark.h>
#include <cstdlib>
#include <memory>

namespace parley::conversations {

namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
struct FreeText {
  void operator()(char* text) const { std::free(text); }
};

/// Whether the link shows its own address, as <https://example.com> does.
bool shows_address(cmark_node* link) {
  const char* shown = cmark_node_get_literal(cmark_node_first_child(link));
  return shown && std::string_view(shown) == cmark_node_get_url(link);
}

void add_address(cmark_node* link) {
  const std::string_view url = cmark_node_get_url(link);
  if (url.empty() || shows_address(link)) return;
  cmark_node* address = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(address, (" (" + std::string(url) + ")").c_str());
  cmark_node_append_child(link, address);
}

void add_addresses(cmark_node* document) {
  const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(document));
  for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    if (event == CMARK_EVENT_EXIT && cmark_node_get_type(node) == CMARK_NODE_LINK) add_address(node);
  }
}

}  // namespace

std::string plain_text(std::string_view markdown) {
  const std::unique_ptr<cmark_node, FreeNode> document(
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_HARDBREAKS));
  add_addresses(document.get());
  const std::unique_ptr<char, FreeText> text(cmark_render_plaintext(document.get(), CMARK_OPT_HARDBREAKS, 0));
  std::string plain = text.get();
  while (plain.ends_with('\n'))
    plain.pop_back();
  return plain;
}

}  // namespace parley::conversations
