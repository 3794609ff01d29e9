// The notebook around the view: the way to a line of the cell, and who gets the keys. Where the page is no notebook, nothing happens.
const CELLS = ".jp-Cell, .cell, .jp-CodeCell";

const LINES = ".cm-line, .CodeMirror-line";

// The editor of the cell, which knows the lines that are not in the page because they are out of sight; null for other editors
function editorOf(cell) {
  const content = cell?.querySelector(".cm-content");
  return content?.cmView?.rootView?.view ?? content?.cmTile?.root?.view ?? null;
}

export function showLine(element, line) {
  const cell = element.closest(CELLS);
  const editor = editorOf(cell);
  if (editor && line >= 1 && line <= editor.state.doc.lines) {
    cell.querySelector(".cm-content").scrollIntoView({ block: "nearest", behavior: "instant" });
    editor.dispatch({ selection: { anchor: editor.state.doc.line(line).from }, scrollIntoView: true });
    setTimeout(() => flash(editor.domAtPos(editor.state.doc.line(line).from).node), 50); // by then it is in the page
    return true;
  }
  const found = cell?.querySelectorAll(LINES)[line - 1];
  if (found) flash(found);
  return Boolean(found);
}

function flash(node) {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(LINES);
  line?.scrollIntoView({ block: "center", behavior: "instant" });
  line?.classList.add("poppy-flash");
  setTimeout(() => line?.classList.remove("poppy-flash"), 1600);
}

// Tells the number of a line of the cell that is clicked. The result ends that
export function followClicks(element, clicked) {
  const told = (event) => {
    const cell = element.closest(CELLS); // asked now: a widget is drawn before it has its place in the page, and cells move
    if (!cell?.contains(event.target) || element.contains(event.target)) return;
    const editor = editorOf(cell);
    const line = event.target.closest?.(LINES);
    if (line) {
      clicked(editor ? editor.state.doc.lineAt(editor.posAtDOM(line)).number : [...cell.querySelectorAll(LINES)].indexOf(line) + 1);
    } else if (editor?.dom.contains(event.target)) {
      // The editor has drawn the line anew while the button was down: then the click is one on what is around it
      const at = editor.posAtCoords({ x: event.clientX, y: event.clientY });
      if (at !== null) clicked(editor.state.doc.lineAt(at).number);
    }
  };
  document.addEventListener("click", told);
  return () => document.removeEventListener("click", told);
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
