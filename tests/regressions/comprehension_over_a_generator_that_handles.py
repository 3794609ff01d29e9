"""A generator handles what fails in it, and yields behind that: the list is there when all of it has been walked, not later."""

class Box:
    all = []
    n = 0
def work():
    for x in range(4):
        v = f(x)
        try:
            w = fail(x + 1)
            Box.all.append(v); Box.n += 1
        except ValueError as e:
            print('caught', e)
            g('handled', x)
        yield v
r = [y for y in work()]
end = g((Box.all, Box.n))
print(end)
