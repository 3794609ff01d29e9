"""Runs a program plainly and under the engine and compares on named axes. `check` is all that most tests need."""

from tests.equivalence.compare import AXES, Difference, Different, NotAProgram, check, every_order
from tests.equivalence.program import Order, Program, random_orders
from tests.equivalence.run import Engine, Hang, Plain, Task, execute, poppy, run


__all__ = [
    "AXES", "Difference", "Different", "Engine", "Hang", "NotAProgram", "Order", "Plain", "Program", "Task", "check", "every_order",
    "execute", "poppy", "random_orders", "run",
]  # fmt: skip
