"""Thread pools: map, submit, as_completed, exceptions, callbacks."""

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

lock = threading.Lock()
counts = {"calls": 0}


def work(n):
    with lock:
        counts["calls"] += 1
    if n == 3:
        raise ValueError(f"no {n}")
    return n * n


def main():
    with ThreadPoolExecutor(max_workers=3) as pool:
        print(list(pool.map(work, [1, 2, 4])))
        futures = {pool.submit(work, n): n for n in range(5)}
        results = {}
        for future in as_completed(futures):
            n = futures[future]
            try:
                results[n] = future.result()
            except ValueError as e:
                results[n] = f"error {e}"
        print(dict(sorted(results.items())))
        done = []
        future = pool.submit(pow, 2, 10)
        future.add_done_callback(lambda f: done.append(f.result()))
        wait([future])
        print(done, future.done(), future.exception(), pool.submit(work, 3).exception())
        try:
            for square in pool.map(work, [5, 3, 6]):
                print(square)
        except ValueError as e:
            print("map:", e)
    return counts["calls"]


print(main())
