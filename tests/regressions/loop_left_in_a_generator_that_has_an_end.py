"""A loop over a generator is left: what the generator does at its end stands in order behind what the loop has done."""

xs = []


def counted():
    try:
        yield "1"
    finally:
        num(xs)
        print("end", xs)


for x in counted():
    if ok(2):
        xs.append(f(1))
    break
print("after", xs)

log = []


def gen(n):
    try:
        for i in range(n):
            yield i
    except GeneratorExit:
        log.append("left")
        raise
    finally:
        log.append("end")


def use(k):
    for i in gen(5):
        r = f(i, k)
        log.append(r)
        if i == 2:
            return r


print([use(k) for k in (1, 2)], log)
try:
    for k in (1, 2, 3):
        for i in gen(3):
            fail(i + k)
            log.append(i)
            if i == 1:
                break
except ValueError:
    log.append("caught")
print(log)
held = gen(4)
for i in held:
    log.append(f(i))
    break
log += ["held", *held]
print(log)


def delegating(n):
    yield from gen(n)
    yield "more"


for i in delegating(3):
    if ok(2):
        log.append(f(i))
    break
print(log)
