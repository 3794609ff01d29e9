"""A list display and a dict display whose first part is pending, and known by the time that the starred part is."""
a = f(1)
xs = [a, *lst(f(2))]
d = {"a": a, **{k: a for k in lst(f(3))}}
first, *rest = [a, *lst(g(f(4)))]
