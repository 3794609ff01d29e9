// The widget: joins a model of the notebook, or a run that a page holds, with a view of it.
import { Frame } from "./frame.js";
import { Store } from "./store.js";

// Called once for each model. Its views come and go, each with a proxy of the model: what they know is kept here.
function widget() {
  const store = new Store();
  return {
    initialize({ model }) {
      store.kind = model.get("kind") === "timeline" ? "timeline" : "graph";
      store.take(model.get("data"));
      model.on("msg:custom", (message) => store.take(message));
      model.on("change:data", () => store.take(model.get("data")));
      if (!store.finished) model.send({ type: "hello" });
    },
    render({ model, el }) {
      const frame = new Frame(store, (message) => model.send(message));
      el.append(frame.element);
      frame.start();
      return () => frame.close();
    },
  };
}

widget.mount = (element, data) => {
  const store = new Store();
  store.kind = data.kind === "timeline" ? "timeline" : "graph";
  store.take(data);
  const frame = new Frame(store, null);
  element.append(frame.element);
  frame.start();
  return frame;
};

export default widget;
