// All calls as a table. Only the rows in sight are in the page, so that ten thousand cost no more than thirty.
import { html, setAttributes } from "./dom.js";
import { seconds, SIGNS, STATES } from "./states.js";

const HEIGHT = 24;
const COLUMNS = ["state", "call", "line", "arguments", "result", "start", "duration"];

export class TableView {
  constructor(store) {
    this.store = store;
    this.body = html("div", { class: "poppy-rows", role: "rowgroup" });
    this.head = html("div", { class: "poppy-row poppy-headrow", role: "row" },
      ...COLUMNS.map((name) => html("span", { role: "columnheader" }, name)));
    this.element = html("div", { class: "poppy-table", role: "table", tabindex: 0, "aria-label": "the calls of the run" },
      this.head, this.body);
    this.element.addEventListener("scroll", () => this.paint());
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.calls = [];
    this.rows = new Map(); // number of a call -> its row, of those in sight
  }

  update() {
    if (!this.element.hidden) this.collect();
  }

  shown() {
    this.collect();
  }

  collect() {
    this.calls = [...this.store.calls.values()].filter((call) => this.store.matches(this.store.stacks[call.stack], call));
    this.element.setAttribute("aria-rowcount", String(this.calls.length + 1));
    this.body.style.height = `${this.calls.length * HEIGHT}px`;
    this.paint();
  }

  paint() {
    const first = Math.max(0, Math.floor(this.element.scrollTop / HEIGHT) - 5);
    const last = Math.min(this.calls.length, first + Math.ceil((this.element.clientHeight || 400) / HEIGHT) + 10);
    const known = this.rows;
    this.rows = new Map();
    for (let i = first; i < last; i += 1) {
      const call = this.calls[i];
      const row = known.get(call.number) ?? this.made(call.number);
      this.rows.set(call.number, row);
      this.fill(row, call, i);
    }
    const [rows, now] = [[...this.rows.values()], [...this.body.children]];
    // a row that is drawn anew between press and release is never clicked
    if (rows.length !== now.length || rows.some((row, i) => row !== now[i])) this.body.replaceChildren(...rows);
  }

  made(number) {
    const select = () => this.store.select({ stack: this.store.stacks[this.store.calls.get(number).stack].id, call: number });
    return html("div", { role: "row", onclick: select }, ...COLUMNS.map(() => html("span", { role: "cell" })));
  }

  fill(row, call, index) {
    const stack = this.store.stacks[call.stack];
    const selected = this.store.selected?.call === call.number;
    const texts = [`${SIGNS[call.state]} ${STATES[call.state]}`, stack.name, stack.place, call.args, call.error || call.result,
      seconds(call.started), call.started !== null && call.ended !== null ? seconds(call.ended - call.started) : ""];
    setAttributes(row, { class: `poppy-row poppy-${STATES[call.state]}${selected ? " poppy-selected" : ""}`,
      "aria-rowindex": index + 2, "aria-selected": selected });
    row.style.top = `${index * HEIGHT}px`;
    texts.forEach((text, i) => {
      if (row.children[i].textContent !== text) row.children[i].textContent = text;
    });
  }

  key(event) {
    const at = this.calls.findIndex((call) => call.number === this.store.selected?.call);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -1e9, End: 1e9 }[event.key];
    if (step === undefined || !this.calls.length) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(Math.max(at + step, 0), this.calls.length - 1);
    const call = this.calls[next];
    const top = next * HEIGHT;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    if (top + 3 * HEIGHT > this.element.scrollTop + this.element.clientHeight) {
      this.element.scrollTop = top + 3 * HEIGHT - this.element.clientHeight;
    }
    this.store.select({ stack: this.store.stacks[call.stack].id, call: call.number });
  }
}
