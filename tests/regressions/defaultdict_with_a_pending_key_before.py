"""Whether a key of a defaultdict is there is not known while an earlier key is pending."""
# time: 1
from collections import defaultdict

groups = defaultdict(list)
for x in [f(1), "a", f(2), "a"]:
    groups[x].append(1)
