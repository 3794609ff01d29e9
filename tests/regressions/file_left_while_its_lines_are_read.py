"""A file that is only read is left in the middle of its lines: that changes nothing of it."""

with open("p", "w") as fh:
    fh.write("a\nb\n")


def use(k):
    try:
        with open("p") as fh:
            for line in fh:
                if len(f(line, k)) > 3:
                    fail(k)
    except ValueError as e:
        print(e, fh.closed)
    with open("p", "a") as fh:
        fh.write(f(k)[:3] + "\n")


for k in (1, 2, 5):
    use(k)
with open("p") as fh:
    print(fh.read())
with open("q", "w") as fh:
    fh.write(f())
with open("q") as fh:
    for line in fh:
        for x in 1:
            pass
