// The frame around the views: what is shown, search, buttons, what the program waited for, and the numbers of the run.
import { followTheme, html } from "./dom.js";
import { GraphView } from "./graph.js";
import { followClicks, keepKeys, leave, showLine } from "./notebook.js";
import { seconds, SIGNS, STATES } from "./states.js";
import { TableView } from "./table.js";
import { TimelineView } from "./timeline.js";
import { WhyPanel } from "./why.js";

const VIEWS = ["graph", "timeline", "table"];
export class Frame {
  // `ask(message)` sends to the kernel; null where there is none
  constructor(store, ask) {
    this.store = store;
    this.ask = ask;
    // Each widget has modules of its own: their count would be 1 in all, and markers of a hidden view are not drawn in another
    const identity = `poppy-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
    this.views = { graph: new GraphView(store, identity), timeline: new TimelineView(store), table: new TableView(store) };
    this.why = new WhyPanel(store, {
      goto: (stack) => showLine(this.element, stack.line),
      stop: ask ? (number) => ask({ type: "stop", call: number }) : null,
    });
    this.tabs = VIEWS.map((name, i) => html("button", { type: "button", role: "tab", class: "poppy-tab", "aria-controls": `${identity}-panel`,
      title: `${name} (${i + 1})`, "data-view": name, onclick: () => store.show(name) }, name));
    this.search = html("input", { type: "search", class: "poppy-search", placeholder: "search (/)", "aria-label": "search calls",
      oninput: () => store.search(this.search.value) });
    const button = (text, label, does) => html("button", { type: "button", class: "poppy-button", "aria-label": label, title: label, onclick: does }, text);
    const view = () => this.views[store.kind];
    this.cancel = button("stop the run", "stop the run, as an interrupt does", () => ask?.({ type: "stop", call: null }));
    this.zooms = [button("+", "zoom in", () => view().zoom?.by(1.25) ?? view().zoomBy?.(0.8)),
      button("−", "zoom out", () => view().zoom?.by(0.8) ?? view().zoomBy?.(1.25)),
      button("fit", "fit", () => view().zoom?.fit() ?? view().fit?.())];
    this.status = html("span", { class: "poppy-status", role: "status" });
    this.halts = html("details", { class: "poppy-halts" });
    this.panel = html("div", { class: "poppy-panel", id: `${identity}-panel`, role: "tabpanel" },
      ...VIEWS.map((name) => this.views[name].element), this.why.element);
    // As high as the picture needs, until somebody sets another height; it does not shrink, so that what is below jumps no more than needed
    this.views.graph.onsize = this.views.timeline.onsize = ({ height }) => {
      this.height = Math.max(this.height ?? 260, Math.min(height + 40, 560));
      this.panel.style.setProperty("--poppy-height", `${this.height}px`);
    };
    this.element = html("section", { class: "poppy-view", "aria-label": "run of the cell" },
      html("div", { class: "poppy-bar" },
        html("div", { class: "poppy-tabs", role: "tablist", "aria-label": "view" }, ...this.tabs),
        ...this.zooms,
        this.search, this.cancel, this.status),
      this.panel, this.halts, this.legend());
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusin", () => (store.look.held = true));
    this.element.addEventListener("focusout", (event) => {
      if (event.relatedTarget !== null) store.look.held = this.element.contains(event.relatedTarget);
    });
    this.unsubscribe = store.subscribe((told, dirty) => this.update(told, dirty));
    this.shown = null;
    this.observer = globalThis.ResizeObserver ? new ResizeObserver(() => this.resized()) : null;
    for (const name of VIEWS) this.observer?.observe(this.views[name].element);
  }

  legend() {
    const states = STATES.map((word, i) => html("span", { class: `poppy-key poppy-${word}` }, `${SIGNS[i]} ${word}`));
    const kinds = ["data", "branch", "order", "mutation"].map((kind) => html("span", { class: `poppy-key poppy-line poppy-${kind}` }, kind));
    const effect = html("span", { class: "poppy-key" }, "≡ print or other effect, in order");
    return html("div", { class: "poppy-legend", "aria-hidden": true }, ...states, ...kinds, effect);
  }

  start() {
    this.release = keepKeys(this.element);
    this.update(new Set(["calls", "graph", "kind"]), new Set());
    if (this.store.look.held) requestAnimationFrame(() => this.hold());
    this.unfollow = followClicks(this.element, (line) => this.clicked(line));
    this.forget = followTheme(() => this.views[this.store.kind].repaint?.());
    if (!this.store.finished) this.timer = setInterval(() => this.tick(), 500);
  }

  close() {
    this.unsubscribe();
    this.release?.();
    this.forget?.();
    this.unfollow?.();
    this.observer?.disconnect();
    clearInterval(this.timer);
  }

  // A line of the cell: what was called there, or is reached from there
  clicked(line) {
    const [stacks, effects] = [this.store.stacks, this.store.effects];
    const of = (part) => part.place === String(line) || part.cell === line;
    const found = stacks.find((stack) => stack.place === String(line)) ?? stacks.find(of) ?? effects.find(of);
    if (found) this.store.select({ stack: found.id });
  }

  // The time goes on where nothing else happens
  tick() {
    if (this.store.finished) clearInterval(this.timer);
    else if (this.store.calls.size) this.tellStatus();
  }

  resized() {
    const view = this.views[this.store.kind];
    if (view.zoom && !view.zoom.touched) view.zoom.fit();
    else view.draw?.();
  }

  update(told, dirty) {
    const kind = this.store.kind;
    if (told.has("kind") || this.shown !== kind) {
      const held = this.shown !== null && this.shown !== kind && this.views[this.shown].element.contains(document.activeElement);
      this.shown = kind;
      for (const name of VIEWS) this.views[name].element.hidden = name !== kind;
      if (held) this.views[kind].element.focus({ preventScroll: true }); // else the keys that follow would go nowhere
      for (const tab of this.tabs) {
        const chosen = tab.dataset.view === kind;
        tab.setAttribute("aria-selected", String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
      }
      for (const zoom of this.zooms) zoom.hidden = kind === "table"; // which is read, not looked at
      this.views[kind].shown();
    } else {
      this.views[kind].update(told, dirty);
    }
    if (this.store.selected || told.has("selection")) this.why.update();
    if (told.has("graph") || told.has("kind")) this.tellHalts();
    this.tellStatus();
  }

  tellStatus() {
    const counts = this.store.counts();
    const said = STATES.map((word, i) => (counts[i] ? `${SIGNS[i]} ${counts[i]} ${word}` : "")).filter(Boolean).join("  ");
    const more = this.store.leftOut ? `, ${this.store.leftOut} more not shown` : "";
    const end = this.store.error ? `, ended by ${this.store.error}` : "";
    const now = this.store.clock();
    this.status.textContent = `${said || (this.store.finished ? "no external calls" : "waiting for the first call")}${more}${end}` +
      (now ? `  ${seconds(now)}` : "") + this.left(counts, now);
    this.status.setAttribute("aria-live", this.store.finished ? "polite" : "off"); // not every half second
    this.cancel.hidden = this.store.finished || this.ask === null;
    this.element.classList.toggle("poppy-over", this.store.finished);
  }

  // As fast as until now, and never less than what is on its way
  left(counts, now) {
    const [done, open] = [counts[3] + counts[4] + counts[5], counts[0] + counts[1] + counts[2]];
    return this.store.finished || !done || !open || now < 1 ? "" : `  about ${seconds((now / done) * open)} left`;
  }

  tellHalts() {
    const halts = this.store.halts;
    this.halts.hidden = halts.length === 0;
    const list = html("ul", {}, ...halts.map((halt) => html("li", {},
      html("button", { type: "button", class: "poppy-link", onclick: () => showLine(this.element, halt.line) }, `line ${halt.place}`),
      ` ${halt.reason}${halt.count > 1 ? `, ${halt.count} times` : ""}${halt.declare ? `; ${halt.declare}` : ""}`)));
    this.halts.replaceChildren(html("summary", {}, `‖ the program itself waited in ${halts.length} line${halts.length === 1 ? "" : "s"}`), list);
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target === this.search) {
      if (event.key === "Escape") {
        this.search.value = "";
        this.store.search("");
        this.views[this.store.kind].element.focus();
      }
      event.stopPropagation(); // letters are no commands of the notebook's
      return;
    }
    const onTab = event.target.getAttribute?.("role") === "tab";
    const number = VIEWS.indexOf(this.store.kind);
    const does = {
      1: () => this.store.show("graph"), 2: () => this.store.show("timeline"), 3: () => this.store.show("table"),
      "/": () => this.search.focus(), Escape: () => (this.store.selected ? this.store.select(null) : leave(this.element)),
      ...(onTab ? { ArrowRight: () => this.tab(number + 1), ArrowLeft: () => this.tab(number - 1), ArrowDown: () => this.enter() } : {}),
    }[event.key];
    if (does === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }

  // The view before this one had the focus when the notebook took it away
  hold() {
    const now = document.activeElement;
    const elsewhere = now !== null && now.matches("input, textarea, [contenteditable=true], .cm-content");
    if (this.element.isConnected && !elsewhere && !this.element.contains(now)) this.enter();
  }

  // From the tabs into the view
  enter() {
    this.views[this.store.kind].element.focus({ preventScroll: true });
  }

  tab(number) {
    const next = VIEWS[(number + VIEWS.length) % VIEWS.length];
    this.store.show(next);
    this.tabs[VIEWS.indexOf(next)].focus();
  }
}
