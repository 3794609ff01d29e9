"""What everyday programs do around their calls: files, paths, enumerations, matches, annotations."""

from tests.patterns.pattern import table


PATHS = "import pathlib\nimport os\nfor name in 'abc':\n    pathlib.Path(f'in_{name}.txt').write_text(name + '\\nx\\n')"
KINDS = """
import enum
class Kind(str, enum.Enum):
    A = 'a'
    B = 'b'
    def label(self): return self.name.lower() + '!'
    @property
    def nice(self): return f'<{self.value}>'
"""

ROW_54 = table(
    54,
    ("write one file per call", 1, "for i in range(3):\n    with open(f'{i}.txt', 'w') as fh:\n        fh.write(f(i))"),
    ("append and print to one file per call", 2, """
        for i in range(3):
            with open(f"{i}.txt", "a") as fh:
                a = f(i)
                print(a, file=fh)
                fh.write(g(a))
    """),
    ("write_text and read_text", 1, "import pathlib\nfor i in range(3):\n    pathlib.Path(f'{i}.txt').write_text(f(i))\nt = pathlib.Path('1.txt').read_text()"),
    ("lines of one file", 1, "fh = open('x.txt', 'w')\nfor i in range(3):\n    fh.write(f(i) + '\\n')\nfh.close()\nwith open('x.txt') as fh:\n    lines = fh.readlines()"),
    ("call per line", 1, "z = []\nwith open('in_a.txt') as fh:\n    for line in fh:\n        z.append(f(line.strip()))", {"setup": PATHS}),
    ("call per row", 1, "import csv\nwith open('in_a.txt') as fh:\n    z = [f(row[0]) for row in csv.reader(fh)]", {"setup": PATHS}),
    ("read in a loop", 1, "z = []\nfor p in sorted(os.listdir('.')):\n    if p.startswith('in'):\n        with open(p) as fh:\n            z.append(f(fh.read()))", {"setup": PATHS}),
    ("read, ask, write", 1, """
        out = pathlib.Path("out")
        out.mkdir(exist_ok=True)
        for p in sorted(pathlib.Path(".").glob("in*.txt")):
            text = p.read_text()
            (out / p.name).write_text(f(text))
            print("wrote", p.name, p.stem, p.suffix, p.parent)
        print([q.read_text() for q in sorted(out.iterdir())])
    """, {"setup": PATHS}),
    ("read again what was written", 2, "open('x.txt', 'w').write(f(1))\nwith open('x.txt') as fh:\n    z = g(fh.read())"),
    ("listing sees what was written", 1, "import glob, os\npathlib.Path('n1').write_text(f(1))\nn = len(glob.glob('n*'))\nos.remove('n1')\nm = len(glob.glob('n*'))", {"setup": PATHS}),
    ("directories", 1, """
        import os, shutil
        a = f(1)
        for i in range(2):
            os.makedirs(f"d/e{i}", exist_ok=True)
            with open(f"d/e{i}/f", "w") as fh:
                fh.write(a)
        there = [os.path.exists(f"d/e{i}/f") for i in range(3)]
        shutil.rmtree("d")
        gone = os.path.exists("d")
    """),
    ("open fails, caught", 1, "a = f(1)\ntry:\n    fh = open('none/x', 'w')\nexcept OSError as e:\n    print('caught', e)\nprint(a)"),
    ("open in with fails, caught", 1, "a = f(1)\ntry:\n    with open('none/x', 'w') as fh:\n        fh.write(a)\nexcept OSError as e:\n    print('caught', e)"),
    ("open in with fails", 1, "a = f(1)\nwith open('none/x', 'w') as fh:\n    fh.write(a)\nprint(a)"),
    ("directory fails, caught", 1, "import os\na = f(1)\ntry:\n    os.mkdir('none/x')\nexcept OSError as e:\n    print('caught', e)\nprint(a)"),
    ("body fails in with open", 1, "a = f(1)\ntry:\n    with open('x', 'w') as fh:\n        fh.write(a)\n        raise KeyError(1)\nexcept KeyError as e:\n    print(e, fh.closed)"),
    ("write fails in with open", 1, "a = f(1)\ntry:\n    with open('x', 'w') as fh:\n        fh.write(3)\nexcept TypeError as e:\n    print(e, fh.closed)"),
    ("reading and closing are taken back", 1, """
        fh = open("in_a.txt")
        fh.readline()
        try:
            a = f(1)
            if "z" not in a:
                raise KeyError
            t = fh.read()
            fh.close()
        except KeyError:
            print("k")
        print(fh.read(), fh.closed)
        fh.close()
    """, {"setup": PATHS}),
    ("print to stderr and to a text", 1, "import io, sys\nout = io.StringIO()\nfor i in range(3):\n    a = f(i)\n    print('x', a, file=sys.stderr)\n    print('y', a, file=out)\nv = out.getvalue()"),
    ("print to a closed file", 1, "fh = open('x', 'w')\nfh.close()\na = f(1)\ntry:\n    print(a, file=fh)\nexcept ValueError as e:\n    print(e)"),
    ("members of an enumeration", 1, "a = f(1)\nb = [f(k) for k in Kind if k is not Kind.B]\nc = f(Kind['A'].label() + Kind('b').nice)\nd = {k.name: k.value for k in Kind}\ne = Kind.A in Kind", {"setup": KINDS}),
    ("member by a result", 2, "k = Kind(f(1)[0].replace('f', 'a'))\nif k is Kind.A:\n    z = g(k.label())\nelse:\n    z = g('other')\nprint(k.nice)", {"setup": KINDS}),
    ("no such member", 1, "try:\n    k = Kind(f(1))\nexcept ValueError as e:\n    print(e)", {"setup": KINDS}),
    ("group of a match", 2, "import re\nz = []\nfor i in range(3):\n    m = re.search(r'f\\((\\w+)\\)', f(i))\n    if m:\n        z.append(g(m.group(1)))"),
    ("group of a match in a function", 2, "import re\ndef pick(text):\n    m = re.search(r'f\\((\\w+)\\)', text)\n    return m.group(1) if m else None\nz = [g(pick(f(i))) for i in range(3)]"),
    ("matches one by one", 2, "import re\nz = []\nfor i in range(3):\n    for m in re.finditer(r'(\\w)', f(i)):\n        z.append(g(m.group(1)))"),
    ("annotations of variables", 1, "from typing import Optional\na = f(1)\nd: dict[str, list[str]] = {}\nn: Optional[int] = None\nm: int | None = None\nd['x'] = [f(2)]"),
)  # fmt: skip

PATTERNS = ROW_54
