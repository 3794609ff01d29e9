"""A config object like argparse's, a pipeline chosen by it, partials and an lru_cache around the call."""
# time: 3
import argparse
from functools import lru_cache, partial
parser = argparse.ArgumentParser()
parser.add_argument("--n", type=int, default=3)
parser.add_argument("--model", default="small")
parser.add_argument("--verbose", action="store_true")
args = parser.parse_args(["--n", "4", "--verbose"])
@lru_cache(maxsize=None)
def cached(prompt, model):
    return llm(prompt, model=model)
ask = partial(cached, model=args.model)
def say(*parts):
    if args.verbose:
        print("[v]", *parts)
def step(k):
    text = ask(f"seed {k % 3}")
    say("seed", k, text)
    improved = ask(f"improve {text}")
    final = ask(f"polish {improved}")
    return final if len(final) > 3 else improved
results = {}
for k in range(args.n):
    results[k] = step(k)
    say(k, results[k])
print(cached.cache_info().currsize, len(set(results.values())))
