"""Two simple `Ops`: one where everything is known at once, one where calls of marked functions answer with promises.

Both run in program order on one stack; a promise is kept when it is forced. They check what models compute, not when.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from poppy_nb.effects import DEEP, VALUE, Depth, directly, lookup, receiver
from poppy_nb.runtime.models import MODELS, consumed, steps


BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod,
          "**": operator.pow, "&": operator.and_, "|": operator.or_, "^": operator.xor, "<<": operator.lshift, ">>": operator.rshift,
          "@": operator.matmul}  # fmt: skip
INPLACE = {symbol: getattr(operator, "i" + function.__name__.strip("_")) for symbol, function in BINARY.items()}
COMPARE = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
           "is": operator.is_, "is not": operator.is_not, "in": lambda a, b: a in b, "not in": lambda a, b: a not in b}  # fmt: skip
UNARY = {"-": operator.neg, "+": operator.pos, "~": operator.invert, "not": operator.not_}


class Promise:
    """Stands for a value. Whatever is done to it before it is forced is an error of the model."""

    def __init__(self, make: Callable[[], Any], parts: list[Any] | None = None) -> None:
        self.make: Callable[[], Any] | None = make
        self.value: Any = None
        self.failure: BaseException | None = None
        self.slots: list[tuple[Any, Any]] = []
        self.parts = parts

    def keep(self) -> Any:
        if self.make is not None:
            make, self.make = self.make, None
            try:
                self.value = make()
            except BaseException as failure:
                self.failure = failure
            else:
                for container, key in self.slots:
                    if container[key] is self:
                        container[key] = self.value
        if self.failure is not None:
            raise self.failure
        return self.value

    def _touched(self, *_: Any) -> Any:
        raise AssertionError("a model touched a placeholder")

    __eq__ = __bool__ = __len__ = __iter__ = __call__ = __getitem__ = __lt__ = __gt__ = __add__ = __radd__ = __str__ = __next__ = _touched  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]


class Maybe:
    """An item, or none: `items(ops)` says so."""

    def __init__(self, items: Callable[[Any], list[Any]]) -> None:
        self.make: Callable[[Any], list[Any]] | None = items
        self.made: list[Any] = []

    def items(self, ops: Any) -> list[Any]:
        if self.make is not None:
            make, self.make = self.make, None
            self.made = make(ops)
        return self.made


class SimpleOps:
    """`Ops` in program order. Results of the functions in `slow` are promises."""

    def __init__(self, slow: Iterable[Callable[..., Any]] = ()) -> None:
        self.slow = set(slow)
        self.calls: list[Promise] = []  # a call that fails does so even if nobody asks for its value
        self.retiring: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    def manage(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        return self.force(self.call(function, *args, **kwargs))

    def resumed(self, generator: Any, /) -> None:
        pass

    def settle(self) -> None:
        pass

    def resume(self, generator: Any, /) -> None:
        pass

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        function = self.force(function)
        if function in self.slow:
            value = failure = None
            try:
                value = function(*map(self.whole, args), **kwargs)
            except Exception as error:  # it fails where it is forced, as a pending call does
                failure = error

            def make() -> Any:
                if failure is not None:
                    raise failure
                return value

            self.calls.append(Promise(make))
            return self.calls[-1]
        effect = lookup(function)
        if effect is not None:
            operands = (*receiver(function), *args)
            if effect.consumes:
                operands = consumed(self, effect.consumes, operands)
            if effect.model is not None and not (not kwargs and directly(effect, [self.known(one) for one in operands])):
                return MODELS[effect.model](self, function, *operands, **kwargs)
            if effect.writes:
                stored = [self.known(one) for one in operands]
                bound = bool(receiver(function))
                result = function(*stored[1:], **kwargs) if bound else function(*stored, **kwargs)
                if type(stored[0]) is list:
                    self.adopt(stored[0])
                return result
            operands = tuple(map(self.whole, operands)) if effect.name != "dict.get" else operands
            return function(*operands[len(receiver(function)) :], **kwargs)
        return function(*args, **kwargs)

    def known(self, value: Any) -> Any:
        return value.value if type(value) is Promise and value.make is None and value.failure is None else value

    def iterate(self, value: Any, /) -> Iterator[Any]:
        value = self.known(value)
        if type(value) is Promise and value.parts is not None:
            return iter(value.parts)
        value = self.force(value)
        found = steps(self, value)
        return iter(value) if found is None else found

    def drain(self, value: Any, /) -> None:
        return None

    def parts(self, value: Any, /) -> None:
        return None

    def unsure(self, part: Any, /) -> bool:
        return type(part) is Maybe

    def unfolded(self, part: Any, /) -> Iterable[Any]:
        if type(part) is not Maybe:
            return (part,)
        return part.items(self)

    def kept(self, part: Any, test: Any, wanted: bool, /) -> Any:
        if self.unsure(part) or self.pending(test):
            return Maybe(lambda ops: [item for item in ops.unfolded(part) if ops.force(test) is wanted])
        return part if self.force(test) is wanted else Maybe(lambda ops: [])

    def call_if_there(self, function: Any, part: Any, /) -> Any:
        return Maybe(lambda ops: [ops.call(function, item) for item in ops.unfolded(part)])

    def force(self, value: Any, /) -> Any:
        return value.keep() if type(value) is Promise else value

    def settled(self, value: Any, /) -> Any:
        return self.whole(value)

    def whole(self, value: Any, /) -> Any:
        value = self.force(value)
        if type(value) is list:
            for index, item in enumerate(value):
                value[index] = self.whole(item)
        elif isinstance(value, dict):
            for key, item in value.items():
                value[key] = self.whole(item)
        elif type(value) is tuple:
            return value if not any(type(item) is Promise for item in value) else tuple(map(self.whole, value))
        elif type(value).__module__ == "collections" and hasattr(value, "rotate"):
            for index, item in enumerate(value):
                value[index] = self.whole(item)
        return value

    def pending(self, value: Any, /) -> bool:
        return type(value) is Promise and value.make is not None

    def left(self, stream: Any, /) -> None:
        """Nothing is put in its place."""

    def barrier(self) -> None:
        self.retire()

    def truth(self, value: Any, /) -> Any:
        if type(value) is Maybe:
            return Promise(lambda: all(map(self.whole, value.items(self))))
        return self.defer(bool, value)

    def unary(self, symbol: str, a: Any, /) -> Any:
        return self.defer(UNARY[symbol], a)

    def binary(self, symbol: str, a: Any, b: Any, /) -> Any:
        return self.defer(BINARY[symbol], a, b)

    def inplace(self, symbol: str, a: Any, b: Any, /) -> Any:
        return INPLACE[symbol](self.force(a), self.force(b))

    def compare(self, symbol: str, a: Any, b: Any, /) -> Any:
        return self.defer(COMPARE[symbol], a, b)

    def getitem(self, container: Any, key: Any, /) -> Any:
        return self.known(self.defer(operator.getitem, container, key, depth=(VALUE, DEEP)))

    def setitem(self, container: Any, key: Any, value: Any, /) -> None:
        container = self.force(container)
        container[self.force(key)] = self.known(value)
        if type(container) is list:
            self.adopt(container)
        elif type(value) is Promise:
            value.slots.append((container, key))

    def delitem(self, container: Any, key: Any, /) -> None:
        del self.force(container)[self.force(key)]

    def steps(self, value: Any, /) -> Iterator[Any]:
        return self.iterate(value)

    def next(self, value: Any, /) -> Any:
        return next(self.force(value))

    def probe(self, function: Any, /, *args: Any, errors: Any) -> Any:
        return self.call(function, *args)

    def apart(self, value: Any, /) -> bool:
        return True

    def on_failure(self, function: Any, /) -> None:
        pass

    def undoable(self, take_back: Any, target: Any, /) -> None:
        pass

    def framed(self, place: Any, function: Any, /, *args: Any) -> Any:
        return function(*args)

    def may_stop(self, function: Any, /) -> bool:
        return False

    def hint(self, value: Any, /) -> None:
        pass

    def attribute(self, value: Any, name: str, /) -> Any:
        return self.getattr(value, name)

    def getattr(self, value: Any, name: str, /) -> Any:
        return self.known(getattr(self.force(value), name))

    def setattr(self, value: Any, name: str, item: Any, /) -> None:
        setattr(self.force(value), name, item)

    def delattr(self, value: Any, name: str, /) -> None:
        delattr(self.force(value), name)

    def defer(self, function: Callable[..., Any], /, *operands: Any, depth: Depth | tuple[Depth, ...] = DEEP) -> Any:
        depths = depth if isinstance(depth, tuple) else (depth,) * max(len(operands), 1)

        def run() -> Any:
            values = [self.whole(one) if depths[min(i, len(depths) - 1)] == DEEP else self.force(one) for i, one in enumerate(operands)]
            result = function(*values)
            if type(result) is list:
                self.adopt(result)
            return result

        waits = any(self.missing(one, depths[min(i, len(depths) - 1)]) for i, one in enumerate(operands))
        return Promise(run) if waits else run()

    def missing(self, value: Any, depth: Depth) -> bool:
        value = self.known(value)
        if type(value) is Promise:
            return True
        if depth == DEEP and isinstance(value, (list, tuple)):
            return any(self.missing(item, depth) for item in value)
        return depth == DEEP and isinstance(value, dict) and any(self.missing(item, depth) for item in value.values())

    def on_retire(self, function: Callable[..., Any], /, *operands: Any) -> None:
        self.retiring.append((function, operands))

    def retire(self) -> None:
        for function, operands in self.retiring:
            function(*map(self.whole, operands))
        self.retiring.clear()

    def adopt(self, container: Any) -> None:
        for index, item in enumerate(container):
            container[index] = item = self.known(item)
            if type(item) is Promise:
                item.slots.append((container, index))

    def build_list(self, items: Iterable[Any], /) -> list[Any]:
        built = list(items)
        self.adopt(built)
        return built

    def list_of(self, items: Sequence[Any], value: Any, /) -> Any:
        return value

    def build_tuple(self, items: Iterable[Any], /, make: Callable[[Iterable[Any]], Any] = tuple) -> Any:
        parts = [self.known(item) for item in items]
        if any(type(part) is Promise for part in parts):
            return Promise(lambda: make([self.force(part) for part in parts]), parts)
        return make(parts)

    def build_dict(self, pairs: Iterable[tuple[Any, Any]], /) -> Any:
        built: dict[Any, Any] = {}
        for key, value in pairs:
            self.setitem(built, self.force(key), value)
        return built

    def build_set(self, items: Iterable[Any], /) -> Any:
        return self.defer(set, list(items))
