"""Timing by a context manager, nested; only the order of the sections is shown."""
# time: 3

from contextlib import contextmanager

sections = []

@contextmanager
def timed(name):
    start = time.perf_counter()
    print(f"> {name}")
    try:
        yield
    finally:
        sections.append((name, time.perf_counter() - start))
        print(f"< {name}")

class Step:
    def __init__(self, name): self.name = name; self.elapsed = None
    def __enter__(self):
        self.t0 = time.perf_counter()
        return self
    def __exit__(self, *exc):
        self.elapsed = time.perf_counter() - self.t0
        return False

steps = []
with timed("draft"):
    drafts = [llm(f"draft {i}") for i in range(4)]
with timed("critique"):
    critiques = []
    for d in drafts:
        with Step(d) as step:
            critiques.append(llm(f"critique {d}"))
        steps.append(step)
with timed("final"):
    finals = [llm(f"{d} {c}") for d, c in zip(drafts, critiques)]
print(finals, [n for n, _ in sections], all(s.elapsed >= 0 for s in steps))
del sections, steps, step, d
