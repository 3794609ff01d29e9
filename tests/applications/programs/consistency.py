"""Self-consistency: several samples a question, a vote, a second opinion where the vote is close; answers cached by prompt."""

import functools
from collections import Counter

from openai import OpenAI


client = OpenAI()
stats = Counter()


@functools.lru_cache(maxsize=None)
def sample(prompt, seed):
    reply = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}], seed=seed)
    return reply.choices[0].message.content


def vote(question, samples):
    votes = Counter()
    for seed in range(samples):
        text = sample(f"Rate {question} ({seed % 3})", seed % 4)
        votes["high" if int(text) > 5 else "low"] += 1
        stats["samples"] += 1
    (winner, count), *_ = votes.most_common(1)
    return winner, count / samples


def decide(question):
    winner, share = vote(question, 5)
    if share < 0.75:
        stats["second opinions"] += 1
        second = sample(f"Is '{question}' a good idea? yes or no", 0)
        if second == "no":
            winner = "low"
        elif winner == "low":
            winner = "mixed"
    return winner, share


questions = ["tea", "coffee", "water", "tea", "milk", "coffee", "juice"]
decisions = [(question, *decide(question)) for question in questions]
for question, winner, share in decisions:
    print(f"{question:>8} {winner:<6} {share:.0%}")
info = sample.cache_info()
print(info.misses, "asked,", info.hits, "from the cache;", dict(stats))
