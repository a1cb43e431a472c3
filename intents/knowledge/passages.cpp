// A passage must be whole Markdown: no link cut in two, no list item without its mark. So nothing is cut in
// the text; the tree is taken apart into smaller trees, which are then written:
//
//   - one list of 40 items      ->  40 lists of one item, put together again as far as they fit
//   - one paragraph             ->  its sentences; a link, or words in bold, stay in one piece
//   - code                      ->  its lines
//   - a quotation, a list item  ->  what it holds
//
// What can't be taken apart any further and is still too long (a word of a thousand letters) is cut hard. A
// table is a paragraph to CommonMark, and each of its rows counts as a sentence.
#include "intents/knowledge/passages.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "engine/limits.h"

namespace parley::intents {
namespace {

constexpr std::size_t kMax = limits::kPassageMaxChars;

void append(std::string& text, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t count = 0;
  U8_APPEND_UNSAFE(bytes, count, c);
  text.append(bytes, static_cast<std::size_t>(count));
}

std::string anchor_of(const std::string& heading) {
  std::string anchor;
  const auto size = static_cast<std::int32_t>(heading.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(heading.data(), i, size, c);
    if (c == ' ')
      anchor += '-';
    else if (c == '-' || c == '_' || (c > 0 && (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK))))
      append(anchor, u_tolower(c));
  }
  return anchor;
}

/// Headings that are open, by their level.
std::string parents_of(std::map<int, std::string>& open, int level, const std::string& heading) {
  open.erase(open.lower_bound(level), open.end());
  std::string parents;
  for (const auto& [above, text] : open)
    parents += (parents.empty() ? "" : " ") + text;
  open[level] = heading;
  return parents;
}

struct Piece {
  MarkdownTree node;
  bool sentence_begins = false;
};

std::vector<std::string> sentences_of(const std::string& text, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createSentenceInstance(icu::Locale(language.c_str()), status));
  UText* opened = utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
  if (breaks && U_SUCCESS(status)) breaks->setText(opened, status);
  std::vector<std::string> sentences;
  if (U_FAILURE(status)) {
    sentences.push_back(text);
  } else {
    std::int32_t begin = breaks->first();
    for (std::int32_t end = breaks->next(); end != icu::BreakIterator::DONE;
         begin = end, end = breaks->next())
      sentences.push_back(
          text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  }
  utext_close(opened);
  return sentences;
}

MarkdownTree text_node(const std::string& literal) {
  MarkdownTree node(cmark_node_new(CMARK_NODE_TEXT));
  cmark_node_set_literal(node.get(), literal.c_str());
  return node;
}

MarkdownTree taken(cmark_node* node) {
  cmark_node_unlink(node);
  return MarkdownTree(node);
}

bool is_break(cmark_node* node) {
  const cmark_node_type type = cmark_node_get_type(node);
  return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

/// A sentence ends with the text before a line break, or the line that follows is a row of a table.
bool sentence_after(cmark_node* line_break) {
  cmark_node* before = cmark_node_previous(line_break);
  cmark_node* behind = cmark_node_next(line_break);
  const auto text = [](cmark_node* node) -> std::string_view {
    return node && cmark_node_get_type(node) == CMARK_NODE_TEXT ? cmark_node_get_literal(node) : "";
  };
  const std::string_view last = text(before);
  return text(behind).starts_with('|') || last.ends_with('.') || last.ends_with('!') || last.ends_with('?') ||
         last.ends_with("。");
}

std::vector<Piece> pieces_of_paragraph(cmark_node* paragraph, const std::string& language) {
  std::vector<Piece> pieces;
  bool begins = true;
  for (cmark_node* child : children_of(paragraph)) {
    const cmark_node_type type = cmark_node_get_type(child);
    if (type == CMARK_NODE_TEXT) {
      for (const std::string& sentence : sentences_of(cmark_node_get_literal(child), language)) {
        pieces.push_back({text_node(sentence), begins});
        begins = true;
      }
      begins = false;  // what follows may belong to the last of them
    } else {
      const bool ends = is_break(child) && sentence_after(child);
      pieces.push_back({taken(child), begins});
      begins = ends;
    }
  }
  return pieces;
}

/// Paragraphs of at most kMax characters, cut before a sentence where there is one.
std::vector<MarkdownTree> split_paragraph(cmark_node* paragraph, const std::string& language) {
  std::vector<Piece> pieces = pieces_of_paragraph(paragraph, language);
  std::vector<std::size_t> sizes;
  for (const Piece& piece : pieces)
    sizes.push_back(count_characters(to_markdown(piece.node.get())) + 1);
  std::vector<MarkdownTree> paragraphs;
  for (std::size_t begin = 0; begin < pieces.size();) {
    std::size_t end = begin, size = 0, sentence = begin;
    for (; end < pieces.size() && (end == begin || size + sizes[end] <= kMax); size += sizes[end++])
      if (pieces[end].sentence_begins) sentence = end;
    if (end < pieces.size() && pieces[end].sentence_begins) sentence = end;
    if (end < pieces.size() && sentence > begin) end = sentence;
    MarkdownTree part(cmark_node_new(CMARK_NODE_PARAGRAPH));
    for (std::size_t i = is_break(pieces[begin].node.get()) ? begin + 1 : begin; i < end; ++i)
      cmark_node_append_child(part.get(), pieces[i].node.release());
    paragraphs.push_back(std::move(part));
    begin = end;
  }
  return paragraphs;
}

std::vector<MarkdownTree> split_code(cmark_node* code) {
  const std::string text = cmark_node_get_literal(code);
  std::vector<MarkdownTree> parts;
  const auto add = [&](const std::string& lines) {
    parts.emplace_back(cmark_node_new(CMARK_NODE_CODE_BLOCK));
    cmark_node_set_fence_info(parts.back().get(), cmark_node_get_fence_info(code));
    cmark_node_set_literal(parts.back().get(), lines.c_str());
  };
  constexpr std::size_t kFences = 40;  // characters of what stands around the lines
  std::string lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string line = text.substr(begin, end - begin);
    if (!lines.empty() && count_characters(lines + line) + kFences > kMax) {
      add(lines);
      lines.clear();
    }
    lines += line;
    begin = end;
  }
  if (!lines.empty()) add(lines);
  return parts;
}

/// Each item as a list of its own, with its number.
std::vector<MarkdownTree> split_list(cmark_node* list) {
  std::vector<MarkdownTree> parts;
  int number = cmark_node_get_list_start(list);
  for (cmark_node* item : children_of(list)) {
    MarkdownTree part(cmark_node_new(CMARK_NODE_LIST));
    cmark_node_set_list_type(part.get(), cmark_node_get_list_type(list));
    cmark_node_set_list_delim(part.get(), cmark_node_get_list_delim(list));
    cmark_node_set_list_tight(part.get(), cmark_node_get_list_tight(list));
    if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST) cmark_node_set_list_start(part.get(), number++);
    cmark_node_append_child(part.get(), item);
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<MarkdownTree> split_container(cmark_node* container) {
  std::vector<MarkdownTree> parts;
  for (cmark_node* child : children_of(container))
    parts.push_back(taken(child));
  return parts;
}

bool has_one_child(cmark_node* node) {
  return cmark_node_first_child(node) == cmark_node_last_child(node);
}

std::vector<MarkdownTree> split(cmark_node* block, const std::string& language) {
  switch (cmark_node_get_type(block)) {
    case CMARK_NODE_LIST:
      return has_one_child(block) ? split_container(cmark_node_first_child(block)) : split_list(block);
    case CMARK_NODE_BLOCK_QUOTE:
      return split_container(block);
    case CMARK_NODE_PARAGRAPH:
      return split_paragraph(block, language);
    case CMARK_NODE_CODE_BLOCK:
      return split_code(block);
    default:
      return {};
  }
}

struct SizedBlock {
  MarkdownTree node;
  std::size_t size = 0;
};

/// The block, or what it can be taken apart into until each part fits a passage.
std::vector<SizedBlock> fitting_blocks(MarkdownTree block, const std::string& language) {
  std::vector<SizedBlock> fitting;
  std::vector<MarkdownTree> open;
  open.push_back(std::move(block));
  while (!open.empty()) {
    MarkdownTree node = std::move(open.back());
    open.pop_back();
    const std::size_t size = count_characters(to_markdown(node.get()));
    std::vector<MarkdownTree> parts;
    if (size > kMax) parts = split(node.get(), language);
    const bool smallest =
        parts.size() == 1 && cmark_node_get_type(parts.front().get()) == cmark_node_get_type(node.get());
    if (parts.empty() || smallest) {
      if (size > 0) fitting.push_back({smallest ? std::move(parts.front()) : std::move(node), size});
      continue;
    }
    std::move(parts.rbegin(), parts.rend(), std::back_inserter(open));
  }
  return fitting;
}

/// Items of a list that was taken apart come together again.
void append_block(cmark_node* document, MarkdownTree block) {
  cmark_node* last = cmark_node_last_child(document);
  const bool lists = last && cmark_node_get_type(last) == CMARK_NODE_LIST &&
                     cmark_node_get_type(block.get()) == CMARK_NODE_LIST &&
                     cmark_node_get_list_type(last) == cmark_node_get_list_type(block.get());
  if (!lists) {
    cmark_node_append_child(document, block.release());
    return;
  }
  for (cmark_node* item : children_of(block.get()))
    cmark_node_append_child(last, item);
}

/// What nothing could take apart: cut behind its last whole word, without the marks that are then open.
std::string cut_hard(const std::string& words) {
  std::string text;
  std::size_t count = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if ((static_cast<unsigned char>(words[i]) & 0xC0) != 0x80 && ++count >= kMax) break;
    text += words[i] == '\n' ? ' ' : words[i];
  }
  if (const std::size_t blank = text.rfind(' '); blank != std::string::npos && blank > text.size() / 2)
    text.erase(blank);
  MarkdownTree paragraph(cmark_node_new(CMARK_NODE_PARAGRAPH));
  cmark_node_append_child(paragraph.get(), text_node(text).release());
  const std::string markdown = to_markdown(paragraph.get());
  return count_characters(markdown) < kMax ? markdown + "…" : text + "…";
}

CutPassage written(cmark_node* document) {
  CutPassage passage{to_markdown(document), plain_text(document)};
  if (count_characters(passage.text) > kMax) passage.text = cut_hard(passage.words);
  return passage;
}

}  // namespace

std::vector<Section> sections_of(cmark_node* page) {
  std::vector<Section> sections(1);
  std::map<std::string, int> anchors;
  std::map<int, std::string> open;
  for (cmark_node* block : children_of(page)) {
    const cmark_node_type type = cmark_node_get_type(block);
    if (type == CMARK_NODE_HEADING) {
      Section section;
      section.heading = plain_text(block);
      section.level = cmark_node_get_heading_level(block);
      section.line = cmark_node_get_start_line(block);
      section.parents = parents_of(open, section.level, section.heading);
      section.anchor = anchor_of(section.heading);
      if (const int before = anchors[section.anchor]++; before > 0)
        section.anchor += "-" + std::to_string(before);
      sections.push_back(std::move(section));
    } else if (type != CMARK_NODE_THEMATIC_BREAK) {
      sections.back().blocks.push_back(block);
    }
  }
  return sections;
}

std::vector<CutPassage> cut_passages(const std::vector<cmark_node*>& blocks, const std::string& language) {
  constexpr std::size_t kBetween = 2;  // characters between two blocks
  std::vector<CutPassage> passages;
  MarkdownTree document(cmark_node_new(CMARK_NODE_DOCUMENT));
  std::size_t size = 0;
  const auto finish = [&] {
    if (size > 0) passages.push_back(written(document.get()));
    document.reset(cmark_node_new(CMARK_NODE_DOCUMENT));
    size = 0;
  };
  for (cmark_node* block : blocks) {
    for (SizedBlock& part : fitting_blocks(taken(block), language)) {
      if (size > 0 && size + kBetween + part.size > kMax) finish();
      size += kBetween + part.size;
      append_block(document.get(), std::move(part.node));
    }
  }
  finish();
  return passages;
}

}  // namespace parley::intents
