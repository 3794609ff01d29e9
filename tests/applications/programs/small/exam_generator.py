"""Generates questions, answers and grades; nested loops, nested dicts by setdefault, sorting by several keys, a report."""
# time: 4

subjects = {"maths": ["sums", "sets"], "art": ["colour", "form", "light"]}
students = ["ann", "bob"]
exam = {s: {t: llm(f"question on {t} of {s}") for t in topics} for s, topics in subjects.items()}
grades = {}
for student in students:
    for subject, questions in exam.items():
        for topic, q in questions.items():
            answer = llm(f"{student} answers {q}")
            points = rate(f"{q} {answer}")
            grades.setdefault(student, {}).setdefault(subject, []).append((topic, points))
            if points < 4:
                grades[student].setdefault("notes", []).append(llm(f"explain to {student}: {q}"))
def total(student): return sum(p for s in subjects for _, p in grades[student][s])
ranking = sorted(students, key=lambda s: (-total(s), s))
for s in ranking:
    weakest = min(((p, t) for sub in subjects for t, p in grades[s][sub]))
    print(f"{s:<5}{total(s):>4} weakest {weakest[1]} notes {len(grades[s].get('notes', []))}")
top = {sub: max(students, key=lambda s: sum(p for _, p in grades[s][sub])) for sub in subjects}
