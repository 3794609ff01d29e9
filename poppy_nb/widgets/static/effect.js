// Something between the calls that happens in the program's order, such as a print: a small node of the graph.
import { setAttributes, svg } from "./dom.js";

const HEIGHT = 26;

export class EffectNode {
  constructor(store, effect, act) {
    this.store = store;
    this.id = effect.id;
    this.box = svg("rect", { class: "poppy-effectbox", rx: HEIGHT / 2 });
    this.text = svg("text", { class: "poppy-source", x: 14, y: 17 }, effect.title);
    const told = `${effect.name}, line ${effect.place}, in order on ${effect.resource}`;
    this.element = svg("g", { class: "poppy-effect", role: "button", tabindex: -1, "data-id": effect.id, "aria-label": told,
      onclick: () => act.select(this.id) }, svg("title", {}, told), this.box, this.text);
  }

  static size(effect) {
    return { width: effect.width, height: HEIGHT };
  }

  place(box) {
    setAttributes(this.element, { transform: `translate(${box.x} ${box.y})` });
    setAttributes(this.box, { width: box.width, height: box.height });
  }

  update() {
    const classes = ["poppy-effect"];
    if (this.store.selected?.stack === this.id) classes.push("poppy-selected");
    if (this.store.query && !this.store.matches(this.store.byId.get(this.id))) classes.push("poppy-other");
    this.element.setAttribute("class", classes.join(" "));
  }
}
