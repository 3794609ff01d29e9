"""A cache counts a call that has failed, also where the function was walked past before it was known."""

from functools import lru_cache

def tell(x): fail(x)
@lru_cache
def one(x): fail(x)
@lru_cache
def two(x): return one(x) or one(x + 1)
@lru_cache
def three(x): tell(x)
try: two(1)
except ValueError: pass
try: three(2)
except ValueError: pass
k = one.cache_info(), two.cache_info(), three.cache_info()
two(2)
