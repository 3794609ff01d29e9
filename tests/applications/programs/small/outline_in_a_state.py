"""A state dict that holds the outline, the sections, notes and a counter of calls."""
# time: 4
state = {"sections": {}, "notes": [], "calls": 0}
def ask(p):
    state["calls"] += 1
    return llm(p)
def section(t):
    d = ask(f"write {t}")
    if rate(d) > 4:
        state["notes"].append(t)
        d = ask(f"revise {d}")
    state["sections"][t] = d
state["outline"] = [h["text"] for h in search("outline")]
for t in state["outline"]:
    section(t)
print(state)
