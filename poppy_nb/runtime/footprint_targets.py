"""Where values are stored by name, and what has variables of its own: targets, comprehensions, definitions of functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from poppy_nb import ir
from poppy_nb.runtime.footprint_calls import Defined, Definition
from poppy_nb.runtime.footprint_frames import Environment, Frame, scope_of_inner
from poppy_nb.runtime.footprint_natives import Natives
from poppy_nb.runtime.footprint_store import READ
from poppy_nb.runtime.footprint_values import A_PLAIN, EMPTY, NEW, Atom, Kind, Value


class Targets(Natives):
    """Storing to targets."""

    def evaluate(self, frame: Frame, node: ir.Node) -> Value:
        """The value of an expression."""
        raise NotImplementedError

    def mangled(self, frame: Frame, name: str) -> str:
        """An attribute's name as it is stored."""
        return frame.names.mangle(name) if name.startswith("__") else name

    def mapping(self, value: Value, node: object) -> Value:
        """Keys and values of what stands behind `**`."""
        return self.in_mappings(self.open(value), node)

    def in_mappings(self, atoms: Iterable[Atom], node: object) -> Value:
        """Keys and values of those of `atoms` that may be mappings."""
        content = EMPTY
        for atom in atoms:
            if atom.kind in _NO_MAPPING or (atom.kind is Kind.CONTAINER and not issubclass(atom.type, dict)):
                continue
            self.touch(atom, READ)
            if atom.kind is Kind.OBJECT and not self.holds(atom):
                content |= self.iterate(atom.single, node) | self.get_item(atom.single, A_PLAIN, False, node)
            else:
                content |= self.content(atom) | (atom.single if atom.kind is Kind.FOREIGN else EMPTY)
        return content

    def define(self, frame: Frame, node: Definition) -> Value:
        """A new function."""
        key = (node, frame.origin)
        atom = self.atoms.get(key)
        if atom is None:
            atom = self.atoms[key] = Atom(NEW, Kind.FUNCTION, None, Defined(node, scope_of_inner(node, frame.names)))
        atom.outer = frame
        payload: Defined = atom.payload
        payload.elements = self.share_elements(frame)
        payload.defaults = [self.evaluate(frame, d) for d in node.args.defaults]
        for arg, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if default is not None:
                payload.kw_defaults[arg.arg] = self.evaluate(frame, default)
        return atom.single

    def super_of(self, classes: Value, receivers: Value) -> Value:
        """`super(class, receiver)`."""
        made = EMPTY
        for cls in classes:
            for receiver in receivers:
                if cls.kind is Kind.CLASS and receiver.kind in (Kind.OBJECT, Kind.CLASS, Kind.CONTAINER):
                    key = ("super", cls, receiver)
                    if key not in self.atoms:
                        self.atoms[key] = Atom(NEW, Kind.SUPER, None, (cls, receiver))
                    made |= self.atoms[key].single
        return made

    def clauses(self, frame: Frame, node: Any, index: int, given: Value, env: Environment) -> Value:
        """The elements from clause `index` on; `given` are items that the clause has been handed already."""
        if index == len(node.generators):
            if type(node) is ir.DictComp:
                keys = self.evaluate(frame, node.key)
                self.hash_key(keys, node)
                return keys | self.evaluate(frame, node.value)
            value = self.evaluate(frame, node.elt)
            if type(node) is ir.SetComp:
                self.hash_key(value, node)
            return value
        clause: ir.Comprehension = node.generators[index]
        before_it, self.pushing = self.pushing, type(node) is not ir.GeneratorExp
        items = given if given else self.iterate(self.evaluate(frame, clause.iter), clause)
        self.pushing = before_it
        comprehensions = frame.comprehensions
        if index == 0 or not comprehensions or comprehensions[-1] is not env:
            frame.comprehensions = (*comprehensions, env)
        try:
            self.bind_elements(frame, clause.target, items, env)
            before = dict(frame.env)
            for test in clause.ifs:
                self.truth(self.evaluate(frame, test), test)
            content = self.clauses(frame, node, index + 1, EMPTY, env)
            if frame.env != before:  # `:=` in it: once more, as the next element sees it
                frame.env = self.join(frame, before, frame.env)
                for test in clause.ifs:
                    self.truth(self.evaluate(frame, test), test)
                content |= self.clauses(frame, node, index + 1, EMPTY, env)
            return content
        finally:
            frame.comprehensions = comprehensions

    def bind_elements(self, frame: Frame, target: ir.Expression, value: Value, env: Environment) -> None:
        """The target of a comprehension's clause."""
        if type(target) is ir.Name:
            env[target.id] = env.get(target.id, EMPTY) | value
        elif isinstance(target, (ir.Tuple, ir.List)):
            starred = any(type(e) is ir.Starred for e in target.elts)
            values = [self.iterate(value, target)] * len(target.elts) if starred else self.unpack(value, len(target.elts), target)
            for each, part in zip(target.elts, values, strict=True):
                if type(each) is ir.Starred:
                    self.bind_elements(frame, each.value, self.display(each, list, part), env)
                else:
                    self.bind_elements(frame, each, part, env)
        else:
            self.assign(frame, target, value)

    def assign(self, frame: Frame, target: ir.Node, value: Value) -> None:
        """Store to any target."""
        if type(target) is ir.Name:
            name = target.id
            self.store(frame, frame.names.mangle(name) if name.startswith("__") else name, value)
        elif type(target) is ir.Attribute:
            self.set_attribute(self.evaluate(frame, target.value), self.mangled(frame, target.attr), value, target)
        elif type(target) is ir.Subscript:
            receiver = self.evaluate(frame, target.value)
            self.set_item(receiver, self.evaluate(frame, target.slice), value, type(target.slice) is ir.Slice, target)
        elif isinstance(target, (ir.Tuple, ir.List)):
            starred = any(type(e) is ir.Starred for e in target.elts)
            values = [self.iterate(value, target)] * len(target.elts) if starred else self.unpack(value, len(target.elts), target)
            if frame.at is not None and frame.temps:
                # the parts may have been taken out of the value already
                values = [part | frame.temps | self.iterate(frame.temps, target) for part in values]
            for each, part in zip(target.elts, values, strict=True):
                if type(each) is ir.Starred:
                    self.assign(frame, each.value, self.display(each, list, part))
                else:
                    self.assign(frame, each, part)
        else:
            self.give_up(f"assignment to {type(target).__name__}")


_NO_MAPPING = frozenset({Kind.SCALAR, Kind.FUNCTION, Kind.METHOD, Kind.BUILTIN, Kind.CLASS, Kind.MODULE})
