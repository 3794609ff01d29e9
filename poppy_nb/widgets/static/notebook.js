// The notebook around the view: the way to a line of the cell, and who gets the keys. Where the page is no notebook, nothing happens.
const CELLS = ".jp-Cell, .cell, .jp-CodeCell";

export function showLine(element, line) {
  const cell = element.closest(CELLS);
  const lines = cell?.querySelectorAll(".cm-line, .CodeMirror-line");
  const found = lines?.[line - 1];
  if (!found) return false;
  found.scrollIntoView({ block: "center", behavior: "instant" });
  found.classList.add("poppy-flash");
  setTimeout(() => found.classList.remove("poppy-flash"), 1600);
  return true;
}

// The keys go to the cell again
export function leave(element) {
  element.closest(CELLS)?.focus({ preventScroll: true });
}

// JupyterLab's shortcuts hold wherever the focus is in a notebook: a letter typed in the view would cut, add or change cells. Keys with
// Ctrl, Alt or Meta, and Shift+Enter, are meant for the notebook.
export function keepKeys(element) {
  const mark = (event) => {
    if (!element.contains(event.target)) return;
    const meant = event.ctrlKey || event.altKey || event.metaKey || (event.shiftKey && event.key === "Enter");
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !meant);
  };
  window.addEventListener("keydown", mark, true); // before the shortcuts are looked up
  return () => window.removeEventListener("keydown", mark, true);
}
