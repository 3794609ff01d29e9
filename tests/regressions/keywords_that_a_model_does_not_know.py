"""A builtin with a mediated implementation, called with keywords that this does not take: the real one gets real values."""

import re

r = re.sub(pattern=f(1), repl="x", string=f(1))
s = re.compile("f").sub(repl="x", string=f(1))
t = re.compile("f").sub(lambda m: g(m.group()), string=f(1))
