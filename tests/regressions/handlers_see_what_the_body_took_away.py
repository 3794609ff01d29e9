"""A handler uses what a variable held before the body of its `try` stored there: that is claimed too."""

xs1 = []


def use(values):
    values.append(1)


# ---- cell
y = f(0)
try:
    xs1 = [1() for v in "a"]
except Exception:
    use(xs1)
xs1.append(2)
