"""string.Template, textwrap, str.format_map with defaults, and a few-shot prompt builder with chaining methods."""
# time: 2

from string import Template
class Missing(dict):
    def __missing__(self, key): return "{" + key + "}"
class Prompt:
    def __init__(self): self.lines = []
    def system(self, text):
        self.lines.append(textwrap.dedent(text).strip())
        return self
    def example(self, q, a):
        self.lines += [f"Q: {q}", f"A: {a}"]
        return self
    def ask(self, q):
        self.lines.append(f"Q: {q}\nA:")
        return self
    def __str__(self): return "\n".join(self.lines)
    def __len__(self): return len(str(self))
    def __format__(self, spec): return textwrap.shorten(str(self), int(spec or 40), placeholder="...")
T = Template("Dear $name, you owe $$ $amount. $extra")
examples = [(q, llm(f"example {q}")) for q in ("a", "b")]
answers = []
for q in ("x", "y", "z"):
    p = Prompt().system("""
        You are a teacher.
          Answer briefly.
    """)
    for eq, ea in examples:
        p.example(eq, ea)
    p.ask(q)
    answers.append(llm(str(p)))
    print(f"{p:30} {len(p)}")
letters = [T.safe_substitute(name=a, amount=i) for i, a in enumerate(answers)]
formatted = "{name} has {missing}".format_map(Missing(name=answers[0]))
wrapped = textwrap.fill(" ".join(answers), width=20)
print("\n".join(letters), formatted, textwrap.indent(wrapped, "  "), sep="\n")
