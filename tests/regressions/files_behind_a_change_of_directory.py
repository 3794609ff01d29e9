"""Relative paths wait for who has yet to change the directory, and who changes it for those who go by it."""

import os
import pathlib

p = pathlib.Path("o.txt")
p.write_text("start")
os.mkdir("sub")
pathlib.Path("sub/o.txt").write_text("inner")
if "1" in f(1):
    os.chdir("sub")
r = p.exists() and p.read_text()
s = open("o.txt").read()
os.chdir("..")
if "1" in f(1):
    os.chdir("sub")
    p.write_text("written")
t = os.path.getsize("o.txt")
os.chdir("..")
q = f(2)
if "2" in q:
    print(p.read_text())
os.chdir("sub")
print(p.read_text(), t)
os.chdir("..")
