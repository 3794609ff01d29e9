// Elements made without markup: all text is text, all else is given by the code here.
const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

export const html = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

// Makes `old` look like `fresh` and keeps what is the same: a button that is drawn anew between press and release is never clicked, it
// loses the focus, and a screen reader reads it again. Who changes what a button does calls `replaceChildren` instead.
export function patch(old, fresh) {
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  after.forEach((node, i) => {
    const known = before[i];
    if (known === undefined) old.append(node);
    else if (known.nodeName !== node.nodeName || known.className !== node.className) known.replaceWith(node);
    else if (node.nodeType === Node.TEXT_NODE) {
      if (known.data !== node.data) known.data = node.data;
    } else patch(known, node);
  });
  before.slice(after.length).forEach((node) => node.remove());
}

// The colours of the theme, for canvases: read from where the element stands
export function colours(element) {
  const style = getComputedStyle(element);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--poppy-text", "#111827"),
    faint: read("--poppy-faint", "#9ca3af"),
    line: read("--poppy-line", "#d1d5db"),
    accent: read("--poppy-accent", "#1d4ed8"),
    back: read("--poppy-back", "#ffffff"),
    states: ["planned", "queued", "running", "done", "failed", "cancelled"].map((state) => ({
      fill: read(`--poppy-${state}-fill`, "#eeeeee"),
      line: read(`--poppy-${state}-line`, "#666666"),
    })),
  };
}

// Canvases keep the colours that they were painted in: tell when the theme changes. The result ends that
export function followTheme(changed) {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  const scheme = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
  scheme?.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    scheme?.removeEventListener("change", changed);
  };
}

// A canvas as large as its box, sharp on any screen: its context, with the size in CSS pixels
export function prepared(canvas, width, height) {
  const ratio = globalThis.devicePixelRatio || 1;
  const wide = Math.max(1, Math.round(width * ratio));
  const high = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
