#include "conversations/messages/plain_text.h"

#include <cmark.h>
#include <memory>
#include <utility>

namespace parley::conversations {

namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

/// The place of an item in its list, from 1.
int place_of(cmark_node* item) {
  int place = 1;
  while ((item = cmark_node_previous(item)))
    ++place;
  return place;
}

class Writer {
 public:
  void enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT:
      case CMARK_NODE_CODE:
      case CMARK_NODE_CODE_BLOCK:
        text_ += cmark_node_get_literal(node);
        return;
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK:
        return new_line();
      case CMARK_NODE_LIST:
        ++depth_;
        return;
      case CMARK_NODE_ITEM:
        return mark(node);
      default:
        return;
    }
  }

  void leave(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_LINK:
        return address(node);
      case CMARK_NODE_LIST:
        if (--depth_ == 0) blank_line();
        return;
      case CMARK_NODE_PARAGRAPH:
      case CMARK_NODE_HEADING:
      case CMARK_NODE_CODE_BLOCK:
        return depth_ > 0 ? new_line() : blank_line();
      default:
        return;
    }
  }

  std::string take() {
    while (text_.ends_with('\n'))
      text_.pop_back();
    return std::move(text_);
  }

 private:
  void new_line() {
    if (!text_.empty() && !text_.ends_with('\n')) text_ += '\n';
  }
  void blank_line() {
    new_line();
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
  }

  void mark(cmark_node* item) {
    new_line();
    text_.append(static_cast<std::size_t>(2 * (depth_ - 1)), ' ');
    cmark_node* list = cmark_node_parent(item);
    const bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    text_ += ordered ? std::to_string(cmark_node_get_list_start(list) + place_of(item) - 1) + ". " : "- ";
  }

  /// Behind what the link shows, unless that is its address.
  void address(cmark_node* link) {
    const std::string url = cmark_node_get_url(link);
    if (!url.empty() && !text_.ends_with(url)) text_ += " (" + url + ")";
  }

  std::string text_;
  int depth_ = 0;  // of lists
};

}  // namespace

std::string plain_text(std::string_view markdown) {
  const std::unique_ptr<cmark_node, FreeNode> document(
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT));
  const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(document.get()));
  Writer writer;
  for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    event == CMARK_EVENT_ENTER ? writer.enter(node) : writer.leave(node);
  }
  return writer.take();
}

}  // namespace parley::conversations
