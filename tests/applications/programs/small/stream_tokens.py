"""A streaming print of tokens of several answers, with flush and end=''; progress kept by a class."""
# time: 2

import sys
def stream(text, size=3):
    for i in range(0, len(text), size):
        yield text[i:i + size]
class Meter:
    def __init__(self): self.tokens = 0
    def __iadd__(self, n):
        self.tokens += n
        return self
meter = Meter()
outputs = []
for prompt in ["sea", "sky", "sun"]:
    print(f">>> {prompt}: ", end="")
    buffer = ""
    for token in stream(llm(prompt)):
        print(token, end="", flush=True)
        buffer += token
        meter += 1
    print()
    sys.stdout.write("-" * 5 + "\n")
    outputs.append(buffer)
followup = [llm(o) for o in outputs]
print(meter.tokens, followup)
