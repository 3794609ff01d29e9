"""A method of a pending list is called behind a branch: by then the list is known, and what changes it stands in order."""

# orders: 60

xs = lst()
for k in (1, 2):
    put = xs.append
    if ok():
        put(f())
    xs.append([])
