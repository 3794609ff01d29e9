"""A dict display with a pending key, handed on: what is below its values is read, and a later change waits."""
xs = [f]
alias = xs


def ask(key):
    return f({key: alias})


a = ask(f())
xs.clear()
