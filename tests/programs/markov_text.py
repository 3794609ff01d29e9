"""A Markov chain over words with a seeded generator; probabilities; a random walk."""

import random
from collections import Counter, defaultdict

TEXT = "the cat sat on the mat and the dog sat on the cat and the mat sat still"


def learn(text, order=1):
    words = text.split()
    chain = defaultdict(Counter)
    for i in range(len(words) - order):
        chain[tuple(words[i : i + order])][words[i + order]] += 1
    return chain


def generate(chain, start, n, rng):
    out = list(start)
    for _ in range(n):
        options = chain.get(tuple(out[-len(start) :]))
        if not options:
            break
        words, weights = zip(*sorted(options.items()))
        out += rng.choices(words, weights)
    return " ".join(out)


chain = learn(TEXT)
rng = random.Random(11)
for _ in range(3):
    print(generate(chain, ("the",), 6, rng))
print({w: f"{n / chain['the',].total():.2f}" for w, n in chain["the",].most_common()})
print(generate(learn(TEXT, 2), ("sat", "on"), 5, random.Random(3)))
random.seed(5)
position, visited = 0, Counter()
for _ in range(20):
    visited[position] += 1
    position += random.choice((-1, 1))
for at in sorted(visited):
    print(f"{at:+d} {'*' * visited[at]}")
print(random.sample(range(100), 3), random.randint(1, 6), round(random.gauss(0, 1), 3))
state = random.getstate()
a = [random.random() for _ in range(2)]
random.setstate(state)
print(a == [random.random() for _ in range(2)])
