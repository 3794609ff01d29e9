// Why: what is known of the selected call or line, in words.
import { html, patch } from "./dom.js";
import { seconds, SIGNS, STATES } from "./states.js";

const LIMIT = "as many as --limit allows were under way; raise it if the service allows more"; // as in `explain.py`
const EARLIER = "to let it begin earlier: ";

export class WhyPanel {
  // `goto(line)`, `stop(number)`
  constructor(store, act) {
    this.store = store;
    this.act = act;
    this.element = html("aside", { class: "poppy-why", "aria-live": "polite", "aria-label": "why" });
    this.element.hidden = true;
    this.content = html("div");
    this.element.append(this.content);
    this.about = "";
  }

  update() {
    const selected = this.store.selected;
    const stack = selected && this.store.byId?.get(selected.stack);
    this.element.hidden = !stack;
    if (!stack) return;
    const isEffect = stack.isEffect === true;
    const call = isEffect ? null : selected.call !== undefined ? this.store.calls.get(selected.call) : stack.calls.length === 1 ? stack.calls[0] : null;
    const goto = html("button", { type: "button", class: "poppy-link", title: "show the line in the cell", onclick: () => this.act.goto(stack) },
      `line ${stack.place}`);
    const close = html("button", { type: "button", class: "poppy-close", "aria-label": "close", onclick: () => this.store.select(null) }, "✕");
    const content = html("div", {},
      html("div", { class: "poppy-whyhead" }, html("b", {}, stack.name), " ", goto, this.stop(call), close),
      html("pre", { class: "poppy-code" }, stack.text || "(source not at hand)"),
      ...(isEffect ? this.ofEffect(stack) : call ? this.ofCall(call, stack) : this.ofStack(stack)),
    );
    const about = `${call?.number ?? ""} ${stack.id}`;
    if (about === this.about) patch(this.content, content); // what its buttons do is the same
    else this.content.replaceChildren(...content.childNodes);
    this.about = about;
  }

  // At the head, where it stays when more becomes known below
  stop(call) {
    if (!call || this.store.finished || !this.store.running(call) || !this.act.stop) return null;
    return html("button", { type: "button", class: "poppy-button", onclick: () => this.act.stop(call.number) }, "stop this call");
  }

  fact(name, ...content) {
    return html("div", { class: "poppy-fact" }, html("span", {}, name), html("span", {}, ...content));
  }

  ofCall(call, stack) {
    const now = this.store.clock();
    const parts = [this.fact("state", `${SIGNS[call.state]} ${STATES[call.state]}${call.error ? `: ${call.error}` : ""}`)];
    if (call.args) parts.push(this.fact("arguments", html("code", {}, call.args)));
    if (call.result) parts.push(this.fact("result", html("code", {}, call.result)));
    if (call.started !== null) {
      parts.push(this.fact("started", `${seconds(call.started)} after the beginning`));
      parts.push(this.fact("took", seconds((call.ended ?? now) - call.started) + (call.ended === null ? " so far" : "")));
    }
    if (call.queued !== null) {
      const held = (call.started ?? now) - call.queued;
      parts.push(this.fact("held back", `${seconds(held)}: ${LIMIT}`));
    }
    parts.push(...this.waited(call.why, call.queued === null ? "nothing: it began as soon as it was reached" : "nothing else"));
    if (stack.calls.length > 1) {
      parts.push(html("button", { type: "button", class: "poppy-link", onclick: () => this.store.select({ stack: stack.id }) },
        `all ${stack.calls.length} calls of this line`));
    }
    return parts;
  }

  ofStack(stack) {
    const told = new Map();
    let [shortest, longest, held] = [Infinity, 0, 0];
    for (const call of stack.calls) {
      for (const text of call.why) told.set(text, (told.get(text) ?? 0) + 1);
      if (call.queued !== null) held = Math.max(held, (call.started ?? this.store.clock()) - call.queued);
      if (call.ended === null || call.started === null) continue;
      shortest = Math.min(shortest, call.ended - call.started);
      longest = Math.max(longest, call.ended - call.started);
    }
    const counts = STATES.map((word, i) => (stack.counts[i] ? `${SIGNS[i]} ${stack.counts[i]} ${word}` : "")).filter(Boolean);
    const parts = [this.fact("calls", counts.join(", "))];
    const [least, most] = [seconds(shortest), seconds(longest)];
    if (longest) parts.push(this.fact("took", least === most ? most : `${least} to ${most}`));
    if (held > 0.0005) parts.push(this.fact("held back", `at most ${seconds(held)}: ${LIMIT}`));
    const why = [...told].slice(0, 12).map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text));
    const otherwise = held > 0.0005 ? "nothing else" : "nothing: they began as soon as they were reached";
    parts.push(...this.waited(why, otherwise));
    const edges = this.store.edges.filter((edge) => edge.source === stack.id && edge.target !== stack.id);
    if (edges.length) {
      const after = edges.map((edge) => this.store.byId.get(edge.target)).map((next) => `${next.name} in line ${next.place}`);
      parts.push(this.fact("waited on by", this.list([...new Set(after)])));
    }
    if (stack.calls.length > 1) {
      parts.push(html("button", { type: "button", class: "poppy-link", onclick: () => this.store.unfold(stack.id) }, "fold or unfold"));
    }
    return parts;
  }

  ofEffect(effect) {
    const before = this.store.edges.filter((edge) => edge.target === effect.id).map((edge) => this.store.byId.get(edge.source));
    const needs = [...new Set(before.map((stack) => `the answer of ${stack.name} in line ${stack.place}`))];
    return [
      this.fact("effect", `on ${effect.resource}, in the order of the program: it appears when all before it is done, and no call waits for it`),
      this.fact("needs", ...(needs.length ? [this.list(needs)] : ["no answer"])),
    ];
  }

  // What it waited for, and what to declare so that it need not
  waited(texts, otherwise) {
    const [why, declare] = [texts.filter((text) => !text.startsWith(EARLIER)), texts.filter((text) => text.startsWith(EARLIER))];
    const parts = [this.fact("waited for", ...(why.length ? [this.list(why)] : [otherwise]))];
    if (declare.length) parts.push(this.fact("to begin earlier", this.list(declare.map((text) => text.slice(EARLIER.length)))));
    return parts;
  }

  list(texts) {
    return html("ul", {}, ...texts.map((text) => html("li", {}, String(text))));
  }
}
