"""Events with handlers: priorities, one-time handlers, wildcards, errors that are collected."""

import fnmatch
import itertools


class Emitter:
    def __init__(self):
        self._handlers = []
        self._order = itertools.count()
        self.errors = []

    def on(self, pattern, handler=None, *, priority=0, once=False):
        if handler is None:
            return lambda f: self.on(pattern, f, priority=priority, once=once)
        self._handlers.append([pattern, -priority, next(self._order), handler, once])
        self._handlers.sort(key=lambda h: h[1:3])
        return handler

    def off(self, handler):
        before = len(self._handlers)
        self._handlers = [h for h in self._handlers if h[3] is not handler]
        return before - len(self._handlers)

    def emit(self, event, *args, **kwargs):
        called = 0
        for entry in list(self._handlers):
            pattern, _, _, handler, once = entry
            if not fnmatch.fnmatch(event, pattern):
                continue
            if once:
                self._handlers.remove(entry)
            try:
                if handler(event, *args, **kwargs) is False:
                    break
            except Exception as e:
                self.errors.append((event, type(e).__name__, str(e)))
            called += 1
        return called


bus = Emitter()


@bus.on("user.*")
def audit(event, **data):
    print("audit", event, sorted(data))


@bus.on("user.created", priority=5, once=True)
def welcome(event, name, **_):
    print("welcome", name)


@bus.on("*")
def fragile(event, **data):
    if data.get("age", 0) > 100:
        raise ValueError(f"too old: {data['age']}")
    return "stop" not in event


print(bus.emit("user.created", name="ann", age=3))
print(bus.emit("user.created", name="bob", age=103))
print(bus.emit("order.stop"), bus.errors)
print(bus.off(audit), bus.emit("user.deleted"), bus.off(audit))
