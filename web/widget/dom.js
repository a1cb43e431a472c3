// The only maker of DOM nodes (attributes and text, never HTML), and the judge of addresses.

/** element('p', 'note', 'text') or element('a', {href}, node). What is false or undefined is left out. */
export function element(name, attributes, ...children) {
  const node = document.createElement(name);
  const all = typeof attributes === 'object' ? attributes : {class: attributes || undefined};
  for (const [key, value] of Object.entries(all)) {
    if (typeof value === 'function') node[key] = value;
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

export const div = (className, ...content) => element('div', className, ...content);
export const button = (className, onclick, ...content) =>
  element('button', {type: 'button', class: className, onclick}, ...content);

/** A line drawing of 24 by 24. */
export function icon(path) {
  const [svg, line] = ['svg', 'path'].map((name) =>
    document.createElementNS('http://www.w3.org/2000/svg', name),
  );
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

const face =
  'M12 3v3M8 6h8a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-5l-4 3v-3.4A4 4 0 0 1 4 15v-5a4 4 0 0 1 4-4zM9 11v2m6-2v2';
export const avatar = () => element('span', 'avatar', icon(face));

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
