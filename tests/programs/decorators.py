"""Decorators: with arguments, stacked, of classes and methods."""

import functools

trace = []


def traced(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        trace.append(f"{function.__name__}{args}")
        return function(*args, **kwargs)

    return inner


def repeat(n):
    def decorate(function):
        @functools.wraps(function)
        def inner(*args):
            return [function(*args) for _ in range(n)]

        return inner

    return decorate


@repeat(2)
@traced
def greet(name):
    """Says hello."""
    return "hi " + name


@traced
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def registry(cls):
    cls.known = {k: v for k, v in vars(cls).items() if getattr(v, "_command", False)}
    return cls


def command(function):
    function._command = True
    return function


@registry
class Shell:
    @command
    def a(self):
        return "A"

    @command
    def b(self, x=2):
        return "B" * x

    def c(self):
        return None


print(greet("bo"), greet.__doc__, fib(4), trace)
print({k: v(Shell()) for k, v in Shell.known.items()})
