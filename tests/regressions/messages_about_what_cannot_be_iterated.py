"""Python says it in three ways, for calls, displays and unpacking."""

said = []
try:
    {1, *num(3)}
except TypeError as e:
    said.append(str(e))
try:
    [1, *num(3)]
except TypeError as e:
    said.append(str(e))
try:
    None(*num(3))
except TypeError as e:
    said.append(str(e))
try:
    a, *b = num(3)
except TypeError as e:
    said.append(str(e))
try:
    a, *b = 3
except TypeError as e:
    said.append(str(e))
