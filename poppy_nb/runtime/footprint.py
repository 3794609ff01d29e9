"""What the rest of a parked strand may still read or write: an abstract interpretation from where it stands, over the live heap.

`footprint` is the one entry. It errs on the side of claiming too much, and claims everything for what it cannot analyse.
The work is spread over a chain of classes, each of which knows only those before it, in the modules `footprint_...`: values
(atoms), store (memory and claims), reach, frames (variables), attributes, items, operators, calls, classes, unknown (code that
is not looked at), natives (with functions and methods: where values flow in builtins), targets, expressions, patterns,
statements. This module knows what "the rest" is; `footprint_places` finds places in code.
"""

from __future__ import annotations

import operator
import pathlib
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from poppy_nb import effects as _effects
from poppy_nb import ir, shapes, tables
from poppy_nb.looking import is_a
from poppy_nb.numbers import Numbers
from poppy_nb.region import expression_of
from poppy_nb.runtime import listings
from poppy_nb.runtime.claims import Activation, Brought, Claims, Heap, Key, Mode
from poppy_nb.runtime.footprint_frames import Frame, scope_of_function, scope_of_module
from poppy_nb.runtime.footprint_operators import SYMBOLS
from poppy_nb.runtime.footprint_places import blocks, stands_in, under_way
from poppy_nb.runtime.footprint_statements import Statements
from poppy_nb.runtime.footprint_store import shape_of
from poppy_nb.runtime.footprint_values import (
    A_PLAIN,
    EMPTY,
    NEW,
    Answer,
    Arguments,
    Atom,
    Kind,
    UnboundedError,
    Value,
    is_simple,
    kinds_of,
)
from poppy_nb.runtime.placeholder import Exactly, Parts, PendingTuple, among, known, parts_of, shared
from poppy_nb.scopes import COMPREHENSIONS, FUNCTIONS


_INPLACE = {getattr(operator, f"i{name}"): symbol for symbol, name in SYMBOLS.items()}
BUDGET = 4_000  # steps; what needs more is claimed whole
_ROUNDS = 12


def footprint(activations: Sequence[Activation], heap: Heap, effects: Any = _effects, budget: int = BUDGET) -> Claims:
    """The claims of a strand with these frames, outermost first.

    `effects` is the module of that name, or anything with its `lookup`, `method`, `operator` and `receiver`.
    """
    run = _Rest(heap, effects, budget)
    return run.claims_of(lambda: run.stack(activations))


def footprint_of_call(
    function: object, args: Sequence[object], kwargs: Mapping[str, object], heap: Heap, node: ir.Node,
    rest: Sequence[object] = (), extra: Sequence[object] = (), budget: int = BUDGET,
) -> Claims:  # fmt: skip
    """The claims of a whole call, such as that of a builtin that calls back; `node` is where it stands.

    `rest` is unpacked into further positional arguments, `extra` into keywords.
    """
    run = _Rest(heap, _effects, budget)
    return run.claims_of(lambda: run.single_call(function, args, kwargs, node, rest, extra))


def footprint_of_display(
    made: type, parts: Sequence[object], rest: Sequence[object], extra: Sequence[object], heap: Heap, node: ir.Node
) -> Claims:
    """The claims of a display of some parts and of what is unpacked into it: elements (`rest`), or keys and values (`extra`)."""
    run = _Rest(heap, _effects, BUDGET)
    return run.claims_of(lambda: run.display_of(made, parts, rest, extra, node))


class _Rest(Statements):
    """The rest of activations."""

    made: Value = EMPTY  # items of generators that are being run, and elements made of them

    def claims_of(self, interpret: Callable[[], Value]) -> Claims:
        """Interpret until nothing grows any more. It can be asked once."""
        try:
            for number in range(1, _ROUNDS + 1):
                self.round = number
                self.again = False
                result = interpret() | self.made
                if not self.again:
                    claims = self.claims
                    answer, claims.news = self.surface(result), self.surface(self.published)
                    claims.result, claims.published = answer.objects, claims.news.objects
                    claims.ours = answer.ours and claims.news.ours
                    claims.raised = self.surface(self.raised().value).objects
                    claims.instances = self._shape(result, claims.ours)
                    claims.brings = {key: self._brought(key, atoms) for key, atoms in self.brings.items()}
                    classes, others = answer.classes, claims.news.classes
                    claims.classes = None if classes is None or others is None else list(dict.fromkeys([*classes, *others]))
                    claims.lazy = self.lazy
                    claims.simple, claims.numbers = is_simple(result), kinds_of(result)
                    return claims
            self.give_up("what it may do does not settle")
        except UnboundedError as reason:
            return Claims(everything=True, reason=str(reason))
        except RecursionError:
            return Claims(everything=True, reason=f"line {self.line}: code nested too deeply")
        finally:
            self.dissolve()

    def _shape(self, result: Value, ours: bool) -> Any:
        """What is known of a value whatever happens: as `_instances`, or a tuple of such, unless it is a text or number."""
        found = [self._parts(atom, ours) for atom in result if atom.kind is not Kind.SCALAR]
        tuples = [one for one in found if one is not None]
        if not tuples or len(tuples) < len(found):
            return self._instances(result, ours)
        return shared(tuples, ours, alone=len(tuples) == len(result))

    def _parts(self, atom: Atom, ours: bool) -> Parts | None:
        """What is known of the parts of a new tuple; None if it is none."""
        if atom.kind is Kind.TUPLE and atom.obj is NEW and atom.type is tuple and atom.members:
            values = [self.look(cell) for cell in atom.members]
        elif type(atom.obj) is PendingTuple:
            values = [self.value((known(part),)) for part in atom.obj.parts]
        else:
            shape = getattr(atom.obj, "shape", None) if atom.kind is Kind.FOREIGN else None
            return shape if type(shape) is Parts else None
        simple = tuple(map(is_simple, values))
        shapes = (kinds_of(value) if told else self._instances(value, ours) for value, told in zip(values, simple, strict=True))
        return parts_of(tuple(shapes), simple, ours)

    def _instances(self, result: Value, ours: bool) -> Any:
        """Of a value that is a new object of the program's whatever happens, the classes; of a client's answer the shape."""
        classes: dict[type, None] = {}
        answers = [shape_of(atom) for atom in result if atom.obj is NEW and type(atom.payload) is Answer]
        if len(answers) == len(result) and None not in answers:
            return shapes.either(answers)
        for atom in result:
            new = atom.obj is NEW and atom.type is not None and self.owned(atom.type)
            if atom.kind is Kind.OBJECT and (new or atom.payload == "pending"):
                classes[atom.type] = None
            elif type(shape_of(atom)) is Exactly:
                classes[shape_of(atom).cls] = None
            elif atom.kind is not Kind.SCALAR:
                return None
        several = len(classes) > 1 or len(classes) < len(result)
        return among(tuple(sorted(classes, key=id)), several, ours) if classes else None

    def _brought(self, key: Key, atoms: Mapping[Atom, None]) -> Brought:
        kinds = self.sums.get(key) if key not in self.changed else None
        return self.surface(atoms) if kinds is None else Brought(numbers=Numbers(kinds))

    def stack(self, activations: Sequence[Activation]) -> Value:
        """All activations, the innermost first; what the outermost answers."""
        inner: tuple[ir.Node, Value] | None = None
        result = EMPTY
        for activation in reversed(activations):
            frame = self.frame(activation)
            frame.inner = inner
            self.activation(frame, activation)
            result = frame.result | frame.yielded
            inner = (activation.node, frame.result | self._under_construction(frame))
        return result

    def single_call(self, function: object, args: Sequence[object], kwargs: Mapping[str, object], node: ir.Node,
                    rest: Sequence[object], extra: Sequence[object]) -> Value:  # fmt: skip
        """One call."""
        self.line = node.span.line
        if function is operator.getitem:
            return self.get_item(self.value((args[0],)), self.value((args[1],)), False, node)  # of a defaultdict it may store
        if type(function) is types.BuiltinFunctionType and function in _INPLACE and len(args) == 2:
            return self.inplace(_INPLACE[function], self.value((args[0],)), self.value((args[1],)), node)
        keywords = {name: self.value((arg,)) for name, arg in kwargs.items()}
        positional = [self.value((arg,)) for arg in args]
        unpacked = self.iterate(self.value(rest), node), self.mapping(self.value(extra), node)
        return self.call(self.value((function,)), Arguments(positional, keywords, *unpacked), node)

    def display_of(self, made: type, parts: Sequence[object], rest: Sequence[object], extra: Sequence[object],
                   node: ir.Node) -> Value:  # fmt: skip
        """One display."""
        self.line = node.span.line
        content = self.value(parts) | self.iterate(self.value(rest), node) | self.mapping(self.value(extra), node)
        if made is set or made is dict:
            self.hash_key(content, node)
        return self.display(node, made, content)

    def _under_construction(self, frame: Frame) -> Value:
        # a constructor answers with the object that `__init__` is given
        if getattr(frame.node, "name", "") in ("__init__", "__post_init__") and frame.names.parameters:
            return self.load(frame, frame.names.parameters[0])
        return EMPTY

    def frame(self, activation: Activation) -> Frame:
        """The frame of an activation as it stands."""
        node = activation.node
        names = activation.names
        if names is None and isinstance(node, FUNCTIONS):
            # its names are those of the running function: what is free there, and the class it was written in
            function = getattr(activation.scope, "function", None)
            qualname = getattr(function, "__qualname__", "") or getattr(node, "name", "")
            names = scope_of_function(node, tuple(getattr(getattr(function, "__code__", None), "co_freevars", ())), qualname)
        elif names is None:
            names = scope_of_module(node)
        frame = Frame(node, names)
        frame.live = True
        frame.scope = activation.scope
        others: list[object] = []
        for name, value in activation.arguments.items():
            span = expression_of(name)
            if span is not None:
                frame.values[span] = frame.values.get(span, EMPTY) | self.atom(value).single
            elif name == "__poppy_callee":
                frame.callee = self.atom(value).single
            elif name.startswith("__poppy_") or name == "test":
                others.append(value)
        frame.temps = self.value(others)
        if "awaited" in activation.arguments:
            frame.awaited = self.value((activation.arguments["awaited"],))
        if "iterated" in activation.arguments:
            frame.iterated = self.value((activation.arguments["iterated"],))
        return frame

    def resume(self, generator: Atom) -> Value:
        """Run an existing generator to its end."""
        if self.consumed.get(generator) != self.round and not self.heap.has_ended(generator.obj):
            self.consumed[generator] = self.round
            activation = self.heap.generator(generator.obj)
            if activation is None and is_a(generator.obj, types.GeneratorType) and tables.reads_only(generator.obj):
                for memory in (tables.ALL, tables.ARRAYS):
                    self.claim(id(memory), Mode.READ, memory)
                of = (generator.obj.gi_frame.f_locals.get("self"),) if generator.obj.gi_frame is not None else ()
                self.grow_content(generator, self.foreign(("rows", generator), self.value(of)))
                return self.content(generator) | A_PLAIN
            if activation is None and listings.gives_paths(generator.obj):
                self.any_file(writes=False)
                self.grow_content(generator, self.new(("listing", generator), Kind.OBJECT, type(pathlib.Path())).single)
                return self.content(generator) | A_PLAIN
            if activation is None:
                self.give_up(f"reads on in a generator that has begun: {generator.obj.__qualname__}")
            frame = self.frame(activation)
            line, depth, skip = self.line, self.depth, self.skip
            self.skip = None
            self.activation(frame, activation)
            self.line, self.depth, self.skip = line, depth, skip
            self.grow_content(generator, frame.yielded | frame.result)
            found = self.heap.collected(generator.obj)
            if found is not None:
                self.alone("a generator")
                self.made |= self.content(self.atom(found))
                self.grow_content(generator, self.made)
        return self.content(generator)

    def emit(self, run: Any, item: Value) -> None:
        """A turn of the loop that the items of a generator are pushed into."""
        self.alone("a generator")
        if run.element is not None:
            self.put(self.atom(run.found), item)
        if run.region is None:
            return
        node = run.region.node
        if run.region.kind == "delegation":
            self.emit(run.scope.home.push, item)
            return
        frame = self.frame(Activation(node, "iteration", None, run.scope, {}, run.region.names))
        line, skip = self.line, self.skip
        self.skip = None
        if isinstance(node, COMPREHENSIONS):
            self.put(self.atom(run.found), self.clauses(frame, node, run.region.clause, item, {}))
        else:
            self.assign(frame, node.target, item)
            self.block(frame, node.body)
        self.line, self.skip = line, skip

    # ---- where it stands

    def activation(self, frame: Frame, activation: Activation) -> None:
        """The rest of one activation."""
        node: Any = activation.node
        at = activation.at
        self.line = at.line if at is not None else node.span.line
        frame.ended = activation.ended
        frame.spawned = activation.spawned
        for name, value in activation.arguments.items():
            if name.startswith("__poppy_generator_"):
                self.resume(self.atom(value))  # it is under way on the stack of this strand
        if activation.kind == "delegation":
            self.emit(frame.scope.home.push, self.value((activation.arguments["item"],)))  # type: ignore[attr-defined]
        elif at is None or not self._resume(frame, activation, node, at):
            self._start(frame, activation, node)

    def _resume(self, frame: Frame, activation: Activation, node: Any, at: ir.Span) -> bool:
        if isinstance(node, (ir.FunctionDef, ir.AsyncFunctionDef, ir.Module)) or activation.kind == "iteration":
            bodies = [node.body]
        elif activation.kind == "branch" and isinstance(node, ir.If):
            bodies = [node.body, node.orelse]
        elif isinstance(node, ir.Statement) and stands_in(node, at):
            self._statement(frame, node, at)
            return True
        elif isinstance(node, (ir.Lambda, ir.Expression)) and not isinstance(node, COMPREHENSIONS):
            expression = node.body if isinstance(node, ir.Lambda) else node
            with_at(frame, expression, at)
            frame.result |= self.evaluate(frame, expression)
            without_at(frame)
            return True
        else:
            return False
        for body in bodies:
            if any(stands_in(statement, at) for statement in body):
                self._block(frame, body, at)
                frame.result |= A_PLAIN
                return True
        return False

    def _start(self, frame: Frame, activation: Activation, node: Any) -> None:
        arguments = activation.arguments
        item = self.value((arguments["item"],)) if "item" in arguments else EMPTY
        if isinstance(node, FUNCTIONS):
            for name in frame.names.parameters:
                if name in arguments:
                    frame.env[name] = self.value((arguments[name],))
            self.run_body(frame)
        elif isinstance(node, ir.Module):
            self.block(frame, node.body)
        elif activation.kind == "iteration":
            if isinstance(node, (ir.For, ir.AsyncFor)):
                self.assign(frame, node.target, item if item else self.iterate(self.evaluate(frame, node.iter), node))
            self.block(frame, node.body)
            frame.result |= A_PLAIN
        elif activation.kind == "branch" and isinstance(node, ir.If):
            self.branches(frame, node.body, node.orelse)
            frame.result |= A_PLAIN
        elif activation.kind == "expression" and isinstance(node, ir.IfExp):
            frame.result |= self.alternatives(frame, node)
        elif isinstance(node, ir.Statement):
            self.execute(frame, node)
            frame.result |= A_PLAIN
        elif isinstance(node, COMPREHENSIONS) and "item" in arguments:
            frame.result |= self.clauses(frame, node, activation.clause, item, {})
        elif isinstance(node, ir.GeneratorExp) and "source" in arguments:
            frame.result |= self.clauses(frame, node, 0, self.iterate(self.value((arguments["source"],)), node) | A_PLAIN, {})
        elif isinstance(node, COMPREHENSIONS) and "iterable" in arguments:
            frame.result |= self.comprehension(frame, node, self.iterate(self.value((arguments["iterable"],)), node) | A_PLAIN)
        else:
            with_at(frame, node, node.span)
            frame.result |= self.evaluate(frame, node)
            without_at(frame)

    def _block(self, frame: Frame, body: tuple[ir.Statement, ...], at: ir.Span) -> None:
        """The rest of a block, from the statement that contains `at`."""
        for index, statement in enumerate(body):
            if stands_in(statement, at):
                self._statement(frame, statement, at)
                self.block(frame, body[index + 1 :])
                return
        self.block(frame, body)

    def _body(self, frame: Frame, body: tuple[ir.Statement, ...], at: ir.Span) -> None:
        """The rest of what a `try` or `with` guards."""
        if not frame.ended or not stands_in(body[-1], at):
            self._block(frame, body, at)
        else:
            left = _return_at(body, at)
            given = frame.values.get(left.value.span) if left is not None and left.value is not None else None
            frame.result |= frame.temps if given is None else given  # a `return` has its value

    def _statement(self, frame: Frame, node: Any, at: ir.Span) -> None:
        """The rest of a statement."""
        self.line = at.line
        if frame.spawned is node:  # its strand claims for itself what it does
            frame.result |= frame.awaited
            return
        inside = next((body for body in blocks(node) if any(stands_in(s, at) for s in body)), None)
        if isinstance(node, ir.If):
            if inside is not None:
                self._block(frame, inside, at)
            else:
                self._expression(frame, node.test, at)
                self.branches(frame, node.body, node.orelse)
        elif isinstance(node, (ir.For, ir.AsyncFor)):
            self._for_loop(frame, node, at, inside)
        elif isinstance(node, ir.While):
            if inside is not None and inside is node.orelse:
                self._block(frame, inside, at)
                return
            if inside is not None:
                _, frame.env = self.inside(frame, lambda: self._block(frame, inside, at))
            else:
                self._expression(frame, node.test, at)
            self.execute(frame, node)
        elif isinstance(node, (ir.Try, ir.TryStar)):
            self._try_statement(frame, node, at, inside)
        elif isinstance(node, (ir.With, ir.AsyncWith)):
            self._with_statement(frame, node, at, inside)
        elif isinstance(node, ir.Match) and inside is not None:
            self._block(frame, inside, at)
        else:
            with_at(frame, node, at)
            self.execute(frame, node)
            without_at(frame)

    def _several_managers(self, frame: Frame, node: Any, at: ir.Span) -> None:
        """`with a, b` is a `with` in a `with` at the same place: it may stand in the outer one, too."""
        body = node.body
        while isinstance(body[0], type(node)) and body[0].span == node.span:
            body = body[0].body
        if not any(stands_in(statement, at) for statement in body):
            with_at(frame, node, at)
            self.execute(frame, node)
            without_at(frame)

    def _with_statement(self, frame: Frame, node: Any, at: ir.Span, inside: tuple[ir.Statement, ...] | None) -> None:
        exits = frozenset(a for a in frame.temps if a.kind in (Kind.METHOD, Kind.FUNCTION, Kind.BUILTIN))
        if inside is not None:
            if inside[0].span == node.span:
                self._several_managers(frame, node, at)
            _, frame.env = self.inside(frame, lambda: self._body(frame, inside, at))
            managers = frozenset(a for a in frame.temps if a.kind is not Kind.FOREIGN)
            managers = managers.union(*(self.parts(a)[1].single for a in exits if _is_bound(a)))
            for item in node.items:
                if isinstance(item.context_expr, ir.Name):
                    managers |= self.evaluate(frame, item.context_expr)
            self.leave_manager(managers, node, isinstance(node, ir.AsyncWith))
        else:
            with_at(frame, node, node.span if exits else at)  # its call has been made, where that stands as well
            self.execute(frame, node)
            without_at(frame)
        if exits:
            self.call(exits, Arguments([A_PLAIN, A_PLAIN, A_PLAIN]), node)

    def _expression(self, frame: Frame, node: ir.Expression, at: ir.Span) -> None:
        with_at(frame, node, at)
        self.truth(self.evaluate(frame, node), node)
        without_at(frame)

    def _for_loop(self, frame: Frame, node: Any, at: ir.Span, inside: tuple[ir.Statement, ...] | None) -> None:
        if inside is not None and inside is node.orelse:
            self._block(frame, inside, at)
            return
        iterators = frozenset(
            a for a in frame.temps if a.kind is Kind.ITERATOR or (a.kind is Kind.OBJECT and hasattr(a.type, "__next__"))
        )
        begun = frame.values.get(node.iter.span)
        if begun is not None:
            items = self.iterate(begun | iterators | frame.awaited, node) | (frame.temps if inside is None else EMPTY)
            if inside is not None:
                _, frame.env = self.inside(frame, lambda: self._block(frame, inside, at))
        elif inside is not None:
            items = self.iterate(iterators, node)
            if not iterators or isinstance(node.iter, ir.Name):
                items |= self.iterate(self.iterable(frame, node), node)
            _, frame.env = self.inside(frame, lambda: self._block(frame, inside, at))
        else:
            with_at(frame, node.iter, at)
            items = self.iterate(self.evaluate(frame, node.iter) | iterators | frame.awaited, node) | frame.temps
            without_at(frame)
        self.loop(frame, node, items)

    def _try_statement(self, frame: Frame, node: Any, at: ir.Span, inside: tuple[ir.Statement, ...] | None) -> None:
        if inside is None:
            self.execute(frame, node)  # in the type of a handler
        elif inside is node.finalbody:
            self._block(frame, inside, at)
        elif inside is node.body:
            self.handlers(frame, node, lambda: self._body(frame, inside, at))
        else:
            _, frame.env = self.inside(frame, lambda: self._block(frame, inside, at))
            for handler in node.handlers:
                if handler.body is inside and handler.name is not None:
                    self.store(frame, frame.names.mangle(handler.name), EMPTY)  # as Python does at its end
            if isinstance(node, ir.TryStar):  # those behind it may have their part, too
                for handler in node.handlers:
                    _, frame.env = self.inside(frame, lambda handler=handler: self.handler(frame, handler, True))  # type: ignore[misc]
            self.block(frame, node.finalbody)


def _is_bound(atom: Atom) -> bool:
    return isinstance(atom.obj, types.MethodType) or (atom.obj is NEW and isinstance(atom.payload[1], Atom))


def _return_at(body: Sequence[ir.Statement], at: ir.Span) -> ir.Return | None:
    """The `return` that stands at a place in a block."""
    for statement in body:
        if stands_in(statement, at):
            if type(statement) is ir.Return:
                return statement if statement.span == at else None
            return next(filter(None, (_return_at(block, at) for block in blocks(statement))), None)
    return None


def with_at(frame: Frame, node: ir.Node, at: ir.Span) -> None:
    """What is evaluated next is under way."""
    frame.at = at
    frame.done, frame.held = under_way(node, at)


def without_at(frame: Frame) -> None:
    """Nothing is under way any more."""
    frame.at = None
    frame.done = frame.held = frozenset()
    frame.awaited = frame.iterated = EMPTY
