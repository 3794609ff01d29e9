"""Rate limits with a clock of our own: token buckets, sliding windows, back-off."""

from collections import deque


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


class Bucket:
    def __init__(self, rate, size, clock):
        self.rate, self.size, self.clock = rate, size, clock
        self.tokens, self.last = size, clock()

    def allow(self, n=1):
        now = self.clock()
        self.tokens = min(self.size, self.tokens + (now - self.last) * self.rate)
        self.last = now
        if self.tokens < n:
            return False
        self.tokens -= n
        return True


class Window:
    def __init__(self, limit, seconds, clock):
        self.limit, self.seconds, self.clock, self.times = limit, seconds, clock, deque()

    def __call__(self, f):
        def limited(*args):
            while self.times and self.times[0] <= self.clock() - self.seconds:
                self.times.popleft()
            if len(self.times) >= self.limit:
                raise RuntimeError(f"again in {self.times[0] + self.seconds - self.clock():.1f}")
            self.times.append(self.clock())
            return f(*args)

        return limited


def retry(f, *args, clock, attempts=4, base=0.5):
    for k in range(attempts):
        try:
            return f(*args), k
        except RuntimeError as e:
            wait = base * 2**k
            print(f"  t={clock():.1f} {e}, waiting {wait}")
            clock.sleep(wait)
    return None, attempts


clock = Clock()
bucket = Bucket(1, 3, clock)
pattern = ""
for pause in (0, 0, 0, 0, 0.5, 0.5, 2):
    clock.sleep(pause)
    pattern += "-+"[bucket.allow()]
print(pattern, bucket.tokens)
square = Window(2, 3, clock)(lambda x: x * x)
for x in (2, 3, 4, 5):
    print(x, *retry(square, x, clock=clock))
print(clock())
