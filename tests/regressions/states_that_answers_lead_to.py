"""Machines whose states, members of an enumeration, are keys of a table: no machine waits for the one before it."""
# time: 4

from enum import Enum


class State(Enum):
    BEGIN = "begin"
    DRAFT = "draft"
    REVIEW = "review"
    DONE = "done"


def draft(notes):
    notes["text"] = f(notes["topic"])
    return State.REVIEW


def review(notes):
    verdict = str(g(notes["text"]))
    notes["reviews"] = notes.get("reviews", 0) + 1
    return State.DONE if notes["reviews"] == 2 or "?" in verdict else State.DRAFT


STEPS = {State.BEGIN: lambda notes: State.DRAFT, State.DRAFT: draft, State.REVIEW: review}
done = {}
for topic in ("tea", "sea", "pea"):
    notes, state, path = {"topic": topic}, State.BEGIN, [State.BEGIN.name]
    while state in STEPS:
        state = STEPS[state](notes)
        path.append(state.name)
    done[topic] = (state, path)
for topic, (state, path) in done.items():
    print(topic, state, "->".join(path))
