"""One handset with its SIM, in invented texts: what the fixtures of SIM and feature-phone formats are written from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from ingest.demo.truth import (
    Handset,
    Holding,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    TextMessage,
    Travel,
)

WINTER = datetime(2024, 2, 5, 18, 30, 5, tzinfo=UTC)
SUMMER = datetime(2024, 7, 8, 9, 15, 30, tzinfo=timezone(timedelta(hours=1)))
ZARO, JAY = "+447700900123", "07700900456"


def _came(key: str, body: str, *, at: datetime = WINTER, peer: str = ZARO, deleted: bool = False) -> TextMessage:
    return TextMessage(
        key=key, at=at, travel=Travel.IN, peers=(Peer(peer),), body=body, deleted=deleted, on_sim=True
    )  # fmt: skip


TEXTS = (
    _came("1", "Zaro line back on, best of both, bell me"),
    _came("2", "New number for Zaro is 07700900321, delete the old one. " * 4, at=WINTER + timedelta(minutes=3)),
    _came("3", "\u0412\u0441\u0451 \u0434\u043e\u043c\u0430 \U0001f525 " * 12, at=SUMMER),
    _came("4", "Your top-up of \xa310 was successful. Text END to 60777", peer="SunCell", at=SUMMER),
    _came("5", "u about? need 2", peer=JAY, at=SUMMER + timedelta(hours=2), deleted=True),
    TextMessage(key="6", at=None, travel=Travel.OUT, peers=(Peer(JAY),), body="5 mins {out} ~ \u20ac20", on_sim=True),
    TextMessage(key="7", at=None, travel=Travel.DRAFT, peers=(Peer(ZARO),), body="on til late", on_sim=True),
)  # fmt: skip
HANDSET = Holding(
    handset=Handset(make="Nokia", model="105", imei=("356943000000013",)),
    sim=Sim(iccid="8944110012345678901", imsi="234150012345678", msisdn="+447700900999", network="SunCell"),
    read_at=SUMMER,
    texts=TEXTS,
    contacts=(
        SavedContact(key="a", name="Zaro", numbers=(SavedNumber(ZARO, ZARO),), on_sim=True),
        SavedContact(key="b", name="Jay Mum's \u00e9", numbers=(SavedNumber(JAY, "+447700900456"),), on_sim=True),
        SavedContact(key="c", name="TopUp", numbers=(SavedNumber("60777"),), emails=("help@example.org",)),
    ),
    calls=(
        PhoneCall(key="d", at=SUMMER, call_type="missed", peer=Peer(ZARO, ZARO, "Zaro")),
        PhoneCall(key="e", at=None, call_type="outgoing", peer=Peer(JAY, "+447700900456")),
    ),
)
