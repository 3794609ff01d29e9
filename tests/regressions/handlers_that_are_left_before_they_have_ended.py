"""Who comes behind a handler need not wait for its end; what fails in it is raised there, and takes back what came behind."""
# orders: 30

log, errors, seen, n = [], [], {}, 0
def once(x, k):
    global n
    for attempt in range(3):
        try:
            return bad(x) if attempt < k else f(x)
        except ValueError as e:
            n += 1
            errors.append((x, attempt, str(e), g(x)))
            seen[g(x)] = e.args
            if k == 5: continue
            if k == 6: break
            if k == 7: return num(n)
    return "none", n
def fails(x, k):
    y = None
    for attempt in range(2):
        try:
            y = bad(x)
        except ValueError as e:
            log.append((x, attempt))
            y = 1 / (num(x) - num(k))
            log.append(y)
    log.append(("end", x, f(x)))
    return y
results = [once(x, x) for x in range(9)]
for x in range(4):
    try:
        results.append(fails(x, 2))
    except ZeroDivisionError as e:
        results.append((str(e), type(e.__context__).__name__, e.__context__.args, e.__traceback__.tb_next.tb_lineno))
    else:
        results.append(len(log))
try:
    try:
        bad(1)
    except ValueError as e:
        log.append(1 / (num(3) - num(3)))
    after = "never"
except ZeroDivisionError as outer:
    left = "e" in globals(), "after" in globals(), len(log)
