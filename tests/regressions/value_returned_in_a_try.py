"""What a function returns in a `try` that still waits for its end is what its caller may change then."""

# orders: 10

class File:
    pass


class Folder:
    def __init__(self):
        self.children = {}

    def file(self):
        return File()

    def child(self, name):
        try:
            return self.children[name]
        except KeyError:
            pass

    def named(self, name):
        try:
            x = self.children[name]
            return x
        finally:
            print("looked")


# ---- cell
root = Folder()
root.children["a"] = Folder()


def both():
    return root.child(ident("a")).file(), root.named(ident("a")).file()


both()
