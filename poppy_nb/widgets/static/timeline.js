// The timeline: a bar per call, in rows as in a flame chart, with the critical path framed and how many were in flight above.
import { colours, html, prepared } from "./dom.js";
import { seconds, STATES } from "./states.js";

const ROW = 16;
const TOP = 64;
const LEFT = 8;

export class TimelineView {
  constructor(store) {
    this.store = store;
    this.canvas = html("canvas", { class: "poppy-canvas" });
    this.tip = html("div", { class: "poppy-tip", "aria-hidden": true });
    this.tip.style.display = "none";
    this.element = html("div", { class: "poppy-timeline", tabindex: 0, role: "application",
      "aria-label": "Timeline. Arrows move, plus and minus zoom, 0 fits. The table view says the same as text." }, this.canvas, this.tip);
    this.look = store.look.timeline;
    this.look.from ??= 0; // what is seen: seconds, and rows
    this.look.span ??= null; // null: all
    this.look.scroll ??= 0;
    this.rows = new Map();
    this.free = [];
    this.laid = 0;
    this.bars = [];
    this.frame = null;
    this.element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.element.addEventListener("pointerdown", (event) => this.down(event));
    this.element.addEventListener("pointermove", (event) => this.move(event));
    this.element.addEventListener("pointerup", (event) => this.up(event));
    this.element.addEventListener("pointerleave", () => (this.tip.style.display = "none"));
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.drag = null;
  }

  update() {
    this.draw();
  }

  repaint() {
    this.draw();
  }

  shown() {
    this.draw();
  }

  total() {
    return Math.max(this.store.clock(), 1e-6);
  }

  // The row of each call that has begun: the first that is free at its start
  lay() {
    if (this.laid === this.store.calls.size && this.rows.size === this.laid) return;
    this.laid = this.store.calls.size;
    const begun = [...this.store.calls.values()].filter((call) => call.started !== null && !this.rows.has(call.number));
    begun.sort((a, b) => a.started - b.started || a.number - b.number);
    for (const call of begun) {
      let row = this.free.findIndex((last) => last.ended !== null && last.ended <= call.started);
      if (row < 0) row = this.free.length;
      this.free[row] = call;
      this.rows.set(call.number, row);
    }
    this.onsize?.({ height: TOP + this.free.length * ROW });
  }

  draw() {
    if (this.frame !== null || !this.element.isConnected || this.element.hidden) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.paint();
      if (!this.store.finished && this.store.calls.size) this.draw(); // bars of running calls grow
    });
  }

  paint() {
    this.lay();
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    if (!width || !height) return;
    const context = prepared(this.canvas, width, height);
    const theme = colours(this.element);
    const total = this.total();
    const span = this.look.span ?? total;
    const from = this.look.span === null ? 0 : this.look.from;
    const scale = (width - 2 * LEFT) / span;
    const x = (time) => LEFT + (time - from) * scale;
    this.x = x;
    this.most = Math.max(0, this.free.length * ROW - (height - TOP - 8));
    this.look.scroll = Math.min(this.look.scroll, this.most);
    context.clearRect(0, 0, width, height);
    this.paintAxis(context, theme, width, height, from, span, x);
    this.paintBars(context, theme, width, height, x, total);
    this.paintFlight(context, theme, width, x, total);
    context.fillStyle = theme.text;
    context.font = "12px system-ui, sans-serif";
    const said = this.title(total);
    while (said.length > 1 && context.measureText(said.join("; ")).width > width - 2 * LEFT) said.pop();
    context.fillText(said.join("; "), LEFT, 14);
  }

  // What is told of all calls together: counted again only now and then, for that takes longer than drawing
  totals(total) {
    const now = performance.now();
    const fresh = this.counted && (this.counted.finished || now - this.counted.at < 400) && this.counted.size === this.store.calls.size;
    if (fresh && this.counted.finished === this.store.finished) return this.counted;
    let [sum, held] = [0, 0];
    const [changes, queue] = [[], []];
    for (const call of this.store.calls.values()) {
      if (call.queued !== null && (call.started ?? total) - call.queued > 0.0005) queue.push([call.queued, 1], [call.started ?? total, -1]);
      if (call.started === null) continue;
      const end = call.ended ?? total;
      sum += end - call.started;
      if (call.queued !== null && call.started - call.queued > 0.0005) held += 1;
      changes.push([call.started, 1], [end, -1]);
    }
    const { curve, most } = summed(changes);
    const busy = curve.reduce((time, [from, count], i) => time + (count ? (curve[i + 1]?.[0] ?? total) - from : 0), 0);
    const { curve: waiting, most: mostWaiting } = summed(queue);
    this.counted = { sum, inOrder: sum + Math.max(total - busy, 0), held, curve, most, waiting, mostWaiting, at: now, finished: this.store.finished, size: this.store.calls.size };
    return this.counted;
  }

  // What it says, what matters most first
  title(total) {
    const { sum, inOrder, held } = this.totals(total);
    return [
      seconds(total),
      `one after the other ${seconds(inOrder)}`,
      this.store.critical.size ? "framed: critical path" : "",
      total > 0 ? `${(sum / total).toFixed(1)} in flight on average` : "",
      held ? `the limit held ${held} calls back` : "",
    ].filter(Boolean);
  }

  paintAxis(context, theme, width, height, from, span, x) {
    const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 3600];
    const step = steps.find((one) => (one / span) * width > 70) ?? 3600;
    context.font = "10px system-ui, sans-serif";
    context.fillStyle = theme.faint;
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    for (let time = Math.ceil(from / step) * step; time <= from + span; time += step) {
      const at = Math.round(x(time)) + 0.5;
      context.beginPath();
      context.moveTo(at, 52);
      context.lineTo(at, height);
      context.stroke();
      if (at < width - 34) context.fillText(mark(time, step), at + 2, 60); // else it would be cut off
    }
  }

  paintBars(context, theme, width, height, x, total) {
    context.save();
    context.beginPath();
    context.rect(0, TOP, width, height - TOP);
    context.clip();
    const selected = this.store.selected;
    context.font = "10px ui-monospace, monospace";
    this.bars = [];
    for (const call of this.store.calls.values()) {
      if (call.started === null) continue;
      const row = this.rows.get(call.number);
      const y = TOP + row * ROW - this.look.scroll;
      if (y < TOP - ROW || y > height) continue;
      const left = x(call.started);
      const right = Math.max(x(call.ended ?? total), left + 1);
      if (right < 0 || left > width) continue;
      const stack = this.store.stacks[call.stack];
      const wide = right - left;
      const state = theme.states[call.state];
      const mine = selected && (selected.call === call.number || (selected.call === undefined && selected.stack === stack.id));
      context.globalAlpha = this.store.query && !this.store.matches(stack, call) ? 0.2 : selected && !mine ? 0.55 : 1;
      context.fillStyle = state.fill;
      context.fillRect(left, y + 1, wide, ROW - 3);
      if (wide < 3 && !mine) {
        this.bars.push({ left, right, y, call });
        continue;
      }
      const critical = this.store.critical.has(call.number);
      context.strokeStyle = critical ? theme.text : mine ? theme.accent : state.line;
      context.lineWidth = critical ? 2.2 : mine ? 2 : 0.7;
      if (wide > 2) context.strokeRect(left + 0.5, y + 1.5, wide - 1, ROW - 4);
      if (wide > 40) {
        context.fillStyle = theme.text;
        context.fillText(`${stack.name}:${stack.place}`.slice(0, Math.floor(wide / 6.3)), left + 3, y + 11);
      }
      this.bars.push({ left, right, y, call });
    }
    context.globalAlpha = 1;
    context.restore();
  }

  // How many were in flight, as a curve above the bars
  paintFlight(context, theme, width, x, total) {
    const { curve, most, waiting, mostWaiting } = this.totals(total);
    if (!curve.length) return;
    this.step(context, curve, most, x, total);
    context.fillStyle = theme.states[2].fill;
    context.fill();
    let said = `at most ${most} at once`;
    if (waiting.length) {
      this.step(context, waiting, mostWaiting, x, total);
      context.strokeStyle = theme.states[1].line;
      context.lineWidth = 1;
      context.setLineDash([3, 2]);
      context.stroke();
      context.setLineDash([]);
      said += `, dashed: up to ${mostWaiting} held back by the limit`;
    }
    context.font = "10px system-ui, sans-serif";
    const left = Math.max(width - context.measureText(said).width - LEFT - 2, LEFT);
    context.lineWidth = 3;
    context.strokeStyle = theme.back;
    context.strokeText(said, left, 30);
    context.fillStyle = theme.text;
    context.fillText(said, left, 30);
  }

  // A path along a curve of counts
  step(context, curve, most, x, total) {
    context.beginPath();
    context.moveTo(x(0), 48);
    let now = 0;
    for (const [time, count] of [...curve, [total, 0]]) {
      const at = x(time);
      context.lineTo(at, 48 - (now / most) * 26);
      now = count;
      context.lineTo(at, 48 - (now / most) * 26);
    }
  }

  barAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    for (let i = this.bars.length - 1; i >= 0; i -= 1) {
      const bar = this.bars[i];
      if (px >= bar.left - 1 && px <= bar.right + 1 && py >= bar.y && py <= bar.y + ROW) return bar.call;
    }
    return null;
  }

  wheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const box = this.canvas.getBoundingClientRect();
      this.zoomBy(Math.exp(event.deltaY * 0.004), (event.clientX - box.left) / box.width);
    } else if (this.most > 0) {
      const next = Math.min(Math.max(this.look.scroll + event.deltaY, 0), this.most);
      if (next === this.look.scroll) return; // the page scrolls
      event.preventDefault();
      this.look.scroll = next;
      this.draw();
    }
  }

  zoomBy(factor, at = 0.5) {
    const span = this.look.span ?? this.total();
    const from = this.look.span === null ? 0 : this.look.from;
    const next = Math.min(Math.max(span * factor, 1e-4), this.total() * 2);
    this.look.from = Math.max(from + (span - next) * at, 0);
    this.look.span = next;
    this.draw();
  }

  fit() {
    this.look.span = null;
    this.look.scroll = 0;
    this.draw();
  }

  down(event) {
    this.drag = { x: event.clientX, y: event.clientY, from: this.look.span === null ? 0 : this.look.from, scroll: this.look.scroll, moved: false };
  }

  move(event) {
    if (this.drag === null) {
      this.hover(event);
      return;
    }
    const [dx, dy] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (Math.abs(dx) + Math.abs(dy) < 5) return;
    this.drag.moved = true;
    this.look.span ??= this.total();
    this.look.from = Math.max(0, this.drag.from - (dx * this.look.span) / this.element.clientWidth);
    this.look.scroll = Math.min(Math.max(this.drag.scroll - dy, 0), this.most ?? 0);
    this.draw();
  }

  up(event) {
    if (this.drag !== null && !this.drag.moved) {
      const call = this.barAt(event);
      this.store.select(call ? { stack: this.store.stacks[call.stack].id, call: call.number } : null);
    }
    this.drag = null;
  }

  hover(event) {
    const call = this.barAt(event);
    this.tip.style.display = call ? "" : "none";
    if (!call) return;
    const stack = this.store.stacks[call.stack];
    const time = (call.ended ?? this.total()) - call.started;
    this.tip.textContent = `${stack.name}, line ${stack.place}: ${STATES[call.state]}, ${seconds(time)}`;
    const box = this.element.getBoundingClientRect();
    this.tip.style.left = `${Math.min(event.clientX - box.left + 12, box.width - 240)}px`;
    this.tip.style.top = `${event.clientY - box.top + 14}px`;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const order = [...this.store.calls.values()].filter((call) => call.started !== null).sort((a, b) => a.started - b.started);
    const at = order.findIndex((call) => call.number === this.store.selected?.call);
    const go = (step) => {
      const call = order[Math.min(Math.max(at + step, 0), order.length - 1)];
      if (call) this.store.select({ stack: this.store.stacks[call.stack].id, call: call.number });
    };
    const does = {
      ArrowRight: () => go(1), ArrowDown: () => go(1), ArrowLeft: () => go(-1), ArrowUp: () => go(-1),
      "+": () => this.zoomBy(0.8), "=": () => this.zoomBy(0.8), "-": () => this.zoomBy(1.25), 0: () => this.fit(),
    }[event.key];
    if (does === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }
}

// From changes of a count, [time, by], how many there are from which time on
function summed(changes) {
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]); // what ends makes room for what begins
  let [most, count] = [1, 0];
  const curve = [];
  for (const [time, by] of changes) {
    count += by;
    most = Math.max(most, count);
    if (curve.length && curve[curve.length - 1][0] === time) curve[curve.length - 1][1] = count;
    else curve.push([time, count]);
  }
  return { curve, most };
}

// A mark of the axis, with as many digits as tell it from the next
function mark(time, step) {
  if (step < 0.1) return `${Math.round(time * 1000)} ms`;
  if (time < 120) return `${time.toFixed(step < 1 ? 1 : 0)} s`;
  return `${Math.floor(time / 60)}:${String(Math.round(time % 60)).padStart(2, "0")} min`;
}
