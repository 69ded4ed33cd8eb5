"""Records hold together: what a call is called, and who made it."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Call, CallType
from parsers.records.values import Party
from tests.unit.parsers.made_records import call

OWN, JAY = Party("07700 900100", "+447700900100", None, is_owner=True), Party("07700 900123", "+447700900123")


@pytest.mark.parametrize("went", [CallType.MISSED, CallType.REJECTED])
def test_what_the_owner_dialled_and_nobody_took_went_out(went: CallType) -> None:
    def made(sender: Party | None, *to: Party) -> Call:
        return msgspec.structs.replace(call("c", seconds=0), call_type=went, from_party=sender, to=to)

    own = made(OWN, JAY)
    assert (own.call_type, own.from_party, own.to, own.duration_seconds) == (CallType.OUTGOING, OWN, (JAY,), 0)
    assert made(OWN).call_type == CallType.OUTGOING
    # Nobody is known to be the owner, the owner was called, or both sides are said to be.
    for sender, to in ((JAY, OWN), (JAY, JAY), (None, OWN), (OWN, OWN)):
        assert made(sender, to).call_type == went
