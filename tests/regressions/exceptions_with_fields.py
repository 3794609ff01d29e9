"""Exceptions of the program's with an `__init__` and fields of their own."""

class Bad(ValueError):
    def __init__(self, rule, text):
        super().__init__(f"{rule}: {text}")
        self.rule, self.text = rule, text
out = []
for i in range(5):
    try:
        a = f(i)
        if a: raise Bad(i, a)
    except Bad as e:
        out.append((e.rule, e.text, str(e), e.args))

class Net(ConnectionError):
    def __init__(self, code, host):
        super().__init__(code, f"no {host}")
        self.host = host
def go(i):
    a = f(i)
    raise Net(i, a)
out = []
for i in range(4):
    try: go(i)
    except OSError as e: out.append((e.errno, e.strerror, e.host, str(e)))

class Many(Exception):
    def __init__(self, parts):
        super().__init__(parts)
        self.parts = parts
parts = [f(1), f(2)]
try:
    raise Many(parts)
except Many as e:
    e.args[0].append(g(1))
    print(parts, e.parts is parts)
