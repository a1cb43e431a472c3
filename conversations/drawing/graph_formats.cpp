#include "conversations/drawing/graph_formats.h"

#include <array>
#include <cstdio>
#include <sstream>
#include <vector>

#include "config/markup.h"
#include "conversations/drawing/readable_text.h"

namespace parley::conversations {

namespace {

using config::markup_escaped;

struct Look {
  const char* name;  // of the Mermaid class
  const char* fill;
  const char* line;
  const char* shape;         // of Graphviz
  const char *open, *close;  // of Mermaid
};

/// By BoxKind.
constexpr std::array<Look, 9> kLooks{{
    {"start", "#dbe9f9", "#2f6cb0", "box", "([", "])"},
    {"say", "#f3f8fe", "#8db4dd", "box", "(", ")"},
    {"question", "#fff5d1", "#c79a17", "box", "(", ")"},
    {"branch", "#f1edfb", "#8b78c6", "hexagon", "{{", "}}"},
    {"call", "#e3f4ea", "#4d9a6a", "box", "[[", "]]"},
    {"work", "#f4f4f2", "#b4b4ae", "box", "[", "]"},
    {"run", "#e6f1f4", "#4c8a9c", "box", "[[", "]]"},
    {"person", "#fde7e0", "#cf6f52", "box", "(", ")"},
    {"end", "#e8eaee", "#77808c", "box", "([", "])"},
}};

const Look& look_of(BoxKind kind) {
  return kLooks[static_cast<std::size_t>(kind)];
}

/// For Mermaid's quoted texts: its entities are those of HTML with '#' for "&" and "&#".
std::string mermaid_escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const std::string entity = c == '#' ? "&#35;" : markup_escaped({&c, 1});
    result += entity.size() == 1 ? entity : "#" + entity.substr(entity[1] == '#' ? 2 : 1);
  }
  return result;
}

/// For names and addresses between double quotes.
std::string dot_quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) >= ' ') result += c;
  }
  return result + "\"";
}

std::size_t columns(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text)
    count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

/// Lines of at most kBoxLineColumns, broken at spaces; a longer word stands alone.
std::vector<std::string> wrapped(const std::string& paragraph) {
  std::vector<std::string> lines;
  std::istringstream words(paragraph);
  for (std::string word; words >> word;) {
    if (lines.empty() || columns(lines.back()) + 1 + columns(word) > kBoxLineColumns)
      lines.push_back(word);
    else
      lines.back() += " " + word;
  }
  return lines;
}

std::vector<std::string> lines_of(const PictureBox& box) {
  std::vector<std::string> lines;
  std::istringstream paragraphs(box.text);
  for (std::string paragraph; std::getline(paragraphs, paragraph);)
    for (std::string& line : wrapped(shortened(paragraph, kBoxTextMax)))
      lines.push_back(std::move(line));
  return lines;
}

std::string arrow_label(const PictureArrow& arrow) {
  std::string label = shortened(arrow.label, kBoxTextMax);
  if (!arrow.count) return label;
  char share[48];
  std::snprintf(share, sizeof share, " (%.0f%%)", 100 * arrow.share);
  label += (label.empty() ? "" : ": ") + std::to_string(*arrow.count);
  return arrow.from == "start" || *arrow.count == 0 ? label : label + share;
}

std::string dot_label(const PictureBox& box) {
  const std::vector<std::string> lines = lines_of(box);
  const bool ends = box.kind == BoxKind::kEnd;
  std::string label = "<";
  if (!ends) label += "<FONT POINT-SIZE=\"9\" COLOR=\"#4a5560\">" + markup_escaped(box.heading) + "</FONT>";
  for (std::size_t i = 0; i < lines.size(); ++i)
    label += (i > 0 || !ends ? "<BR/>" : "") + markup_escaped(lines[i]);
  return label + ">";
}

std::string dot_box(const PictureBox& box, const std::map<std::string, std::string>& links) {
  const Look& look = look_of(box.kind);
  const bool square = box.kind == BoxKind::kBranch || box.kind == BoxKind::kCall;
  std::string text = "  " + box.id + " [label=" + dot_label(box) + ", shape=" + look.shape +
                     ", style=\"filled" + (square ? "" : ",rounded") + "\", fillcolor=\"" + look.fill +
                     "\", color=\"" + look.line + "\"";
  if (box.kind == BoxKind::kRun) text += ", peripheries=2";
  const auto link = links.find(box.flow);
  if (!box.flow.empty() && link != links.end())
    text += ", URL=" + dot_quoted(link->second) + ", target=\"_top\"";
  return text + "];\n";
}

/// Spaces that Graphviz keeps: the label begins at the middle of its arrow, which traffic makes broad.
const std::string kBesideArrow = "&#160;&#160;";

std::string dot_arrow(const PictureArrow& arrow) {
  const std::string label = arrow_label(arrow);
  std::string text = "  " + arrow.from + " -> " + arrow.to + " [label=<" +
                     (label.empty() ? "" : kBesideArrow + markup_escaped(label) + " ") + ">";
  if (arrow.failed) text += ", style=dashed, color=\"#b5482e\", fontcolor=\"#9c3a22\"";
  if (arrow.count) {
    char width[32];
    std::snprintf(width, sizeof width, ", penwidth=%.2f", 0.6 + 3 * arrow.share);
    text += *arrow.count == 0 ? ", color=\"#b9c0c8\", fontcolor=\"#6d7681\"" : width;
  }
  return text + "];\n";
}

}  // namespace

std::string to_dot(const Picture& picture, const std::map<std::string, std::string>& links) {
  std::string text =
      "digraph " + dot_quoted(picture.name) + " {\n" +
      "  graph [rankdir=" + (picture.sideways ? "LR" : "TB") +
      ", nodesep=0.35, ranksep=0.42, fontname=\"Helvetica,Arial,sans-serif\","
      " fontsize=15, labelloc=t, labeljust=l, bgcolor=\"white\", label=<" +
      (picture.title.empty() ? "" : "<B>" + markup_escaped(shortened(picture.title, kBoxTextMax)) + "</B>") +
      ">];\n"
      "  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, fontcolor=\"#1c2024\","
      " margin=\"0.14,0.08\", penwidth=1.2];\n"
      "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9.5, fontcolor=\"#3c4650\","
      " color=\"#66707b\", arrowsize=0.7];\n";
  for (const PictureBox& box : picture.boxes)
    text += dot_box(box, links);
  for (const PictureArrow& arrow : picture.arrows)
    text += dot_arrow(arrow);
  return text + "}\n";
}

std::string to_mermaid(const Picture& picture) {
  std::string text = picture.sideways ? "flowchart LR\n" : "flowchart TD\n";
  for (const PictureBox& box : picture.boxes) {
    const Look& look = look_of(box.kind);
    std::string label =
        box.kind == BoxKind::kEnd ? "" : "<small>" + mermaid_escaped(box.heading) + "</small>";
    for (const std::string& line : lines_of(box))
      label += (label.empty() ? "" : "<br/>") + mermaid_escaped(line);
    text += "  " + box.id + look.open + "\"" + label + "\"" + look.close + ":::" + look.name + "\n";
  }
  for (const PictureArrow& arrow : picture.arrows) {
    const std::string label = mermaid_escaped(arrow_label(arrow));
    text += "  " + arrow.from + (arrow.failed ? " -.->" : " -->") +
            (label.empty() ? " " : "|\"" + label + "\"| ") + arrow.to + "\n";
  }
  for (const Look& look : kLooks)
    text += std::string("  classDef ") + look.name + " fill:" + look.fill + ",stroke:" + look.line +
            ",color:#1c2024\n";
  return text;
}

}  // namespace parley::conversations
