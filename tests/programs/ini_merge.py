"""Settings from layers: defaults, a file, the environment, arguments; types are checked."""

import io
import os
from typing import get_type_hints


class Settings:
    host: str = "localhost"
    port: int = 80
    debug: bool = False
    ratio: float = 0.5

    def __init__(self, **values):
        hints = get_type_hints(type(self))
        for name, value in values.items():
            if name not in hints:
                raise AttributeError(f"unknown setting {name!r}")
            setattr(self, name, self.convert(hints[name], value, name))

    @staticmethod
    def convert(kind, value, name):
        if kind is bool and isinstance(value, str):
            if value.lower() not in ("yes", "no", "true", "false"):
                raise ValueError(f"{name}: {value!r} is neither yes nor no")
            return value.lower() in ("yes", "true")
        try:
            return kind(value)
        except ValueError as e:
            raise ValueError(f"{name}: {e}") from e

    def __or__(self, other):
        return type(self)(**{**vars(self), **vars(other)})

    def __str__(self):
        return " ".join(f"{k}={getattr(self, k)!r}" for k in get_type_hints(type(self)))


def from_file(file):
    lines = (line.split("#")[0].strip() for line in file)
    return Settings(**{k.strip(): v.strip() for k, v in (line.split("=", 1) for line in lines if line)})


def from_environment(prefix="PROGRAM_"):
    return Settings(**{k.removeprefix(prefix).lower(): v for k, v in os.environ.items() if k.startswith(prefix)})


os.environ["PROGRAM_PORT"] = "9090"
layers = [Settings(), from_file(io.StringIO("host = example.org  # main\n\nport=8080\ndebug = yes\n")), from_environment()]
total = layers[0]
for layer in layers[1:]:
    total = total | layer
    print(total)
for wrong in ({"port": "x"}, {"debug": "maybe"}, {"colour": 1}):
    try:
        Settings(**wrong)
    except (ValueError, AttributeError) as e:
        print(type(e).__name__, e)
del os.environ["PROGRAM_PORT"]
print(from_environment(), vars(total | Settings(ratio=1)))
