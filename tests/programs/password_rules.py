"""Passwords checked by rules, generated with a seed, hashed with salt, compared."""

import hashlib
import hmac
import random
import string
from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Rule:
    name: str
    test: Callable[[str], bool]
    weight: int = 1


RULES = (
    Rule("length", lambda p: len(p) >= 8, 2),
    Rule("upper", lambda p: any(map(str.isupper, p))),
    Rule("digit", lambda p: any(c.isdigit() for c in p)),
    Rule("symbol", lambda p: bool(set(p) & set(string.punctuation))),
    Rule("runs", lambda p: not any(a == b == c for a, b, c in zip(p, p[1:], p[2:])), 2),
)


def check(password):
    failed = [r.name for r in RULES if not r.test(password)]
    score = sum(r.weight for r in RULES if r.name not in failed)
    return score, failed


def generate(rng, n=10):
    while True:
        p = "".join(rng.choices(string.ascii_letters + string.digits + "!?-", k=n))
        if not check(p)[1]:
            return p


class Vault:
    def __init__(self, seed):
        self._rng, self._users = random.Random(seed), {}

    def add(self, user, password):
        salt = self._rng.randbytes(4)
        self._users[user] = salt, self._digest(salt, password)

    @staticmethod
    def _digest(salt, password):
        return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 10)

    def login(self, user, password):
        salt, digest = self._users.get(user, (b"", b""))
        return hmac.compare_digest(digest, self._digest(salt, password))


for p in ("abc", "Password1", "aaaBBB1!", "Tr0ub4dor&3"):
    print(p, *check(p))
made = generate(random.Random(2))
vault = Vault(1)
vault.add("ann", made)
print(len(made), check(made), vault.login("ann", made), vault.login("ann", made + "x"), vault.login("bob", made))
print(vault._digest(b"s", "p").hex()[:16], sum(r.weight for r in RULES))
