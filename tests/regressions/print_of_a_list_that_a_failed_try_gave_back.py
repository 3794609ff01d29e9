"""What stands in a list may be taken out again: nobody waits for it."""

def limit():
    raise ValueError(f("needs a reason"))
results = []
try:
    results.append(limit())
except Exception as e:
    pass
print(results)

def other():
    x = f(1)
    if x: raise ValueError(2)
more = []
try:
    more.append(other())
except Exception as e:
    more.append(1)
print(more)
