"""A file system in memory: composite nodes, paths, sizes, find, a tree print."""


class Node:
    def __init__(self, name, parent=None):
        self.name, self.parent = name, parent

    @property
    def path(self):
        return "/" if self.parent is None else self.parent.path.rstrip("/") + "/" + self.name


class File(Node):
    def __init__(self, name, parent, size):
        super().__init__(name, parent)
        self.size = size


class Folder(Node):
    def __init__(self, name="", parent=None):
        super().__init__(name, parent)
        self.children = {}

    @property
    def size(self):
        return sum(c.size for c in self.children.values())

    def folder(self, name):
        return self.children.setdefault(name, Folder(name, self))

    def file(self, name, size):
        if name in self.children:
            raise FileExistsError(name)
        self.children[name] = File(name, self, size)
        return self

    def __truediv__(self, name):
        try:
            return self.children[name]
        except KeyError:
            raise FileNotFoundError(f"{self.path}: {name}") from None

    def walk(self):
        for child in self.children.values():
            yield child
            if isinstance(child, Folder):
                yield from child.walk()

    def tree(self, prefix=""):
        last = len(self.children) - 1
        for k, (name, child) in enumerate(sorted(self.children.items())):
            yield f"{prefix}{'└─' if k == last else '├─'} {name} {child.size}"
            if isinstance(child, Folder):
                yield from child.tree(prefix + ("   " if k == last else "│  "))


root, here = Folder(), None
for line in "cd /|mk a|cd a|put x 10|put y 5|mk b|cd b|put z 100|cd ..|cd ..|put w 1".split("|"):
    match line.split():
        case ["cd", "/"]:
            here = root
        case ["cd", ".."]:
            here = here.parent
        case ["cd", name]:
            here = here / name
        case ["mk", name]:
            here.folder(name)
        case ["put", name, size]:
            here.file(name, int(size))
print("\n".join(root.tree()))
print(root.size, (root / "a" / "b" / "z").path, [n.path for n in root.walk() if n.size >= 100])
for bad in (lambda: root / "a" / "q", lambda: (root / "a").file("x", 1)):
    try:
        bad()
    except OSError as e:
        print(type(e).__name__, e)
small = min((n for n in root.walk() if isinstance(n, Folder) and n.size > 100), key=lambda n: n.size)
print(small.path)
