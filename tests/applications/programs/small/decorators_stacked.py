"""Decorators stacked: retry with arguments, call counting, timing by perf_counter kept out of the output, cache by key."""
# time: 4

import time
from functools import wraps
stats = defaultdict(lambda: {"calls": 0, "errors": 0, "elapsed": 0.0})
def timed(fn):
    @wraps(fn)
    def wrapper(*a, **k):
        start = time.perf_counter()
        try:
            return fn(*a, **k)
        finally:
            stats[fn.__name__]["elapsed"] += time.perf_counter() - start
            stats[fn.__name__]["calls"] += 1
    return wrapper
def retry(n, exceptions=(Exception,)):
    def deco(fn):
        @wraps(fn)
        def wrapper(*a, **k):
            for attempt in range(1, n + 1):
                try:
                    return fn(*a, **k, attempt=attempt)
                except exceptions:
                    stats[fn.__name__]["errors"] += 1
                    if attempt == n:
                        raise
        return wrapper
    return deco
@timed
@retry(3, (ConnectionError,))
def fetch(url, attempt):
    return flaky(url, attempt)
pages = {}
for i in range(8):
    try:
        pages[i] = fetch(f"page{i}")
    except ConnectionError as e:
        pages[i] = None
        print("gave up:", e)
titles = {i: llm(p) for i, p in pages.items() if p}
assert stats["fetch"]["elapsed"] >= 0
stats = {k: (v["calls"], v["errors"]) for k, v in stats.items()}
print(stats, titles)
