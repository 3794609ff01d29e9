"""A perfect game of noughts and crosses by minimax with a memo."""

from functools import lru_cache

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


def winner(board):
    for a, b, c in LINES:
        if board[a] != "." and board[a] == board[b] == board[c]:
            return board[a]
    return None


@lru_cache(maxsize=None)
def value(board, player):
    won = winner(board)
    if won:
        return (1 if won == "x" else -1), None
    free = [k for k, c in enumerate(board) if c == "."]
    if not free:
        return 0, None
    outcomes = [(value(board[:k] + player + board[k + 1 :], "o" if player == "x" else "x")[0], k) for k in free]
    best = (max if player == "x" else min)(outcomes, key=lambda o: o[0])
    return best


board, player = "x.o.x...o", "x"
while not winner(board) and "." in board:
    score, move = value(board, player)
    board = board[:move] + player + board[move + 1 :]
    print(player, "to", move, "expects", score)
    player = "o" if player == "x" else "x"
print("\n".join(board[k : k + 3] for k in (0, 3, 6)), winner(board))
