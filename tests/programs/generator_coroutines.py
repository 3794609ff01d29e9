"""Generators as coroutines: averages, a scheduler of tasks, pipelines that are pushed into, yield from with values."""

from collections import deque


def averager():
    total = count = 0
    average = None
    while True:
        try:
            x = yield average
        except ValueError:
            total = count = 0
            average = None
            continue
        if x is None:
            return total, count
        total, count = total + x, count + 1
        average = total / count


def report(results):
    while True:
        results.append((yield from averager()))


def sink(f):
    def start(*args):
        gen = f(*args)
        next(gen)
        return gen

    return start


@sink
def grep(word, target):
    while True:
        line = yield
        if word in line:
            target.send(line)


@sink
def collect(out):
    while True:
        out.append((yield))


avg = averager()
next(avg)
print([avg.send(x) for x in (10, 20, 30)], avg.throw(ValueError), avg.send(5))
try:
    avg.send(None)
except StopIteration as stop:
    print("ended with", stop.value)
results = []
r = report(results)
next(r)
for x in (1, 3, None, 10, None):
    r.send(x)
print(results)
out = []
find = grep("py", collect(out))
for line in ("python", "perl", "pypy"):
    find.send(line)
find.close()
print(out)


def task(name, n):
    for k in range(n):
        yield f"{name}{k}"


def round_robin(*tasks):
    queue = deque(tasks)
    while queue:
        t = queue.popleft()
        try:
            yield next(t)
        except StopIteration:
            continue
        queue.append(t)


print(*round_robin(task("a", 3), task("b", 1), task("c", 2)))
