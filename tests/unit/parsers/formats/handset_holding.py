"""One handset with texts, calls, contacts and a chat, in invented words: what backups and exports are written from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.demo.truth import (
    ChatThread,
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

AT = datetime(2024, 7, 5, 12, 0, 0, 250_000, tzinfo=UTC)
JAY = Peer("07700 900123", "+447700900123", "Jay")
AL = Peer("+447700900456", "+447700900456", "Al")
OWN = "+447700900999"
IMEI, ICCID, IMSI = "356943000000013", "8944110012345678901", "234150012345678"


def text(
    number: int, body: str | None, travel: Travel = Travel.IN, peers: tuple[Peer, ...] = (JAY,), **more: object
) -> TextMessage:
    return TextMessage(
        key=str(number),
        at=AT + timedelta(minutes=number),
        travel=travel,
        peers=peers,
        body=body,
        **more,  # type: ignore[arg-type]  # fields of the truth
    )


TEXTS = (
    text(0, "Zaro line back on, best of both, bell me"),
    text(1, "yh \U0001f44d\n5 mins", Travel.OUT, status="delivered"),
    text(2, "  two spaces in front, a tab\tin between ", Travel.IN, (AL,)),
    text(3, "", Travel.IN, (Peer("SunCell"),), status="unread"),
    text(4, "did not go", Travel.OUT, (AL,), status="failed"),
    text(5, '\u0412\u0441\u0451 \u0434\u043e\u043c\u0430 <b>&amp; "quoted"</b>', Travel.OUT, (AL,)),
)
CALLS = (
    PhoneCall(key="a", at=AT, call_type="incoming", peer=JAY, duration_seconds=65),
    PhoneCall(key="b", at=AT + timedelta(hours=1), call_type="outgoing", peer=AL, duration_seconds=0),
    PhoneCall(key="c", at=AT + timedelta(hours=2), call_type="missed", peer=JAY),
)
CONTACTS = (
    SavedContact(key="d", name="Jay", numbers=(SavedNumber(JAY.written, JAY.number),)),
    SavedContact(key="e", name="Al Mum's \u00e9", numbers=(SavedNumber(AL.written, AL.number, "Home"),)),
)
CHAT = ChatThread(
    key="chat",
    service="whatsapp",
    account=OWN,
    participants=(JAY,),
    messages=(
        text(10, "on whatsapp now", service="whatsapp"),
        text(11, "ok", Travel.OUT, service="whatsapp"),
    ),
    name="Jay",
)
HOLDING = Holding(
    handset=Handset(make="Apple", model="iPhone 11", imei=(IMEI,), os="iOS", os_version="16.1"),
    sim=Sim(iccid=ICCID, imsi=IMSI, msisdn=OWN, network="SunCell"),
    read_at=AT + timedelta(days=3),
    texts=TEXTS,
    calls=CALLS,
    contacts=CONTACTS,
    chats=(CHAT,),
)
"""Fits every tool; exports without chats or without calls leave those out."""
