// The only place that makes DOM nodes: attributes and text, never HTML. Here too: which addresses are safe.

/** element('p', {class: 'note', onclick: f}, 'text', node); what is false, null or undefined is left out. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node[key] = value;
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

/** A line drawing of 24 by 24, from the data of one SVG path. */
export function icon(path) {
  const [svg, line] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** The absolute address of a link or picture that a bot may show, else undefined. */
export const safeUrl = (url) => checkedUrl(url, /^(https?|mailto|tel):/);
export const safeImageUrl = (url) => checkedUrl(url, /^(https?:|data:image\/(png|jpeg|gif|webp|svg\+xml)[;,])/);

function checkedUrl(url, form) {
  try {
    const {href} = new URL(url, location.href);
    return form.test(href) ? href : undefined;
  } catch {
    return undefined;
  }
}
