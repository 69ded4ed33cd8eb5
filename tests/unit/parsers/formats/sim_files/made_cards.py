"""A SIM for the tests of its files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.demo.truth import Holding, Peer, PhoneCall, SavedContact, SavedNumber, Sim, TextMessage, Travel

AT = datetime(2024, 2, 5, 12, 0, tzinfo=UTC)
PEER = Peer("+447700900123", "+447700900123")
TEXTS = (
    TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body="u about", on_sim=True),
    TextMessage(key="2", at=AT + timedelta(hours=1), travel=Travel.IN, peers=(PEER,), body="Long one. " * 30),
    TextMessage(key="3", at=None, travel=Travel.OUT, peers=(Peer("07700900456"),), body="5 mins \u20ac5 \U0001f44d"),
    TextMessage(key="4", at=AT, travel=Travel.IN, peers=(Peer("SunCell"),), body="Ring on the new line", deleted=True),
)  # fmt: skip
CARD = Holding(
    sim=Sim(iccid="8944110012345678901", imsi="234150012345678", msisdn="+447700900999", network="SunCell"),
    read_at=AT,
    texts=TEXTS,
    contacts=(
        SavedContact(key="a", name="Rico \u20ac", numbers=(SavedNumber("+447700900123", "+447700900123"),)),
        SavedContact(key="b", name="\u0411\u0438\u0442", numbers=(SavedNumber("07700900456", "+447700900456"),)),
        SavedContact(key="c", name="TopUp", numbers=(SavedNumber("60777"),)),
    ),
    calls=(PhoneCall(key="d", at=None, call_type="outgoing", peer=Peer("07700900456", "+447700900456", "Jay")),),
)
