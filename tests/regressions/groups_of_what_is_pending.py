"""`groupby` over what is pending calls its key where it is stepped, and what comes behind stands behind that."""

from itertools import groupby

LOG = []


def key(x):
    LOG.append(x)
    return x // 2


# ---- cell
a = [k for k, _ in groupby(sorted(ident(n) for n in (1, 2, 3)), key=key)]
LOG.append("after")
b = {k: [n for n in g] for k, g in groupby(sorted(ident([5, 3, 4])), key)}
LOG.append("end")
