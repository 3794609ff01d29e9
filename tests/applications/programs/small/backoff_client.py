"""A client class with retry decorator and statistics."""
# time: 3

def retry(times=4, on=(ConnectionError,)):
    def deco(fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            last = None
            for attempt in range(times):
                try:
                    return fn(*args, attempt=attempt, **kwargs)
                except on as e:
                    last = e
                    wrapper.failures += 1
            raise RuntimeError(f"gave up after {times}") from last
        wrapper.failures = 0
        return wrapper
    return deco
@retry(times=4)
def fetch(url, attempt=0):
    return flaky(url, attempt)
pages = {}
errors = []
for i in range(12):
    url = f"http://site/{i}"
    try:
        pages[url] = fetch(url)
    except RuntimeError as e:
        errors.append((url, str(e), str(e.__cause__)))
print(len(pages), errors, fetch.failures)
