"""Every seeded fault is found by a random program that is right without it.

`python -m tests.faults` tells how many programs it takes; here each fault meets the first program that finds it.
"""

from __future__ import annotations

import pytest

from tests.equivalence import Different, check
from tests.faults.campaign import FIRST, finds
from tests.faults.faults import FAULTS


# How many programs after the first it took.
FOUND = {
    "natives_do_not_look_at_hazards": 0,
    "externals_do_not_look_at_hazards": 9,
    "writes_do_not_wait_for_reads": 3,
    "reads_do_not_wait": 0,
    "resources_have_no_order": 0,
    "iteration_does_not_look_at_hazards": 3,
    "stores_are_forwarded_from_the_first": 3,
    "the_last_writer_is_the_first": 0,
    "immediate_changes_are_not_undone": 2,
    "deferred_changes_are_not_undone": 2,
    "a_failure_does_not_cancel_effects": 51,
    "a_try_does_not_wait_for_its_body": 0,
    "cancelled_operations_hold_what_they_held": 37,
    "arguments_are_not_copied": 0,
    "copies_are_not_mapped_back": 3,
    "operands_are_not_waited_for": 0,
    "open_slots_are_not_filled": 0,
    "strands_claim_nothing": 0,
    "claims_lack_attributes": 0,
    "claims_lack_containers": 2,
    "claims_lack_variables": 8,
    "claims_lack_resources": 0,
    "claims_lack_what_iterators_read": 11,
    "claims_lack_what_handlers_do": 0,
    "mutating_operations_claim_only_reads": 0,
    "claims_lack_captured_variables": 3,
    "effects_do_not_wait_to_retire": 0,
    "failures_go_to_the_outermost_try": 46,
}


# Those that need many names for one list: programs of level 6.
FOUND_BY_ALIASES = {
    "aliases_are_forgotten": 21,
    "what_a_strand_publishes_is_not_told": 29,
}


# Those that need places with lists in them, as in programs of level 7.
FOUND_BY_EVERYDAY_PROGRAMS = {
    "what_a_try_has_changed_is_not_claimed": 75,
    "what_a_variable_may_hold_is_not_told": 6,
}

# Faults that change no meaning, only what waits: with them this program takes longer than it should.
FOUND_BY_TIME = {
    "operands_of_deferred_reads_are_not_kept": ("xs = ['b', f(0)]\nn = len(', '.join(xs))\nxs.append('a')\nm = g(xs[0], len(xs))\n", 1.0),
}


@pytest.mark.engine
@pytest.mark.parametrize("name", FOUND_BY_TIME)
def test_fault_is_found_by_time(name: str) -> None:
    """The program takes its time without the fault, and another with it."""
    source, seconds = FOUND_BY_TIME[name]
    check(source, expect_time=seconds)
    with pytest.MonkeyPatch.context() as patch:
        FAULTS[name](patch)
        with pytest.raises(Different, match="makespan"):
            check(source, expect_time=seconds)


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", FOUND_BY_ALIASES)
def test_fault_is_found_by_aliases(name: str) -> None:
    """The same for programs of level 6."""
    assert finds(FIRST + FOUND_BY_ALIASES[name], name, 6)


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", FOUND_BY_EVERYDAY_PROGRAMS)
def test_fault_is_found_by_everyday_programs(name: str) -> None:
    """The same for programs of level 7."""
    assert finds(FIRST + FOUND_BY_EVERYDAY_PROGRAMS[name], name, 7)


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the alarm may ring in a callback of the collector
@pytest.mark.parametrize("name", FOUND)
def test_fault_is_found(name: str) -> None:
    """The program differs with the fault, and not without it."""
    assert finds(FIRST + FOUND[name], name)


def test_faults_are_known() -> None:
    """All of them, by their names."""
    assert FOUND.keys() | FOUND_BY_ALIASES.keys() | FOUND_BY_EVERYDAY_PROGRAMS.keys() | FOUND_BY_TIME.keys() == FAULTS.keys()
