"""Where the traceback of an `assert` points whose test is a conditional expression, known or pending."""
# orders: 3

import traceback
out = []
n = 1
try:
    assert 'z' in f(n) if n > 0 else False, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert False if n > 5 else ('z' in f(n) if n > 0 else True), g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (f(n) < 'a' if n > 9 else 0) if n == 1 else n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (n > 5 if n > 0 else 0) or n > 3 and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert not (n > 0 if ok(n) else n > 0) and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (num(n) < 0 if n > 0 else n) and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert 0 if num(n) > 0 else n > 9, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert ok(n) > 5 if num(n) == n else 0, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert n in ([] if n else 1), g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (n > 3 and [] or []) or n > 5 and f(n), g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert not [x for x in (n, 2) if x > 0], g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert n in (ok(n) and n > 5, 3 if n > 0 else 4) and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert f(n if n > 0 else 1) == '', g(n)
except AssertionError:
    out.append(traceback.format_exc())
def fn(n):
    if ('z' in f(n) if n > 0 else False):
        return 1
    return 1 / 0 if ('z' in f(n) if n > 0 else False) else [][1]
try:
    fn(n)
except (ZeroDivisionError, IndexError):
    out.append(traceback.format_exc())
def fn(n):
    if (False if n > 5 else ('z' in f(n) if n > 0 else True)):
        return 1
    return 1 / 0 if (False if n > 5 else ('z' in f(n) if n > 0 else True)) else [][1]
try:
    fn(n)
except (ZeroDivisionError, IndexError):
    out.append(traceback.format_exc())
def fn(n):
    if ((f(n) < 'a' if n > 9 else 0) if n == 1 else n):
        return 1
    return 1 / 0 if ((f(n) < 'a' if n > 9 else 0) if n == 1 else n) else [][1]
try:
    fn(n)
except (ZeroDivisionError, IndexError):
    out.append(traceback.format_exc())
n = num('a') - num('a') + 1
try:
    assert 'z' in f(n) if n > 0 else False, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert False if n > 5 else ('z' in f(n) if n > 0 else True), g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (f(n) < 'a' if n > 9 else 0) if n == 1 else n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (n > 5 if n > 0 else 0) or n > 3 and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert not (n > 0 if ok(n) else n > 0) and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (num(n) < 0 if n > 0 else n) and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert 0 if num(n) > 0 else n > 9, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert ok(n) > 5 if num(n) == n else 0, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert n in ([] if n else 1), g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert (n > 3 and [] or []) or n > 5 and f(n), g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert not [x for x in (n, 2) if x > 0], g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert n in (ok(n) and n > 5, 3 if n > 0 else 4) and n, g(n)
except AssertionError:
    out.append(traceback.format_exc())
try:
    assert f(n if n > 0 else 1) == '', g(n)
except AssertionError:
    out.append(traceback.format_exc())
def fn(n):
    if ('z' in f(n) if n > 0 else False):
        return 1
    return 1 / 0 if ('z' in f(n) if n > 0 else False) else [][1]
try:
    fn(n)
except (ZeroDivisionError, IndexError):
    out.append(traceback.format_exc())
def fn(n):
    if (False if n > 5 else ('z' in f(n) if n > 0 else True)):
        return 1
    return 1 / 0 if (False if n > 5 else ('z' in f(n) if n > 0 else True)) else [][1]
try:
    fn(n)
except (ZeroDivisionError, IndexError):
    out.append(traceback.format_exc())
def fn(n):
    if ((f(n) < 'a' if n > 9 else 0) if n == 1 else n):
        return 1
    return 1 / 0 if ((f(n) < 'a' if n > 9 else 0) if n == 1 else n) else [][1]
try:
    fn(n)
except (ZeroDivisionError, IndexError):
    out.append(traceback.format_exc())
