"""A hidden Markov model of the weather: forecasts, the likeliest path, sampling with a seed."""

import random
from math import isclose, log, prod

START = {"sun": 0.6, "rain": 0.4}
MOVE = {"sun": {"sun": 0.8, "rain": 0.2}, "rain": {"sun": 0.4, "rain": 0.6}}
SEEN = {"sun": {"walk": 0.7, "read": 0.3}, "rain": {"walk": 0.1, "read": 0.9}}


def forward(observed):
    now = {s: START[s] * SEEN[s][observed[0]] for s in START}
    for o in observed[1:]:
        now = {s: sum(now[r] * MOVE[r][s] for r in now) * SEEN[s][o] for s in START}
    return sum(now.values())


def viterbi(observed):
    paths = {s: (log(START[s] * SEEN[s][observed[0]]), [s]) for s in START}
    for o in observed[1:]:
        paths = {
            s: max((p + log(MOVE[r][s] * SEEN[s][o]), [*path, s]) for r, (p, path) in paths.items()) for s in START
        }
    return max(paths.values())


def sample(n, rng):
    state = rng.choices(list(START), START.values())[0]
    for _ in range(n):
        yield state, rng.choices(list(SEEN[state]), SEEN[state].values())[0]
        state = rng.choices(list(MOVE[state]), MOVE[state].values())[0]


def steady(steps=20):
    now = START
    for _ in range(steps):
        now = {s: sum(now[r] * MOVE[r][s] for r in now) for s in now}
    return now


observed = ["walk", "read", "read", "walk"]
score, path = viterbi(observed)
print(f"{forward(observed):.5f} {score:.4f} {' '.join(path)}")
print({s: round(p, 3) for s, p in steady().items()}, isclose(sum(steady().values()), 1))
days = list(sample(6, random.Random(9)))
print(" ".join(f"{s[0]}:{o[0]}" for s, o in days), prod(SEEN[s][o] for s, o in days) > 0)
