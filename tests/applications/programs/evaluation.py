"""Two prompts compared over a table: predictions by column, grades by row, means by group, the failures listed."""

import pandas as pd
from openai import OpenAI


client = OpenAI()
rows = [
    ("spam", "Win the lottery now"), ("spam", "Huge discount on watches, sale ends today"), ("ham", "Lunch at noon?"),
    ("ham", "The minutes of the meeting are attached"), ("spam", "Unsubscribe from this newsletter"), ("ham", "Your train leaves at 9"),
    ("ham", "Recipe for the bread you liked"), ("spam", "Lottery results: you are rich"),
]  # fmt: skip
df = pd.DataFrame(rows, columns=["label", "text"])
PROMPTS = {"plain": "Is this an honest message? Answer yes or no: {text}", "roles": "You are a mail filter. Keep it? yes or no: {text}"}


def complete(prompt):
    response = client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}], temperature=0, max_tokens=5
    )
    return response.choices[0].message.content.strip().lower()


def explain(row, name):
    prompt = f"Why was '{row['text']}' taken for {row[name]} and not for {row['label']}?"
    return complete(prompt)


for name, template in PROMPTS.items():
    answers = df["text"].apply(lambda text: complete(template.format(text=text)))
    df[name] = answers.map({"yes": "ham", "no": "spam"})
    df[f"{name}_right"] = df[name] == df["label"]

accuracy = {name: float(df[f"{name}_right"].mean()) for name in PROMPTS}
best = max(accuracy, key=accuracy.get)
print(accuracy, "best:", best)

failures = []
for number, row in df.iterrows():
    for name in PROMPTS:
        if not row[f"{name}_right"]:
            failures.append({"row": number, "prompt": name, "why": explain(row, name)})
failures = pd.DataFrame(failures, columns=["row", "prompt", "why"])
by_label = df.groupby("label")[[f"{name}_right" for name in PROMPTS]].mean()
print(by_label.to_string())
print(failures.to_string(index=False))
