"""A chat that was exported again under another name counts once; two chats are never one, however much is alike."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.same_facts.minute_facts import told_by_the_minute
from ingest.same_facts.near_facts import told_nearly
from ingest.same_facts.readings import Reading
from ingest.same_facts.renamed_chats import told_by_whole_chats
from ingest.segment_store.fact_digests import fact_digest
from ingest.segment_store.segments import RecordSegmentWriter, SegmentStore
from parsers.contract import ExtractionPart, PartKind
from parsers.records.facts import Contact, Direction, Message, Record
from parsers.records.ids import record_id
from parsers.records.values import Attachment, DeletedState, Moment, NumberRef, Party, SourceRef
from search.linkage.devices.superseding import HeldFacts, decide_superseding

SHA = "a" * 64
OWNER = Party(name="Me", is_owner=True)
ANN, ANNIE, BOB = Party(name="Ann"), Party(name="Annie Flat 2"), Party(name="Bob")
NUMBER, OTHER_NUMBER = Party("+44 7700 900101", "+447700900101"), Party("+44 7700 900102", "+447700900102")

Line = tuple[int, bool, str]
"""When, in seconds; whether the owner wrote it; the text."""

TALK: list[Line] = [
    (5, False, "u about"),
    (70, True, "yes mate, 2 for 15"),
    (130, False, "where"),
    (131, False, "ok"),
    (190, True, "usual place"),
    (250, False, "here"),
    (310, True, "2 min"),
    (370, False, "safe"),
]


def line(
    party: Party, at: int, body: str | None, *, is_mine: bool = False, seconds: bool = False, **more: Any
) -> Message:
    shown = f"2024-07-05T{12 + at // 3600:02}:{at // 60 % 60:02}:{at % 60 if seconds else 0:02}.000Z"
    raw = shown[11:19] if seconds else shown[11:16]
    values: dict[str, Any] = {"service": "whatsapp", "thread": party.raw or party.name}
    return Message(
        source=SourceRef(SHA, "x", None, "row", "p", "1"),
        record_id="r-" + "0" * 20,
        extraction_id="ex-" + "0" * 20,
        direction=Direction.OUTGOING if is_mine else Direction.INCOMING,
        from_party=OWNER if is_mine else party,
        to=(party,) if is_mine else (OWNER,),
        time=Moment(f"[05/07/2024, {raw}]", shown),
        body=body,
        **(values | more),
    )


def chat(party: Party, lines: Iterable[Line] = TALK, **more: Any) -> list[Message]:
    return [line(party, at, body, is_mine=is_mine, **more) for at, is_mine, body in lines]


def saved(name: str, *numbers: str) -> Contact:
    return Contact(
        source=SourceRef(SHA, "x", None, "row", "p", "1"),
        record_id="r-" + "0" * 20,
        extraction_id="ex-" + "0" * 20,
        name=name,
        numbers=tuple(NumberRef(number, number) for number in numbers),
    )


def standing(
    folder: Path,
    readings: Sequence[Sequence[Record]],
    *,
    together: Sequence[int] = (),
    read: Sequence[int] = (),
    order: Sequence[int] | None = None,
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return which record stands for each that counts elsewhere, each by its reading's place and its ordinal.

    Args:
        folder: For the segments.
        readings: Of one device.
        together: Those of one delivery.
        read: Those that are no exported chats.
        order: In which their ids rise.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = SegmentStore(folder / "segments")
    names = {place: f"ex-{number:020}" for number, place in enumerate(order or range(len(readings)))}
    held = []
    for place, records in enumerate(readings):
        name = names[place]
        writer = RecordSegmentWriter(folder / f"{name}.part", level=3)
        for number, record in enumerate(records):
            named = msgspec.structs.replace(record, record_id=record_id(SHA, name, record.kind, str(number)))
            writer.add(named, fact_digest(named))
        kind = PartKind.HANDSET if place in read else PartKind.CHAT
        part = ExtractionPart(extraction_id=name, member=None, kind=kind)
        sealed, meta = writer.seal(part, parser=("p", "1"), notices=(), tally={})
        store.adopt(sealed, store.records_path(name, sealed.sha256))
        with store.open_records(name, sealed.sha256) as segment:
            facts = HeldFacts(
                extraction_id=name,
                digests=segment.digests(),
                source_kind=kind,
                paired_within="one" if place in together else None,
            )
        held.append(Reading(facts, meta, sealed.sha256))
    told = told_by_whole_chats(store, held, told_by_the_minute(store, held))
    decided = decide_superseding(told_nearly(store, held, told))
    place_of = {name: place for place, name in names.items()}
    return {
        (place_of[name], again): (place_of[it.extraction_ids[where]], ordinal)
        for name, it in decided.standing.items()
        for again, where, ordinal in zip(
            decided.skip[name].tolist(), it.places.tolist(), it.ordinals.tolist(), strict=True
        )
    }


def counted(folder: Path, *readings: Sequence[Record], **more: Any) -> int:
    """Return how many records count, whatever the order."""
    found = {
        sum(map(len, readings)) - len(standing(folder / str(number), readings, order=order, **more))
        for number, order in enumerate(permutations(range(len(readings))))
    }
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("seconds", [False, True])
@pytest.mark.parametrize(("one", "other"), [(ANN, NUMBER), (NUMBER, ANN), (ANN, ANNIE)])
def test_a_chat_that_was_renamed(tmp_path: Path, one: Party, other: Party, *, seconds: bool) -> None:
    assert counted(tmp_path, chat(one), chat(other, seconds=seconds)) == len(TALK)


def test_each_stands_for_itself(tmp_path: Path) -> None:
    found = standing(tmp_path, [chat(ANN), chat(ANNIE, seconds=True)])
    assert len(found) == len(TALK)
    assert all(again[1] == ordinal for again, (_, ordinal) in found.items())


def test_what_only_one_export_holds_counts_beside_it(tmp_path: Path) -> None:
    later: list[Line] = [*TALK, (400, True, "back on"), (9_000, True, "back on")]
    cut = later[1:]
    assert counted(tmp_path / "later", chat(ANN), chat(NUMBER, later)) == len(later)
    assert counted(tmp_path / "cut", chat(ANN), chat(NUMBER, cut)) == len(later)


def test_both_have_written_enough(tmp_path: Path) -> None:
    from_one = [(at, False, body) for at, _, body in TALK]
    to_one = [(at, True, body) for at, _, body in TALK]
    by_itself = [(at, is_mine, "I will call you back" if is_mine else body) for at, is_mine, body in TALK]
    two_each = TALK[:5]
    for number, lines in enumerate((from_one, to_one, by_itself, two_each)):
        assert counted(tmp_path / str(number), chat(ANN, lines), chat(BOB, lines)) == 2 * len(lines)


def test_what_went_to_a_list_says_nothing(tmp_path: Path) -> None:
    """Three of the list answered alike in one minute each time; the fourth chat shows that it was a list."""
    fourth = chat(Party(name="Cal"), [each for each in TALK if each[1]])
    assert counted(tmp_path, chat(ANN), chat(BOB), fourth) == 2 * len(TALK) + len(fourth)


@pytest.mark.parametrize(
    "other",
    [
        [*TALK[:3], (140, False, "k"), *TALK[3:]],
        [*TALK[:-2], (310, True, "2 mins"), TALK[-1]],
        [(at + 60, is_mine, body) for at, is_mine, body in TALK],
        [*TALK[:-2], (310, False, "2 min"), TALK[-1]],
    ],
    ids=["one more", "one text", "a minute later", "the way"],
)
def test_a_chat_that_differs_is_another(tmp_path: Path, other: list[Line]) -> None:
    assert counted(tmp_path, chat(ANN), chat(BOB, other)) == len(TALK) + len(other)


@pytest.mark.parametrize(
    "readings", [[chat(NUMBER), chat(OTHER_NUMBER)], [chat(NUMBER), chat(ANN), chat(OTHER_NUMBER)]]
)
def test_two_numbers_are_never_one(tmp_path: Path, readings: list[list[Message]]) -> None:
    assert counted(tmp_path, *readings) == len(TALK) * len(readings)


@pytest.mark.parametrize(
    ("contacts", "is_one"),
    [
        ([saved("Ann", "+447700900101")], True),
        ([saved("Ann", "+447700900101", "+447700900102")], True),
        ([saved("Ann", "+447700900102")], False),
        ([saved("Ann", "+447700900102"), saved("Ann", "+447700900103")], False),
        ([saved("Bob", "+447700900102")], True),
    ],
)
def test_contacts_tell_numbers_apart(tmp_path: Path, contacts: list[Contact], *, is_one: bool) -> None:
    found = counted(tmp_path, chat(ANN), chat(NUMBER), contacts, read=(2,))
    assert found == len(TALK) * (2 - is_one) + len(contacts)


def test_two_names_with_two_numbers(tmp_path: Path) -> None:
    contacts = [saved("Ann", "+447700900101"), saved("Bob", "+447700900102")]
    assert counted(tmp_path, chat(ANN), chat(BOB), contacts, read=(2,)) == 2 * len(TALK) + 2


def test_what_one_delivery_lists_side_by_side_is_two(tmp_path: Path) -> None:
    assert counted(tmp_path / "1", chat(ANN), chat(NUMBER), together=(0, 1)) == 2 * len(TALK)
    beside = chat(NUMBER, [(9_000, False, "hi")])
    assert counted(tmp_path / "2", [*chat(ANN), *beside], chat(NUMBER)) == 2 * len(TALK) + 1
    third = [*chat(ANN, [(9_000, False, "hi")]), *chat(NUMBER, [(9_060, False, "yo")])]
    assert counted(tmp_path / "3", chat(ANN), chat(NUMBER), third) == 2 * len(TALK) + 2, "any delivery of the device"


def test_a_group_is_no_chat_of_two(tmp_path: Path) -> None:
    for number, title in enumerate(("Work", "120363041234567890@g.us")):
        lines = [chat(each, thread=title) for each in (ANN, ANNIE)]
        lines[1] = [msgspec.structs.replace(it, thread=f"{title} new") for it in lines[1]]
        several = [[*each, line(BOB, 100, "me too", thread=each[0].thread)] for each in lines]
        assert counted(tmp_path / str(number), *several) == sum(map(len, several))


def test_notes_to_self_and_drafts(tmp_path: Path) -> None:
    notes = [chat(each, [(at, True, body) for at, _, body in TALK]) for each in (ANN, ANNIE)]
    assert counted(tmp_path, *notes) == 2 * len(TALK)


def test_files_and_resends_pair_one_by_one(tmp_path: Path) -> None:
    photo = {"body": "<Media omitted>", "attachments": (Attachment(),)}
    named = {"body": "IMG-1.jpg (file attached)", "attachments": (Attachment("IMG-1.jpg"),)}
    again: list[Line] = [*TALK, (430, True, "hello"), (431, True, "hello"), (440, True, "hello")]
    one = [*chat(ANN, again), line(ANN, 490, **photo), line(ANN, 500, **photo)]
    other = [*chat(NUMBER, again), line(NUMBER, 490, **named), line(NUMBER, 500, **named)]
    later = line(NUMBER, 550, "bye")
    assert counted(tmp_path, one, [*other, later]) == len(one) + 1


def test_a_file_more_is_another_chat(tmp_path: Path) -> None:
    photos = [line(BOB, 100 + at, None, attachments=(Attachment(),)) for at in range(3)]
    assert counted(tmp_path, chat(ANN), [*chat(BOB)[:3], *photos, *chat(BOB)[3:]]) == 2 * len(TALK) + len(photos)


def test_what_was_deleted_later(tmp_path: Path) -> None:
    gone = line(NUMBER, 190, "You deleted this message", is_mine=True, deleted=DeletedState.DELETED)
    later = [
        *chat(NUMBER)[:4],
        gone,
        *chat(NUMBER)[5:],
        *chat(NUMBER, [(500, True, "on now"), (600, True, "last call")]),
    ]
    earlier = chat(ANN, [*TALK, (500, True, "on now")])
    # What it said stands in the earlier export, and that it was deleted in the later one.
    assert counted(tmp_path, earlier, later) == len(later) + 1


def test_a_part_of_the_same_name_goes_with_the_chat(tmp_path: Path) -> None:
    """What it holds alone would not be enough, and takes nothing from what the chats hold."""
    part = chat(ANN, TALK[:5])
    assert counted(tmp_path / "1", chat(ANN), part, chat(NUMBER)) == len(TALK)
    assert counted(tmp_path / "2", part, chat(NUMBER)) == len(part) + len(TALK)


def test_another_of_the_same_name_stays_another(tmp_path: Path) -> None:
    """A second Ann got what the whole list got."""
    later: list[Line] = [*TALK, (500, True, "on now"), (560, False, "thx")]
    second = chat(ANN, [(55, False, "hi"), (500, True, "on now")])
    assert counted(tmp_path, chat(ANN), second, chat(NUMBER, later)) == len(later) + len(second)


def test_what_a_database_has_stands(tmp_path: Path) -> None:
    jid = Party("447700900101@s.whatsapp.net", "+447700900101")
    database = chat(jid, seconds=True)
    more: list[Line] = [*TALK, (500, True, "back on"), (600, False, "2 pls")]
    assert counted(tmp_path, chat(ANN, more), chat(NUMBER, more), database, read=(2,)) == len(more)


@pytest.mark.parametrize("seed", range(16))
def test_whatever_was_exported_when_and_as_what(tmp_path: Path, seed: int) -> None:
    """Customers of a line, some of them renamed: no message stands for another, and long chats count once."""
    chance = random.Random(seed)
    said = [sorted(customer(chance, about=30 if number < LONG else 0)) for number in range(4)]
    whose = [0, *(chance.randrange(4) for _ in range(3))]
    readings = []
    for number, who in enumerate(whose):
        named = Party(name=f"{who} {number}")
        party = named if chance.random() < 0.7 else Party(f"+44 7700 90020{who}", f"+44770090020{who}")
        until = chance.choice((9_100, 6_000))
        lines = [each for each in said[who] if each[0] < until]
        readings.append(chat(party, lines, seconds=chance.random() < 0.5))
    long = {(who, *each) for who in range(LONG) if who in whose for each in minutes(readings, whose, who)}
    for number, order in enumerate([(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)]):
        found = standing(tmp_path / str(number), readings, order=order)
        for (place, ordinal), (other, behind) in found.items():
            assert whose[place] == whose[other]
            assert minute(readings[place][ordinal]) == minute(readings[other][behind])
        counts = [
            (whose[place], *minute(each))
            for place, records in enumerate(readings)
            for ordinal, each in enumerate(records)
            if whose[place] < LONG and (place, ordinal) not in found
        ]
        assert sorted(counts) == sorted(long)


LONG = 2
"""The first of the customers, who write what no other does."""


def customer(chance: random.Random, *, about: int) -> list[Line]:
    """What a line broadcasts, and is answered in the same words by each of its list; and what both talk about."""
    times = range(0, 9_000, 900)
    lines = [(at, True, f"on now {at % 7}") for at in times if chance.random() < 0.9]
    lines += [(at + 60, False, chance.choice(("2 pls", "yes", "ok", "1"))) for at in times if chance.random() < 0.9]
    talked = {chance.randrange(30, 9_000): chance.random() for _ in range(about)}
    return lines + [(at, way < 0.5, f"about {at} {way}") for at, way in talked.items()]


def minute(message: Message) -> tuple[str, str, str]:
    return str(message.time.utc)[:16], str(message.direction), str(message.body)


def minutes(readings: Sequence[Sequence[Message]], whose: Sequence[int], who: int) -> set[tuple[str, str, str]]:
    """What the readings of one customer hold; none of them says one thing twice in a minute."""
    return {minute(each) for records, of in zip(readings, whose, strict=True) if of == who for each in records}
