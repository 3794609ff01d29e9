"""`asdict` and `astuple` give fields as they are at their place, though a loop that still waits has yet to write them."""

from dataclasses import asdict, astuple, dataclass


@dataclass
class Block:
    n: int = 0
    inner: object = None


def mined(block):
    while ident(block.n) < 2:
        block.n += 1
    return block


# ---- cell
b = mined(Block())
x = asdict(b), astuple(mined(Block(1))), asdict(Block(5, [mined(Block())]))
