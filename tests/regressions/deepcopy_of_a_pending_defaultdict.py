"""A model gets an operand that has become known."""

import copy
from collections import defaultdict

d1 = defaultdict(list, {ident(1): [1]})
d2 = copy.deepcopy(d1)
d1[7].append(f(1))
d3 = copy.copy(d1)
