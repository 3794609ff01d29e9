"""A call is given a list to come in which lists to come turn out to stand: who changes those behind it waits for the call."""

ns = lst()
lists = [lst() for n in ns]
r = ident(lists)
[one.pop() for one in lists]
print(r, lists)
