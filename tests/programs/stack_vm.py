"""A virtual machine with calls, jumps and a disassembler; programs from text."""

from enum import IntEnum, auto


class Op(IntEnum):
    PUSH = auto()
    ADD = auto()
    MUL = auto()
    DUP = auto()
    SWAP = auto()
    JZ = auto()
    JMP = auto()
    CALL = auto()
    RET = auto()
    OUT = auto()
    HALT = auto()


TAKES = {Op.PUSH, Op.JZ, Op.JMP, Op.CALL}


class MachineError(Exception):
    pass


def assemble(text):
    labels, code, fix = {}, [], []
    for word in text.split():
        if word.endswith(":"):
            labels[word[:-1]] = len(code)
        elif word.upper() in Op.__members__:
            code.append(Op[word.upper()])
        elif word.lstrip("-").isdigit():
            code.append(int(word))
        else:
            fix.append((len(code), word))
            code.append(None)
    for at, name in fix:
        if name not in labels:
            raise MachineError(f"no label {name}")
        code[at] = labels[name]
    return code


def run(code, limit=500):
    stack, calls, at, out = [], [], 0, []
    for _ in range(limit):
        op = code[at]
        operand = code[at + 1] if op in TAKES else None
        at += 1 + (op in TAKES)
        match op:
            case Op.PUSH:
                stack.append(operand)
            case Op.ADD:
                stack.append(stack.pop() + stack.pop())
            case Op.MUL:
                stack.append(stack.pop() * stack.pop())
            case Op.DUP:
                stack.append(stack[-1])
            case Op.SWAP:
                stack[-2:] = reversed(stack[-2:])
            case Op.JZ if stack.pop() == 0:
                at = operand
            case Op.JMP:
                at = operand
            case Op.CALL:
                calls.append(at)
                at = operand
            case Op.RET:
                at = calls.pop()
            case Op.OUT:
                out.append(stack.pop())
            case Op.HALT:
                return out
    raise MachineError("too long")


factorial = "push 1 push 4 loop: dup jz end dup push -1 add call step jmp loop end: swap out halt step: swap call times ret times: ret"
simple = "push 3 again: dup out push -1 add dup jz done jmp again done: halt"
print(run(assemble(simple)), len(assemble(factorial)))
print(run(assemble("push 6 push 7 mul call show halt show: out ret")))
for bad in ("jmp nowhere", "x: jmp x", "add halt"):
    try:
        print(run(assemble(bad)))
    except MachineError as e:
        print(e)
    except IndexError:
        print("stack underflow")
