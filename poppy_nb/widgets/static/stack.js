// One stack of the graph: a box with its name, source line and counts; unfolded, with a cell for each call.
import { colours, html, prepared, setAttributes, svg } from "./dom.js";
import { SIGNS, STATES } from "./states.js";

const CELL = 9;
const MOST_COLUMNS = 100;
const FOLDED_HEIGHT = 46;

export class StackNode {
  constructor(store, stack, act) {
    this.store = store;
    this.id = stack.id;
    this.shadow = svg("rect", { class: "poppy-shadow", rx: 6 });
    this.box = svg("rect", { class: "poppy-box", rx: 6 });
    this.name = svg("text", { class: "poppy-name", x: 14, y: 19 });
    this.source = svg("text", { class: "poppy-source", x: 14, y: 36 });
    this.toggle = svg("text", { class: "poppy-toggle", y: 19, "aria-hidden": true });
    this.tip = svg("title");
    this.element = svg("g", { class: "poppy-stack", role: "button", tabindex: -1, "data-id": stack.id }, this.tip, this.shadow, this.box,
      this.name, this.source, this.toggle);
    this.element.addEventListener("click", (event) => {
      if (event.target === this.toggle) act.unfold(this.id);
      else if (event.target === this.canvas) act.call(this.callAt(event) ?? null, this.id);
      else act.select(this.id);
    });
    this.element.addEventListener("dblclick", () => act.unfold(this.id));
    this.canvas = null;
    this.holder = null;
    this.drawn = -1;
  }

  static size(store, stack) {
    const extra = stack.calls.length > 1 ? 24 + String(stack.calls.length).length * 8 : 0;
    const width = stack.width + extra;
    if (!store.unfolded.has(stack.id)) return { width, height: FOLDED_HEIGHT };
    const columns = StackNode.columns(stack);
    return {
      width: Math.max(width, columns * CELL + 28),
      height: FOLDED_HEIGHT + Math.ceil(stack.calls.length / columns) * CELL + 10,
    };
  }

  static columns(stack) {
    return Math.max(1, Math.min(MOST_COLUMNS, Math.ceil(Math.sqrt(stack.calls.length * 2))));
  }

  place(box) {
    this.width = box.width;
    setAttributes(this.element, { transform: `translate(${box.x} ${box.y})` });
    for (const rect of [this.box, this.shadow]) setAttributes(rect, { width: box.width, height: box.height });
    setAttributes(this.shadow, { x: 4, y: 4 });
    setAttributes(this.toggle, { x: box.width - 22 });
  }

  update() {
    const stack = this.store.byId.get(this.id);
    const state = this.store.stateOf(stack);
    const count = stack.calls.length;
    const unfolded = this.store.unfolded.has(this.id);
    const counts = STATES.map((word, i) => (stack.counts[i] ? `${stack.counts[i]} ${word}` : "")).filter(Boolean).join(", ");
    const done = stack.counts[3] + stack.counts[4] + stack.counts[5];
    const progress = count > 1 ? (done < count ? ` ${done}/${count}` : ` ×${count}`) : "";
    this.name.textContent = `${SIGNS[state]} ${stack.name}${progress}`;
    this.source.textContent = shortened(`${stack.place}: ${stack.text}`, Math.floor((this.width - 24) / 6.7));
    this.toggle.textContent = count > 1 ? (unfolded ? "⊟" : "⊞") : "";
    this.tip.textContent = `${stack.name}, line ${stack.place}: ${counts}`;
    this.shadow.style.display = count > 1 ? "" : "none";
    const selected = this.store.selected?.stack === this.id;
    const classes = ["poppy-stack", `poppy-${STATES[state]}`, selected ? "poppy-selected" : ""];
    if (this.store.query && !this.matches(stack)) classes.push("poppy-other");
    this.element.setAttribute("class", classes.join(" ").trim());
    this.element.setAttribute("data-state", STATES[state]);
    this.element.setAttribute("aria-label", `${stack.name}, line ${stack.place}, ${counts}`);
    if (count > 1) this.element.setAttribute("aria-expanded", String(unfolded));
    if (unfolded) this.drawCalls(stack);
    else if (this.holder) {
      this.holder.remove();
      this.holder = this.canvas = null;
    }
    stack.changed.length = 0;
  }

  matches(stack) {
    return this.store.matches(stack) || stack.calls.some((call) => this.store.matches(stack, call));
  }

  drawCalls(stack) {
    const columns = StackNode.columns(stack);
    const rows = Math.ceil(stack.calls.length / columns);
    let all = false;
    if (this.holder === null) {
      this.canvas = html("canvas", { class: "poppy-calls", title: "click a cell for its call" });
      this.holder = svg("foreignObject", { x: 14, y: FOLDED_HEIGHT }, this.canvas);
      this.element.append(this.holder);
    }
    if (this.drawn !== stack.calls.length) {
      this.drawn = stack.calls.length;
      setAttributes(this.holder, { width: columns * CELL, height: rows * CELL });
      this.canvas.style.width = `${columns * CELL}px`;
      this.canvas.style.height = `${rows * CELL}px`;
      all = true;
    }
    const context = prepared(this.canvas, columns * CELL, rows * CELL);
    const theme = colours(this.element);
    all = all || stack.changed.length === 0;
    if (all) context.clearRect(0, 0, columns * CELL, rows * CELL);
    const selected = this.store.selected?.call;
    for (const call of all ? stack.calls : stack.changed.map((index) => stack.calls[index])) {
      const [x, y] = [(call.index % columns) * CELL, Math.floor(call.index / columns) * CELL];
      context.fillStyle = theme.states[call.state].line;
      context.globalAlpha = this.store.query && !this.store.matches(stack, call) ? 0.15 : call.state < 2 ? 0.45 : 1;
      context.fillRect(x, y, CELL - 2, CELL - 2);
      context.globalAlpha = 1;
      if (call.number === selected) {
        context.strokeStyle = theme.text;
        context.lineWidth = 2;
        context.strokeRect(x, y, CELL - 2, CELL - 2);
      }
    }
  }

  callAt(event) {
    const stack = this.store.byId.get(this.id);
    const columns = StackNode.columns(stack);
    const box = this.canvas.getBoundingClientRect();
    const cell = box.width / columns;
    const index = Math.floor((event.clientY - box.top) / cell) * columns + Math.floor((event.clientX - box.left) / cell);
    return stack.calls[index]?.number;
  }
}

export function shortened(text, length) {
  return text.length <= length ? text : `${text.slice(0, Math.max(length - 1, 0))}…`;
}
