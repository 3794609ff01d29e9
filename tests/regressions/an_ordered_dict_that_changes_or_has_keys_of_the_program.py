"""Steps over an OrderedDict: one that has changed meanwhile, and one of which the keys have a hash of the program's."""

from collections import OrderedDict


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        log.append(self.name)
        return hash(self.name)


log = []
members = OrderedDict((name, [name]) for name in "abc")
try:
    for key in members:
        members[f(key)] = 1
except RuntimeError as error:
    print(error)
keys = OrderedDict((Key(name), name) for name in "ab")
for key, name in keys.items():
    log.append(f(name))
print(members, log)
