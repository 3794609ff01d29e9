"""A branch that is not decided yet looks at one file of which the name is computed there: changes of any file wait for it."""

from pathlib import Path

root = Path("folder")
root.mkdir()

# ---- cell
if num(1):
    print((root / "sub").is_dir(), root.exists())
(root / "sub").mkdir()
try:
    (root / ident("other")).rmdir()
except OSError as e:
    print(type(e).__name__, (root / "sub").is_dir())
