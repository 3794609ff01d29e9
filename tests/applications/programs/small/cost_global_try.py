"""Global counters of tokens, cost and errors; every call is wrapped with try, except and else."""
# time: 6

total_tokens = 0
total_cost = 0.0
errors = []
PRICE = 0.002

def track(prompt, answer):
    global total_tokens, total_cost
    tokens = len(prompt) // 4 + len(answer) // 4
    total_tokens += tokens
    total_cost += tokens * PRICE / 1000

def ask(prompt, retries=3):
    for attempt in range(retries):
        try:
            answer = flaky(prompt, attempt)
        except ConnectionError as e:
            errors.append((prompt, attempt))
            continue
        else:
            track(prompt, answer)
            return answer
    return ""

def pipeline(item):
    first = ask(f"analyse {item}")
    second = ask(f"improve {first}") if first else "skipped"
    return {"item": item, "first": first, "second": second}

rows = [pipeline(f"item {i}") for i in range(10)]
print(total_tokens, f"{total_cost:.6f}", len(errors))
print(sum(r["second"] != "skipped" for r in rows))
