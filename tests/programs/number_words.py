"""Numbers in words, ordinals, and words back into numbers."""

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def words(n):
    if n < 0:
        return "minus " + words(-n)
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    for value, name in SCALES:
        if n >= value:
            high, low = divmod(n, value)
            return f"{words(high)} {name}" + (f"{' and' if low < 100 else ''} {words(low)}" if low else "")


def number(text):
    total = current = 0
    for word in text.replace("-", " ").replace(" and ", " ").split():
        if word in ONES:
            current += ONES.index(word)
        elif word in TENS:
            current += 10 * TENS.index(word)
        else:
            scale = next((v for v, name in SCALES if name == word), None)
            if scale is None:
                raise ValueError(f"what is {word!r}?")
            current *= scale
            if scale > 100:
                total, current = total + current, 0
    return total + current


def ordinal(n):
    return f"{n}{'th' if 10 <= n % 100 < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


for n in (0, 13, 42, 105, 1999, -7, 1_000_021):
    print(n, words(n), number(words(n)) if n >= 0 else "")
print(*map(ordinal, (1, 2, 3, 11, 22, 113)))
try:
    number("two gazillion")
except ValueError as e:
    print(e)
