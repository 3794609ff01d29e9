"""Morse code both ways, with timing."""

CODE = {"a": ".-", "b": "-...", "e": ".", "h": "....", "l": ".-..", "o": "---", "s": "...", "t": "-", "w": ".--", "r": ".-.", "d": "-.."}
BACK = {v: k for k, v in CODE.items()}


def encode(text):
    return " / ".join(" ".join(CODE[c] for c in word) for word in text.lower().split())


def decode(signal):
    return " ".join("".join(BACK.get(s, "?") for s in word.split()) for word in signal.split("/"))


def duration(signal):
    units = {".": 1, "-": 3, " ": 2, "/": 2}
    return sum(units[c] + (c in ".-") for c in signal)


for text in ("SOS", "hello world", "what"):
    signal = encode(text)
    print(f"{text:12} {signal} ({duration(signal)}) {decode(signal)}")
try:
    encode("zoo")
except KeyError as e:
    print("no code for", e)
print(decode("... .-.-.- -"), sorted(CODE, key=lambda c: (len(CODE[c]), CODE[c]))[:4])
