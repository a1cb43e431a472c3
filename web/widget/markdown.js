// A small part of Markdown, made into DOM nodes: bold, italic, code, links, headings, lists. What does not
// fit, such as HTML or a link to anything unsafe, stays the text that was written.

import {element, safeUrl} from './dom.js';

const inline = [
  [/^\\([\\`*_[\]()#+.!-])/, (match) => match[1]],
  [/^`([^`]+)`/, (match) => element('code', '', match[1])],
  [/^(\*\*|__)(?=\S)([^]*?\S)\1/, (match) => element('strong', '', ...spans(match[2]))],
  [/^\*(?=[^\s*])([^*]*[^\s*])\*/, (match) => element('em', '', ...spans(match[1]))],
  [/^_(?=[^\s_])([^_]*[^\s_])_(?!\w)/, (match) => element('em', '', ...spans(match[1]))],
  [/^\[([^\]]+)\]\(([^\s()]+(?:\([^\s()]*\))?)\)/, (match) => link(match[2], match[1]) ?? match[0]],
  [/^https?:\/\/[^\s<>"]*[^\s<>".,:;!?')\]]/, (match) => link(match[0], match[0]) ?? match[0]],
];
// Where one may begin.
const sign = /[\\`*[]|(?<!\w)_|\bhttps?:\/\//;
const fence = /^\s*```/;
const bullet = /^\s*(?:[-*+]|(\d+)[.)])\s+(?=\S)/;
const heading = /^#{1,6}\s+/;

export function markdown(source) {
  const nodes = [];
  const lines = String(source ?? '').split(/\r?\n/);
  while (lines.length) {
    if (fence.test(lines[0])) nodes.push(codeBlock(lines));
    else if (bullet.test(lines[0])) nodes.push(list(lines));
    else if (lines[0].trim()) nodes.push(paragraph(lines));
    else lines.shift();
  }
  return nodes;
}

/** A link in a new tab, or undefined if it is unsafe. */
export function link(target, label, className) {
  const href = safeUrl(target);
  return href && element('a', {href, target: '_blank', rel: 'noopener noreferrer', class: className}, label);
}

function codeBlock(lines) {
  lines.shift();
  const end = lines.findIndex((line) => fence.test(line));
  const body = lines.splice(0, end < 0 ? lines.length : end);
  lines.shift();
  return element('pre', {tabindex: 0}, element('code', '', body.join('\n')));
}

function list(lines) {
  const start = bullet.exec(lines[0])[1];
  const items = [];
  for (let match; (match = bullet.exec(lines[0] ?? '')) && !match[1] === !start;) {
    items.push(element('li', '', ...spans(lines.shift().slice(match[0].length))));
  }
  return element(start ? 'ol' : 'ul', {start}, ...items);
}

function paragraph(lines) {
  if (heading.test(lines[0])) {
    return element('p', '', element('strong', '', ...spans(lines.shift().replace(heading, ''))));
  }
  const nodes = spans(lines.shift());
  while (lines[0]?.trim() && ![fence, bullet, heading].some((form) => form.test(lines[0]))) {
    nodes.push(element('br', ''), ...spans(lines.shift()));
  }
  return element('p', '', ...nodes);
}

function spans(source) {
  const nodes = [''];
  for (let at = 0; at < source.length;) {
    const [made, length] = spanAt(source.slice(at));
    at += length;
    // On to the next sign, seen with the character before it: `_` counts only where a word begins.
    const next = sign.exec(source.slice(at - 1));
    const end = next ? Math.max(at, at - 1 + next.index) : source.length;
    const plain = source.slice(at, end);
    if (made instanceof Node) nodes.push(made, plain);
    else nodes.push(nodes.pop() + made + plain);
    at = end;
  }
  return nodes;
}

function spanAt(rest) {
  for (const [form, make] of inline) {
    const match = form.exec(rest);
    if (match) return [make(match), match[0].length];
  }
  return [rest[0], 1];
}
