// Elements made of server texts, and an update of the page in place.
// Text becomes text nodes alone; nothing here parses HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** Returns an element; absent attributes and children are left out. */
export function el(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Returns an SVG element. */
export function svg(name, attributes, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(key, value === true ? '' : String(value));
    }
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined).map(leaf));
  return node;
}

function leaf(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

/**
 * Makes the children of an element equal to those wanted, and keeps the nodes that are alike, so
 * that focus, selection and what is open stay. Nodes with data-key are found again by it.
 */
export function patch(parent, wanted) {
  const byKey = new Map();
  for (const child of parent.children) {
    if (child.dataset.key) {
      byKey.set(child.dataset.key, child);
    }
  }
  let at = parent.firstChild;
  for (const next of wanted) {
    const key = next.dataset?.key;
    const same = key ? byKey.get(key) : isAlike(at, next) ? at : undefined;
    if (!same) {
      parent.insertBefore(next, at);
    } else {
      if (same === at) {
        at = at.nextSibling;
      } else {
        parent.insertBefore(same, at);
      }
      update(same, next);
    }
  }
  while (at) {
    const rest = at.nextSibling;
    at.remove();
    at = rest;
  }
}

function isAlike(one, other) {
  return one !== null && one.nodeName === other.nodeName && !one.dataset?.key;
}

function update(node, next) {
  if (node === next) {
    return;
  }
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== next.data) {
      node.data = next.data;
    }
    return;
  }
  for (const { name } of [...node.attributes]) {
    // A reader opens and closes details; the page only begins with them open.
    if (name !== 'open' && !next.hasAttribute(name)) {
      node.removeAttribute(name);
    }
  }
  for (const { name, value } of next.attributes) {
    if (name !== 'open' && node.getAttribute(name) !== value) {
      node.setAttribute(name, value);
    }
  }
  patch(node, [...next.childNodes]);
}
