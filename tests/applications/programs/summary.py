"""Map and reduce: summarise sections in pieces, pieces into sections, sections into a report; long ones again by recursion."""

import textwrap
from collections import defaultdict

from openai import OpenAI


client = OpenAI()
PAPERS = {
    "tides": ["The moon pulls the sea. " * 3, "Harbours plan by the tide. " * 2, "Power from tides is young.", "Mills used it before."],
    "ice": ["Ice keeps old air in bubbles.", "Cores are drilled a mile deep. " * 4, "Layers count like rings of a tree."],
    "dust": ["Dust of the desert feeds the forest.", "It crosses the sea in a week. " * 3, "Satellites see it."] * 2,
}
usage = defaultdict(int)


def summarise(text, words=20):
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "system", "content": f"At most {words} words."}, {"role": "user", "content": "Summarise:\n" + text}],
        temperature=0,
    )
    usage["prompt"] += response.usage.prompt_tokens
    usage["completion"] += response.usage.completion_tokens
    usage["calls"] += 1
    return response.choices[0].message.content.strip()


def reduce(parts, width=2):
    """Summaries of summaries until one is left."""
    if len(parts) == 1:
        return parts[0]
    groups = [parts[i : i + width] for i in range(0, len(parts), width)]
    merged = []
    for group in groups:
        merged.append(summarise("\n".join(group)) if len(group) > 1 else group[0])
    return reduce(merged, width)


def title(text):
    response = client.responses.create(model="gpt-4o-mini", input=f"A title for: {text}")
    return response.output_text.removeprefix("In short: ").title()


report = []
for name, sections in PAPERS.items():
    parts = [summarise(section) for section in sections]
    whole = reduce(parts)
    heading = title(whole)
    report.append(f"## {heading}\n{textwrap.fill(whole, 60)}")
    print(f"{name}: {len(parts)} parts, {len(whole)} characters")

report = "\n\n".join(report)
print(report)
print(dict(usage))
