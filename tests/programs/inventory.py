"""A command language over a dict."""

stock = {}


def add(name, n="1"):
    stock[name] = stock.get(name, 0) + int(n)
    return f"{stock[name]} {name}"


def take(name, n="1"):
    if stock.get(name, 0) < int(n):
        raise ValueError(f"only {stock.get(name, 0)} {name}")
    stock[name] -= int(n)
    if not stock[name]:
        del stock[name]
    return f"took {n} {name}"


def show():
    return ", ".join(f"{k}={v}" for k, v in sorted(stock.items())) or "nothing"


commands = {f.__name__: f for f in (add, take, show)}
for line in ["add bolt 5", "add nut", "take bolt 2", "show", "take nut 3", "drop all", "take nut", "show", "add"]:
    name, *args = line.split()
    try:
        print(">", commands[name](*args))
    except KeyError as e:
        print("! no command", e)
    except (TypeError, ValueError) as e:
        print("!", type(e).__name__, str(e).replace("()", ""))
