"""`@dataclass()` is called without the class that it will change, while something is in flight."""
from dataclasses import dataclass

a = f(1)


@dataclass(order=True)
class P:
    n: str = a


@dataclass()
class Q:
    pass


p = P(f(2)), Q()
