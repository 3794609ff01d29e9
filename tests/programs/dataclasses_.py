"""Dataclasses: defaults, ordering, frozen, replace, inheritance."""

from dataclasses import asdict, astuple, dataclass, field, replace


@dataclass(order=True)
class Card:
    rank: int
    suit: str = field(default="spades", compare=False)

    @property
    def name(self):
        return f"{ {11: 'J', 12: 'Q', 13: 'K', 14: 'A'}.get(self.rank, self.rank)} of {self.suit}"


@dataclass
class Hand:
    owner: str
    cards: list[Card] = field(default_factory=list)
    best: int = field(init=False, default=0)

    def __post_init__(self):
        self.best = max((c.rank for c in self.cards), default=0)

    def draw(self, card):
        self.cards.append(card)
        self.best = max(self.best, card.rank)
        return self


@dataclass(frozen=True)
class Point:
    x: int = 0
    y: int = 0

    def __add__(self, other):
        return replace(self, x=self.x + other.x, y=self.y + other.y)


a = Hand("ann", [Card(3), Card(12, "hearts")])
b = Hand("bob").draw(Card(7)).draw(Card(13, "clubs"))
for hand in sorted((a, b), key=lambda h: h.cards):
    print(hand.owner, [c.name for c in sorted(hand.cards, reverse=True)], hand.best)
print(asdict(b.cards[0]), astuple(a)[0], Card(3) == Card(3, "clubs"), a == replace(a))
p = Point(1) + Point(y=2)
print(p, {p: "here"}[Point(1, 2)])
try:
    p.x = 5
except Exception as e:
    print(type(e).__name__, e)
