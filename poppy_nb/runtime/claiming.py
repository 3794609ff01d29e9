"""When a strand parks: find what the rest of it may touch, and enter that into the chains."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR
from types import FunctionType
from typing import TYPE_CHECKING, Any

from poppy_nb import ir
from poppy_nb.effects import receiver
from poppy_nb.numbers import Numbers

from . import counters, families, files, given_back, links, sinks
from .callers import looks_around
from .chains import READ, WRITE, Entry
from .checking import CheckedChains
from .claims import ORDER, Activation, Brought, Claims, Mode
from .control import Names
from .displays import DISPLAYS, UNPACK, Star
from .failures import SETTLING
from .footprint import footprint_of_call, footprint_of_display
from .footprint_reach import FOLLOWS
from .footprint_shared import footprint
from .frame_locals import locals_of
from .hazards import roots
from .heap import EngineHeap, instruction
from .loops import spread
from .models_caches import shadow
from .pending_methods import CHANGES, METHODS, is_own
from .placeholder import KINDS, OURS, PendingAtom, PendingAttribute, PendingIterator, PendingNewcomer, Placeholder, known
from .standing import operands_of
from .strands import SCOPE, WAITING, Operation, Strand, Undo
from .turns import Turning


if TYPE_CHECKING:
    from types import FrameType

    from .engine import Engine

NOWHERE = ir.Pass(ir.Span(0, 0, 0, 0))


class NotAnalysable(Exception):
    """A frame on the stack of a strand has no representation."""


def claim(engine: Engine, strand: Strand) -> None:
    """Enter the claims of a strand that has just parked for the first time."""
    if looks_around(strand.function):
        _everything(engine, strand, "local variables of callers are read")
        return
    position = (*strand.path, strand.count + 1)
    try:
        methods: list[PendingAttribute] = []
        heap = EngineHeap(engine, position, strand)
        taken = heap.taken = given_back.of(strand) if strand.is_try else {}
        places: list[Any] = []
        undone = heap.undone = _written(engine, strand, {}, places) if strand.is_try else {}
        if strand.model is not None:
            claims = _of_model(strand.model, heap)
        else:
            claims = footprint(_activations(engine, strand, methods), heap)
    except NotAnalysable:
        engine.claim_everything(strand)
        return
    except Exception as error:
        # A fault of the analysis costs speed, never meaning
        if engine.check:
            raise
        _everything(engine, strand, f"the analysis failed: {error!r}")
        return
    if claims.everything:
        _everything(engine, strand, claims.reason)
        return
    modes: dict[Any, int] = {key: WRITE if mode == Mode.WRITE else READ for key, mode in claims.modes.items()}
    for resource in ("warnings", "logging"):
        if modes.get(resource) == WRITE:
            for key, mode in sinks.keys(resource):
                modes[key] = max(mode, modes.get(key, 0))
            claims.keep += sinks.kept_in(resource)
    modes.update(dict.fromkeys(undone, WRITE))
    modes.update(((key[0], ORDER), WRITE) for key in undone if type(key) is tuple)  # what is taken away may be set again
    for key, values in taken.items():
        claims.brings.setdefault(key, Brought()).objects.extend(values)
    claims.brings = counters.checked(engine.chains, claims, strand.path, undone, places)
    caches = [one for one in claims.keep if type(one) is functools._lru_cache_wrapper and id(one) in modes]
    for cache in [*caches, *(strand.model[:1] if strand.model is not None else ())]:
        if type(cache) is functools._lru_cache_wrapper:
            waiting = shadow(cache)  # which calls are under way is state of the cache, too
            modes[id(waiting)] = WRITE
            claims.keep.append(waiting)
    for bound in methods:
        access: int = WRITE if bound.name in CHANGES else READ
        for one in roots(known(bound.receiver)):
            modes[id(one)] = max(access, modes.get(id(one), 0))
            claims.looked.add(id(one))
            claims.keep.append(one)
    strand.keep = claims.keep
    if engine.written.handles:  # if the program drops one, it has to be closed
        strand.keep = [one for one in claims.keep if not files.is_held(one)]
    inside = _inside(claims, modes)
    if claims.lazy:
        behind = tuple(one for one in claims.keep if id(one) in claims.modes)
        kept: dict[Any, Any] = {id(one): one for one in claims.keep}
        steps = PendingIterator(strand, behind, tuple((key, mode, kept.get(key, kept)) for key, mode in claims.modes.items()))
        claims.published.append(steps)
        for one in claims.brings.values():
            one.objects.append(steps)
        claims.result.append(steps)
    strand.published, strand.news, strand.raised = claims.published, claims.news, claims.raised
    if strand.result is not None:
        strand.result.aliases = tuple(claims.result)
        families.widen(engine.chains, strand.result, strand.path)
        strand.result.shape = OURS if claims.ours else None
        if claims.instances is not None and type(strand.result) is Placeholder and _is_told(strand):
            strand.result.shape = claims.instances
        strand.result.classes = None if claims.classes is None else tuple(claims.classes)
        if claims.simple and type(strand.result) is Placeholder and _gives_its_value(strand):
            strand.result.__class__ = PendingAtom  # that is what it has turned out to be
            strand.result.shape = claims.numbers
    entered = []
    for key, access in modes.items():
        entry = Entry(key, access, strand.path, strand, True, None, inside.get(key, 0), claims.brings.get(key))
        entered.append(entry)
        engine.chains.add(entry)
        if access != READ and type(key) is tuple:
            engine.chains.attributes.add(key[1])
    for key, told in claims.brings.items():
        links.link(engine, (key,), told.objects, strand.path, claim=True)
    strand.claims = entered
    if type(engine.chains) is CheckedChains:
        engine.chains.park(strand)


def _is_told(strand: Strand) -> bool:
    """Whether what the analysis says of the value of a strand is of what it gives, or of what a `return` in it gives."""
    return strand.model is not None or strand.region is not None or _gives_its_value(strand)


def _gives_its_value(strand: Strand) -> bool:
    """Whether what the code of a strand gives is its value, and not how it has ended."""
    if strand.region is not None:
        return bool(strand.region.kind == "expression")
    function = strand.function
    return strand.kind == "function" and type(function) is FunctionType and not bool(function.__code__.co_flags & _NOT_AT_ONCE)


_NOT_AT_ONCE = CO_COROUTINE | CO_GENERATOR | CO_ASYNC_GENERATOR


def _inside(claims: Claims, modes: dict[Any, int]) -> dict[Any, int]:
    """By location, how the strand touches what others have yet to make and put there. Attributes count as the whole."""
    newcomers = {id(one): one for one in claims.keep if type(one) is PendingNewcomer}
    found: dict[Any, int] = {}
    for key, access in list(modes.items()) if newcomers else ():
        identity = key[0] if type(key) is tuple else key
        one = newcomers.get(identity)
        if one is not None:
            if type(key) is tuple:
                del modes[key]
            modes[identity] = max(access, modes.get(identity, 0))
            found[one.key] = max(access, found.get(one.key, 0))
    for kept in claims.keep:
        if type(kept) is defaultdict and id(kept) in claims.looked and id(kept) in modes:
            found[id(kept)] = WRITE  # what open writes make there for a missing key is not among what they are known to bring
    return found


def _of_model(model: tuple[Any, tuple[Any, ...], Any], heap: EngineHeap) -> Claims:
    """The claims of the call or display that a strand makes; operands may be starred, and keywords pairs in which some unpack."""
    what, operands, kwargs = model
    bound = receiver(what) if type(what) not in KINDS else ()
    given = operands[1:] if bound and operands and operands[0] is bound[0] else operands  # without what the function brings along
    if type(kwargs) is dict and not any(type(one) is Star for one in given):
        return footprint_of_call(what, given, kwargs, heap, NOWHERE)
    pairs = kwargs.items() if type(kwargs) is dict else kwargs
    first = next((index for index, one in enumerate(given) if type(one) is Star), len(given))
    behind = tuple(one for one in given[first:] if type(one) is not Star)
    rest = [one.value for one in given if type(one) is Star]
    extra = [value for name, value in pairs if name is UNPACK]
    made = DISPLAYS.get(what)
    if made is not None:
        parts = [*given[:first], *behind, *(part for name, value in pairs if name is not UNPACK for part in (name, value))]
        return footprint_of_display(made, parts, rest, extra, heap, NOWHERE)
    named = {name: value for name, value in pairs if name is not UNPACK}
    return footprint_of_call(what, given[:first], named, heap, NOWHERE, [*rest, behind], extra)


def _everything(engine: Engine, strand: Strand, reason: str) -> None:
    """Nothing is known of the rest of a strand: all that comes after it waits. Whose line that is, and why, is told."""
    engine.claim_everything(strand)
    found = _AT_LINE.match(reason)
    why = reason[found.end() :] if found is not None else reason
    if engine.events is None or why == FOLLOWS:
        return  # a consequence of another one
    site = strand.site
    file = site[0].f_code.co_filename if site is not None else ""
    declare = next((hint for start, hint in _FREED if why.startswith(start)), "")
    engine.events.claims_everything(file, int(found[1]) if found is not None else engine.events.line_of(site), why, declare)


_AT_LINE = re.compile(r"line (\d+): ")
_FREED = (
    ("unknown code", "declare external(...) for what is called, if its calls may overlap"),
    ("calls what is not known yet", "call a function by its name, not by a value that a call returned"),
    ("calls `", "annotate what the external call returns (`-> str`), or convert its answer first (`str(...)`)"),
    ("too much code", "make the body of the loop a function, with what it needs as arguments"),
)


def _written(engine: Engine, strand: Strand, undone: dict[Any, Any], places: list[Any]) -> dict[Any, Any]:
    """What a `try` body has changed so far may be taken back: the kinds of numbers that this puts there, None: anything.

    places: gets the objects of these locations, as far as they are told.
    """
    for item in strand.log[strand.head :]:
        if isinstance(item, Undo):
            _put_back(undone, item.key, counters.kinds(known(item.old)))
            places.append(item.target)
        elif type(item) is Operation:
            written = [entry.key for entry in item.entries if entry.access != READ and entry.key is not None]
            if item.counts is not None and item.kind == "native":
                places += getattr(item, "keep", None) or ()
            if item.key is not None:
                written.append(item.key)
            written += [id(target) for _, target in item.take_back if target is not None]
            for key in written:
                _put_back(undone, key, item.counts or _counts(engine, item))
            if item.runner is not None:
                _written(engine, item.runner, undone, places)
        elif type(item) is Strand:
            for entry in item.claims:
                if entry.access != READ and entry.key is not None:
                    _put_back(undone, entry.key, None if entry.brings is None else entry.brings.numbers)
            if item.claims:
                places += getattr(item, "keep", None) or ()
            _written(engine, item, undone, places)
    return undone


def _put_back(undone: dict[Any, Any], key: Any, kinds: Numbers | None) -> None:
    old = undone.get(key, kinds)
    undone[key] = None if kinds is None or old is None else Numbers(old | kinds)


def _counts(engine: Engine, op: Operation) -> Numbers | None:
    """What kinds of numbers stand where a store that waits will put one."""
    if op.key is None or op.state != WAITING or op.kind not in ("store", "name"):
        return None
    return counters.held(engine.chains, op.key, op.position, counters.stands(op.keep, op.key))


def _activations(engine: Engine, strand: Strand, methods: list[PendingAttribute]) -> list[Activation]:
    frame: FrameType | None = strand.greenlet.gr_frame if strand.greenlet is not None else None
    frames: list[FrameType] = []
    operands: dict[str, Any] = {}
    above: FrameType | None = None
    while frame is not None:
        if SCOPE in frame.f_code.co_varnames:
            frames.append(frame)
            inside = frames[:-1] and above is not None and above.f_code.co_flags & CO_GENERATOR  # the runtime's steps of it
            operands = operands_of(above) if above is not None and not inside else {}  # in the end those of the outermost
        elif not str(frame.f_globals.get("__name__", "")).startswith("poppy_nb.runtime"):
            raise NotAnalysable
        above, frame = frame, frame.f_back
    frames.reverse()
    base = _base(engine, strand)
    clause = strand.region.clause if strand.region is not None else 0
    if not frames:
        return [Activation(base[0], base[1], None, strand.scope, _arguments(strand), names=_names(strand), clause=clause)]
    for index, inner in enumerate(frames[1:]):
        operands[f"__poppy_generator_{index}"] = _stepped(engine, inner)
    one = frames[0]
    names = locals_of(one)
    temporaries = {k: v for k, v in names.items() if k.startswith("__poppy_") and k != SCOPE} | operands
    given = list(temporaries.items())
    spread(temporaries)
    for name, value in given:
        if type(value) is Names or type(value) is Turning:
            del temporaries[name]  # looks names up, or runs turns of a loop whose items are those of its iterable
        # A method of a pending value that is about to be called
        if type(value) is PendingAttribute and value.state == 0 and value.name in METHODS and not is_own(value):
            methods.append(temporaries.pop(name))
    scope = names.get(SCOPE, strand.scope)
    ended = strand.wait_for == SETTLING
    arguments = {**_arguments(strand), **temporaries}
    spawned = _spawned(temporaries.get("awaited"))
    return [Activation(base[0], base[1], instruction(one), scope, arguments, _names(strand), clause, ended, spawned)]


def _stepped(engine: Engine, frame: FrameType) -> Any:
    """The generator of the user's, stepped by the strand, that `frame` is of."""
    for generator in list(engine.generator_functions):
        if getattr(generator, "gi_frame", None) is frame:
            return generator
    raise NotAnalysable


def _spawned(awaited: Any) -> ir.Node | None:
    """The statement of which `awaited` is how control leaves it: it runs in a strand of its own."""
    strand = awaited.origin if type(awaited) is Placeholder else None
    if type(strand) is not Strand or strand.region is None or strand.region.kind not in _STATEMENTS:
        return None
    return strand.region.node  # type: ignore[no-any-return]


_STATEMENTS = ("loop", "try", "with", "match")


def _names(strand: Strand) -> Any:
    return strand.region.names if strand.region is not None else None


def _arguments(strand: Strand) -> Mapping[str, Any]:
    return strand.arguments if strand.region is not None else {}


def _base(engine: Engine, strand: Strand) -> tuple[ir.Node, str]:
    if strand.region is not None:
        return strand.region.node, strand.region.kind
    if strand.kind == "function" and strand.function is not None:
        node = engine.compiler.ir_of(strand.function.__code__)
        if node is not None:
            return node, "function"
    raise NotAnalysable
