#include "conversations/sign_off/sign_off_page.h"

#include <algorithm>

#include "config/markup.h"
#include "conversations/drawing/picture.h"
#include "conversations/sign_off/flow_section.h"

namespace parley::conversations {

namespace {

using config::markup_escaped;

constexpr std::size_t kVersionShown = 16;  // characters of the digest in running text

constexpr std::string_view kStyle = R"css(
:root { --ink: #1c2024; --soft: #56606a; --edge: #cfd6dd; --box: #f5f7f9; --link: #0b57a4; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; font: 1rem/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif;
  color: var(--ink); background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.3rem; }
h2 { font-size: 1.4rem; margin: 0 0 0.8rem; padding-bottom: 0.3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin: 1.4rem 0 0.4rem; }
a { color: var(--link); } .note, small { color: var(--soft); } small { display: block; font-size: 0.82rem; }
p { margin: 0.3rem 0; } ul { margin: 0.2rem 0; padding-left: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; margin: 0.4rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; border: 1px solid var(--edge); }
th { background: var(--box); font-weight: 600; } .facts th { width: 13rem; }
td:first-child { min-width: 7rem; } .again { color: var(--soft); font-style: italic; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.85em; }
figure { margin: 0.5rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
.flow { margin-top: 3rem; }
nav ol { columns: 2; column-gap: 2.5rem; padding-left: 1.6rem; } nav li { break-inside: avoid; margin: 0.15rem 0; }
.verdict { margin-top: 1.2rem; padding: 0.6rem 0.8rem; border: 1px solid var(--edge); background: var(--box);
  display: flex; gap: 1.6rem; } .fill { flex: 1; border-bottom: 1px dotted var(--soft); }
.sign td { height: 2.8rem; } .digest { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.85rem; }
@media (max-width: 40rem) { nav ol { columns: 1; } .facts th { width: 8rem; } body { padding: 1rem; } }
@media print { @page { margin: 16mm 14mm; } html { font-size: 10pt; } body { max-width: none; padding: 0; }
  .flow { break-before: page; margin-top: 0; } tr, figure, .verdict { break-inside: avoid; } h2, h3 { break-after: avoid; }
  thead { display: table-header-group; } figure svg { max-height: 205mm; } .verdict { break-before: avoid; } a { color: inherit; text-decoration: none; } }
)css";

std::string contents(const std::vector<const Flow*>& flows, const Program& program,
                     const std::string& language) {
  std::string items;
  for (const Flow* flow : flows)
    items += "<li><a href=\"#flow-" + markup_escaped(flow->name) + "\">" +
             markup_escaped(flow_title(*flow, program, language)) + "</a></li>\n";
  return "<nav>\n<h3>Contents</h3>\n<ol>\n" + items +
         "<li><a href=\"#sign\">Signatures</a></li>\n</ol>\n</nav>\n";
}

std::string signatures(const SignOffSources& sources) {
  std::string rows;
  for (int i = 0; i < 3; ++i)
    rows += "<tr><td></td><td></td><td></td><td></td></tr>";
  return "<section class=\"flow\" id=\"sign\">\n<h2>Signatures</h2>\n<p>I have read the conversations of "
         "&ldquo;" +
         markup_escaped(sources.title) +
         "&rdquo; on these pages, and agree that they are used as they are in version</p>\n" +
         "<p class=\"digest\">" + markup_escaped(sources.version) +
         "</p>\n<table class=\"sign\"><tr><th>Name</th><th>Role</th><th>Date</th><th>Signature</th></tr>" +
         rows + "</table>\n</section>\n";
}

/// The flows that people start first, then what these run, then what replaces built-in ones.
std::vector<const Flow*> in_order(const Program& program) {
  std::vector<const Flow*> flows;
  for (const auto& [name, flow] : program.flows)
    if (!flow.built_in) flows.push_back(&flow);
  const auto group = [](const Flow* flow) {
    return flow->name.starts_with("pattern_") ? 2 : flow->when.empty() ? 1 : 0;
  };
  std::stable_sort(flows.begin(), flows.end(), [&](const Flow* left, const Flow* right) {
    return std::make_tuple(group(left), left->path, left->line) <
           std::make_tuple(group(right), right->path, right->line);
  });
  return flows;
}

}  // namespace

std::string sign_off_page(const SignOffSources& sources) {
  const Program& program = sources.program;
  const std::string language = program.languages.empty() ? "en" : program.languages.front();
  const std::vector<const Flow*> flows = in_order(program);
  std::string languages;
  for (const std::string& name : program.languages)
    languages += (languages.empty() ? "" : ", ") + markup_escaped(name);
  std::string page =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      markup_escaped(sources.title) + "</title>\n<style>" + std::string(kStyle) +
      "</style>\n</head>\n<body>\n";
  page += "<header>\n<h1>" + markup_escaped(sources.title) + "</h1>\n<p class=\"note\">" +
          std::to_string(flows.size()) + " conversations in " + languages +
          " &middot; version <span class=\"digest\">" +
          markup_escaped(sources.version.substr(0, kVersionShown)) + "</span></p>\n</header>\n";
  page += contents(flows, program, language);
  for (const Flow* flow : flows)
    page += flow_section(*flow, sources);
  return page + signatures(sources) + "</body>\n</html>\n";
}

}  // namespace parley::conversations
