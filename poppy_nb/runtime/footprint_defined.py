"""Classes that the rest of a strand defines, and what any class has under a name, in the abstract interpretation.

Of a new class only what its body says is known. One whose own hooks decide what happens to its attributes, or that inherits from
a class of a library's, is not analysed.
"""

from __future__ import annotations

import abc
import functools
import types
import typing
from typing import Any

from poppy_nb import ir
from poppy_nb.looking import is_a
from poppy_nb.runtime.footprint_frames import Frames
from poppy_nb.runtime.footprint_looks import has_own, stored_on
from poppy_nb.runtime.footprint_store import READ
from poppy_nb.runtime.footprint_values import EMPTY, NEW, Arguments, Atom, Kind, Value


# what a class says that changes how its instances, its subclasses or its owner are made and looked at
_HOOKS = tuple(
    f"__{name}__"
    for name in (
        "getattribute setattr delattr new get set delete set_name init_subclass class_getitem instancecheck subclasscheck"
    ).split()
)
_TRANSPARENT: tuple[Any, ...] = (object, abc.ABC, typing.Generic, typing.Protocol)
_ACCESSORS = frozenset({"setter", "getter", "deleter"})
_CHANGES = 1 << 9  # Py_TPFLAGS_HEAPTYPE


class DefinedClasses(Frames):
    """What attributes a class gives its instances."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._stores: dict[tuple[type, str], Value] = {}

    # ---- of the layers above

    def call(self, callee: Value, arguments: Arguments, node: object) -> Value:
        """Call a value."""
        raise NotImplementedError

    def read_deep(self, value: Value, node: object) -> None:
        """Native code reads a value and everything below it."""
        raise NotImplementedError

    def truth(self, value: Value, node: object) -> None:
        """`bool(value)`."""
        raise NotImplementedError

    # ---- binding

    def bound(self, function: Atom, receiver: Atom) -> Value:
        """A function bound to its first argument."""
        key = ("bound", function, receiver)
        found = self.atoms.get(key)
        if found is None:
            found = self.atoms[key] = Atom(NEW, Kind.METHOD, None, (function, receiver))
        return found.single

    # ---- definitions

    def check_class(self, cls: Atom, node: ir.ClassDef) -> None:
        """Give up if instances of a new class behave as its body does not say."""
        for base in self.content(cls):
            if base.kind is Kind.SCALAR or (base.kind is Kind.CLASS and base.obj is NEW):
                continue
            plain = base.kind is Kind.CLASS and type(base.obj) in (type, abc.ABCMeta, type(typing.Protocol))
            if not plain or not (base.obj in _TRANSPARENT or self.owned(base.obj) or issubclass(base.obj, BaseException)):
                self.give_up(f"class {node.name} inherits from a class of a library's")
        for hook in _HOOKS:
            if any(a.obj is NEW or is_a(a.obj, types.FunctionType) for a in self.class_attribute(cls, hook)):
                self.give_up(f"class {node.name} has `{hook}`")

    def of_new(self, atom: Atom, name: str, node: object) -> Value:
        """An attribute of an instance of a new class, or of a descriptor in the body of one."""
        if not isinstance(atom.payload, Atom):
            return atom.single if name in _ACCESSORS else self.content(atom)
        value = self.look(self.attribute_cell(atom, name)) | self.bind_all(self.class_attribute(atom.payload, name), atom, node)
        if not any(a.kind is Kind.FUNCTION and a.obj is NEW for a in self.class_attribute(atom.payload, "__init__")):
            value |= self.content(atom)  # a generated `__init__` stores what it is given
        for hook in self.class_attribute(atom.payload, "__getattr__"):
            value |= self.call(hook.single, Arguments([atom.single, self.atom(name).single]), node)
        return value

    def sets_property(self, atom: Atom, name: str, stored: Value, node: object) -> bool:
        """Whether storing the attribute of an instance of a new class calls functions; they are called."""
        if not isinstance(atom.payload, Atom):
            return False
        called = False
        for found in self.class_attribute(atom.payload, name):
            given = Arguments([atom.single, stored] if stored else [atom.single])
            if isinstance(found.payload, tuple) and found.payload[0] == "property":
                self.call(found.payload[1], given, node)
                called = True
            elif is_a(found.obj, property):
                for accessor in (found.obj.fset, found.obj.fdel):
                    if accessor is not None:
                        self.call(self.atom(accessor).single, given, node)
                called = True
        return called

    def extend_descriptor(self, atom: Atom, functions: Value) -> Value:
        """`@p.setter`: the property has one more function."""
        name, before = atom.payload
        if not functions <= before:
            atom.payload = (name, before | functions)
            self.again = True
        return atom.single

    def _new_descriptor(self, atom: Atom, receiver: Atom, node: object) -> Value:
        name, functions = atom.payload
        if name == "property":
            return self.call(functions, Arguments([receiver.single]), node)
        if name == "classmethod":
            return frozenset().union(*(self.bound(function, self._class_of(receiver)) for function in functions))
        return functions if name == "staticmethod" else atom.single

    # ---- what a class has under a name

    def class_data(self, type_: type, name: str) -> Value:
        """What an existing class and its bases have under a name."""
        for cls in type_.__mro__:
            owner = self.atom(cls)
            own = self.looks(has_own, cls, name) if cls.__flags__ & _CHANGES else name in cls.__dict__
            if own or (owner.attributes is not None and name in owner.attributes):
                if self.owned(cls):
                    self.claim_attribute(owner, name, READ)
                value = self.look(self.attribute_cell(owner, name))
                if own:
                    return value | self.stored_on_classes(type_, name, owner, None)
        return EMPTY

    def stored_on_classes(self, type_: type, name: str, atom: Atom, node: object) -> Value:
        """What the rest stores, or may be stored before it: `C.x = v`."""
        coming = self._coming(type_, name)
        found = self.bind_all(coming, atom, node) if coming else EMPTY
        for cls in type_.__mro__:
            owner = self.atoms.get(id(cls))
            if owner is not None and owner.attributes is not None and name in owner.attributes:
                found |= self.bind_all(self.look(owner.attributes[name]), atom, node)
        return found

    def _coming(self, type_: type, name: str) -> Value:
        """What writes that are still open will put into a class, up to the one that has the name."""
        known = self._stores.get((type_, name))
        if known is None:
            known = EMPTY
            for cls in type_.__mro__:
                if cls.__flags__ & _CHANGES:
                    more = stored_on(self.heap, cls, name) if self.recorder is None else self.recorder.stored_on(cls, name)
                    if more:
                        self.claim_attribute(self.atom(cls), name, READ)
                        known |= self.value(more)
                    if self.looks(has_own, cls, name):
                        break
            self._stores[type_, name] = known
        return known

    def bind_all(self, value: Value, receiver: Atom, node: object) -> Value:
        """What a class has, as the attribute of `receiver`."""
        result = EMPTY
        for atom in value:
            if atom.kind is Kind.FUNCTION:
                result |= self.bound(atom, receiver)
            elif atom.obj is not NEW and atom.kind is Kind.OBJECT and is_a(atom.obj, (property, classmethod, staticmethod)):
                result |= self.descriptor(atom.obj, receiver, node)
            elif isinstance(atom.payload, tuple) and atom.kind is Kind.OBJECT:
                result |= self._new_descriptor(atom, receiver, node)
            elif atom.kind is Kind.OBJECT and atom.type is functools.cached_property:
                functions = frozenset(a for a in self.content(atom) if a.kind is Kind.FUNCTION)
                result |= self.call(functions, Arguments([receiver.single]), node)
            else:
                result |= atom.single
        return result

    def descriptor(self, found: Any, receiver: Atom, node: object) -> Value:
        """A property or the like of an existing class, as the attribute of `receiver`."""
        if is_a(found, property):
            return (
                self.call(self.atom(found.fget).single, Arguments([receiver.single]), node) if found.fget is not None else EMPTY
            )
        function = self.atom(found.__func__)
        if is_a(found, staticmethod):
            return function.single
        return self.bound(function, self._class_of(receiver))

    def _class_of(self, receiver: Atom) -> Atom:
        if receiver.kind is Kind.CLASS:
            return receiver
        return receiver.payload if receiver.type is None and isinstance(receiver.payload, Atom) else self.atom(receiver.type)

    def class_attribute(self, cls: Atom, name: str) -> Value:
        """What a class, existing or new, and its bases have under a name."""
        if cls.obj is not NEW:
            return self.class_data(cls.obj, name)
        value = self.look(self.attribute_cell(cls, name))
        for base in self.content(cls):
            if base.kind is Kind.CLASS:
                value |= self.class_attribute(base, name)
        return value
