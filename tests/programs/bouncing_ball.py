"""A tiny physics simulation with state objects, collisions and a picture in text."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Ball:
    x: float
    y: float
    vx: float
    vy: float

    def step(self, dt, gravity=-1.0):
        ball = replace(self, x=self.x + self.vx * dt, y=self.y + self.vy * dt, vy=self.vy + gravity * dt)
        if ball.y < 0:
            ball = replace(ball, y=-ball.y, vy=-ball.vy * 0.5)
        if not 0 <= ball.x <= 10:
            ball = replace(ball, x=max(0, min(10, ball.x)), vx=-ball.vx)
        return ball

    @property
    def energy(self):
        return self.y + (self.vx**2 + self.vy**2) / 2


def run(ball, steps, dt=0.5):
    yield ball
    for _ in range(steps):
        ball = ball.step(dt)
        yield ball


def draw(balls, width=11, height=5):
    canvas = [[" "] * width for _ in range(height)]
    for k, ball in enumerate(balls):
        row, column = height - 1 - round(ball.y), round(ball.x)
        if 0 <= row < height and 0 <= column < width:
            canvas[row][column] = "o" if canvas[row][column] == " " else "*"
    return ["".join(line).rstrip() for line in canvas]


path = list(run(Ball(0, 3, 2, 1), 14))
for line in draw(path):
    print("|" + line)
print(f"{path[0].energy:.3f} {path[-1].energy:.3f}", sum(a.vx * b.vx < 0 for a, b in zip(path, path[1:])))
print(max(path, key=lambda b: b.y).y, path[3])
