// All calls as a table. Only the rows in sight are in the page, so that ten thousand cost no more than thirty.
import { html } from "./dom.js";
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
    const rows = [];
    for (let i = first; i < last; i += 1) rows.push(this.row(this.calls[i], i));
    this.body.replaceChildren(...rows);
  }

  row(call, index) {
    const stack = this.store.stacks[call.stack];
    const selected = this.store.selected?.call === call.number;
    const texts = [`${SIGNS[call.state]} ${STATES[call.state]}`, stack.name, stack.place, call.args, call.error || call.result,
      seconds(call.started), call.started !== null && call.ended !== null ? seconds(call.ended - call.started) : ""];
    const row = html("div", { class: `poppy-row poppy-${STATES[call.state]}${selected ? " poppy-selected" : ""}`, role: "row",
      "aria-rowindex": index + 2, "aria-selected": String(selected),
      onclick: () => this.store.select({ stack: stack.id, call: call.number }) },
      ...texts.map((text) => html("span", { role: "cell" }, text)));
    row.style.top = `${index * HEIGHT}px`;
    return row;
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
