"""A fact that two deliveries of a handset tell a little apart counts once; what one of them lists as two stays two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.same_facts import listed_singly
from ingest.same_facts.following import followed, without_taken
from ingest.same_facts.minute_facts import told_by_the_minute
from ingest.same_facts.near_facts import told_nearly
from ingest.same_facts.readings import Reading
from ingest.same_facts.sent_facts import told_by_sending
from ingest.same_facts.untold_directions import told_by_direction
from ingest.same_facts.untold_sides import told_by_side
from ingest.segment_store.fact_digests import fact_digest, fact_digests_at
from ingest.segment_store.segments import RecordSegmentWriter, SegmentStore
from parsers.contract import ExtractionPart
from parsers.records.facts import Call, CallType, Direction, Message, Record
from parsers.records.ids import record_id
from parsers.records.values import ClockBasis, Moment, Party, SourceRef
from search.linkage.devices.superseding import HeldFacts, Superseding, decide_superseding

SHA = "a" * 64
NAMES = tuple(f"ex-{number:020}" for number in range(1, 4))
PEOPLE = tuple(Party(f"07700 900{number}", f"+447700900{number}") for number in range(100, 114))
JAY = PEOPLE[0]


def at(second: float, minute: int = 5) -> Moment:
    whole = int(second) + 60 * minute
    utc = f"2024-02-05T12:{whole // 60:02}:{whole % 60:02}.{round(second % 1 * 1000):03}Z"
    return Moment(utc, utc, 0, ClockBasis.STATED_OFFSET)


def text(second: float, body: str = "u about", *to: Party, **more: Any) -> Message:
    values: dict[str, Any] = {"service": "sms", "direction": Direction.OUTGOING if to else Direction.INCOMING}
    values |= {"time": at(second)} | ({"to": to} if to else {"from_party": JAY})
    return Message(
        source=SourceRef(SHA, "x", None, "row", "p", "1"),
        record_id="r-" + "0" * 20,
        extraction_id=NAMES[0],
        body=body,
        **(values | more),
    )


def call(second: float, **more: Any) -> Call:
    return Call(
        source=SourceRef(SHA, "x", None, "row", "p", "1"),
        record_id="r-" + "0" * 20,
        extraction_id=NAMES[0],
        call_type=CallType.MISSED,
        duration_seconds=0,
        from_party=JAY,
        time=at(second),
        **more,
    )


def decided(folder: Path, *readings: Sequence[Record], together: Sequence[int] = ()) -> Superseding:
    """Return what is decided of the readings of one handset; those ``together`` are of one delivery."""
    store = SegmentStore(folder / "segments")
    held = []
    for place, (name, records) in enumerate(zip(NAMES, readings, strict=False)):
        writer = RecordSegmentWriter(folder / f"{name}.part", level=3)
        for number, record in enumerate(records):
            named = {"record_id": record_id(SHA, name, record.kind, str(number))}
            writer.add(
                type(record)(**{field: getattr(record, field) for field in record.__struct_fields__} | named),
                fact_digest(record),
            )
        sealed, meta = writer.seal(
            ExtractionPart(extraction_id=name, member=None), parser=("p", "1"), notices=(), tally={}
        )
        store.adopt(sealed, store.records_path(name, sealed.sha256))
        with store.open_records(name, sealed.sha256) as segment:
            facts = HeldFacts(
                extraction_id=name, digests=segment.digests(), paired_within="one" if place in together else None
            )
        held.append(Reading(facts, meta, sealed.sha256))
    first = told_by_the_minute(store, held)
    left = without_taken(held, first)
    told = told_by_direction(store, held, told_by_sending(store, held, told_nearly(store, held, left)))
    return decide_superseding(followed(first, left, told_by_side(store, held, told)))


def counted(folder: Path, *readings: Sequence[Record], together: Sequence[int] = ()) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    skip = decided(folder, *readings, together=together).skip
    return sum(map(len, readings)) - sum(len(skipped) for skipped in skip.values())


@pytest.mark.parametrize(
    ("one", "other", "facts"),
    [
        ([text(10)], [text(11)], 1),
        ([text(10)], [text(8)], 1),
        ([text(10)], [text(13)], 2),
        ([text(10, from_party=Party("60777 "))], [text(10, from_party=Party("60777"))], 1),
        ([text(10, "k", Party(" 60777"))], [text(10, "k", Party("60777"))], 1),
        ([text(10)], [text(11, "u about?")], 2),
        ([text(10)], [text(11, "u about", JAY)], 2),
        ([text(10)], [text(11, service="whatsapp")], 2),
        ([text(10, None)], [text(11, "")], 1),
        ([call(10)], [call(11)], 1),
        # what one delivery lists as two stays two
        ([text(10), text(11)], [text(10)], 2),
        ([text(10), text(11)], [text(11)], 2),
        ([text(10), text(11)], [text(12)], 2),
        ([text(10), text(11)], [text(11), text(12)], 2),
        ([text(10), text(10)], [text(11)], 2),
        ([text(10), text(10)], [text(11), text(11)], 2),
        ([text(10), text(10)], [text(10), text(11)], 2),
        ([text(10), text(11), text(12)], [text(11)], 3),
        # the second of the nearest is taken first
        ([text(10), text(13)], [text(12), text(9)], 2),
        ([text(10), *(text(50, str(number)) for number in range(9))], [text(11)], 10),
    ],
)  # fmt: skip
def test_facts_seconds_apart(tmp_path: Path, one: list[Record], other: list[Record], facts: int) -> None:
    assert counted(tmp_path / "a", one, other) == facts
    assert counted(tmp_path / "b", other, one) == facts


def test_what_lies_in_one_delivery_is_paired_there_alone(tmp_path: Path) -> None:
    assert counted(tmp_path / "a", [text(10)], [text(11)], together=(0, 1)) == 2
    assert counted(tmp_path / "b", [text(10)], [text(11)], [text(10)], together=(0, 1)) == 2
    assert counted(tmp_path / "c", [text(10)], [text(11)], [text(12)], together=(0, 1)) == 2


def test_three_deliveries_in_any_order(tmp_path: Path) -> None:
    readings = ([text(10), text(30, "b")], [text(11), text(31, "b"), text(50, "c")], [text(10)])
    for number, order in enumerate(permutations(readings)):
        assert counted(tmp_path / str(number), *order) == 3


def test_a_text_dated_by_the_minute_is_not_moved(tmp_path: Path) -> None:
    rough = text(0, time=Moment("05/02/2024 12:05", "2024-02-05T12:05:00.000Z"))
    assert counted(tmp_path, [rough], [text(59, time=at(59, 4))]) == 2


SPREAD = [text(10 + number // 2, "on now", to) for number, to in enumerate(PEOPLE)]


@pytest.mark.parametrize("filler", [0, 30])
def test_a_text_to_many_stands_behind_its_copies(tmp_path: Path, filler: int) -> None:
    """Whichever delivery is the fuller."""
    more = [text(100 + number, str(number)) for number in range(filler)]
    for number, second in enumerate((9, 10)):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = decided(folder, [*more, text(second, "on now", *PEOPLE)], SPREAD)
        assert found.skip[NAMES[0]].tolist() == [filler]
        assert found.skip[NAMES[1]].tolist() == []
        standing = found.standing[NAMES[0]]
        assert [standing.extraction_ids[place] for place in standing.places] == [NAMES[1]]
        assert standing.ordinals.tolist() == [0]


@pytest.mark.parametrize(
    ("copies", "facts"),
    [
        (SPREAD[:-1], 1),
        (SPREAD[4:], 1),
        (SPREAD[5:6], 1),
        ([text(50, "on now", PEOPLE[5])], 2),
        ([*SPREAD[:-1], text(10, "on now", Party("07700 900999", "+447700900999"))], 2),
        ([text(10, "on now!", to) for to in PEOPLE], 15),
        ([text(500, "on now", to) for to in PEOPLE], 15),
        ([*SPREAD[:-1], SPREAD[0]], 2),
    ],
)  # fmt: skip
def test_a_text_to_many_counts_for_those_of_its_copies(tmp_path: Path, copies: list[Record], facts: int) -> None:
    assert counted(tmp_path, [text(10, "on now", *PEOPLE)], copies) == facts


@pytest.mark.parametrize(("limit", "most", "facts"), [("_MOST_RECIPIENTS", 13, 15), ("_LONGEST_SECONDS", 1, 14)])
def test_a_text_to_very_many_is_looked_for_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, facts: int
) -> None:
    monkeypatch.setattr(listed_singly, limit, most)
    slowly = [text(10 + 5 * number, "on now", to) for number, to in enumerate(PEOPLE)]
    assert counted(tmp_path, [text(10, "on now", *PEOPLE)], slowly) == facts


def test_a_delivery_that_lists_both_says_that_they_are_two(tmp_path: Path) -> None:
    both = [text(10, "on now", *PEOPLE), *SPREAD]
    assert counted(tmp_path / "a", both, SPREAD) == 15
    assert counted(tmp_path / "b", both, [text(10, "on now", *PEOPLE)]) == 15
    assert counted(tmp_path / "c", both, SPREAD, [text(10, "on now", *PEOPLE)]) == 15


def test_three_deliveries_of_a_text_to_many(tmp_path: Path) -> None:
    readings = ([text(10, "on now", *PEOPLE)], SPREAD, [text(11, "on now", *PEOPLE), text(90, "b")])
    for number, order in enumerate(permutations(readings)):
        assert counted(tmp_path / str(number), *order) == 15


def test_what_counts_for_a_copy_is_the_text_to_many(tmp_path: Path) -> None:
    found = decided(tmp_path, [text(10, "on now", *PEOPLE)], [text(100), *SPREAD[3:9]])
    assert found.skip[NAMES[0]].tolist() == []
    assert found.skip[NAMES[1]].tolist() == [1, 2, 3, 4, 5, 6]
    standing = found.standing[NAMES[1]]
    assert {standing.extraction_ids[place] for place in standing.places} == {NAMES[0]}
    assert standing.ordinals.tolist() == [0] * 6


def test_two_deliveries_with_some_copies_and_two_with_the_text(tmp_path: Path) -> None:
    once = [text(10, "on now", *PEOPLE)]
    for number, order in enumerate(permutations((once, [*once, text(90, "b")], [*SPREAD[:5], SPREAD[0]]))):
        assert counted(tmp_path / f"a{number}", *order) == 3
    for number, order in enumerate(permutations((once, SPREAD[:5], SPREAD[3:9]))):
        assert counted(tmp_path / f"b{number}", *order) == 1


def test_two_broadcasts_need_two_copies_each(tmp_path: Path) -> None:
    again = [text(200 + number // 2, "on now", to) for number, to in enumerate(PEOPLE)]
    many = [text(10, "on now", *PEOPLE), text(200, "on now", *PEOPLE)]
    assert counted(tmp_path / "a", many, SPREAD) == 15
    assert counted(tmp_path / "b", many, [*SPREAD, *again]) == 28
    assert counted(tmp_path / "c", [many[0], many[0]], SPREAD) == 15


@pytest.mark.parametrize("record", [text(10), text(10, "a|b", JAY, PEOPLE[1]), text(10, None), call(10)])
def test_a_digest_at_another_time_is_that_of_the_record_then(record: Message | Call) -> None:
    moments = [at(second) for second in (10, 11, 9, 70)]
    seconds = [moment.utc[:19] for moment in moments if moment.utc]
    shifted = [msgspec.structs.replace(record, time=moment) for moment in moments]
    assert list(fact_digests_at(record, seconds)) == [fact_digest(each) for each in shifted]


GROUP = "447700900101-1500000000@g.us"


@pytest.mark.parametrize(
    ("second", "thread", "facts"),
    [(10, GROUP, 1), (11, GROUP, 1), (10, "447700900102-1500000000@g.us", 2)],
    ids=["one second", "a second later", "another group"],
)
def test_what_went_to_a_group_is_one_whoever_is_listed(tmp_path: Path, second: int, thread: str, facts: int) -> None:
    """A report lists who is in the group, a database the group; a later report lists who joined since."""
    to_members = text(10, "omw", *PEOPLE[:2], service="whatsapp", thread=GROUP)
    others = [
        text(second, "omw", Party(thread, name="Party Grp"), service="whatsapp", thread=thread),
        text(second, "omw", Party(thread), service="whatsapp"),
        text(second, "omw", *PEOPLE[:3], service="whatsapp", thread=thread),
    ]
    for number, other in enumerate(others):
        assert counted(tmp_path / f"a{number}", [to_members], [other]) == facts
        assert counted(tmp_path / f"b{number}", [other], [to_members]) == facts


def test_texts_to_each_of_a_group_are_not_the_one_to_the_group(tmp_path: Path) -> None:
    one = [text(10, "omw", *PEOPLE[:2], service="whatsapp", thread=GROUP)]
    each = [text(10, "omw", person, service="whatsapp", thread=f"{person.raw}@s.whatsapp.net") for person in PEOPLE[:2]]
    assert counted(tmp_path / "x", one, each) == 3
