"""A router: patterns with typed parts, middleware, query strings, responses."""

import re
from functools import reduce
from urllib.parse import parse_qs, quote, unquote, urlencode, urljoin, urlsplit

KINDS = {"int": (r"\d+", int), "word": (r"\w+", str), "path": (r".+", str)}


class App:
    def __init__(self):
        self.routes, self.middleware = [], []

    def route(self, pattern, verb="GET"):
        kinds = {}

        def part(m):
            kinds[m[2]] = KINDS[m[1]][1]
            return f"(?P<{m[2]}>{KINDS[m[1]][0]})"

        regex = re.compile(re.sub(r"<(\w+):(\w+)>", part, pattern))

        def register(f):
            self.routes.append((verb, regex, kinds, f))
            return f

        return register

    def use(self, f):
        self.middleware.append(f)

    def handle(self, verb, url):
        parts = urlsplit(url)
        query = {k: v[-1] for k, v in parse_qs(parts.query).items()}

        def last(path, query):
            allowed = set()
            for v, regex, kinds, f in self.routes:
                if m := regex.fullmatch(path):
                    if v == verb:
                        return 200, f(**{k: kinds[k](x) for k, x in m.groupdict().items()}, **query)
                    allowed.add(v)
            return (405, f"only {', '.join(sorted(allowed))}") if allowed else (404, f"no {path}")

        chain = reduce(lambda inner, outer: lambda p, q: outer(inner, p, q), reversed(self.middleware), last)
        return chain(unquote(parts.path), query)


app, seen = App(), []


@app.use
def log(inner, path, query):
    status, body = inner(path, query)
    seen.append(status)
    return status, body


@app.use
def errors(inner, path, query):
    try:
        return inner(path, query)
    except Exception as e:
        return 500, f"{type(e).__name__}: {e}"


@app.route("/")
def home():
    return "home"


@app.route("/add/<int:a>/<int:b>")
def add(a, b, times="1"):
    return (a + b) * int(times)


@app.route("/files/<path:name>", "PUT")
def put(name):
    return f"saved {name}"


for verb, url in [("GET", "/"), ("GET", "/add/2/3"), ("GET", "/add/2/3?times=4"), ("GET", "/add/2/3?times=x"), ("PUT", "/files/a%20b/c"), ("GET", "/files/x"), ("GET", "/no")]:
    print(verb, url, *app.handle(verb, url))
print(seen, urlencode({"a": 1, "b": "x y"}), quote("ä/ö"), urljoin("http://x.org/a/b", "../c?d=1"))
