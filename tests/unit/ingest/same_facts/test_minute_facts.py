"""A message dated by the minute is told to be one that another reading dates by the second, where that is sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.same_facts.minute_facts import told_by_the_minute
from ingest.same_facts.readings import Reading
from ingest.segment_store.fact_digests import fact_digest
from ingest.segment_store.segments import RecordSegmentWriter, SegmentStore
from parsers.contract import ExtractionPart, PartKind
from parsers.minute_times import is_by_the_minute
from parsers.records.facts import Contact, Direction, Message, Record
from parsers.records.ids import record_id
from parsers.records.values import Attachment, DeletedState, Moment, NumberRef, Party, SourceRef
from search.linkage.devices.superseding import HeldFacts, decide_superseding

SHA = "a" * 64
CHAT, STORE, BOOK = "ex-00000000000000000001", "ex-00000000000000000002", "ex-00000000000000000003"
JID = "447700900123@s.whatsapp.net"
BY_NUMBER, BY_NAME = Party(JID, "+447700900123"), Party(name="Jay")
OWNER = Party(name="Me", is_owner=True)
MINUTE = Moment("05/07/2024, 13:00", "2024-07-05T12:00:00.000Z")


def source(place: int) -> SourceRef:
    return SourceRef(SHA, "x", None, f"row {place}", "p", "1")


def came(place: int, *, body: str = "u about", **more: Any) -> Message:
    """A message that a chat's export lists, from Jay."""
    values: dict[str, Any] = {
        "service": "whatsapp",
        "direction": Direction.INCOMING,
        "from_party": BY_NAME,
        "to": (OWNER,),
        "thread": "Jay",
        "time": MINUTE,
    }
    return Message(
        source=source(place),
        record_id=record_id(SHA, None, "message", str(place)),
        extraction_id=CHAT,
        body=body,
        **(values | more),
    )


def stored(place: int, *, second: int = 7, **more: Any) -> Message:
    """The same, as a database has it."""
    values: dict[str, Any] = {
        "from_party": BY_NUMBER,
        "to": (),
        "thread": JID,
        "time": Moment("1720180807000", f"2024-07-05T12:00:{second:02}.000Z"),
    }
    return came(place, **(values | more))


def saved(*numbers: str, name: str = "Jay") -> Contact:
    return Contact(
        source=source(99),
        record_id=record_id(SHA, None, "contact", name),
        extraction_id=BOOK,
        name=name,
        numbers=tuple(NumberRef(number, number) for number in numbers),
    )


def repeats(
    tmp_path: Path,
    chat: Sequence[Record],
    store: Sequence[Record],
    book: Sequence[Record] = (),
    *,
    is_chat: bool = True,
) -> list[int | None]:
    """Return for each record of the chat the ordinal of the one in the database that stands for it."""
    tmp_path.mkdir(exist_ok=True)
    segments = SegmentStore(tmp_path / "segments")
    # The database is the fuller reading, and so the one whose records stand.
    filler = [stored(place, body=f"filler {place}") for place in range(100, 109)]
    readings = []
    for name, records in ((CHAT, chat), (STORE, [*store, *filler]), (BOOK, book)):
        writer = RecordSegmentWriter(tmp_path / f"{name}.part", level=3)
        for record in records:
            writer.add(record, fact_digest(record))
        kind = PartKind.CHAT if name == CHAT and is_chat else PartKind.HANDSET
        part = ExtractionPart(extraction_id=name, member=None, kind=kind)
        sealed, meta = writer.seal(part, parser=("p", "1"), notices=(), tally={})
        segments.adopt(sealed, segments.records_path(name, sealed.sha256))
        with segments.open_records(name, sealed.sha256) as segment:
            readings.append(Reading(HeldFacts(extraction_id=name, digests=segment.digests()), meta, sealed.sha256))
    decided = decide_superseding(told_by_the_minute(segments, readings))
    standing = decided.standing[CHAT]
    assert {standing.extraction_ids[place] for place in standing.places.tolist()} <= {STORE}
    found = dict(zip(decided.skip[CHAT].tolist(), standing.ordinals.tolist(), strict=True))
    return [found.get(ordinal) for ordinal in range(len(chat))]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("25/12/2023, 14:05", True),
        ("12/1/24, 9:05 a. m.", True),
        ("20.7.2023 klo 9.15", True),
        ("20.07.23 9.15", True),
        ("15/09/2023 16:49", True),
        ("[25/12/2023, 14:05:00]", False),
        ("2023-09-14T16:49:00Z", False),
        ("20.07.2023", False),
        ("1694710140000", False),
        ("2023-12-25T14:05:00.000+01:00", False),
        ("2023-12-25T14:05:00+00:00", False),
        ("25/12/2023 14:05:00(UTC+01:00)", False),
        ("25/12/2023 14:05:00 -03:00", False),
        ("25.12.2023 klo 14.05.00+02:00", False),
        ("2023-12-25T14:05+01:00", True),
        ("25/12/2023 14:05 (UTC+1)", True),
        ("25.12.2023-14:05", True),
        ("2023-12-25-14:05", True),
    ],
)
def test_hours_and_minutes_alone(raw: str, *, expected: bool) -> None:
    assert is_by_the_minute(Moment(raw, "2023-12-25T14:05:00.000Z")) is expected
    assert not is_by_the_minute(Moment(raw, "2023-12-25T14:05:01.000Z"))


def test_a_number_says_who_it_is(tmp_path: Path) -> None:
    unsaved = Party("+44 7700 900123", "+447700900123")
    assert repeats(tmp_path, [came(1, from_party=unsaved, thread="+44 7700 900123")], [stored(1)]) == [0]


def test_a_stated_offset_is_no_time_by_the_minute(tmp_path: Path) -> None:
    """A report gives the whole minute and the offset; the message is dated by the second all the same."""
    whole = {"time": Moment("2024-07-05T13:00:00.000+01:00", "2024-07-05T12:00:00.000Z"), "thread": "chat 7"}
    unsaved = Party("+44 7700 900123", "+447700900123")
    chat = [came(1, from_party=unsaved, thread="+44 7700 900123")]
    assert repeats(tmp_path, chat, [stored(1, to=(OWNER,), **whole)]) == [0]
    assert fact_digest(stored(1, **whole)) == fact_digest(stored(2, **whole | {"thread": "Jay"}))


def test_a_name_that_both_show(tmp_path: Path) -> None:
    assert repeats(tmp_path, [came(1)], [stored(1, from_party=Party(JID, "+447700900123", "Jay"))]) == [0]


@pytest.mark.parametrize("family", ["sms", "whatsapp"])
def test_letters_in_place_of_a_number_are_a_name_too(tmp_path: Path, family: str) -> None:
    letters: dict[str, Any] = {"service": family, "thread": None, "to": ()}
    as_number, as_name = Party("giffgaff"), Party(name="giffgaff")
    for place, (one, other) in enumerate(((as_number, as_name), (as_name, as_number))):
        chat = [came(1, from_party=one, **letters)]
        store = [stored(1, from_party=other, **letters)]
        assert repeats(tmp_path / str(place), chat, store, is_chat=False) == [0]


def test_a_contact_of_the_device_gives_the_number(tmp_path: Path) -> None:
    assert repeats(tmp_path, [came(1)], [stored(1)], [saved("+447700900123")]) == [0]


@pytest.mark.parametrize(
    ("to", "thread", "expected"),
    [
        ((Party("447700900999@s.whatsapp.net", "+447700900999"),), None, [0]),
        ((Party("447700900999@s.whatsapp.net", "+447700900999"),), "a group", [None]),
        ((Party("447700900999@s.whatsapp.net"), Party("447700900456@s.whatsapp.net")), None, [None]),
        ((Party(name="Work"),), None, [None]),
        ((Party("120363041234567890@g.us"),), None, [None]),
    ],
    ids=["alone", "in a conversation", "with another", "a title", "a group"],
)
def test_what_came_to_one_alone_came_to_the_owner(
    tmp_path: Path, to: tuple[Party, ...], thread: str | None, expected: list[int | None]
) -> None:
    store = [stored(1, to=to, thread=thread)]
    assert repeats(tmp_path, [came(1)], store, [saved("+447700900123")]) == expected


@pytest.mark.parametrize("book", [[], [saved("+447700900123", "+447700900456")], [saved("+447700900456")]])
def test_a_name_alone_says_nothing(tmp_path: Path, book: list[Contact]) -> None:
    assert repeats(tmp_path, [came(1)], [stored(1)], book) == [None]


def talk(count: int, make: Callable[..., Message], **more: Any) -> list[Message]:
    """Some texts, a minute each."""
    return [make(place, body=f"text {place}", time=minute(place, make is stored), **more) for place in range(count)]


def minute(place: int, is_exact: bool) -> Moment:  # noqa: FBT001 (which of two spellings)
    utc = f"2024-07-05T12:{place:02}:{7 if is_exact else 0:02}.000Z"
    return Moment(utc if is_exact else f"05/07/2024, 13:{place:02}", utc)


def test_messages_tell_whose_number_a_name_has(tmp_path: Path) -> None:
    """No contact has it, or one has two: of three texts or more in the same minutes it is sure."""
    chat = [*talk(4, came), came(9, body="another one", time=minute(9, is_exact=False))]
    both = [*talk(4, stored), stored(9, body="another one", time=minute(9, is_exact=True))]
    assert repeats(tmp_path, chat, both) == [0, 1, 2, 3, 4]
    assert repeats(tmp_path / "2", chat, both, [saved("+447700900123", "+447700900456")]) == [0, 1, 2, 3, 4]
    assert repeats(tmp_path / "3", chat, both, [saved("+447700900456")]) == [None] * 5


def test_messages_that_tell_no_number(tmp_path: Path) -> None:
    other = {"from_party": Party("447700900456@s.whatsapp.net", "+447700900456"), "thread": "447700900456@..."}
    assert repeats(tmp_path / "1", talk(2, came), talk(2, stored)) == [None] * 2, "two may be chance"
    alike = [*talk(4, stored), *talk(4, stored, **other)]
    assert repeats(tmp_path / "2", talk(4, came), alike) == [None] * 4, "two numbers wrote the same"
    divided = [*talk(6, stored)[:3], *talk(6, stored, **other)[3:]]
    assert repeats(tmp_path / "3", talk(6, came), divided) == [None] * 6, "two people of one name"


def test_what_went_to_a_list_tells_no_number(tmp_path: Path) -> None:
    out = {"direction": Direction.OUTGOING, "from_party": OWNER}
    chat = talk(4, came, **out, to=(BY_NAME,))
    jids = [f"4477009001{place:02}@s.whatsapp.net" for place in range(3)]
    sent = [
        message
        for jid in jids
        for message in talk(4, stored, **out | {"to": (Party(jid, f"+{jid.split('@')[0]}"),), "thread": jid})
    ]
    assert repeats(tmp_path, chat, sent) == [None] * 4


@pytest.mark.parametrize(
    "other",
    [
        {"body": "u about?"},
        {"direction": Direction.OUTGOING, "from_party": None, "to": (BY_NUMBER,)},
        {"time": Moment("1720180860000", "2024-07-05T12:01:00.000Z")},
        {"service": "signal"},
        {"from_party": Party("447700900456@s.whatsapp.net", "+447700900456")},
        {"thread": "120363041234567890@g.us"},
    ],
    ids=["body", "way", "minute", "application", "sender", "group"],
)
def test_what_differs_is_another_fact(tmp_path: Path, other: dict[str, Any]) -> None:
    assert repeats(tmp_path, [came(1)], [stored(1, **other)], [saved("+447700900123")]) == [None]


def test_what_went_out(tmp_path: Path) -> None:
    way: dict[str, Any] = {"direction": Direction.OUTGOING, "from_party": OWNER, "to": (BY_NAME,)}
    gone = stored(1, direction=Direction.OUTGOING, from_party=None, to=(BY_NUMBER,))
    assert repeats(tmp_path, [came(1, **way)], [gone], [saved("+447700900123")]) == [0]


def test_the_kth_repeats_the_kth(tmp_path: Path) -> None:
    chat = [came(1), came(2), came(3)]
    store = [stored(1, second=7), stored(2, second=50)]
    assert repeats(tmp_path, chat, store, [saved("+447700900123")]) == [0, 1, None]


def test_a_chat_that_has_the_seconds_shows_names_for_numbers_all_the_same(tmp_path: Path) -> None:
    chat = [came(1, time=by_the_second(7)), came(2, time=by_the_second(8))]
    assert repeats(tmp_path, chat, [stored(1)], [saved("+447700900123")]) == [0, None]


def test_a_table_that_has_the_seconds_and_names_for_numbers_is_looked_for_by_the_second(tmp_path: Path) -> None:
    table = [came(1, time=by_the_second(7)), came(2, time=by_the_second(8))]
    assert repeats(tmp_path, table, [stored(1)], [saved("+447700900123")], is_chat=False) == [0, None]
    assert repeats(tmp_path / "2", table, [stored(1)], is_chat=False) == [None, None]


def by_the_second(second: int) -> Moment:
    return Moment(f"[05/07/2024, 13:00:{second:02}]", f"2024-07-05T12:00:{second:02}.000Z")


@pytest.mark.parametrize("at", [lambda _: MINUTE, by_the_second], ids=["minute", "second"])
def test_words_in_place_of_a_file_or_of_a_deleted_text(tmp_path: Path, at: Callable[[int], Moment]) -> None:
    gone: dict[str, Any] = {"deleted": DeletedState.DELETED}
    one, two, unnamed = Attachment("IMG-1.jpg"), Attachment("IMG-2.jpg"), Attachment()
    chat = [
        came(1, time=at(1), body="This message was deleted", **gone),
        came(2, time=at(2), body="IMG-1.jpg (file attached)\nlook", attachments=(one,)),
        came(3, time=at(3), body="IMG-2.jpg (file attached)", attachments=(two,)),
        came(4, time=at(4), body="<Media omitted>", attachments=(unnamed,)),
        came(5, time=at(5), body="<Media omitted>", attachments=(unnamed,)),
    ]
    store = [
        stored(1, second=0, body="recovered", **gone),
        stored(2, second=3, body=None, attachments=(two,)),
        stored(3, second=2, body="look", attachments=(one,)),
        stored(4, second=1, body=None, **gone),
        stored(5, second=4, body=None, attachments=(Attachment("a6b1.opus"),)),
    ]
    assert repeats(tmp_path, chat, store, [saved("+447700900123")]) == [3, 2, 1, 4, None]


def test_line_ends_tell_nothing_apart(tmp_path: Path) -> None:
    store = [stored(1, body="two\r\nlines")]
    assert repeats(tmp_path, [came(1, body="two\nlines")], store, [saved("+447700900123")]) == [0]


def test_groups_by_sender_and_by_name(tmp_path: Path) -> None:
    group = "120363041234567890@g.us"
    out: dict[str, Any] = {"direction": Direction.OUTGOING}
    chat = [
        came(1, to=(), thread="Work"),
        came(2, to=(), thread="Work", from_party=OWNER, body="omw", **out),
        came(3, to=(), thread="Work", from_party=OWNER, body="to another", **out),
    ]
    store = [
        stored(1, thread=group),
        stored(2, thread=group, from_party=None, to=(Party(group, name="Work"),), body="omw", **out),
        stored(3, thread=group, from_party=None, to=(Party(group, name="Other"),), body="to another", **out),
    ]
    assert repeats(tmp_path, chat, store, [saved("+447700900123")]) == [0, 1, None]


@pytest.mark.parametrize(("thread", "expected"), [("4294967999", [0]), ("4294967998", [None])])
def test_what_went_to_a_group_by_its_conversation(tmp_path: Path, thread: str, expected: list[int | None]) -> None:
    way: dict[str, Any] = {"direction": Direction.OUTGOING, "from_party": OWNER, "thread": "4294967999"}
    chat = [came(1, to=(), time=by_the_second(7), **way)]
    members = (BY_NUMBER, Party("447700900456@s.whatsapp.net", "+447700900456"))
    assert repeats(tmp_path, chat, [stored(1, to=members, **way | {"thread": thread})]) == expected


def test_one_minute_in_a_chat_of_two_and_in_a_group_is_two_facts() -> None:
    assert fact_digest(came(1)) == fact_digest(came(2))
    assert fact_digest(came(1)) != fact_digest(came(2, thread="Gang"))
    assert fact_digest(stored(1)) == fact_digest(stored(2, thread="44@g.us"))


GROUP = "120363041234567890@g.us"
UNTOLD: dict[str, Any] = {"direction": Direction.UNKNOWN, "to": (), "thread": "Work"}
WAY: dict[str, Any] = {"direction": Direction.OUTGOING, "body": "another"}
SENT: dict[str, Any] = {"direction": Direction.OUTGOING, "from_party": None, "thread": GROUP}


def by_me(place: int, **more: Any) -> Message:
    """What the owner wrote, in a group's export that does not say who that is."""
    return came(place, from_party=Party(name="Me"), **UNTOLD | more)


TO_MEMBERS = {"to": (BY_NUMBER, Party("447700900456@s.whatsapp.net", "+447700900456"))}


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ({"to": (Party(GROUP, name="Work"),)}, 1),
        ({"to": (Party(GROUP),)}, 1),
        (TO_MEMBERS, 1),
        ({"to": (Party(GROUP, name="Other"),)}, None),
        ({"to": (BY_NUMBER,), "thread": JID}, None),
    ],
    ids=["title", "group", "members", "another title", "a chat of two"],
)
def test_a_group_whose_export_does_not_say_who_the_owner_is(
    tmp_path: Path, to: dict[str, Any], expected: int | None
) -> None:
    """Another exported chat of the device has the owner's name."""
    chat = [came(1, **UNTOLD), by_me(2, body="omw"), came(3, from_party=OWNER, to=(BY_NAME,), **WAY)]
    store = [stored(1, thread=GROUP), stored(2, body="omw", **SENT | to)]
    assert repeats(tmp_path, chat, store, [saved("+447700900123")])[:2] == [0, expected]
    assert repeats(tmp_path / "2", chat[:2], store, [saved("+447700900123")]) == [0, None], (
        "the owner's name is not known"
    )
    called = [saved("+447700900123"), saved("+447700900456", name="Me")]
    assert repeats(tmp_path / "3", chat, store, called)[:2] == [0, None], "a contact has that name"


def test_messages_tell_who_the_owner_and_the_others_of_a_group_are(tmp_path: Path) -> None:
    mine = [by_me(place, body=f"mine {place}", time=minute(place, is_exact=False)) for place in range(4)]
    theirs = [came(place, body=f"text {place}", time=minute(place, is_exact=False), **UNTOLD) for place in range(4)]
    sent = [
        stored(place, body=f"mine {place}", time=minute(place, is_exact=True), **SENT | TO_MEMBERS)
        for place in range(4)
    ]
    came_in = talk(4, stored, thread=GROUP)
    assert repeats(tmp_path, [*mine, *theirs], [*sent, *came_in]) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert repeats(tmp_path / "2", mine[:2], sent[:2]) == [None] * 2, "two may be chance"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("IMG-1.jpg (file attached)\nlook\nhere", 0),
        ("look\nhere\n<attached: IMG-1.jpg>", 0),
        ("IMG-1.jpg (file attached)\nlook", None),
        ("IMG-1.jpg (file attached)", None),
    ],
)
def test_a_caption_beside_the_words_for_a_file(tmp_path: Path, body: str, expected: int | None) -> None:
    """A reading of the handset gives the caption, and no file."""
    chat = [came(1, body=body, attachments=(Attachment("IMG-1.jpg"),))]
    assert repeats(tmp_path, chat, [stored(1, body="look\nhere")], [saved("+447700900123")]) == [expected]
