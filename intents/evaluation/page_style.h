// The style and the head of report pages: light and dark by what the reader's system prefers, readable on a
// phone, and closed to everything but the one style sheet.
//
// Pure; any thread.
#pragma once

#include <iosfwd>
#include <string_view>

namespace parley::intents {

inline constexpr std::string_view kPageStyle = R"css(
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5c656e; --page: #fff; --edge: #d8dde2; --box: #f5f7f9;
  --c0: #0b62c4; --c1: #c2410c; --c2: #15803d; --c3: #7e22ce; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --soft: #a2abb5; --page: #16191d; --edge: #3a4149; --box: #20252b;
    --c0: #6cb2ff; --c1: #ff9d66; --c2: #5fd38a; --c3: #cf9bff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--page); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0.5rem 0; } h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
p { margin: 0.3rem 0; color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.6rem; padding: 0; margin: 1rem 0; }
.figures div { background: var(--box); border: 1px solid var(--edge); border-radius: 0.5rem; padding: 0.6rem 0.8rem; }
.figures dt { color: var(--soft); font-size: 0.85rem; } .figures dd { margin: 0; font-size: 1.35rem; }
.plot { margin: 1.2rem 0; padding: 0.8rem; border: 1px solid var(--edge); border-radius: 0.5rem; background: var(--box); }
.plot figcaption { font-weight: 600; margin-bottom: 0.3rem; }
.plot svg { display: block; width: 100%; height: auto; margin-top: 0.4rem; }
.plot text { fill: var(--soft); font-size: 13px; }
.plot label { margin: 0 1rem 0 0.3rem; cursor: pointer; font-size: 0.9rem; white-space: nowrap; }
.grid { stroke: var(--edge); } .mark { stroke: var(--soft); stroke-dasharray: 2 3; }
.line polyline { fill: none; stroke-width: 2; } .dashed polyline { stroke-dasharray: 6 4; }
.line.c0 { stroke: var(--c0); fill: var(--c0); } label.c0 { color: var(--c0); } .s0 { accent-color: var(--c0); }
.line.c1 { stroke: var(--c1); fill: var(--c1); } label.c1 { color: var(--c1); } .s1 { accent-color: var(--c1); }
.line.c2 { stroke: var(--c2); fill: var(--c2); } label.c2 { color: var(--c2); } .s2 { accent-color: var(--c2); }
.line.c3 { stroke: var(--c3); fill: var(--c3); } label.c3 { color: var(--c3); } .s3 { accent-color: var(--c3); }
.s0:not(:checked) ~ svg .c0, .s1:not(:checked) ~ svg .c1, .s2:not(:checked) ~ svg .c2,
.s3:not(:checked) ~ svg .c3 { display: none; }
.switch:not(:checked) + label { text-decoration: line-through; }
@media (max-width: 36rem) { .plot text { font-size: 19px; } }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--edge); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { border-bottom: 1px solid var(--edge); padding: 0.4rem 0; } summary { cursor: pointer; }
li { margin: 0.3rem 0; } small { color: var(--soft); }
.axes { display: block; width: 100%; max-width: 30rem; height: auto; margin: 0.5rem auto; }
.axes text { fill: var(--ink); font-size: 15px; } .axes .ring { fill: none; stroke: var(--edge); }
.axes .spoke { stroke: var(--edge); } .axes .aim { fill: none; stroke: var(--c1); stroke-width: 2; stroke-dasharray: 6 4; }
.axes .stands { fill: var(--c0); fill-opacity: 0.25; stroke: var(--c0); stroke-width: 2.5; }
.axes .number { fill: var(--soft); font-size: 12px; }
.met { color: var(--c2); } .missed { color: var(--c1); } .unmeasured { color: var(--soft); } .waived { color: var(--c3); }
code { font-size: 0.9em; }
)css";

/// From the doctype to the page's <h1>, which is `title`. Its content security policy allows kPageStyle, by
/// its hash, and nothing else.
void write_page_head(std::ostream& out, std::string_view title);

}  // namespace parley::intents
