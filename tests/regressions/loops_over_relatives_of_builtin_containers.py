"""Loops over an OrderedDict and its views, named tuples, arrays and subclasses of texts and tuples ask for all at once."""

# time: 3
from array import array
from collections import OrderedDict, namedtuple
from typing import NamedTuple


Point = namedtuple("Point", "u v")


class Pair(NamedTuple):
    a: str
    b: str


class Word(str):
    pass


members = OrderedDict((name, [name]) for name in "abc")
answers = [f(name) for name in members]
for name in "pq":
    for other, answer in zip(members, answers):
        members[other].append(name + str(answer))
both = [g(key, str(value)) for (key, value), answer in zip(members.items(), answers)]
for key, value in members.items():
    value.append(f(key))
for value in members.values():
    value.append(f(len(value)))
for key in reversed(members):
    members[key].append(f(key))
taken = [f(one) for xs in (Pair("x", "y"), Point("z", "w"), Word("st"), array("i", [1, 2])) for one in xs]
print(members, both, taken, {**members}, [*members])
