"""ReAct: regex parsing of actions, scratchpad text, tools in a dict of lambdas."""
# time: 3

ACTION = re.compile(r"ans\((\w)(\w)")
class Trace(list):
    def log(self, kind, text):
        self.append({"kind": kind, "text": text})
        return text
def calc(arg): return str(sum(map(ord, arg)))
def find(arg): return " | ".join(r["text"] for r in search(arg))
ACTIONS = {"c": calc, "f": find}
def react(question, max_turns=3):
    trace = Trace()
    scratch = f"Q: {question}\n"
    for turn in range(max_turns):
        thought = trace.log("thought", llm(scratch))
        m = ACTION.search(thought)
        if m is None:
            break
        name, arg = m.group(1), m.group(2)
        if name.isdigit():
            return trace.log("final", f"answer {name}"), trace
        action = ACTIONS.get(name)
        obs = action(arg) if action else f"no tool {name}"
        scratch += f"Thought: {thought}\nObs: {trace.log('obs', obs)}\n"
    return None, trace
solved, kinds = {}, Counter()
for q in [f"question {i}" for i in range(6)]:
    answer, trace = react(q)
    solved[q] = answer
    kinds.update(step["kind"] for step in trace)
    print(q, "->", answer or "unsolved", f"({len(trace)} steps)")
print(kinds.most_common())
