"""A directory tree in a temporary directory: written, walked, matched, copied, removed."""

import os
import shutil
import tempfile
from pathlib import Path

FILES = {"a.txt": "one\ntwo\n", "sub/b.txt": "three\n", "sub/deep/c.py": "print(1)\n", "empty.log": ""}


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in FILES.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        for path in sorted(root.rglob("*")):
            relative = path.relative_to(root)
            depth = len(relative.parts) - 1
            print("  " * depth + relative.name + ("/" if path.is_dir() else f" {path.stat().st_size}"))
        print(sorted(p.name for p in root.glob("**/*.txt")), (root / "nothing").exists())
        lines = 0
        for folder_name, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                with open(os.path.join(folder_name, name)) as file:
                    lines += sum(1 for _ in file)
        print("lines", lines)
        shutil.copytree(root / "sub", root / "copy")
        (root / "copy" / "b.txt").rename(root / "copy" / "d.md")
        print(sorted(p.relative_to(root).as_posix() for p in (root / "copy").rglob("*.*")))
        with (root / "a.txt").open("a") as file:
            file.write("three\n")
            print(file.tell())
        print((root / "a.txt").read_text().splitlines())
        try:
            (root / "sub").rmdir()
        except OSError as e:
            print(type(e).__name__, (root / "sub").is_dir())
        shutil.rmtree(root / "sub")
        print(len(list(root.iterdir())), Path("x/y.tar.gz").suffixes, Path("x/y.tar.gz").with_suffix(".zip"))
    print(root.exists())


main()
