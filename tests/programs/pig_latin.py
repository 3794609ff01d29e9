"""Text games: pig latin, palindromes, pangrams, acronyms, word chains, title case."""

import re
import string
from collections import Counter


def pig(word):
    m = re.match(r"(?i)([^aeiou]*qu|[^aeiouy]*)(.*)", word)
    head, tail = m.groups()
    out = (tail + head + "ay") if head else word + "way"
    return out.capitalize() if word[:1].isupper() else out


def translate(text):
    return re.sub(r"[A-Za-z]+", lambda m: pig(m[0]), text)


def pangram(text):
    return set(string.ascii_lowercase) <= set(text.lower())


def chain(words):
    out, left = [words[0]], list(words[1:])
    while nxt := next((w for w in left if w[0] == out[-1][-1]), None):
        left.remove(nxt)
        out.append(nxt)
    return out, left


def longest_palindrome(s):
    best = ""
    for centre in range(len(s)):
        for width in (0, 1):
            low, high = centre, centre + width
            while low >= 0 and high < len(s) and s[low] == s[high]:
                low, high = low - 1, high + 1
            best = max(best, s[low + 1 : high], key=len)
    return best


print(translate("Quick school eggs, rhythm!"))
print(pangram("The quick brown fox jumps over the lazy dog"), pangram("no"))
print("".join(w[0].upper() for w in re.split(r"[\s-]+", "portable network graphics file-type")))
print(chain(["dog", "goat", "tiger", "cat", "rat"]), longest_palindrome("xabacdcab"))
print(string.capwords("the end of it"), "it's".title(), "ß".upper(), "ABC".casefold() == "abc")
print(Counter("mississippi").most_common(2), "-".join(reversed("abc")), "a,b,,c".split(","), " a  b ".split(), "k=v=w".partition("="))
print("Hi {0[1]} {x.real} {n!r:>5}".format("ab", x=3, n="q"), "%-5s|%05.1f|%x" % ("ab", 3.14159, 255), f"{'mid':*^9}{3:+d}{1234567.891:,.2f}")
