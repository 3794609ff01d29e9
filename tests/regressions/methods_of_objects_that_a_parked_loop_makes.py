"""What is called on an object that an open loop has yet to make and append touches more than the object."""

class Note:
    def __init__(self, text): self.text = text
    def file(self, where): where.append(self.text); LOG.append(len(LOG))
LOG, kept, filed = [], [], []
for x in range(3):
    if f(x) is not None:
        kept.append(Note(x))
def put_away():
    for note in kept:
        note.file(filed)
put_away()
n = len(LOG), len(filed)
LOG.append("end")
made = {}
for x in range(3):
    if g(x):
        made.setdefault("notes", []).append((x, Note(x)))
for x, note in made.get("notes", []):
    note.file(filed)
m = len(LOG), filed[-1]
