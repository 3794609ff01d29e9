// The graph of the run: stacks in their groups, edges with reasons. A change of states changes boxes only; nothing is laid out anew.
import { html, setAttributes, svg } from "./dom.js";
import { EffectNode } from "./effect.js";
import { curve, labelAt, placed } from "./place.js";
import { StackNode } from "./stack.js";
import { Zoom } from "./zoom.js";

const KINDS = ["data", "branch", "order", "mutation"];

const sizeOf = (store, part) => (part.isEffect ? EffectNode.size(part) : StackNode.size(store, part));

export class GraphView {
  constructor(store, identity) {
    this.store = store;
    this.identity = identity; // ids of markers are global in a page
    this.nodes = new Map();
    this.groups = new Map();
    this.edges = [];
    this.size = { width: 0, height: 0 };
    this.boxes = new Map();
    this.unplaced = new Map();
    const markers = KINDS.map((kind) =>
      svg("marker", { id: `${identity}-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
        svg("path", { d: "M0 0L8 4L0 8z", class: `poppy-head poppy-${kind}` })));
    this.groupLayer = svg("g");
    this.edgeLayer = svg("g");
    this.nodeLayer = svg("g");
    this.scene = svg("g", {}, this.groupLayer, this.edgeLayer, this.nodeLayer);
    this.picture = svg("svg", { class: "poppy-picture", width: "100%", height: "100%", role: "group", "aria-label": "graph of the calls" },
      svg("defs", {}, ...markers), this.scene);
    this.element = html("div", { class: "poppy-graph", tabindex: 0, role: "application",
      "aria-label": "Graph. Arrows move between calls, Enter says why, Space unfolds, plus and minus zoom, 0 fits." }, this.picture);
    const apply = ({ x, y, scale }) => setAttributes(this.scene, { transform: `translate(${x} ${y}) scale(${scale})` });
    this.zoom = new Zoom(this.element, () => this.size, store.look.graph, apply);
    if (this.zoom.touched) apply(this.zoom.view);
    this.act = {
      select: (id) => store.select({ stack: id }),
      unfold: (id) => store.unfold(id),
      call: (number, id) => store.select({ stack: id, call: number ?? undefined }),
    };
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  update(told, dirty) {
    if (told.has("graph") || told.has("fold") || this.revision !== this.store.revision) this.build();
    else if (told.has("selection") || told.has("query")) this.refresh();
    else {
      let grown = false;
      for (const index of dirty) {
        const stack = this.store.stacks[index];
        grown = grown || this.isGrown(stack);
      }
      if (grown) this.build();
      else for (const index of dirty) this.nodes.get(this.store.stacks[index].id)?.update();
    }
  }

  // Whether a box needs more room than it has: then boxes are moved, in the layers that they have
  isGrown(stack) {
    const box = this.boxes.get(stack.id);
    if (box === undefined) return false;
    const size = StackNode.size(this.store, stack);
    return size.width > box.width + 0.5 || size.height > box.height + 0.5;
  }

  build() {
    this.revision = this.store.revision;
    const { store } = this;
    const found = placed(store.groups.size ? store.groups : new Map([["", { rows: [], width: 0 }]]),
      (id) => sizeOf(store, store.byId.get(id)), store.folded);
    this.boxes = found.boxes;
    this.size = { width: found.width, height: found.height };
    this.onsize?.(this.size);
    const held = this.nodeLayer.contains(document.activeElement);
    for (const stack of [...store.stacks, ...store.effects]) {
      const box = this.boxes.get(stack.id);
      let node = this.nodes.get(stack.id);
      if (box === undefined) {
        node?.element.remove();
        this.nodes.delete(stack.id);
        continue;
      }
      if (node === undefined) {
        node = stack.isEffect ? new EffectNode(store, stack, this.act) : new StackNode(store, stack, this.act);
        this.nodes.set(stack.id, node);
      }
      node.place(box);
    }
    this.order();
    this.buildGroups();
    this.buildEdges();
    for (const label of this.labels) this.size.width = Math.max(this.size.width, label.x + label.width);
    this.refresh();
    if (held && !this.element.contains(document.activeElement)) this.element.focus({ preventScroll: true }); // what had it was folded away
    if (!this.zoom.touched) this.zoom.fit();
  }

  // Elements stand in the order in which they are read
  order() {
    this.sequence = [...this.boxes.keys()].filter((id) => this.nodes.has(id));
    const wanted = this.sequence.map((id) => this.nodes.get(id).element);
    const now = [...this.nodeLayer.children];
    if (wanted.length === now.length && wanted.every((element, i) => element === now[i])) return;
    const focused = this.nodeLayer.contains(document.activeElement) ? document.activeElement : null;
    this.nodeLayer.replaceChildren(...wanted);
    focused?.focus({ preventScroll: true });
  }

  buildGroups() {
    const focused = this.groupLayer.contains(document.activeElement) ? document.activeElement.dataset.group : null;
    this.groupLayer.replaceChildren();
    this.groups.clear();
    for (const group of this.store.groups.values()) {
      const box = this.boxes.get(group.id);
      if (box === undefined) continue;
      const fold = () => this.store.fold(group.id);
      const rect = svg("rect", { class: `poppy-group poppy-${group.kind}`, x: box.x, y: box.y, width: box.width, height: box.height, rx: 8 });
      const label = svg("text", { class: "poppy-grouplabel", x: box.x + 10, y: box.y + 17, role: "button", tabindex: -1,
        "aria-expanded": String(!box.folded), "data-group": group.id, onclick: fold }, `${box.folded ? "▸" : "▾"} ${group.title}`);
      const more = box.folded ? svg("text", { class: "poppy-source", x: box.x + 14, y: box.y + 36 }, this.summary(group.id)) : null;
      this.groupLayer.append(...[rect, label, more].filter(Boolean));
      this.groups.set(group.id, { label, more });
    }
    if (focused !== null) (this.groups.get(focused)?.label ?? this.element).focus({ preventScroll: true });
  }

  summary(group) {
    let [done, count] = [0, 0];
    for (const stack of this.store.stacks) {
      if (stack.group !== group && !stack.group.startsWith(`${group}/`)) continue;
      count += stack.calls.length;
      done += stack.counts[3];
    }
    return `${done} of ${count} calls done`;
  }

  // The innermost box around a stack that is seen
  visible(id) {
    if (this.boxes.has(id)) return id;
    let group = this.store.byId.get(id).group;
    while (group !== "" && !this.boxes.has(group)) group = group.slice(0, group.lastIndexOf("/"));
    return group;
  }

  buildEdges() {
    this.edgeLayer.replaceChildren();
    this.edges = [];
    this.labels = [];
    const seen = new Set();
    const solid = [...this.boxes].filter(([, box]) => !box.group || box.folded);
    this.store.edges.forEach((edge) => {
      const [source, target] = [this.visible(edge.source), this.visible(edge.target)];
      const key = `${source}\n${target}\n${edge.kind}`;
      if (seen.has(key) || (source === target && edge.source !== edge.target)) return;
      seen.add(key);
      const others = solid.filter(([id]) => id !== source && id !== target).map(([, box]) => box);
      const { path, x, y } = curve(this.boxes.get(source), this.boxes.get(target), others);
      const at = edge.label ? labelAt(x, y, edge.label.length * 6.1, solid.map(([, box]) => box), this.labels) : null;
      const element = svg("g", { class: `poppy-edge poppy-${edge.kind}` },
        svg("title", {}, `${edge.kind}: ${edge.reason}`),
        svg("path", { d: path, class: "poppy-wide" }),
        svg("path", { d: path, "marker-end": `url(#${this.identity}-${edge.kind})` }),
        at ? svg("text", at, edge.label) : null);
      this.edgeLayer.append(element);
      this.edges.push({ edge, element });
    });
  }

  refresh() {
    const selected = this.store.selected?.stack;
    const near = selected && this.store.byId?.has(selected)
      ? new Set([...this.store.stream(selected, true), ...this.store.stream(selected, false)]) : null;
    for (const node of this.nodes.values()) {
      node.update();
      node.element.classList.toggle("poppy-far", near !== null && !near.has(node.id));
    }
    for (const { edge, element } of this.edges) {
      element.classList.toggle("poppy-far", near !== null && !(near.has(edge.source) && near.has(edge.target)));
    }
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const order = this.sequence ?? [];
    const at = order.indexOf(this.store.selected?.stack);
    const go = (step) => {
      const id = order[Math.min(Math.max(at + step, 0), order.length - 1)];
      if (id === undefined) return;
      this.store.select({ stack: id });
      this.zoom.reveal(this.boxes.get(id));
      this.nodes.get(id).element.focus({ preventScroll: true });
    };
    const group = () => {
      const inner = at < 0 ? "" : this.store.byId.get(order[at]).group;
      if (inner !== "") this.store.fold(inner);
    };
    const does = {
      ArrowDown: () => go(1), ArrowRight: () => go(1), ArrowUp: () => go(-1), ArrowLeft: () => go(-1),
      Enter: () => (at < 0 ? go(1) : this.store.select({ stack: order[at] })),
      " ": () => at >= 0 && !this.store.byId.get(order[at]).isEffect && this.store.unfold(order[at]),
      f: group, "+": () => this.zoom.by(1.25), "=": () => this.zoom.by(1.25), "-": () => this.zoom.by(0.8), 0: () => this.zoom.fit(),
    }[event.key];
    if (does === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }

  repaint() {
    this.refresh();
  }

  shown() {
    this.build();
  }
}
