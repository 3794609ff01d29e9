"""Attributes in the abstract interpretation: Python's lookup rules on the concrete classes, without running descriptors.

Functions and other descriptors found on a class claim nothing: classes hardly ever change, and methods of one object must not
wait for attributes of it. Data found on a class is a location of the class.
"""

from __future__ import annotations

import decimal
import enum
import functools
import types
from typing import Any

from poppy_nb import known as known_libraries
from poppy_nb import shapes, tables, validated
from poppy_nb.looking import is_a, keys_are_attributes
from poppy_nb.runtime.claims import DECIMALS, OF_DECIMALS, ORDER, WORLD
from poppy_nb.runtime.footprint_defined import DefinedClasses
from poppy_nb.runtime.footprint_looks import after, in_module
from poppy_nb.runtime.footprint_store import MISSING, READ, WRITE, lookup_in, shape_of
from poppy_nb.runtime.footprint_values import A_PLAIN, BUILTINS, EMPTY, NEW, Arguments, Atom, Kind, Value, has_attribute, kinds_of
from poppy_nb.runtime.placeholder import Exactly


_NAMES = frozenset(
    {"__name__", "__qualname__", "__doc__", "__module__", "__annotations__", "__file__", "__slots__", "__match_args__"}
)
_BEFORE = frozenset({"__context__", "__cause__"})  # an exception that was being handled when another came
_METHODS = (Kind.FUNCTION, Kind.METHOD, Kind.BUILTIN)
_ITEM_SETTERS = ("__setitem__", "__delitem__")
_HIDDEN = frozenset(
    {
        "__dict__",
        "__globals__",
        "__closure__",
        "__defaults__",
        "__kwdefaults__",
        "__bases__",
        "__mro__",
        "__weakref__",
    }
)


class Attributes(DefinedClasses):
    """Reading, setting and deleting attributes."""

    # ---- binding

    def native(self, name: str, receiver: Atom) -> Value:
        """A method of a builtin or unknown type."""
        key = ("native", name, receiver)
        found = self.atoms.get(key)
        if found is None:
            found = self.atoms[key] = Atom(NEW, Kind.METHOD, None, (name, receiver))
        return found.single

    def special(self, atom: Atom, name: str, arguments: Arguments, node: object) -> Value | None:
        """Call a special method that the class of an object defines in Python; None if there is none."""
        type_ = atom.type
        if type_ is None:
            made = self.class_attribute(atom.payload, name) if isinstance(atom.payload, Atom) else EMPTY
            return self.call(made, arguments.bound(atom.single), node) if made else None
        found = self.static(type_, name)
        if found is MISSING or type(found) in BUILTINS or found is None:
            return None
        if is_a(found, types.FunctionType) and found.__globals__ is vars(enum):
            self.touch(atom, READ)  # by the name and value of a member
            return A_PLAIN
        if name in validated.SHOWING and self.looks(validated.is_only_data, type_):
            self.read_deep(atom.single | arguments.all(), node)
            return self.foreign((name, node), atom.single) | A_PLAIN
        if is_a(found, types.FunctionType):
            if atom.obj is not NEW and known_libraries.is_of_client(atom.obj):
                return self.call(self.value((getattr(atom.obj, name),)), arguments, node)  # the bound one is known
            return self.call(self.atom(found).single, arguments.bound(atom.single), node)
        if is_a(found, staticmethod):
            return self.call(self.atom(found.__func__).single, arguments, node)
        if is_a(found, classmethod):
            return self.call(self.atom(found.__func__).single, arguments.bound(self.atom(type_).single), node)
        return self.call(self.atom(found).single, arguments, node)

    # ---- reading

    def get_attribute(self, value: Value, name: str, node: object) -> Value:
        """`value.name`."""
        result = EMPTY
        if name in _BEFORE:
            result |= self.value([one for one in (self.heap.handled(),) if one is not None])
        methods, value = self._of_exact(value, name)
        result |= methods
        for atom in self.open(value):
            kind = atom.kind
            if kind is Kind.OBJECT:
                result |= self._of_object(atom, name, node)
            elif kind is Kind.SCALAR:
                if name in _NAMES or name.startswith("co_"):
                    result |= A_PLAIN  # a class may be told as one of them, and the code of a function is
                elif has_attribute(atom, name):
                    result |= self.native(name, atom) | A_PLAIN
            elif kind is Kind.FOREIGN:
                self.touch(atom, READ)
                shape = shapes.attribute(shape, name) if (shape := shape_of(atom)) is not None else None
                if shape is not None:
                    result |= self.part_of_answer(atom, shape)
                else:
                    result |= atom.single | A_PLAIN | self.native(name, atom)
            elif kind is Kind.CLASS:
                result |= self._of_class(atom, name, node)
            elif kind is Kind.MODULE:
                result |= self._of_module(atom, name)
            elif kind is Kind.SUPER:
                result |= self._of_super(atom, name, node)
            elif name == "__class__":
                result |= self.atom(atom.type).single if atom.type is not None else A_PLAIN
            elif kind is Kind.FUNCTION or kind is Kind.METHOD:
                result |= self._of_function(atom, name, node)
            elif kind is Kind.ITERATOR and name.endswith("_frame"):
                self.give_up(f"`{name}` of a generator")
            elif atom.type is None or hasattr(atom.type, name):
                result |= self.native(name, atom)
            else:
                self.touch(atom, READ)  # AttributeError, maybe of something that stands for a part of it till then
        return result

    def get_method(self, value: Value, name: str, node: object) -> Value:
        """What `value.name(...)` calls: of a foreign value a method, not another foreign value."""
        for atom in value:
            if atom.kind is Kind.FOREIGN:
                break
        else:
            return self.get_attribute(value, name, node)
        result, value = self._of_exact(value, name)
        for atom in self.open(value):
            if atom.kind is Kind.FOREIGN:
                self.touch(atom, READ)
                result |= self.native(name, atom)
            else:
                result |= self.get_attribute(atom.single, name, node)
        return result

    def _of_exact(self, value: Value, name: str) -> tuple[Value, Value]:
        """Of pending values whose classes are known, their methods and texts and numbers of this name; and the other values."""
        found = EMPTY
        for atom in value:
            shape = shape_of(atom)
            function = self.static(shape.cls, name) if type(shape) is Exactly else None
            if type(function) is types.FunctionType:
                self.touch(atom, READ)
                found |= self.bound(self.atom(function), atom)
                value -= atom.single
            elif type(shape) is Exactly and shapes.is_atom(shapes.attribute(shape.cls, name)) and not self.is_changed(atom):
                self.touch(atom, READ)
                found |= A_PLAIN
                value -= atom.single
        return found, value

    def _of_function(self, atom: Atom, name: str, node: object) -> Value:
        if name in _NAMES:
            return A_PLAIN
        if name in _HIDDEN:
            self.give_up(f"`{name}` of a function")
        if name == "__code__" and atom.kind is Kind.FUNCTION:
            self.claim_attribute(atom, name, READ)
            return A_PLAIN
        if atom.kind is Kind.METHOD:
            if is_a(atom.obj, functools.partial):
                return self.native(name, atom) | self.value([atom.obj.func, atom.obj.args, atom.obj.keywords])
            function, receiver = self.parts(atom)
            if name == "__self__":
                return receiver.single
            return function.single if name == "__func__" else self.get_attribute(function.single, name, node)
        self.claim_attribute(atom, name, READ)
        return self.look(self.attribute_cell(atom, name)) | self.native(name, atom)

    def parts(self, method: Atom) -> tuple[Atom, Atom]:
        """The function and the receiver of a bound method."""
        if method.obj is not NEW:
            return self.atom(method.obj.__func__), self.atom(method.obj.__self__)
        function, receiver = method.payload
        return (function if isinstance(function, Atom) else self.atom(function)), receiver

    def _of_object(self, atom: Atom, name: str, node: object) -> Value:
        type_ = atom.type
        if name == "__class__":
            self.claim_attribute(atom, name, READ)
            return self.atom(type_).single if type_ is not None else atom.payload.single
        if name in _HIDDEN:
            self.give_up(f"`{name}` of an object")
        if atom.obj is not NEW and known_libraries.is_of_client(atom.obj) and known_libraries.attribute_is_pure(atom.obj, name):
            return self.value((getattr(atom.obj, name),))
        if type_ is None:
            return self.of_new(atom, name, node)
        if tables.has_readers(type_) and type(self.static(type_, name)) is not types.FunctionType:
            return self.read_table(atom, getattr, name, node)
        hook = self.static(type_, "__getattribute__")
        if is_a(hook, types.FunctionType):
            self.give_up(f"class {type_.__name__} has `__getattribute__`")
        found = self.static(type_, name)
        if type(found) is types.FunctionType:
            own = EMPTY if atom.payload == "pending" else self.attribute_cell(atom, name).value
            own |= self.stored_on_classes(type_, name, atom, node)
            return self.bound(self.atom(found), atom) | own if own else self.bound(self.atom(found), atom)
        if self._has_keys_as_attributes(atom):
            value = self.call(self.atom(dict.get).single, Arguments([atom.single, self.atom(name).single]), node)
            return value if found is MISSING else value | self._through_class(atom, type_, name, found, node)
        if found is MISSING:
            self.claim_attribute(atom, name, READ)
            value = self.look(self.attribute_cell(atom, name)) | self.stored_on_classes(type_, name, atom, node)
            if not value:
                value = self._missing(atom, name, node)
            return value
        if is_a(found, property):
            answer = self.call(self.atom(found.fget).single, Arguments([atom.single]), node) if found.fget is not None else EMPTY
            # an AttributeError of it is handled by `__getattr__`
            return answer | self._missing(atom, name, node) if self.static(type_, "__getattr__") is not MISSING else answer
        if is_a(found, functools.cached_property):
            self.claim_attribute(atom, name, WRITE)
            cell = self.attribute_cell(atom, name)
            if not cell.value or atom.obj is NEW:
                value = self.call(self.atom(found.func).single, Arguments([atom.single]), node)
                self.grow(cell, value)
                if atom.obj is not NEW:
                    self.publish(value, (id(atom.obj), name))
            return self.look(cell)
        if is_a(found, types.MemberDescriptorType) and (self.owned(type_) or atom.obj is NEW):
            self.claim_attribute(atom, name, READ)
            return self.look(self.attribute_cell(atom, name))
        if issubclass(type_, tuple) and name in getattr(type_, "_fields", ()):
            if atom.obj is NEW or atom.payload == "pending":
                return self.look(self.attribute_cell(atom, name))
            return self.value((tuple.__getitem__(atom.obj, type_._fields.index(name)),))
        if name == "args" and issubclass(type_, BaseException):
            self.claim_attribute(atom, name, READ)
            return self.new(("args", atom), Kind.TUPLE, tuple, self.content(atom)).single
        return self._through_class(atom, type_, name, found, node)

    def _through_class(self, atom: Atom, type_: type, name: str, found: Any, node: object) -> Value:
        own = self.look(self.attribute_cell(atom, name))
        kind = type(found)
        if kind is staticmethod:
            return self.atom(found.__func__).single | own
        if kind is classmethod:
            return self.bound(self.atom(found.__func__), self.atom(type_)) | own
        if kind in BUILTINS and kind is not types.BuiltinFunctionType:
            if kind in (types.GetSetDescriptorType, types.MemberDescriptorType):
                self.touch(atom, READ)
                return self.part(atom) | own
            return self.native(name, atom) | own
        if issubclass(kind, enum.property) or kind is types.DynamicClassAttribute:
            return self.look(self.attribute_cell(atom, f"_{name}_")) | A_PLAIN
        getter = self.static(kind, "__get__")
        if is_a(getter, types.FunctionType) and self.owned(kind):
            return own | self.call(
                self.atom(getter).single, Arguments([self.atom(found).single, atom.single, self.atom(type_).single]), node
            )
        if getter is not MISSING and kind is not functools.partial and kind is not type:
            self.touch(atom, READ)
            return self.part(atom) | own | self.native(name, atom)
        self.claim_attribute(atom, name, READ)
        return own | self.class_data(type_, name)

    def part(self, atom: Atom) -> Value:
        """Something inside of a library object."""
        return self.foreign(("part", atom), atom.single) | A_PLAIN

    def _missing(self, atom: Atom, name: str, node: object) -> Value:
        # not set yet, or made up by the class
        hook = self.static(atom.type, "__getattr__")
        if is_a(hook, types.FunctionType) and self.owned(atom.type):
            return self.call(self.atom(hook).single, Arguments([atom.single, self.atom(name).single]), node)
        if hook is not MISSING or not self.owned(atom.type):
            self.touch(atom, READ)
            return self.part(atom) | self.native(name, atom)
        return EMPTY

    # ---- classes, modules, super

    def _of_class(self, atom: Atom, name: str, node: object) -> Value:
        if name in _NAMES or name == "__class__":
            return A_PLAIN
        if name in _HIDDEN:
            self.give_up(f"`{name}` of a class")
        if atom.obj is NEW:
            return self.class_attribute(atom, name)
        cls: type = atom.obj
        found = self.static(cls, name)
        if is_a(found, types.FunctionType):
            return self.atom(found).single | self.stored_on_classes(cls, name, atom, node)
        if is_a(found, (staticmethod, classmethod)):
            return self.descriptor(found, atom, node)
        if found is MISSING:
            meta = self.static(type(cls), name)
            if is_a(meta, types.FunctionType):
                return self.bound(self.atom(meta), atom)
            if self.owned(cls):
                self.claim_attribute(atom, name, READ)
            return self.stored_on_classes(cls, name, atom, node) | (self.native(name, atom) if meta is not MISSING else EMPTY)
        if type(found) in BUILTINS:
            return self.atom(found).single if type(found) is not types.ClassMethodDescriptorType else self.native(name, atom)
        return self.class_data(cls, name)

    def _of_module(self, atom: Atom, name: str) -> Value:
        namespace = atom.obj.__dict__
        if self.heap.owns(namespace):
            variable = self.variable(namespace, "global", name)
            self.claim_attribute(atom, name, READ)
            self.claim_variable(variable, READ)
            return self.look(variable)
        found = in_module(atom.obj, name) if self.recorder is None else self.recorder.look_for(in_module, atom.obj, name)
        if found:
            return self.value(found)
        return self.fresh(("module", name))

    def _of_super(self, atom: Atom, name: str, node: object) -> Value:
        cls, receiver = atom.payload
        type_ = receiver.obj if receiver.kind is Kind.CLASS else receiver.type
        if type_ is None or cls.obj is NEW:
            value = EMPTY
            for base in self.content(cls) if cls.obj is NEW else ():
                value |= self.class_attribute(base, name)
            return self.bind_all(value, receiver, node) | (self.native(name, receiver) if not value else EMPTY)
        found = lookup_in(after(type_, cls.obj), name)
        if self.recorder is not None:
            self.recorder.found_behind(type_, cls.obj, name)
        if is_a(found, types.FunctionType):
            if name == "__new__":
                return self.atom(found).single
            return self.bound(self.atom(found), receiver)
        if is_a(found, (property, staticmethod, classmethod)):
            return self.descriptor(found, receiver, node)
        if found is MISSING or type(found) in BUILTINS:
            return self.native(name, receiver)
        self.alone("data that super() finds")
        return self.value([found])

    # ---- setting

    def set_attribute(self, value: Value, name: str, stored: Value, node: object) -> None:
        """`value.name = stored`, or with no value `del value.name`."""
        for atom in self.open(value):
            kind = atom.kind
            if name in OF_DECIMALS and (kind is Kind.FOREIGN or atom.type is decimal.Context):
                self.claim(id(DECIMALS), WRITE, DECIMALS)
            if kind is Kind.FOREIGN:
                self.touch(atom, WRITE)
                self.grow_content(atom, self.substantial(stored))
                if atom.obj is not NEW:
                    self.publish(stored, id(atom.obj))
            elif kind is Kind.OBJECT and atom.type is not None:
                self._set_on_object(atom, name, stored, node)
            elif kind is Kind.OBJECT and self.sets_property(atom, name, stored, node):
                continue
            elif kind in (Kind.OBJECT, Kind.CLASS, Kind.MODULE, Kind.FUNCTION):
                self._set_here(atom, name, stored)

    def _set_here(self, atom: Atom, name: str, stored: Value) -> None:
        if name in _HIDDEN or name == "__class__":
            self.give_up(f"sets `{name}`")
        if atom.kind is Kind.CLASS and atom.obj is not NEW:
            methods = any(a.kind in _METHODS or (a.type is not None and hasattr(a.type, "__get__")) for a in stored)
            if methods or hasattr(type(self.static(atom.obj, name)), "__get__"):
                self.give_up(f"sets the method `{name}` of a class")
        number = kinds_of(stored) is not None
        self.claim_attribute(atom, name, WRITE, number)
        if not stored and atom.kind in (Kind.OBJECT, Kind.FUNCTION) and atom.payload != "pending":
            self.claim_attribute(atom, ORDER, WRITE)  # it may be set again
        if atom.kind is Kind.MODULE and atom.obj is not NEW and not self.heap.owns(atom.obj.__dict__):
            self.resource(WORLD, WRITE)  # `sys.stdout = ...`
        if atom.kind is Kind.MODULE and self.heap.owns(atom.obj.__dict__):
            variable = self.variable(atom.obj.__dict__, "global", name)
            self.claim_variable(variable, WRITE, number)
            self.grow(variable, stored)
            self.grow_foreign(variable, stored)
        self.grow(self.attribute_cell(atom, name), stored)
        if atom.obj is not NEW:
            self.publish(stored, (id(atom.obj), name))

    def _set_on_object(self, atom: Atom, name: str, stored: Value, node: object) -> None:
        type_ = atom.type
        if stored and validated.assigns(type_, name):
            self._set_here(atom, name, stored)
            return
        hook = self.static(type_, "__setattr__" if stored else "__delattr__")
        if is_a(hook, types.FunctionType) and self.owned(type_):
            arguments = [atom.single, self.atom(name).single, *([stored] if stored else [])]
            if hook.__code__.co_filename != "<string>":  # a frozen dataclass's only raises
                self.call(self.atom(hook).single, Arguments(arguments), node)
            return
        if getattr(hook, "__name__", "") in _ITEM_SETTERS:  # a dict whose keys can be written as attributes
            arguments = [atom.single, self.atom(name).single, *([stored] if stored else [])]
            self.call(self.atom(hook).single, Arguments(arguments), node)
            return
        self.set_past_hooks(atom, name, stored, node)

    def set_past_hooks(self, atom: Atom, name: str, stored: Value, node: object) -> None:
        """The same past the class's own `__setattr__` or `__delattr__`, as `object.__setattr__` does it."""
        type_ = atom.type
        if atom.kind is not Kind.OBJECT or type_ is None:
            self._set_here(atom, name, stored)
            return
        found = self.static(type_, name)
        if is_a(found, property):
            accessor = found.fset if stored else found.fdel
            if accessor is not None:
                self.call(self.atom(accessor).single, Arguments([atom.single, stored] if stored else [atom.single]), node)
            return
        setter = MISSING if found is MISSING else self.static(type(found), "__set__")
        if is_a(setter, types.FunctionType):
            self.call(self.atom(setter).single, Arguments([self.atom(found).single, atom.single, stored]), node)
            return
        if is_a(found, (types.FunctionType, staticmethod, classmethod)):
            self.give_up(f"hides the method `{name}` of a class")
        if not self.owned(type_):
            self.touch(atom, WRITE)
        if self._has_keys_as_attributes(atom):
            native: Any = dict.__setitem__ if stored else dict.__delitem__
            operands = [atom.single, self.atom(name).single, *([stored] if stored else [])]
            self.call(self.atom(native).single, Arguments(operands), node)
            return
        self._set_here(atom, name, stored)

    def _has_keys_as_attributes(self, atom: Atom) -> bool:
        if atom.obj is NEW or atom.payload == "pending" or not issubclass(atom.type, dict):
            return False
        return bool(self.looks(keys_are_attributes, atom.obj))
