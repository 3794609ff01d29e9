"""Arguments as they are at dispatch, and references in results led back."""

import copy
import dataclasses
from collections import defaultdict, deque, namedtuple

import pytest

from poppy_nb.runtime.snapshot import capture


class Thing:
    def __init__(self, **kwargs):
        vars(self).update(kwargs)


class Unknown:
    """A value that is not known yet; touching it in any way is a failure."""

    __hash__ = None

    def __eq__(self, other):
        raise AssertionError


def is_open(value):
    return type(value) is Unknown


def messages():
    return [{"role": "user", "content": f"m{i}"} for i in range(5)]


def test_containers_are_copied_and_leaves_are_not():
    thing = Thing()
    args = ([1, [2, thing]], {"k": (3, [4])}, {5, 6}, deque([7, [8]], maxlen=9), bytearray(b"9"))
    before = copy.deepcopy(args[0][:1]), copy.deepcopy(args[1:])
    captured = capture(args, {"kw": args[0]})
    got = captured.args
    assert got[0] == args[0]
    assert got[1:] == args[1:] == before[1]
    assert captured.kwargs["kw"] is got[0]
    assert got[0][1][1] is thing
    assert got[3].maxlen == 9
    assert captured.leaves == [thing]
    args[0][1].append("late")
    args[1]["k"][1].append("late")
    args[3][1].append("late")
    args[4].append(1)
    assert got[0][1] == [2, thing]
    assert (got[1], got[3], got[4]) == (before[1][0], before[1][2], bytearray(b"9"))


def test_aliases_and_cycles_are_kept():
    shared: list = []
    ring = [shared, shared]
    ring.append(ring)
    loop: list = []
    loop.append((loop,))
    got = capture((ring, shared, loop, (shared, shared)), {}).args
    assert got[0][0] is got[0][1] is got[1] is got[3][0] is not shared
    assert got[0][2] is got[0]
    assert got[2][0][0] is got[2]


def test_what_needs_no_copy_is_not_copied():
    atoms, frozen, point = (1, ("a", None)), frozenset({1}), namedtuple("Point", "x y")(1, [2])
    table = defaultdict(list)
    captured = capture((atoms, frozen, point, table), {})
    assert [a is b for a, b in zip(captured.args, (atoms, frozen, point, table), strict=True)] == [True] * 4
    assert [type(leaf).__name__ for leaf in captured.leaves] == ["frozenset", "Point", "defaultdict"]


def test_each_leaf_is_told_once_keys_and_members_included():
    a, b, c = Thing(), Thing(), Thing()
    captured = capture(([a, a], {b: a}, {(c, 1)}), {"x": a, "t": Thing, "n": 1})
    assert sorted(map(id, captured.leaves)) == sorted(map(id, (a, b, c)))


def test_nesting_may_be_deeper_than_the_stack():
    deep: list = []
    for _ in range(20_000):
        deep = [deep]
    captured = capture((deep,), {})
    assert captured.changed() is None
    assert captured.map_back([captured.args[0]])[0] is deep
    got, count = captured.args[0], 0
    while got:
        got, count = got[0], count + 1
    assert count == 20_000
    while deep:  # taken apart by hand: the recursive destructor is not under test
        deep = deep.pop()


@pytest.mark.parametrize("handed_over", [True, False])
def test_objects_that_may_be_changed_are_handed_over_themselves(handed_over):
    row = [1, [2]]
    captured = capture((row, [row]), {}, as_is=[row] if handed_over else [])
    assert (captured.args[0] is row) is handed_over
    assert (captured.args[1][0] is row) is handed_over
    captured.args[0].append(3)
    assert (captured.changed() is None) is handed_over
    assert captured.leaves == ([row] if handed_over else [])


# --- changes by the callee


def rename(m):
    m[2] = {**m[2], "content": "!"}


CHANGES = {
    "args[0][1]['content']": lambda m: m[1].update(content="!"),
    "args[0]": lambda m: m.append(1),
    "args[0][4]['name']": lambda m: m[4].update(name=1),
    "args[0][3]['role']": lambda m: m[3].pop("role"),
    "args[0][2]": rename,
    "args[0][0]['role']": lambda m: m[0].update({"role": m[0].pop("role")}),
}


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_is_found_and_its_place_told(path):
    original = messages()
    captured = capture((original,), {})
    assert captured.changed() is None
    CHANGES[path](captured.args[0])
    assert captured.changed() == path
    assert captured.changed(["messages", "more"]) == path.replace("args[0]", "messages")
    assert original == messages()


def test_changes_by_keyword_and_in_other_containers():
    for value, change, path in (
        ({1, 2}, lambda v: v.add(3), "x"),
        ({1, 2}, lambda v: (v.discard(1), v.add(9)), "x"),
        (deque([1, 2]), lambda v: v.rotate(1), "x[0]"),
        (bytearray(b"ab"), lambda v: v.reverse(), "x"),
        ([1, (2, [3])], lambda v: v[1][1].clear(), "x[1][1]"),
        ([1, True], lambda v: v.reverse(), "x[0]"),
    ):
        captured = capture((), {"x": value})
        assert captured.changed() is None
        change(captured.kwargs["x"])
        assert captured.changed() == path


def test_putting_back_an_equal_text_is_no_change():
    captured = capture(([{"content": "a" * 10}],), {})
    captured.args[0][0]["content"] = "".join(["a"] * 10)
    assert captured.changed() is None


def test_no_code_of_the_elements_is_run():
    class Hostile:
        def __getattribute__(self, name):
            raise AssertionError(name)

        def __eq__(self, other):
            raise AssertionError

        __hash__ = None

    hostile = Hostile()
    captured = capture(([hostile], {"h": hostile}), {})
    assert captured.changed() is None
    assert captured.map_back({"r": [hostile]})["r"][0] is hostile
    captured.args[0][0] = Hostile()
    assert captured.changed() == "args[0][0]"


# --- back to the originals


@dataclasses.dataclass(slots=True)
class Answer:
    messages: list
    text: str = ""
    empty: object = dataclasses.field(init=False)


Pair = namedtuple("Pair", "left right")


def test_references_to_copies_are_led_back():
    original = messages()
    captured = capture((original,), {})
    given = captured.args[0]
    result = {
        "all": given,
        "one": given[1],
        "slice": given[2:],
        "tuple": (1, (given,)),
        "pair": Pair(given, 1),
        "object": Thing(kept=given),
        "slots": Answer(given),
        "queue": deque([given]),
        "error": ValueError("x", given),
        "number": 1,
        "set": {1, (2, 3)},
    }
    mapped = captured.map_back(result)
    assert mapped is result
    assert result["all"] is original
    assert result["one"] is original[1]
    assert [a is b for a, b in zip(result["slice"], original[2:], strict=True)] == [True] * 3
    assert result["tuple"][1][0] is original
    assert type(result["pair"]) is Pair
    assert result["pair"].left is original
    assert result["object"].kept is original
    assert result["slots"].messages is original
    assert result["queue"][0] is original
    assert result["error"].args[1] is original


def test_the_result_itself_may_be_an_argument():
    original, pair = messages(), ([1], 2)
    captured = capture((original, pair), {})
    assert captured.map_back(captured.args[0]) is original
    assert captured.map_back(captured.args[1]) is pair
    assert captured.map_back(7) == 7


def test_aliases_and_cycles_in_the_result_are_kept():
    original = [1]
    captured = capture((original,), {})
    inner = (captured.args[0],)
    ring: list = [inner, inner]
    ring.append(ring)
    mapped = captured.map_back(ring)
    assert mapped[2] is mapped is ring
    assert mapped[0] is mapped[1]
    assert mapped[0][0] is original


def test_what_was_passed_by_reference_is_not_entered():
    thing = Thing(own=[1])
    captured = capture((thing, [2]), {})
    assert captured.map_back([thing])[0] is thing
    thing.own = captured.args[1]
    captured.map_back([thing])
    assert thing.own is captured.args[1]


def test_properties_of_results_are_not_read():
    class Guarded:
        def __init__(self, value):
            self.value = value

        @property
        def boom(self):
            raise AssertionError

        def __getattr__(self, name):
            raise AssertionError(name)

        def __setattr__(self, name, value):
            object.__setattr__(self, name, value)

    original = [1]
    captured = capture((original,), {})
    assert captured.map_back(Guarded(captured.args[0])).value is original


# --- values that are not known yet


def test_open_values_are_found_and_filled():
    a, b = Unknown(), Unknown()
    inner = {"x": a, "y": (b, [a], ("deep", (b,)))}
    captured = capture((a, [a, 1, inner]), {"k": (b,)}, is_open=is_open)
    assert not captured.ready
    assert captured.open == [a, b]
    captured.fill(a, "A")
    assert not captured.ready
    captured.fill(b, "B")
    assert captured.ready
    assert captured.args == ("A", ["A", 1, {"x": "A", "y": ("B", ["A"], ("deep", ("B",)))}])
    assert captured.kwargs == {"k": ("B",)}
    assert inner["x"] is a
    assert captured.changed() is None
    captured.args[1][2]["x"] = "!"
    assert captured.changed() == "args[1][2]['x']"


def test_a_value_that_is_filled_in_is_captured_too_and_may_be_open_itself():
    shared: list = [1]
    a, b, c = Unknown(), Unknown(), Unknown()
    captured = capture((shared, a), {}, is_open=is_open)
    captured.fill(a, (shared, [b], c))
    assert {id(value) for value in captured.open} == {id(b), id(c)}
    captured.fill(c, shared)
    captured.fill(b, "B")
    assert captured.args == ([1], ([1], ["B"], [1]))
    assert captured.args[0] is captured.args[1][0] is captured.args[1][2] is not shared
    assert captured.map_back([captured.args[0]])[0] is shared


def test_complete_resolves_until_nothing_is_open():
    a, b = Unknown(), Unknown()
    values = {id(a): [b, (b,)], id(b): "B"}
    captured = capture((a, (a, a)), {}, is_open=is_open)
    captured.complete(lambda unknown: values[id(unknown)])
    assert captured.args == (["B", ("B",)], (["B", ("B",)],) * 2)
    assert captured.args[0] is captured.args[1][0] is captured.args[1][1]


def test_one_open_tuple_in_two_places_is_one_tuple():
    a = Unknown()
    pair = (a, 1)
    captured = capture(([pair], [pair]), {}, is_open=is_open)
    captured.fill(a, 2)
    assert captured.args[0][0] is captured.args[1][0]
    assert captured.args[0][0] == (2, 1)


def test_the_usual_list_of_messages_is_cheap():
    # not timed: only what is not there is cheap for sure
    captured = capture(("model",), {"messages": messages(), "temperature": 0})
    assert len(captured._shapes) == 6
    assert not captured.leaves
