"""Making instances in the abstract interpretation: constructors, generated ones included."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Sequence
from typing import Any

from poppy_nb import validated
from poppy_nb.looking import is_a
from poppy_nb.runtime.footprint_calls import Calls
from poppy_nb.runtime.footprint_items import generated
from poppy_nb.runtime.footprint_looks import fields_of
from poppy_nb.runtime.footprint_store import MISSING
from poppy_nb.runtime.footprint_values import A_PLAIN, BUILTINS, EMPTY, NEW, Arguments, Atom, Kind, Value


_TEXTS = (str, int, float, bool, bytes, type(None))


class Classes(Calls):
    """Calling classes."""

    def construct(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        """Make an instance of an existing class."""
        cls: Any = atom.obj
        if is_a(cls, enum.EnumMeta):
            self.alone("an enumeration")
            return self.value(list(cls.__members__.values()))
        meta = self.static(type(cls), "__call__")
        if meta is dict:  # a TypedDict
            return self.call(self.atom(dict).single, arguments, node)
        if is_a(meta, types.FunctionType) and self.owned(type(cls)):
            return self.call(self.atom(meta).single, arguments.bound(atom.single), node)
        maker, init = self.static(cls, "__new__"), self.static(cls, "__init__")
        maker = maker.__func__ if is_a(maker, staticmethod) else maker
        plain_maker = type(maker) in BUILTINS
        if plain_maker and type(init) in BUILTINS and not self.owned(cls) and not issubclass(cls, BaseException):
            return (
                self.unknown_call(EMPTY, arguments, node)
                | self.new(node, Kind.OBJECT, cls, self.substantial(arguments.all())).single
            )
        instance = self.new(node, Kind.OBJECT, cls)
        made = instance.single
        if is_a(maker, types.FunctionType) and not generated(maker):
            made = self.call(self.atom(maker).single, arguments.bound(atom.single), node)
        if is_a(init, types.FunctionType):
            if generated(init) and "__dataclass_fields__" in cls.__dict__:
                self._dataclass(instance, cls, arguments, node)
            elif self.static(cls, "__pydantic_core_schema__") is not MISSING:
                self._model(instance, cls, arguments, node)
            else:
                for each in self.open(made):
                    self.call(self.atom(init).single, arguments.bound(each.single), node)
        elif issubclass(cls, BaseException):
            if issubclass(cls, BaseExceptionGroup):
                self.read_deep(self.substantial(arguments.all()), node)  # it looks at the exceptions it is given
            self.grow_content(instance, self.substantial(arguments.all()))
            self.grow(self.attribute_cell(instance, "args"), self.display((node, "args"), tuple, arguments.all()))
        elif type(init) in BUILTINS:
            stored = self.substantial(arguments.all())
            if stored and self.holds(instance):
                self.alone("a named tuple")
                self.grow_content(
                    instance,
                    stored
                    if hasattr(cls, "_fields")
                    else self.iterate(stored, node) | self.iterate(self.iterate(stored, node), node),
                )
        elif init is not MISSING:
            self.call(self.atom(init).single, arguments.bound(instance.single), node)
        if issubclass(cls, tuple) and hasattr(cls, "_fields"):
            self.alone("a named tuple")
            self._fields(instance, getattr(cls, "_fields", ()), arguments)
        return made

    def _fields(self, instance: Atom, names: Sequence[str], arguments: Arguments) -> None:
        for name, value in [*zip(names, arguments.positional), *arguments.keywords.items()]:  # noqa: B905 (too many is an error there)
            self.grow(self.attribute_cell(instance, name), value)
        other = arguments.rest | arguments.extra
        for name in names if other else ():
            self.grow(self.attribute_cell(instance, name), other)

    def _dataclass(self, instance: Atom, cls: Any, arguments: Arguments, node: object) -> None:
        self.looks(fields_of, cls)
        fields = [f for f in cls.__dataclass_fields__.values() if f.init]
        self._fields(instance, [f.name for f in fields if not f.kw_only], arguments)
        for each in cls.__dataclass_fields__.values():
            if each.default_factory is not _NO_DEFAULT:
                self.grow(
                    self.attribute_cell(instance, each.name),
                    self.call(self.atom(each.default_factory).single, Arguments([]), (node, each.name)),
                )
            elif each.default is not _NO_DEFAULT:
                self.grow(self.attribute_cell(instance, each.name), self.value((each.default,)))
        self.special(instance, "__post_init__", Arguments([], rest=arguments.all()), node)

    def _model(self, instance: Atom, cls: Any, arguments: Arguments, node: object) -> None:
        # pydantic: fields are validated, and may be taken over as they are
        fields = self.static(cls, "__pydantic_fields__") or {}
        by_name = not (arguments.positional or arguments.rest or arguments.extra)
        by_name = by_name and self.looks(validated.takes_as_annotated, cls)
        only_computes = self.looks(validated.only_computes, cls)
        self.read_deep(arguments.all(), node)
        inside = self.foreign((node, "field"), arguments.all()) | A_PLAIN
        for name in arguments.keywords:
            if name not in fields:
                self.grow(self.attribute_cell(instance, name), inside)  # one by another name, or kept beside them
        for name, field in fields.items():
            if by_name and field.alias is None and field.validation_alias is None:
                default = () if field.is_required() or field.default_factory is not None else (field.default,)
                given = arguments.keywords[name] if name in arguments.keywords else self.value(default)
                taken = self._taken(field.annotation, given, (node, name))
            else:
                taken = inside
            self.grow(self.attribute_cell(instance, name), taken)
        if only_computes:
            return
        self.alone("a model")
        if not validated.runs_its_validators(cls):
            self.give_up(f"a model of pydantic, {cls.__name__}, that runs more than its own validators")
        decorators = self.static(cls, "__pydantic_decorators__")
        for kind in ("validators", "field_validators", "root_validators", "model_validators"):
            for each in getattr(decorators, kind, {}).values():
                self.call(self.atom(each.func).single, Arguments([], rest=inside | instance.single), node)

    def _taken(self, annotation: Any, given: Value, node: object) -> Value:
        """What stands in a field with this annotation that is given these values: builtin containers are made anew."""
        origin, parts = typing.get_origin(annotation) or annotation, typing.get_args(annotation)
        if origin is typing.Union or origin is types.UnionType:
            return A_PLAIN.union(*(self._taken(one, given, (node, one)) for one in parts))
        if origin is typing.Literal or origin in _TEXTS:
            return A_PLAIN
        if origin is list or origin is dict:
            inner = parts[-1] if parts else Any
            items = self.mapping(given, node) if origin is dict else self.iterate(given, node)
            return self.display((node, "made"), origin, self._taken(inner, items, (node, "in")))
        if annotation is Any or all(a.kind is Kind.SCALAR or a.type is annotation for a in given):
            return given
        return self.foreign(node, given) | A_PLAIN

    def mapping(self, value: Value, node: object) -> Value:
        """Keys and values of what stands behind `**`."""
        raise NotImplementedError

    def model_method(self, name: str, arguments: Arguments, node: object) -> Value | None:
        """A method of pydantic's that makes or reads a model; None if it runs nothing of the program's."""
        if not arguments.positional:
            self.give_up(f"`{name}` of what is not known yet")
        result = None
        for atom in self.open(arguments.positional[0]):
            if name in validated.READING:
                if atom.type is not None and self.owned(atom.type) and validated.classes(atom.type) is None:
                    self.give_up(f"`{name}` of a model that runs code of the program's")
                if atom.kind is Kind.OBJECT:
                    self.read_deep(arguments.all(), node)
                    result = (result or EMPTY) | self.foreign((node, name), arguments.all()) | A_PLAIN
            elif atom.kind is Kind.CLASS and atom.obj is not NEW and self.owned(atom.obj):
                instance = self.new((node, atom), Kind.OBJECT, atom.obj)
                rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.extra)
                self._model(instance, atom.obj, rest, node)
                result = (result or EMPTY) | instance.single
        return result

    def construct_new(self, cls: Atom, arguments: Arguments, node: object) -> Value:
        """Make an instance of a class that the rest defines."""
        key = (node, cls)
        instance = self.atoms.get(key)
        if instance is None:
            instance = self.atoms[key] = Atom(NEW, Kind.OBJECT, None, cls)
        self.grow_content(instance, self.substantial(arguments.all()))
        if self.special(instance, "__init__", arguments, node) is None:
            for name, value in arguments.keywords.items():
                self.grow(self.attribute_cell(instance, name), value)
            for factory in self._factories(cls):
                self.grow_content(instance, self.call(factory.single, Arguments([]), (node, factory)))
            self.special(instance, "__post_init__", Arguments([], rest=arguments.all()), node)
        return instance.single

    def _factories(self, cls: Atom) -> Value:
        """What `field(default_factory=...)` in the body of a new class may call."""
        found = EMPTY
        for cell in list((cls.attributes or {}).values()):
            for atom in self.look(cell):
                if atom.type is dataclasses.Field:
                    found |= frozenset(a for a in self.content(atom) if a.kind in (Kind.FUNCTION, Kind.CLASS, Kind.METHOD))
        return found


_NO_DEFAULT: Any = dataclasses.MISSING
