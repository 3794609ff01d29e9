"""A report writer: outline, sections, an abstract; methods that call each other and self.state."""
# time: 5
from datetime import date
class ReportWriter:
    def __init__(self, topic, style="formal"):
        self.topic = topic
        self.style = style
        self.state = {"sections": {}, "notes": [], "calls": 0}
    def ask(self, prompt):
        self.state["calls"] += 1
        return llm(f"[{self.style}] {prompt}")
    def outline(self):
        hits = search(f"outline {self.topic}", k=4)
        self.state["outline"] = [h["text"] for h in hits]
        return self.state["outline"]
    def write_section(self, title):
        draft = self.ask(f"Write '{title}' about {self.topic}")
        critique = self.ask(f"Critique: {draft}")
        if "a" in critique.split("(")[1]:
            self.state["notes"].append(f"{title} revised")
            draft = self.ask(f"Revise {draft} by {critique}")
        self.state["sections"][title] = draft
        return draft
    def run(self):
        for title in self.outline():
            self.write_section(title)
        body = "\n\n".join(f"## {t}\n{s}" for t, s in self.state["sections"].items())
        self.state["abstract"] = self.ask(f"Abstract: {body}")
        return f"# {self.topic}\n{self.state['abstract']}\n{body}"
reports = {}
for topic in ["bees", "wasps"]:
    writer = ReportWriter(topic)
    reports[topic] = writer.run()
    print(reports[topic])
    print(writer.state["calls"], writer.state["notes"])
