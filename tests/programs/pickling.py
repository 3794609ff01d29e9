"""Objects through pickle, copy and shelves of bytes: state, identity, hooks."""

import copy
import io
import json
import pickle


class Node:
    def __init__(self, name):
        self.name, self.links, self.cache = name, [], {}

    def __getstate__(self):
        return {k: v for k, v in self.__dict__.items() if k != "cache"}

    def __setstate__(self, state):
        self.__dict__.update(state, cache={"loaded": True})


class Shared:
    known = {}

    def __new__(cls, key):
        return cls.known.setdefault(key, super().__new__(cls))

    def __init__(self, key):
        self.key = key

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class Tree(list):
    def __deepcopy__(self, memo):
        made = type(self)()
        memo[id(self)] = made
        made.extend(copy.deepcopy(x, memo) for x in self)
        return made


a, b = Node("a"), Node("b")
a.links.append(b)
b.links += [a, Shared("s")]
a.cache["x"] = 1
twin = copy.deepcopy(a)
print(twin.links[0].links[0] is twin, twin.links[0].links[1] is b.links[1], twin.cache, twin is not a)
flat = copy.copy(a)
print(flat.links is a.links, flat.cache, flat.name)
data = pickle.dumps({"n": [1, (2, 3)], "t": {"x", }, "r": range(3), "b": b"x"})
back = pickle.loads(data)
print(back, isinstance(data, bytes), pickle.loads(pickle.dumps([back["n"]] * 2))[0] is not back["n"])
tree = Tree([1, [2]])
tree.append(tree)
other = copy.deepcopy(tree)
print(other[2] is other, other[1] is tree[1], type(other).__name__, len(other))
try:
    pickle.dumps(lambda: 0)
except (pickle.PicklingError, AttributeError) as e:
    print("not picklable")
file = io.BytesIO()
for item in ("x", [1], None):
    pickle.dump(item, file)
file.seek(0)
print([pickle.load(file) for _ in range(3)], json.loads(json.dumps(back["n"])) == [1, [2, 3]])
