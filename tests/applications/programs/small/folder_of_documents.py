"""All documents of a folder are summarised in loops over `glob`, `iterdir` and `os.walk`; then summaries are written beside them."""
# time: 6
import os
import pathlib
import tempfile

home = tempfile.TemporaryDirectory()
folder = pathlib.Path(home.name)
for name in ("one", "two", "three"):
    (folder / f"{name}.txt").write_text(f"about {name}")
    (folder / name).mkdir()
    (folder / name / "notes.md").write_text(f"notes on {name}")
summaries = {}
for path in folder.glob("*.txt"):
    summaries[path.stem] = llm(f"summarise {path.read_text()}")
for path in folder.iterdir():
    if path.is_dir():
        continue
    summaries[path.name] = llm(f"title of {path.read_text()}")
for root, directories, files in os.walk(folder):
    directories.sort()
    for name in sorted(files):
        summaries[os.path.basename(root)[:3] + name if root != home.name else name] = llm(f"words in {name}")
notes = [llm(f"shorten {path.read_text()}") for path in folder.rglob("*.md")]
for place, path in enumerate(sorted(folder.glob("*.txt"))):
    path.with_suffix(".summary").write_text(llm(f"final {summaries[path.stem]}"))
found = []
for path in folder.rglob("*.summary"):
    found.append(path.name)
    if rate(path.read_text()) >= 0:
        (folder / "three" / "late.summary").write_text("late")
print(sorted(summaries.items()), len(notes), sorted(found)[:3], len(list(folder.glob("*.summary"))))
home.cleanup()
del home, folder, path, root
