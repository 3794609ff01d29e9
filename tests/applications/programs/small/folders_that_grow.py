"""Directories are listed while files that calls give are still to be written: each listing shows what plain Python's does."""
# time: 3
import os
import pathlib
import tempfile

home = tempfile.TemporaryDirectory()
folder = pathlib.Path(home.name)
for name in ("a", "b"):
    (folder / name).mkdir()
    (folder / name / "text.txt").write_text(llm(name))
    found = sorted(os.walk(folder), key=lambda one: one[0])
    print([(len(directories), files) for _, directories, files in found], [llm(path.read_text()) for path in sorted(folder.rglob("*.txt"))])
    for _, directories, files in os.walk(folder):
        directories.sort()
        print(len(files), llm(f"{len(files)} files"))
    print(sum(1 for _ in folder.iterdir()), sorted(path.name for path in folder.glob("*") if rate(path.name) >= 0))
home.cleanup()
del home, folder, found, _
