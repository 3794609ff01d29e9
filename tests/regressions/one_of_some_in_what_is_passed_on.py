"""What one of some lists is chosen from need not be claimed by who gets the choice inside of something."""
# orders: 20

xs = ["a", "b"]
s = h()
d = {pick(xs + []): {"": xs}.get(s) for v in xs.copy()}
for e in sorted(xs, key=lambda y: (num(y),))[:3]:
    f(d)
xs.append("c")
()[insert(f()) % 2]
