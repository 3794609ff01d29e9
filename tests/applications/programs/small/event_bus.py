"""A bus with handlers in a defaultdict of lists; handlers collect and react."""
# time: 2

class Bus:
    def __init__(self):
        self.handlers = defaultdict(list)
        self.emitted = 0
    def on(self, event, handler):
        self.handlers[event].append(handler)
    def emit(self, event, *payload):
        self.emitted += 1
        for handler in self.handlers[event]:
            handler(*payload)

bus = Bus()
received, long_ones = [], []
bus.on("answer", lambda q, a: received.append((q, a)))
def note_long(q, a):
    if len(q) > 6:
        long_ones.append(q)
bus.on("answer", note_long)
bus.on("score", lambda q, s: received.append((q, s)))
questions = [f"question {i}" if i % 2 else f"q {i}" for i in range(6)]
for q in questions:
    answer = llm(q)
    bus.emit("answer", q, answer)
    score = rate(answer)
    if score > 5:
        bus.emit("score", q, score)
print(bus.emitted, long_ones)
for item in received:
    print(*item)
