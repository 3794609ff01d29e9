"""A generator expression over an enumeration, left at the first member that an answer names: the next item's call does not wait."""
# time: 2

from enum import Enum


class Route(Enum):
    BILLING = "x"
    TECH = "1"
    OTHER = "?"

    @classmethod
    def parse(cls, text):
        return next((route for route in cls if route.value in text), cls.OTHER)


replies = []
for n in range(4):
    route = Route.parse(str(f(n)))
    replies.append((route, g(route.name)))
print(replies)
