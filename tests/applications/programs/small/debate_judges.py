"""Several debaters with stances, judges vote, scoreboard by namedtuple."""
# time: 4

Vote = namedtuple("Vote", "judge winner margin")
class Debater:
    instances = 0
    def __init__(self, name, stance):
        self.name, self.stance, self.said = name, stance, []
        Debater.instances += 1
    def argue(self, against=None):
        prompt = f"{self.stance}: argue" + (f" against {against}" if against else "")
        self.said.append(llm(prompt))
        return self.said[-1]
class Moderator:
    def __init__(self, pro, con, rounds=2):
        self.pro, self.con, self.rounds, self.transcript = pro, con, rounds, []
    def run(self):
        last_pro = last_con = None
        for r in range(self.rounds):
            last_pro, last_con = self.pro.argue(last_con), self.con.argue(last_pro)
            self.transcript += [(r, self.pro.name, last_pro), (r, self.con.name, last_con)]
        return self.transcript
def vote(judge_name, transcript):
    score = rate((judge_name, [t for _, _, t in transcript]))
    winner = "pro" if score >= 5 else "con"
    return Vote(judge_name, winner, abs(score - 5))
board = {}
for topic in ("tea", "chess", "trains"):
    m = Moderator(Debater("P", f"for {topic}"), Debater("C", f"against {topic}"))
    t = m.run()
    votes = [vote(j, t) for j in "xyz"]
    tally = Counter(v.winner for v in votes)
    board[topic] = (tally.most_common(1)[0][0], max(votes, key=lambda v: v.margin).judge)
    print(f"{topic:<8}{board[topic]}")
closing = llm(f"summary {sorted(board.items())}")
