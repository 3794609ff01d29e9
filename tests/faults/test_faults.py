"""Every seeded fault is found by a random program that is right without it.

`python -m tests.faults` tells how many programs it takes; here each fault meets the first program that finds it.
"""

from __future__ import annotations

import pytest

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
}


# Those that need many names for one list: programs of level 6.
FOUND_BY_ALIASES = {
    "aliases_are_forgotten": 21,
    "what_a_strand_publishes_is_not_told": 29,
}


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", FOUND_BY_ALIASES)
def test_fault_is_found_by_aliases(name: str) -> None:
    """The same for programs of level 6."""
    assert finds(FIRST + FOUND_BY_ALIASES[name], name, 6)


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the alarm may ring in a callback of the collector
@pytest.mark.parametrize("name", FOUND)
def test_fault_is_found(name: str) -> None:
    """The program differs with the fault, and not without it."""
    assert finds(FIRST + FOUND[name], name)


def test_faults_are_known() -> None:
    """At least twenty of them, all by their names."""
    assert len(FOUND) >= 20
    assert FOUND.keys() | FOUND_BY_ALIASES.keys() <= FAULTS.keys()
