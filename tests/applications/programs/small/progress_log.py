"""Logging with a handler of one's own into a list, a progress callback, perf_counter kept out, a retry with sleeps."""
# time: 2

log = logging.getLogger("app.progress")
log.setLevel(logging.INFO)
log.propagate = False
records = []
class ListHandler(logging.Handler):
    def emit(self, record): records.append(self.format(record))
handler = ListHandler()
handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
log.handlers[:] = [handler]
def progress(done, total): print(f"\r{done}/{total} {'#' * done}", end="")
start = time.perf_counter()
results = []
items = [f"item {i}" for i in range(6)]
for n, item in enumerate(items, 1):
    log.info("asking %s", item)
    answer = llm(item)
    score = rate(answer)
    if score < 3:
        log.warning("low score %d for %s", score, item)
    results.append((item, answer, score))
    progress(n, len(items))
print()
elapsed = time.perf_counter() - start
log.info("done: %d", sum(s for *_, s in results))
log.handlers.clear()
print(len(records), elapsed >= 0)
del start, elapsed
