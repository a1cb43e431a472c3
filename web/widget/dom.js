// The only place that makes DOM nodes. Attributes and text, never HTML.

/** element('p', {class: 'note', onclick: f}, 'text', node): functions become listeners; null and false are left out. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

/** A line icon of 24 x 24 from the data of one SVG path. */
export function icon(path) {
  const make = (name) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const svg = make('svg');
  const line = make('path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** `url` made absolute if it is one that a bot may send people to, else null. */
export function safeUrl(url) {
  return checkedUrl(url, /^(https?|mailto|tel):$/);
}

/** The same for pictures: http, https, or a picture written into the address. */
export function safeImageUrl(url) {
  return checkedUrl(url, /^(https?|data):$/, /^(?!data:)|^data:image\/(png|jpe?g|gif|webp|svg\+xml)[;,]/i);
}

function checkedUrl(url, protocols, form = /^/) {
  try {
    const parsed = new URL(url, location.href);
    return protocols.test(parsed.protocol) && form.test(parsed.href) ? parsed.href : null;
  } catch {
    return null;
  }
}
