"""Attributes of functions, exceptions and the like look at what is stored in them."""

def ask():
    pass


ask.__qualname__ = ident("abc")
ask.__name__ = f("abc")
ask.__defaults__ = None
ask.extra = f(1)
e = ValueError(1)
e.args = (f(1), 2)
e.__cause__ = ident(KeyError(2))
r = ask.__qualname__, ask.__name__
