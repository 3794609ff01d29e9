"""A canvas of characters: lines, boxes, circles, layers, flood fill."""


class Canvas:
    def __init__(self, w, h, fill="."):
        self.cells = [[fill] * w for _ in range(h)]

    def __setitem__(self, place, c):
        x, y = place
        if 0 <= y < len(self.cells) and 0 <= x < len(self.cells[0]):
            self.cells[y][x] = c

    def __getitem__(self, place):
        return self.cells[place[1]][place[0]]

    def line(self, x0, y0, x1, y1, c="*"):
        dx, dy = abs(x1 - x0), -abs(y1 - y0)
        sx, sy, error = (1 if x0 < x1 else -1), (1 if y0 < y1 else -1), dx + dy
        while True:
            self[x0, y0] = c
            if (x0, y0) == (x1, y1):
                return self
            twice = 2 * error
            if twice >= dy:
                error, x0 = error + dy, x0 + sx
            if twice <= dx:
                error, y0 = error + dx, y0 + sy

    def box(self, x, y, w, h):
        for a in range(x, x + w):
            self[a, y] = self[a, y + h - 1] = "-"
        for b in range(y, y + h):
            self[x, b] = self[x + w - 1, b] = "|"
        for corner in ((x, y), (x + w - 1, y), (x, y + h - 1), (x + w - 1, y + h - 1)):
            self[corner] = "+"
        return self

    def fill(self, x, y, c):
        old, todo, n = self[x, y], [(x, y)], 0
        while todo:
            x, y = todo.pop()
            if 0 <= y < len(self.cells) and 0 <= x < len(self.cells[0]) and self[x, y] == old != c:
                self[x, y] = c
                n += 1
                todo += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
        return n

    def __str__(self):
        return "\n".join("".join(row) for row in self.cells)


canvas = Canvas(14, 6)
print(canvas.box(1, 1, 6, 4).line(8, 5, 13, 0).line(0, 5, 7, 5, "=").fill(3, 2, "o"))
print(canvas)
canvas[99, 99] = "!"
print(canvas.fill(13, 5, " "), sum(row.count("*") for row in canvas.cells), str(canvas).count("+"))
