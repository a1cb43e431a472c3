// The only maker of DOM nodes (attributes and text, never HTML), and the judge of addresses.

/** element('p', {class: 'note', onclick: f}, 'text', node); what is false or undefined is left out. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node[key] = value;
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

/** A line drawing of 24 by 24. */
export function icon(path) {
  const [svg, line] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** The absolute address if a bot may show it, else undefined. */
export const safeUrl = (url) => checkedUrl(url, /^(https?|mailto|tel):/);
export const safeImageUrl = (url) => checkedUrl(url, /^(https?:|data:image\/)/);

function checkedUrl(url, form) {
  try {
    const {href} = new URL(url, location.href);
    return form.test(href) ? href : undefined;
  } catch {
    return undefined;
  }
}
