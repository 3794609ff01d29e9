// Zooming and panning of a picture: by wheel, by dragging, by keys and buttons.
export class Zoom {
  // `apply(view)` shows the view { x, y, scale }; `size()` is that of the picture, { width, height }; `look` keeps the view for whoever
  // shows the picture again, as a notebook does at the end of a run
  constructor(frame, size, look, apply) {
    this.frame = frame;
    this.size = size;
    this.apply = apply;
    this.look = look;
    this.view = look.view ?? { x: 0, y: 0, scale: 1 };
    this.touched = look.view !== undefined; // until then it is fitted anew when the picture grows
    this.drag = null;
    frame.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.down(event));
    frame.addEventListener("pointermove", (event) => this.move(event));
    for (const kind of ["pointerup", "pointercancel"]) frame.addEventListener(kind, (event) => this.up(event));
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    const box = this.frame.getBoundingClientRect();
    this.by(Math.exp(-event.deltaY * 0.004), event.clientX - box.left, event.clientY - box.top);
  }

  down(event) {
    if (event.button !== 0) return;
    this.drag = { x: event.clientX, y: event.clientY, view: this.view, moved: false };
  }

  move(event) {
    if (this.drag === null) return;
    const [x, y] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (!this.drag.moved && Math.abs(x) + Math.abs(y) < 5) return;
    if (!this.drag.moved) this.frame.setPointerCapture(event.pointerId);
    this.drag.moved = true;
    this.set({ ...this.view, x: this.drag.view.x + x, y: this.drag.view.y + y });
  }

  up(event) {
    if (this.drag?.moved) {
      // what was dragged was not clicked
      this.frame.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
      setTimeout(() => this.frame.dispatchEvent(new Event("click")), 0);
      this.frame.releasePointerCapture?.(event.pointerId);
    }
    this.drag = null;
  }

  by(factor, x = this.frame.clientWidth / 2, y = this.frame.clientHeight / 2) {
    const scale = Math.min(Math.max(this.view.scale * factor, 0.05), 4);
    const ratio = scale / this.view.scale;
    this.set({ scale, x: x - (x - this.view.x) * ratio, y: y - (y - this.view.y) * ratio });
  }

  pan(x, y) {
    this.set({ ...this.view, x: this.view.x + x, y: this.view.y + y });
  }

  set(view) {
    this.touched = true;
    this.view = this.look.view = view;
    this.apply(view);
  }

  fit() {
    const { width, height } = this.size();
    const [wide, high] = [this.frame.clientWidth, this.frame.clientHeight];
    if (!wide || !high) return;
    const scale = Math.min(1, wide / (width + 24), high / (height + 24));
    this.view = { scale, x: Math.max((wide - width * scale) / 2, 12), y: Math.max((high - height * scale) / 2, 12) };
    this.touched = false;
    this.look.view = undefined;
    this.apply(this.view);
  }

  // Brings a box of the picture into sight
  reveal(box) {
    const { x, y, scale } = this.view;
    const [left, top] = [x + box.x * scale, y + box.y * scale];
    const [right, bottom] = [left + box.width * scale, top + box.height * scale];
    const dx = left < 0 ? 12 - left : right > this.frame.clientWidth ? this.frame.clientWidth - 12 - right : 0;
    const dy = top < 0 ? 12 - top : bottom > this.frame.clientHeight ? this.frame.clientHeight - 12 - bottom : 0;
    if (dx || dy) this.set({ ...this.view, x: x + dx, y: y + dy });
  }
}
