"""What a report says of the sender that the phone does not state."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import msgspec

from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.deal_lines.sender_caveats import sender_basis
from tests.fakes.flares import made_flare
from tests.fakes.phones import number

ONE, OTHER = number(1), number(2)


def caveats(sender: str, *own: str) -> tuple[str, ...]:
    flare = msgspec.structs.replace(made_flare(1, "ex-1", None), sender=sender)
    facts = cast("DeviceFacts", SimpleNamespace(label="A/1", own_numbers=own))
    basis = sender_basis(flare, None, facts, None, is_told=False)
    assert basis.is_inferred is bool(basis.caveats)
    return basis.caveats


def test_the_one_number_that_a_phone_states_needs_no_caveat() -> None:
    assert caveats(ONE, ONE) == ()


def test_of_two_stated_numbers_which_one_sent_it_is_inferred_and_said() -> None:
    (said,) = caveats(ONE, ONE, OTHER)
    assert said.startswith("Which number sent it is taken from other broadcasts of this phone")
    assert said.endswith(f"A/1 states {ONE} and {OTHER}.")


def test_a_number_that_the_phone_does_not_state_is_taken_from_other_traffic() -> None:
    (said,) = caveats(OTHER, ONE)
    assert "other traffic of this phone" in said
