"""Programs mean the same plainly and in mediated form, under operations that do everything at once."""

import pytest

from tests.compiler.equal import check
from tests.compiler.programs import PROGRAMS


@pytest.mark.parametrize("name", PROGRAMS)
def test_same(name):
    check(PROGRAMS[name])
