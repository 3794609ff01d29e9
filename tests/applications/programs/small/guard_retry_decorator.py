"""A retry decorator with exceptions and a fallback model, over many inputs; counters by model."""
# time: 6
import functools
attempts = Counter()
class ModelError(RuntimeError): pass
def retry(times=2, on=(ModelError,)):
    def wrap(fn):
        @functools.wraps(fn)
        def inner(*args, **kwargs):
            last = None
            for i in range(times):
                try:
                    return fn(*args, attempt=i, **kwargs)
                except on as e:
                    last = e
                    attempts[fn.__name__] += 1
            raise last
        return inner
    return wrap
@retry(times=2)
def primary(prompt, attempt=0):
    try:
        return flaky(prompt, attempt)
    except ConnectionError as e:
        raise ModelError(str(e)) from e
@retry(times=3, on=(json.JSONDecodeError,))
def structured(text, attempt=0):
    return json.loads(bad_json(text, attempt))
def run(i):
    try:
        text = primary(f"url {i}")
    except ModelError as e:
        attempts["fallback"] += 1
        text = llm(f"fallback {e}")
    try:
        return structured(text)
    except json.JSONDecodeError:
        return {"name": None, "age": -1}
people = []
for i in range(10):
    person = run(i)
    people.append(person)
    print(i, person)
print(dict(attempts), sum(p["age"] for p in people))
