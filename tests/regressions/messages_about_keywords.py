"""Python names the callable in its messages; classes are made by `__build_class__`."""

def fn(**k):
    pass


for bad in (lambda: fn(a=1, **{1: 5}), lambda: fn(**{1: 2}, **{1: 5}), lambda: fn(**{1: 2}, **{2: 5}), lambda: fn(*5), lambda: fn(**5)):
    try:
        bad()
    except TypeError as e:
        print(e)
try:

    class C(metaclass=type, **{"metaclass": type}):
        pass

except TypeError as e:
    print(e)
