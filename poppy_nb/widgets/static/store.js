// What is known of a run, from messages of the kernel or from what is saved; views subscribe to it.
import { CANCELLED, DONE, FAILED, RUNNING, STATES, WORST } from "./states.js";

const isNumber = (value) => value === null || (typeof value === "number" && Number.isFinite(value));
const isText = (value) => typeof value === "string";

function callOf(row) {
  if (!Array.isArray(row) || row.length !== 12) return null;
  const [number, stack, state, planned, queued, started, ended, args, result, error, why, before] = row;
  const times = [planned, queued, started, ended];
  if (!Number.isInteger(number) || !Number.isInteger(stack) || !(state in STATES) || !times.every(isNumber)) return null;
  if (![args, result, error].every(isText) || !Array.isArray(why) || !Array.isArray(before)) return null;
  return { number, stack, state, planned, queued, started, ended, args, result, error, why, before };
}

export class Store {
  constructor() {
    this.calls = new Map(); // number -> call
    this.stacks = []; // as in the graph, each with `calls` (in program order) and `counts` (by state)
    this.groups = new Map();
    this.effects = []; // prints and the like: small nodes
    this.edges = [];
    this.halts = [];
    this.now = 0;
    this.finished = false;
    this.error = "";
    this.leftOut = 0;
    this.critical = new Set();
    this.arrived = performance.now();
    this.selected = null; // { stack } or { call } or { halt }
    this.query = "";
    this.folded = new Set();
    this.unfolded = new Set();
    this.kind = "graph";
    this.look = { graph: {}, timeline: {} }; // how far a view is zoomed, by what shows it; `held`: whether it has the focus
    this.revision = 0; // of the shape of the graph
    this.listeners = new Set();
    this.dirty = new Set(); // indices of stacks that changed since the last frame
    this.waiting = false;
  }

  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // `what`: "calls", "graph", "selection", "query", "fold" or "kind"
  changed(what) {
    this.pending = this.pending ?? new Set();
    this.pending.add(what);
    if (this.waiting) return;
    this.waiting = true;
    const tell = () => {
      this.waiting = false;
      this.tell();
    };
    if (document.hidden) setTimeout(tell, 0);
    else requestAnimationFrame(tell);
  }

  tell() {
    const [told, dirty] = [this.pending, this.dirty];
    if (!told?.size) return;
    this.pending = new Set();
    this.dirty = new Set();
    for (const listener of [...this.listeners]) listener(told, dirty);
  }

  // A message of the kernel, or the saved one. Anything that is not of the expected form is left out.
  take(message) {
    if (message === null || typeof message !== "object" || !["snapshot", "delta"].includes(message.type)) return;
    if (message.type === "snapshot" && this.calls.size > 0 && !message.finished && !message.calls?.length) return;
    if (message.graph) this.takeGraph(message.graph);
    if (isNumber(message.now)) this.now = Math.max(this.now, message.now ?? 0);
    this.arrived = performance.now();
    this.finished = this.finished || message.finished === true;
    if (isText(message.error)) this.error = message.error;
    if (Number.isInteger(message.leftOut)) this.leftOut = message.leftOut;
    if (Array.isArray(message.critical)) this.critical = new Set(message.critical);
    for (const row of Array.isArray(message.calls) ? message.calls : []) this.takeCall(callOf(row));
    this.changed("calls");
  }

  takeCall(call) {
    if (call === null) return;
    const stack = this.stacks[call.stack];
    if (stack === undefined) return;
    const known = this.calls.get(call.number);
    if (known === undefined) {
      call.index = stack.calls.length;
      this.calls.set(call.number, call);
      stack.calls.push(call);
      stack.counts[call.state] += 1;
      stack.changed.push(call.index);
    } else {
      stack.counts[known.state] -= 1;
      stack.counts[call.state] += 1;
      const { args, result } = known;
      Object.assign(known, call);
      known.args = call.args || args;
      known.result = call.result || result;
      stack.changed.push(known.index);
    }
    this.dirty.add(call.stack);
  }

  takeGraph(graph) {
    const old = this.stacks;
    this.stacks = graph.stacks.map((stack, index) => {
      const before = old[index];
      return {
        ...stack,
        index,
        calls: before ? before.calls : [],
        counts: before ? before.counts : STATES.map(() => 0),
        changed: [],
      };
    });
    // Effects stand in the graph like stacks that have no calls
    this.effects = graph.effects.map((effect) => ({ ...effect, isEffect: true, calls: [] }));
    this.byId = new Map([...this.stacks, ...this.effects].map((part) => [part.id, part]));
    this.groups = new Map(graph.groups.map((group) => [group.id, group]));
    this.edges = graph.edges.filter((edge) => this.byId.has(edge.source) && this.byId.has(edge.target));
    this.halts = graph.halts;
    this.revision += 1;
    this.changed("graph");
  }

  // Seconds since the run began, by the page's clock while it goes on
  clock() {
    return this.finished ? this.now : this.now + (performance.now() - this.arrived) / 1000;
  }

  stateOf(stack) {
    return WORST.find((state) => stack.counts[state] > 0) ?? 0;
  }

  counts() {
    const counts = STATES.map(() => 0);
    for (const stack of this.stacks) stack.counts.forEach((count, state) => (counts[state] += count));
    return counts;
  }

  ended(call) {
    return call.state === DONE || call.state === FAILED || call.state === CANCELLED;
  }

  running(call) {
    return call.state === RUNNING;
  }

  matches(stack, call) {
    if (!this.query) return true;
    const texts = call ? [stack.name, call.args, call.result, call.error, STATES[call.state]] : [stack.name, stack.text, stack.place];
    return texts.some((text) => text.toLowerCase().includes(this.query));
  }

  select(selected) {
    this.selected = selected;
    this.changed("selection");
  }

  search(text) {
    this.query = text.trim().toLowerCase();
    this.changed("query");
  }

  fold(group) {
    if (!this.folded.delete(group)) this.folded.add(group);
    this.changed("fold");
  }

  unfold(stack) {
    if (!this.unfolded.delete(stack)) this.unfolded.add(stack);
    this.changed("fold");
  }

  show(kind) {
    this.kind = kind;
    this.changed("kind");
    this.tell(); // at once: the next key is for the other view
  }

  // Ids of the stacks that a stack waits for, or that wait for it, over any number of steps
  stream(id, upwards) {
    const found = new Set([id]);
    const left = [id];
    while (left.length) {
      const one = left.pop();
      for (const edge of this.edges) {
        const next = upwards ? (edge.target === one ? edge.source : null) : edge.source === one ? edge.target : null;
        if (next !== null && !found.has(next)) {
          found.add(next);
          left.push(next);
        }
      }
    }
    return found;
  }
}
