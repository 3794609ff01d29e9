"""Examples drawn with numpy, from a generator and from the shared state; what failed draws nothing."""
# time: 3
import numpy as np

documents = ["one", "two", "three", "four", "five"]
generator = np.random.default_rng(7)
np.random.seed(3)
drafts = []
for document in documents:
    examples = generator.choice(documents, size=2, replace=False)
    style = np.random.choice(["short", "long"])
    drafts.append(llm(f"{style} {generator.integers(10)}: {document} like {', '.join(examples)}"))
order = list(range(5))
kept = []
for place, draft in enumerate(drafts[:3]):
    try:
        if rate(draft) % 2:
            raise ValueError(int(generator.integers(100)))
        generator.shuffle(order)
        kept.append((draft, list(order), float(np.random.normal())))
    except ValueError as error:
        kept.append((place, str(error)))
print(kept, generator.random(), np.random.rand(), llm(str(order)))
