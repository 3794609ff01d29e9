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
    "externals_do_not_look_at_hazards": 12,
    "writes_do_not_wait_for_reads": 3,
    "reads_do_not_wait": 0,
    "iteration_does_not_look_at_hazards": 3,
    "stores_are_forwarded_from_the_first": 0,
    "the_last_writer_is_the_first": 0,
    "immediate_changes_are_not_undone": 2,
    "deferred_changes_are_not_undone": 2,
    "a_failure_does_not_cancel_effects": 30,
    "a_try_does_not_wait_for_its_body": 0,
    "cancelled_operations_hold_what_they_held": 20,
    "effects_do_not_wait_to_retire": 11,
    "arguments_are_not_copied": 3,
    "copies_are_not_mapped_back": 3,
    "open_slots_are_not_filled": 0,
    "strands_claim_nothing": 0,
    "claims_lack_captured_variables": 9,
    "claims_lack_attributes": 0,
    "claims_lack_containers": 2,
    "claims_lack_variables": 8,
    "claims_lack_resources": 3,
    "claims_lack_what_iterators_read": 11,
    "claims_lack_what_handlers_do": 0,
    "what_a_strand_publishes_is_not_told": 48,
    "mutating_operations_claim_only_reads": 0,
}


@pytest.mark.engine
@pytest.mark.parametrize("name", FOUND)
def test_fault_is_found(name: str) -> None:
    """The program differs with the fault, and not without it."""
    assert finds(FIRST + FOUND[name], name)


def test_faults_are_known() -> None:
    """At least twenty of them, all by their names."""
    assert len(FOUND) >= 20
    assert FOUND.keys() <= FAULTS.keys()
