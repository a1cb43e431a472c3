// A small, safe part of Markdown, made into DOM nodes. Nothing is ever parsed as HTML, so text cannot become markup.
//
//   **bold** __bold__   *italic* _italic_   `code`   [text](https://...)   https://...   - list   1. list   # heading   ```
//
// Links go to http, https, mailto and tel only; any other target stays the text that was written. A character after a
// backslash is itself.

import {element, safeUrl} from './dom.js';

const inline = [
  [/^\\([\\`*_[\]()#+.!-])/, (match) => match[1]],
  [/^`([^`]+)`/, (match) => element('code', {}, match[1])],
  [/^(\*\*|__)(?=\S)([^]*?\S)\1/, (match, say) => element('strong', {}, ...spans(match[2], say))],
  [/^\*(?=[^\s*])([^*]*[^\s*])\*/, (match, say) => element('em', {}, ...spans(match[1], say))],
  [/^_(?=[^\s_])([^_]*[^\s_])_(?!\w)/, (match, say) => element('em', {}, ...spans(match[1], say))],
  [/^\[([^\]]+)\]\(([^\s()]+(?:\([^\s()]*\))?)\)/, (match, say) => link(match[2], match[1], say) ?? match[0]],
  [/^https?:\/\/[^\s<>"]*[^\s<>".,:;!?')\]]/, (match, say) => link(match[0], match[0], say) ?? match[0]],
];
// Where one of the above may begin: a sign, or `http` and `_` at the start of a word.
const begins = /[\\`*[]|(?<!\w)_|\bhttps?:\/\//;

/** The blocks of `source` as a list of nodes; `say(key)` gives interface words. */
export function markdown(source, say) {
  const nodes = [];
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  while (lines.length) {
    const line = lines[0];
    if (/^\s*```/.test(line)) nodes.push(codeBlock(lines));
    else if (/^\s*([-*+]|\d+[.)])\s+\S/.test(line)) nodes.push(list(lines, say));
    else if (line.trim()) nodes.push(paragraph(lines, say));
    else lines.shift();
  }
  return nodes;
}

function codeBlock(lines) {
  lines.shift();
  const end = lines.findIndex((line) => /^\s*```/.test(line));
  const body = lines.splice(0, end < 0 ? lines.length : end);
  lines.shift();
  return element('pre', {tabindex: 0}, element('code', {}, body.join('\n')));
}

function list(lines, say) {
  const ordered = /^\s*(\d+)[.)]\s/.exec(lines[0]);
  const item = ordered ? /^\s*\d+[.)]\s+(.*)/ : /^\s*[-*+]\s+(.*)/;
  const items = [];
  for (let match; lines.length && (match = item.exec(lines[0])); lines.shift()) {
    items.push(element('li', {}, ...spans(match[1], say)));
  }
  return element(ordered ? 'ol' : 'ul', ordered && ordered[1] !== '1' ? {start: ordered[1]} : {}, ...items);
}

function paragraph(lines, say) {
  const heading = /^#{1,6}\s+(.*)/.exec(lines[0]);
  if (heading) {
    lines.shift();
    return element('p', {}, element('strong', {}, ...spans(heading[1], say)));
  }
  const nodes = spans(lines.shift(), say);
  while (lines.length && lines[0].trim() && !/^\s*(```|([-*+]|\d+[.)])\s+\S|#{1,6}\s)/.test(lines[0])) {
    nodes.push(element('br'), ...spans(lines.shift(), say));
  }
  return element('p', {}, ...nodes);
}

function spans(source, say) {
  const nodes = [];
  let plain = '';
  for (let rest = source; rest; ) {
    const [node, length] = spanAt(rest, say);
    if (node instanceof Node) {
      nodes.push(plain, node);
      plain = '';
    } else {
      plain += node;
    }
    rest = rest.slice(length);
    // Skip to the next sign that may begin something, but keep the last plain character in sight of `_`'s look-behind.
    const next = nextBegin(plain.slice(-1), rest);
    plain += rest.slice(0, next);
    rest = rest.slice(next);
  }
  return [...nodes, plain];
}

function spanAt(rest, say) {
  for (const [pattern, make] of inline) {
    const match = pattern.exec(rest);
    if (match) return [make(match, say), match[0].length];
  }
  return [rest[0], 1];
}

function nextBegin(before, rest) {
  const found = begins.exec(before + rest);
  return found ? Math.max(0, found.index - before.length) : rest.length;
}

function link(target, label, say) {
  const url = safeUrl(target);
  return url && anchor(url, label, say);
}

/** A link that leaves the page alone. */
export function anchor(url, label, say) {
  const hint = element('span', {class: 'hidden'}, ` (${say('newTab')})`);
  return element('a', {href: url, target: '_blank', rel: 'noopener noreferrer'}, label, hint);
}
