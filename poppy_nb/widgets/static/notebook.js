// The way from a call to its line in the notebook's cell. Where the page is no notebook, nothing happens.
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
