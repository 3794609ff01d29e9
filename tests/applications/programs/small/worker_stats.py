"""Jobs by workers with counters in self within try/except/else/finally."""
# time: 2

class Worker:
    def __init__(self, name):
        self.name = name
        self.done = self.failed = self.seen = 0
        self.errors = []

    def process(self, job):
        self.seen += 1
        try:
            page = flaky(job)
            summary = llm(f"{self.name}: {page}")
        except ConnectionError as e:
            self.failed += 1
            self.errors.append(f"{job}: {e}")
            return None
        else:
            self.done += 1
            return summary
        finally:
            print(f"{self.name} finished {job} ({self.done + self.failed}/{self.seen})")

workers = [Worker("w0"), Worker("w1")]
jobs = [f"job{i}" for i in range(10)]
results = {}
for i, job in enumerate(jobs):
    results[job] = workers[i % 2].process(job)
ok = [r for r in results.values() if r]
print(len(ok), [(w.name, w.done, w.failed) for w in workers])
