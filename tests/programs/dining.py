"""Philosophers with threads and ordered locks, a barrier, a queue with workers."""

import queue
import threading


class Philosopher(threading.Thread):
    def __init__(self, number, forks, meals, table):
        super().__init__(name=f"p{number}")
        self.first, self.second = sorted((number, (number + 1) % len(forks)))
        self.forks, self.meals, self.table = forks, meals, table

    def run(self):
        for _ in range(self.meals):
            with self.forks[self.first], self.forks[self.second]:
                self.table[self.name] = self.table.get(self.name, 0) + 1


def dinner(count, meals):
    forks = [threading.Lock() for _ in range(count)]
    table = {}
    guests = [Philosopher(n, forks, meals, table) for n in range(count)]
    for g in guests:
        g.start()
    for g in guests:
        g.join()
    return dict(sorted(table.items()))


def workers(tasks, count):
    todo, done, lock = queue.Queue(), [], threading.Lock()
    for t in tasks:
        todo.put(t)

    def work():
        while True:
            try:
                t = todo.get_nowait()
            except queue.Empty:
                return
            with lock:
                done.append(t * t)

    threads = [threading.Thread(target=work) for _ in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sorted(done)


print(dinner(3, 4))
print(workers(range(6), 2))


def others():
    local = threading.local()
    local.x = 1
    seen = []
    t = threading.Thread(target=lambda: seen.append(hasattr(local, "x")))
    t.start()
    t.join()
    print(seen, local.x)
    done = threading.Event()
    timer = threading.Timer(0.001, done.set)
    timer.start()
    print(done.wait(5), threading.current_thread() is threading.main_thread())


others()
