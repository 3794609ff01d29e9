"""Loggers with handlers, levels, filters and formatters, written to a text stream."""

import io
import logging

stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))


class OnlyEven(logging.Filter):
    def filter(self, record):
        record.msg = f"[{record.msg}]"
        return getattr(record, "n", 0) % 2 == 0


class Collect(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []

    def emit(self, record):
        self.records.append((record.levelno, record.getMessage()))


log = logging.getLogger("poppy_programs.app")
log.setLevel(logging.DEBUG)
log.propagate = False
collect = Collect()
log.addHandler(handler)
log.addHandler(collect)
child = log.getChild("db")
log.info("started with %d items", 3)
child.debug("query %s", "select 1")
child.warning("slow: %.1f", 2.345)
filter_ = OnlyEven()
handler.addFilter(filter_)
for n in range(4):
    log.error("n", extra={"n": n})
handler.removeFilter(filter_)
try:
    {}["x"]
except KeyError:
    log.exception("failed")
log.setLevel(logging.ERROR)
log.warning("not shown")
log.log(logging.CRITICAL, "over and out")
print("\n".join(line for line in stream.getvalue().splitlines() if ":" in line and "File" not in line))
print(collect.records)
print(log.isEnabledFor(logging.INFO), child.getEffectiveLevel(), logging.getLevelName(30))
log.handlers.clear()
