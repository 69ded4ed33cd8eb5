"""What the writer puts into WhatsApp's databases comes out of the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.truth import (
    ChatThread,
    Holding,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    StoredFile,
    TextMessage,
    Travel,
)
from ingest.demo.writers.whatsapp_db import (
    chat_jid,
    write_chat_storage,
    write_contacts,
    write_msgstore,
    write_older_msgstore,
)
from parsers.outcome import ReadState
from parsers.records.facts import Call, Contact, Message
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

AT = datetime(2024, 2, 5, 12, 0, 0, 250_000, tzinfo=UTC)
JAY = Peer("+447700900123", "+447700900123", "Jay")
AL = Peer("+447700900456", "+447700900456", "Al")
PICTURE = StoredFile(
    key="p", source_path="/x", local_path="IMG-20240205-WA0001.jpg", content=b"12345", content_type="image/jpeg"
)
WRITERS: dict[str, Callable[[Path, Holding], Path]] = {
    "android": lambda folder, holding: write_msgstore(folder / "msgstore.db", holding),
    "android in the log": lambda folder, holding: write_msgstore(folder / "msgstore.db", holding, keeps_log=True),
    "older android": lambda folder, holding: write_older_msgstore(folder / "msgstore.db", holding),
    "ios": lambda folder, holding: write_chat_storage(folder / "ChatStorage.sqlite", holding),
    "ios in the log": lambda folder, holding: write_chat_storage(folder / "x", holding, keeps_log=True),
}


def text(number: int, body: str | None, travel: Travel = Travel.IN, peer: Peer = JAY, **more: object) -> TextMessage:
    return TextMessage(
        key=str(number),
        at=AT + timedelta(minutes=number),
        travel=travel,
        peers=(peer,),
        body=body,
        **more,  # type: ignore[arg-type]  # fields of the truth
    )


HOLDING = Holding(
    read_at=AT,
    sim=Sim(msisdn="+447700900999"),
    chats=(
        ChatThread(
            key="one",
            service="whatsapp",
            account=None,
            participants=(JAY,),
            messages=(
                text(0, "u about \U0001f44d\nyh?"),
                text(1, "5 mins", Travel.OUT, status="read"),
                text(2, "look", files=(PICTURE,)),
                text(3, None, Travel.OUT, files=(PICTURE,)),
                text(4, None, deleted=True),
            ),
        ),
        ChatThread(
            key="group",
            service="whatsapp",
            account=None,
            name="Footy",
            participants=(JAY, AL),
            is_group=True,
            messages=(text(5, "who in", peer=AL), text(6, "me", Travel.OUT)),
        ),
    ),
    calls=tuple(
        PhoneCall(key=kind, at=AT, call_type=kind, peer=JAY, duration_seconds=seconds)
        for kind, seconds in (("incoming", 12), ("outgoing", 0), ("missed", 0))
    ),
    contacts=(SavedContact(key="1", name="Jay", numbers=(SavedNumber("07700 900123", "+447700900123"),)),),
)


@pytest.fixture(params=list(WRITERS))
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return WRITERS[str(request.param)](tmp_path, HOLDING)


def test_messages(path: Path) -> None:
    result = read_path(path)
    found = of_kind(result, Message)
    sent = [message for chat in HOLDING.chats for message in chat.messages]
    assert [each.body for each in found] == [message.body for message in sent]
    assert [each.direction.value for each in found] == [message.travel.value for message in sent]
    assert [each.deleted.value for each in found] == ["intact"] * 4 + ["deleted"] + ["intact"] * 2
    assert {each.service for each in found} == {"whatsapp"}
    assert [each.time.utc for each in found] == [f"2024-02-05T12:{minute:02}:00.250Z" for minute in range(7)]
    assert [[(file.name, file.content_type, file.size_bytes) for file in each.attachments] for each in found] == [
        [("IMG-20240205-WA0001.jpg", "image/jpeg", 5)] if message.files else [] for message in sent
    ]
    assert {code: count for code, count in codes_of(result).items() if code != "element_not_read"} == {}
    assert result.state is ReadState.COMPLETE


def test_parties(path: Path) -> None:
    came, went, *_, group_in, group_out = of_kind(read_path(path), Message)
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.e164, came.from_party.is_owner) == (
        "447700900123@s.whatsapp.net",
        "+447700900123",
        False,
    )
    assert (went.from_party, [party.e164 for party in went.to]) == (None, ["+447700900123"])
    assert came.thread == went.thread == "447700900123@s.whatsapp.net"
    assert group_in.from_party is not None
    assert group_in.from_party.e164 == "+447700900456"
    assert [party.raw for party in group_out.to] == [chat_jid(HOLDING.chats[1])]  # type: ignore[index]  # a tuple here


def test_ios_names_the_owner(tmp_path: Path) -> None:
    result = read_path(write_chat_storage(tmp_path / "ChatStorage.sqlite", HOLDING))
    came = of_kind(result, Message)[0]
    assert [(party.e164, party.is_owner) for party in came.to] == [("+447700900999", True)]
    assert came.from_party is not None
    assert came.from_party.name == "Jay"
    assert result.parts[0].msisdn == ("447700900999@s.whatsapp.net",)


def test_android_statuses_and_times(tmp_path: Path) -> None:
    came, went, *_ = of_kind(read_path(write_msgstore(tmp_path / "msgstore.db", HOLDING)), Message)
    assert (came.status, came.times.received) == (None, came.time)
    assert (went.status, went.times.received) == ("read", None)


def test_calls(tmp_path: Path) -> None:
    came, went, missed = of_kind(read_path(write_msgstore(tmp_path / "msgstore.db", HOLDING)), Call)
    assert [each.call_type.value for each in (came, went, missed)] == ["incoming", "outgoing", "missed"]
    assert came.from_party is not None
    assert (came.from_party.e164, came.duration_seconds, came.service) == ("+447700900123", 12, "whatsapp")
    assert [party.e164 for party in went.to] == ["+447700900123"]


def test_contacts(tmp_path: Path) -> None:
    result = read_path(write_contacts(tmp_path / "wa.db", HOLDING))
    (jay,) = of_kind(result, Contact)
    assert (jay.name, jay.handles, jay.stored_in) == ("Jay", ("447700900123@s.whatsapp.net",), "whatsapp")
    assert [(number.raw, number.e164) for number in jay.numbers] == [("07700 900123", "+447700900123")]
    assert codes_of(result) == {"element_not_read": 1}


bodies = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
drawn = st.lists(st.tuples(bodies, st.booleans(), st.integers(1_300_000_000, 2_000_000_000)), max_size=15)


@settings(max_examples=40, deadline=None)
@given(sent=drawn, writer=st.sampled_from(list(WRITERS.values())))
def test_whatever_is_written_comes_out_once(
    sent: list[tuple[str | None, bool, int]], writer: Callable[[Path, Holding], Path]
) -> None:
    messages = tuple(
        TextMessage(
            key=str(n),
            at=datetime.fromtimestamp(at, UTC),
            travel=Travel.IN if came else Travel.OUT,
            peers=(JAY,),
            body=body,
        )
        for n, (body, came, at) in enumerate(sent)
    )
    chat = ChatThread(key="c", service="whatsapp", account=None, participants=(JAY,), messages=messages)
    with TemporaryDirectory() as folder:
        result = read_path(writer(Path(folder), Holding(read_at=AT, chats=(chat,))))
    assert [
        (each.body, each.direction.value, datetime.fromisoformat(str(each.time.utc)))
        for each in of_kind(result, Message)
    ] == [(each.body, each.travel.value, each.at) for each in messages]
    assert all(record.duplicate_of is None for record in result.records)
