"""Errors: hierarchies, chaining, retries, cleanup order, else and finally, re-raising, notes."""

import traceback


class AppError(Exception):
    code = 500

    def __init__(self, message, **details):
        super().__init__(message)
        self.details = details


class NotFound(AppError):
    code = 404


class Invalid(AppError, ValueError):
    code = 400


STORE = {"a": "1", "b": "x"}


def find(key):
    try:
        return STORE[key]
    except KeyError as e:
        raise NotFound(f"no {key}", key=key) from e


def number(key):
    text = find(key)
    try:
        return int(text)
    except ValueError:
        raise Invalid("not a number", key=key, text=text) from None


def handle(key):
    steps = []
    try:
        steps.append("try")
        value = 10 // (number(key) - 1 if key == "a" else number(key))
    except NotFound as e:
        steps.append(f"{e.code} {e.details} {type(e.__cause__).__name__}")
    except (Invalid, ZeroDivisionError) as e:
        steps.append(f"{type(e).__name__} {e} {e.__cause__} {e.__suppress_context__}")
    else:
        steps.append(value)
    finally:
        steps.append("finally")
    return steps


for key in "abc":
    print(handle(key))


def flaky(times, state={"n": 0}):
    state["n"] += 1
    if state["n"] < times:
        error = ConnectionError(f"try {state['n']}")
        error.add_note("will be retried")
        raise error
    return state["n"]


def retry(f, *args, attempts=3):
    errors = []
    for _ in range(attempts):
        try:
            return f(*args), errors
        except ConnectionError as e:
            errors.append((str(e), e.__notes__))
    raise TimeoutError(f"gave up after {attempts}")


print(retry(flaky, 3))
try:
    retry(flaky, 99)
except TimeoutError as e:
    print(e, repr(e.__context__))


def returns():
    for k in range(3):
        try:
            if k == 1:
                return "from try"
        finally:
            if k == 0:
                continue
            print("cleanup", k)


print(returns())
try:
    try:
        raise KeyError("first")
    finally:
        raise IndexError("second")
except IndexError as e:
    print(repr(e.__context__), traceback.format_exception_only(e)[-1].strip())
try:
    try:
        assert STORE["a"] == "2", f"is {STORE['a']}"
    except AssertionError as e:
        e.args = (f"{e.args[0]}!",)
        raise
except AssertionError as e:
    print(e, len(traceback.extract_tb(e.__traceback__)))
