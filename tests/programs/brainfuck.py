"""An interpreter of a tiny language."""


def run(program, given=""):
    jumps, stack = {}, []
    for i, c in enumerate(program):
        if c == "[":
            stack.append(i)
        elif c == "]":
            j = stack.pop()
            jumps[i], jumps[j] = j, i
    tape, at, pc, out, feed = [0] * 20, 0, 0, [], iter(given)
    while pc < len(program):
        match program[pc]:
            case ">":
                at += 1
            case "<":
                at -= 1
            case "+":
                tape[at] = (tape[at] + 1) % 256
            case "-":
                tape[at] = (tape[at] - 1) % 256
            case ".":
                out.append(chr(tape[at]))
            case ",":
                tape[at] = ord(next(feed, "\0"))
            case "[" if tape[at] == 0:
                pc = jumps[pc]
            case "]" if tape[at]:
                pc = jumps[pc]
        pc += 1
    return "".join(out)


print(run("++++++++[>++++++++<-]>+.+.+."))
print(run(",[.,]", "echo"))
