// The widget: joins a model of the notebook, or a run that a page holds, with a view of it.
import { Frame } from "./frame.js";
import { Store } from "./store.js";

const stores = new WeakMap(); // by model: a view that is made anew finds what it knew

function storeOf(model) {
  let store = stores.get(model);
  if (store === undefined) {
    store = new Store();
    store.kind = model.get("kind") === "timeline" ? "timeline" : "graph";
    store.take(model.get("data"));
    model.on("msg:custom", (message) => store.take(message));
    model.on("change:data", () => store.take(model.get("data")));
    if (!store.finished) model.send({ type: "hello" });
    stores.set(model, store);
  }
  return store;
}

function render({ model, el }) {
  const frame = new Frame(storeOf(model), (message) => model.send(message));
  el.append(frame.element);
  frame.start();
  return () => frame.close();
}

function mount(element, data) {
  const store = new Store();
  store.kind = data.kind === "timeline" ? "timeline" : "graph";
  store.take(data);
  const frame = new Frame(store, null);
  element.append(frame.element);
  frame.start();
  return frame;
}

export default { render, mount };
