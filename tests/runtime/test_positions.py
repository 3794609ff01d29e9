"""Positions of instructions."""

from types import CodeType

from poppy_nb.runtime.positions import position_of


class _Counted:
    """Code that counts how often its positions are decoded."""

    def __init__(self, code: CodeType) -> None:
        self.code, self.times = code, 0

    def co_positions(self) -> object:
        self.times += 1
        return self.code.co_positions()


def _cell(lines: int) -> CodeType:
    return compile("\n".join(f"v{i} = f({i})" for i in range(lines)), "<cell>", "exec")


def test_as_python_gives_them():
    """For every instruction, where the interpreter says that it stands."""
    code = _cell(20)
    assert list(code.co_positions()) == [position_of(code, at) for at in range(0, len(code.co_code), 2)]


def test_decoded_once():
    """Not anew for each call in a long cell."""
    counted = _Counted(_cell(200))
    for at in range(0, len(counted.code.co_code), 2):
        position_of(counted, at)
    assert counted.times == 1
