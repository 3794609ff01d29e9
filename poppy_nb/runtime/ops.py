"""The operations of generated code, by the names that the compiler uses; docs/interfaces.md has them in a table."""

from __future__ import annotations

from collections.abc import Mapping

from . import (
    asynchronous,
    attribute_stores,
    awaiting,
    calls,
    classes,
    comprehensions,
    control,
    defaults,
    displays,
    for_loops,
    iteration,
    loops,
    operators,
    plainly,
    pushing,
    resting,
    turns,
    variables,
)


OPS: Mapping[str, object] = {
    "enter": control.enter,
    "load": variables.load, "store": variables.store, "delete": variables.delete,
    "load_global": variables.load_global, "store_global": variables.store_global, "delete_global": variables.delete_global,
    "load_cell": variables.load_cell, "store_cell": variables.store_cell, "delete_cell": variables.delete_cell,
    "unary": operators.unary, "binary": operators.binary, "inplace": operators.inplace, "compare": operators.compare,
    "truth": operators.truth, "not_": operators.not_,
    "getattr": classes.get_attribute, "setattr": attribute_stores.set_attribute, "delattr": attribute_stores.delete_attribute,
    "getitem": operators.getitem, "setitem": operators.setitem, "delitem": operators.delitem, "slice": operators.make_slice,
    "call": calls.call, "build_class": calls.build_class, "call_unpacked": calls.call_unpacked, "super_": super,
    "names": control.Names, "with_defaults": defaults.with_defaults,
    "protect": control.protect, "handling": control.handling,
    "tuple": displays.make_tuple, "list": displays.make_list, "set": displays.make_set, "dict": displays.make_dict,
    "star": displays.Star, "unpack_mark": displays.UNPACK, "fstring": displays.fstring, "unpack": displays.unpack,
    "force": control.force, "tested": control.tested, "whole": control.whole, "subject": control.subject,
    "spawn": control.spawn, "branch": control.branch,
    "under_way": loops.UnderWay, "begin": loops.begin,
    "iterate": iteration.iterate, "settle": control.settle, "settled": control.settled, "ahead": control.ahead,
    "pause": control.pause, "resumed": control.resumed, "unpaused": control.unpaused,
    "caught": control.caught, "with_enter": control.with_enter,
    "entered": control.entered, "with_exit": control.with_exit,
    "await_": awaiting.await_, "import_": control.import_, "import_from": control.import_from, "import_star": control.import_star,
    "expose": control.expose, "barrier": control.barrier, "yield_": control.yield_, "yield_from": control.yield_from,
    "gather": comprehensions.gather, "skip": comprehensions.SKIP,
    "plain_statement": plainly.statement, "plain_value": plainly.value, "mediated": plainly.MEDIATED, "leave": plainly.leave,
    "asynchronously": asynchronous.asynchronously, "async_each": asynchronous.each,
    "async_enter": asynchronous.enter, "async_exit": asynchronous.leave,
    "each": for_loops.each, "push": pushing.push,
    "turns": turns.turns, "turn": turns.turn,
}  # fmt: skip

__all__ = ["OPS", "resting"]  # `resting`: the operations need the engine that it puts there
