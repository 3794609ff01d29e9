"""Publish and subscribe, with weak coupling through names."""

from collections import defaultdict


class Bus:
    def __init__(self):
        self.handlers = defaultdict(list)

    def on(self, *topics):
        def register(handler):
            for topic in topics:
                self.handlers[topic].append(handler)
            return handler

        return register

    def emit(self, topic, **data):
        results = []
        for handler in self.handlers[topic] + self.handlers["*"]:
            try:
                results.append(handler(topic=topic, **data))
            except Exception as e:
                results.append(f"{handler.__name__} failed: {e!r}")
        return results


bus = Bus()
log = []


@bus.on("sale", "refund")
def book(topic, amount, **_):
    log.append(amount if topic == "sale" else -amount)
    return sum(log)


@bus.on("*")
def audit(topic, **data):
    return f"{topic}:{','.join(f'{k}={v}' for k, v in sorted(data.items()))}"


@bus.on("refund")
def limit(topic, amount, reason=None):
    if amount > 5 and not reason:
        raise ValueError("needs a reason")


print(bus.emit("sale", amount=20))
print(bus.emit("refund", amount=3))
print(bus.emit("refund", amount=9))
print(bus.emit("nothing"), log)
