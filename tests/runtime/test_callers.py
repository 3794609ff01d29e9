"""Code that looks at its caller sees what it would see in plain Python, at once or when it has waited."""

import gc

import pytest

from tests.equivalence import check


LOGGING = """
import logging, sys
logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(lineno)d %(funcName)s %(message)s", force=True)
log = logging.getLogger("cell")
"""

PROGRAMS = {
    "logging in a loop": "for x in (1, 2):\n    log.info('%s', f(x))\nlog.warning('end')",
    "logging in a branch": "def ask(x):\n    if ok(x):\n        log.info('even %s', f(x))\n    else:\n        log.info('odd %s', x)\nfor x in (1, 2):\n    ask(x)",
    "logging with stacklevel": "def say(x):\n    log.info('%s', f(x), stacklevel=2)\ndef ask(x):\n    say(x)\n    return x\nask(1)\nask(2)",
    "logging an exception": "for x in range(4):\n    try:\n        fail(x)\n    except ValueError:\n        log.exception('failed at %s', x)",
    "warning": "import warnings\ndef ask(x):\n    r = f(x)\n    warnings.warn(r)\n    warnings.warn(r + '!', stacklevel=2)\n    return r\nout = [ask(x) for x in (1, 2)]\nwarnings.warn('end')",
    "warning two levels up": "import warnings\ndef inner(x):\n    warnings.warn(f(x), stacklevel=3)\ndef outer(x):\n    inner(x)\nfor x in (1, 2):\n    outer(x)\nouter(3)",
    "warning, recorded": "import warnings\nwith warnings.catch_warnings(record=True) as ws:\n    warnings.simplefilter('always', UserWarning)\n    warnings.warn(f(1))\nout = [(str(w.message), w.lineno) for w in ws]\ndel ws",
    "a line and a name": "import sys\ndef where():\n    frame = sys._getframe(1)\n    return frame.f_lineno, frame.f_code.co_name\ndef ask(x):\n    return f(x), where()\nout = [ask(x) for x in (1, 2)]\nend = where()",
    "local variables": "import inspect\ndef peek(name):\n    return inspect.currentframe().f_back.f_locals[name]\ndef ask(x):\n    r = f(x)\n    return peek('r'), peek('x')\na = ask(1)",
    "local variables that change later": "import sys\ndef peek(name):\n    return sys._getframe(1).f_locals.get(name)\ndef ask(x):\n    r = f(x)\n    xs = [r]\n    a = peek('xs')\n    xs.append(f(3))\n    r = 5\n    b = [a, peek('r')]\n    return a, b\na = ask(1)\nb = ask(2)",
    "global variables": "import sys\nk = f(1)\nz = sys._getframe().f_globals['k']",
    "the whole stack": "import inspect\ndef ask(x):\n    f(x)\n    return [(s.function, s.lineno) for s in inspect.stack()[:3]]\ndef outer(x):\n    return ask(x)\nout = []\nfor x in (1, 2):\n    out.append(outer(x))",
    "a formatted stack": "import traceback\ndef ask(x):\n    f(x)\n    return traceback.format_stack()[-2:]\na = ask(1)",
    "in a generator": "import sys\ndef items():\n    for x in (1, 2):\n        yield f(x), sys._getframe().f_lineno, sys._getframe(1).f_code.co_name\ndef take():\n    return list(items())\nout = take()",
    "namedtuple": "from collections import namedtuple\nP = namedtuple('P', 'a b')\np = P(f(1), 2)\nm = P.__module__",
    "namedtuple while something is in flight": "from collections import namedtuple\nr = f(1)\nP = namedtuple('P', [r[0], 'b'])\nm = P.__module__\nz = g(r)",
    "NamedTuple": "import typing\nP = typing.NamedTuple('P', [('a', int)])\nm = P.__module__\nz = f(P(1).a)",
    "Enum": "import enum\nE = enum.Enum('E', 'A B')\nm = E.__module__\nz = f(E.A.name)",
    "make_dataclass": "import dataclasses\nD = dataclasses.make_dataclass('D', ['a'])\nm = D.__module__\nz = f(D(1).a)",
    "type with three arguments": "r = f(1)\nA = type('A', (), {'k': 1})\nm = A.__module__, A().k\nB = type('B', (A,), {'r': r})\nz = g(B.r), type(r)",
    "an error below": "import warnings\nwarnings.simplefilter('error')\ndef ask(x):\n    warnings.warn(f(x), stacklevel=2)\nask(1)\nask(2)",
    "an error of a library": "import json\ndef ask(x):\n    return json.loads('{' + f(x))\na = ask(1)",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_garbage():
    """Coroutines that other tests have dropped warn when they are collected: not into the output of these programs."""
    gc.collect()


@pytest.mark.parametrize("name", PROGRAMS)
def test_as_in_plain_python(name):
    check(PROGRAMS[name], setup=LOGGING, orders=2)


def test_logging_waits_for_nothing():
    check("for x in (1, 2, 3):\n    log.info('%s', f(x))", setup=LOGGING, expect_time=1)
