"""Search over partial solutions: propose continuations, score them, keep the best few, stop when one is good enough."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from openai import OpenAI


client = OpenAI()


@dataclass(frozen=True)
class Thought:
    text: str
    parent: Thought | None = None
    value: float = 0.0

    @property
    def depth(self):
        return 0 if self.parent is None else 1 + self.parent.depth

    def path(self):
        return ([] if self.parent is None else self.parent.path()) + [self.text]


def chat(prompt, n=1):
    response = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}], n=n)
    return [choice.message.content for choice in response.choices]


def propose(thought, k):
    so_far = " / ".join(thought.path())
    return [chat(f"Continuation {i} of: {so_far}")[0] for i in range(k)]


def evaluate(thought, votes=2):
    grades = []
    for vote in range(votes):
        [text] = chat(f"Rate ({vote}) from 1 to 10: {' / '.join(thought.path())}")
        if text.isdigit():
            grades.append(int(text))
    return sum(grades) / len(grades) if grades else 0.0


def search(problem, *, breadth=2, branching=3, depth=3, enough=9.5):
    frontier = [Thought(problem)]
    visited = 0
    for level in range(depth):
        candidates = []
        for thought in frontier:
            for text in propose(thought, branching):
                child = Thought(text, thought)
                child = Thought(text, thought, evaluate(child))
                candidates.append(child)
                visited += 1
        frontier = heapq.nlargest(breadth, candidates, key=lambda t: t.value)
        print(f"  level {level}: best {frontier[0].value}, {visited} visited")
        if frontier[0].value >= enough:
            break
    return frontier[0], visited


problems = ["make 24 from 4 7 8 8", "write a poem with four endings"]
solutions = {}
for problem in problems:
    print(problem)
    best, visited = search(problem)
    solutions[problem] = (best.path(), best.value, best.depth, visited)
for problem, (path, value, depth, visited) in solutions.items():
    print(f"{problem}: {value} after {depth} steps and {visited} thoughts: {path[-1]}")
