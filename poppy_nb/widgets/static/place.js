// Where boxes stand, from the layers that the kernel has computed: what `layout.place` does in Python, with the sizes of the moment.
const GAP = 22;
const LAYER_GAP = 34;
const PADDING = 14;
const HEADER = 22;
const HEIGHT = 46;
const MOST_WIDE = 1100;

function broken(layers, sizes) {
  const found = [];
  for (const layer of layers) {
    let row = [];
    let wide = 0;
    for (const part of layer) {
      if (row.length && wide + sizes.get(part).width > MOST_WIDE) {
        found.push(row);
        row = [];
        wide = 0;
      }
      row.push(part);
      wide += sizes.get(part).width + GAP;
    }
    if (row.length) found.push(row);
  }
  return found;
}

const widthOf = (row, sizes) => row.reduce((sum, part) => sum + sizes.get(part).width, 0) + GAP * (row.length - 1);
const heightOf = (row, sizes) => Math.max(...row.map((part) => sizes.get(part).height));

// `groups`: id -> { rows, width }; `stackSize(id)`: { width, height } of a stack. Boxes by id, those of groups with `group: true`.
export function placed(groups, stackSize, folded) {
  const sizes = new Map();
  const boxes = new Map();
  const isOpen = (part) => groups.has(part) && !folded.has(part);

  const measure = (part) => {
    if (!groups.has(part)) {
      sizes.set(part, stackSize(part));
    } else if (folded.has(part)) {
      sizes.set(part, { width: Math.max(groups.get(part).width + 30, 150), height: HEIGHT });
    } else {
      const group = groups.get(part);
      group.rows.forEach((row) => row.forEach(measure));
      const rows = broken(group.rows, sizes);
      const width = Math.max(0, ...rows.map((row) => widthOf(row, sizes)));
      const height = Math.max(0, rows.reduce((sum, row) => sum + heightOf(row, sizes) + LAYER_GAP, 0) - LAYER_GAP);
      sizes.set(
        part,
        part === "" ? { width, height } : { width: Math.max(width + 2 * PADDING, group.width), height: height + HEADER + 2 * PADDING },
      );
    }
  };

  const put = (part, x, y) => {
    const { width, height } = sizes.get(part);
    if (part !== "") boxes.set(part, { x, y, width, height, group: groups.has(part), folded: folded.has(part) });
    if (!isOpen(part)) return;
    let top = part === "" ? y : y + HEADER + PADDING;
    for (const row of broken(groups.get(part).rows, sizes)) {
      let left = x + (width - widthOf(row, sizes)) / 2;
      const high = heightOf(row, sizes);
      for (const one of row) {
        put(one, left, top + (high - sizes.get(one).height) / 2);
        left += sizes.get(one).width + GAP;
      }
      top += high + LAYER_GAP;
    }
  };

  measure("");
  put("", 0, 0);
  return { boxes, width: sizes.get("").width, height: sizes.get("").height };
}

const NEAR = 5; // pixels between a line and a box that it passes

// The line of an edge between two boxes, past those between them (`others`), and the point its label stands at: as `routes.py` does it
export function curve(source, target, others) {
  if (source === target) {
    const x = source.x + source.width;
    const y = source.y + source.height / 2;
    return { path: `M${x} ${y - 8}c16 -8 16 24 0 16`, x: x + 12, y };
  }
  if (target.y >= source.y + source.height - 1) {
    const x = source.x + source.width / 2;
    const y = source.y + source.height;
    const toX = target.x + target.width / 2;
    const toY = target.y - 2;
    const bend = Math.max((toY - y) / 2, 12);
    const between = others.filter((box) => box.y + box.height > y && box.y < toY);
    if (between.some((box) => hits(x, y, toX, toY, bend, box))) return around(x, y, toX, toY, between);
    return {
      path: `M${x} ${y}C${x} ${y + bend} ${toX} ${toY - bend} ${toX} ${toY}`,
      x: (x + toX) / 2,
      y: (y + toY) / 2,
    };
  }
  const x = source.x + source.width;
  const y = source.y + source.height / 2;
  const toX = target.x + target.width;
  const toY = target.y + target.height / 2;
  const out = Math.max(x, toX) + GAP;
  return { path: `M${x} ${y}C${out} ${y} ${out} ${toY} ${toX + 2} ${toY}`, x: out - 6, y: (y + toY) / 2 };
}

// Whether the curve, at one of some of its points, is in a box
function hits(x, y, toX, toY, bend, box) {
  for (let step = 1; step < 16; step += 1) {
    const t = step / 16;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    const [atX, atY] = [(a + b) * x + (c + d) * toX, a * y + b * (y + bend) + c * (toY - bend) + d * toY];
    if (box.x - NEAR < atX && atX < box.x + box.width + NEAR && box.y < atY && atY < box.y + box.height) return true;
  }
  return false;
}

// Down beside the boxes, where it is shortest
function around(x, y, toX, toY, between) {
  const top = Math.min(...between.map((box) => box.y));
  const bottom = Math.max(...between.map((box) => box.y + box.height));
  const far = (side) => Math.abs(side - x) + Math.abs(side - toX);
  const past = between
    .flatMap((box) => [box.x - 2 * NEAR, box.x + box.width + 2 * NEAR])
    .filter((side) => !between.some((box) => box.x - NEAR < side && side < box.x + box.width + NEAR))
    .reduce((best, side) => (far(side) < far(best) || (far(side) === far(best) && side < best) ? side : best));
  const [down, up] = [Math.max((top - y) / 2, 8), Math.max((toY - bottom) / 2, 8)];
  return {
    path: `M${x} ${y}C${x} ${y + down} ${past} ${top - down} ${past} ${top}L${past} ${bottom}` +
      `C${past} ${bottom + up} ${toX} ${toY - up} ${toX} ${toY}`,
    x: past,
    y: (top + bottom) / 2,
  };
}

const overlap = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height
  && other.y < one.y + one.height;

// Where a label beside the point of a line begins: where it covers no box and no other label, which are `taken`
export function labelAt(x, y, width, others, taken) {
  let best = null;
  for (const down of [0, 12, -12, 24, -24]) {
    for (const left of [x + 4, x - 4 - width]) {
      const box = { x: left, y: y + down - 6, width, height: 12 };
      const covered = [...others, ...taken].filter((one) => overlap(box, one)).length;
      if (best === null || covered < best.covered) best = { ...box, covered };
    }
  }
  taken.push(best);
  return { x: best.x, y: best.y + 9 };
}
