"""What is collected of an extraction is the same whatever the order in which its rows stand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from ingest.processes import time_sorting
from ingest.processes.analysing import loaded_analyser, versions_of
from ingest.processes.analysis_jobs import CollectRequest
from ingest.processes.collecting import collect
from ingest.segment_store.fact_digests import fact_digest
from ingest.segment_store.finding_segments import COLLECTED_AS, FindingSegment, Recipe
from ingest.segment_store.segments import RecordSegmentWriter
from parsers.contract import ExtractionPart
from parsers.records.facts import Message, Record
from parsers.records.findings import TextFinding
from parsers.records.tally import TallyRow
from search.contract import Edge, Flare, TemplateEntry
from search.linkage.extraction.denials import told_in
from search.linkage.keys import AnnouncedFrom, Role
from tests.fakes.phones import Phone, finding, number

LINE, FRIEND, STRANGER = number(40), number(41), number(42)
MINUTE = 1 / 1440

CHRONOLOGICAL, NEWEST_FIRST, BY_FOLDER, SHUFFLED = "as sent", "newest first", "by folder", "shuffled"


def scene() -> list[Record]:
    """What order tells: answers, a question who it is, a denial, parts of a text, a group."""
    phone = Phone("A", 1)

    def text(day: float | None, body: str, other: str, *, sent: bool = False, service: str = "sms") -> None:
        phone.text(other, day, finding(body, advert=False), sent=sent, service=service)

    for day in range(12):
        text(day, "Rico line on both 3 for 25 bell me", LINE)
        text(day + 0.2, "u about", LINE, sent=True)
        text(day + 0.2 + MINUTE, "yh both on 2 for 15", LINE)
        text(day + 0.4, "is that dave", FRIEND)
        text(day + 0.4 + MINUTE, "no wrong number mate", FRIEND, sent=True)
        text(day + 0.5, "who is this", STRANGER, sent=True)
        text(day + 0.5 + 40 * MINUTE, "its Rico from the shop", STRANGER)
        text(day + 0.6, "is this rico", STRANGER)
        text(day + 0.6 + 2 * MINUTE, "yes", STRANGER, sent=True)
    for place in range(60, 75):
        text(20 + place * MINUTE / 60, "(1/2) Morning all Rico line is on both, best in town", number(place), sent=True)
        text(20 + place * MINUTE / 60 + MINUTE / 30, "(2/2) 3 for 25 all day ring me now", number(place), sent=True)
    for place in range(3):
        text(30 + place, "subs 5 quid correct money pls", number(80 + place), service="whatsapp")
        text(30 + place + 0.1, "see you sunday", number(83), service="whatsapp")
    text(None, "ok", FRIEND, sent=True)
    phone.call(FRIEND, 3, made=True)
    phone.save(LINE, "Rico")
    return [_in_group(record) for record, _ in phone.rows]


def _in_group(record: Record) -> Record:
    if isinstance(record, Message) and record.service == "whatsapp":
        return msgspec.structs.replace(record, thread="team@g.us")
    return record


def ordered(records: Sequence[Record], order: str) -> list[Record]:
    rest = [record for record in records if not isinstance(record, Message)]
    messages = [record for record in records if isinstance(record, Message)]
    messages.sort(key=lambda each: each.time.utc or "")
    if order == NEWEST_FIRST:
        messages.reverse()
    elif order == BY_FOLDER:
        messages.sort(key=lambda each: each.direction)
    elif order.startswith(SHUFFLED):
        random.Random(order).shuffle(messages)
    return [*rest, *messages]


class Gathered(msgspec.Struct, frozen=True):
    """What a finding segment holds of an extraction, apart from where its rows stand."""

    edges: list[Edge]
    flares: list[Flare]
    templates: list[TemplateEntry]
    flare_of: dict[str, str | None]
    said_of: dict[str, str]


def gathered(folder: Path, records: Sequence[Record]) -> Gathered:
    folder.mkdir()
    writer = RecordSegmentWriter(folder / "records.part", level=3)
    for record in records:
        writer.add(record, fact_digest(record))
    part = ExtractionPart(extraction_id="ex-A", member=None, make="Nokia")
    tally = {"message": TallyRow(seen=len(records), indexed=len(records))}
    written, _ = writer.seal(part, parser=("ufdr", "1"), notices=[], tally=tally)
    versions = versions_of(loaded_analyser(()))
    recipe = Recipe(
        records_sha256=written.sha256,
        nlp_version=versions.nlp_version,
        lexicon_version=versions.lexicon_version,
        own_numbers=(number(1),),
        region="GB",
        skip_digest="",
        collected_as=COLLECTED_AS,
    )
    request = CollectRequest(
        extraction_id="ex-A",
        records=written.path,
        target=str(folder / "findings.part"),
        findings=str(folder / "texts.sqlite"),
        lexicon_dirs=(),
        recipe=recipe,
        skip=b"",
        compression_level=3,
    )
    with FindingSegment(Path(collect(request).sealed.path), "ex-A") as segment:
        flares = list(segment.flares())
        ids = [record.record_id for record in records]
        said = [
            msgspec.msgpack.decode(found[place], type=TextFinding).text_id if place >= 0 else ""
            for found, places in segment.batches()
            for place in places
        ]
        return Gathered(
            edges=list(segment.edges()),
            flares=flares,
            templates=list(segment.templates()),
            flare_of={
                record_id: flares[place].flare_id if place >= 0 else None
                for record_id, place in zip(ids, segment.flare_of().tolist(), strict=True)
            },
            said_of=dict(zip(ids, said, strict=True)),
        )


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    return gathered(tmp_path_factory.mktemp("order") / "in", ordered(scene(), CHRONOLOGICAL))


def test_the_scene_holds_what_order_tells(in_order: Gathered) -> None:
    roles = {edge.role for edge in in_order.edges}
    assert {Role.SENT_ADVERT, AnnouncedFrom.DENIED} <= roles
    (denied,) = (edge for edge in in_order.edges if edge.role == AnnouncedFrom.DENIED)
    assert told_in(denied.label).party == FRIEND
    assert denied.count == 12
    assert [(flare.direction, flare.message_count) for flare in in_order.flares if flare.direction == "sent"] == [
        ("sent", 15)
    ]
    received = [flare for flare in in_order.flares if flare.direction == "received" and flare.sender == LINE]
    assert len(received) == 12, "what answers is none"
    assert AnnouncedFrom.ASKED in roles, "a yes to a name that was asked"


@pytest.mark.parametrize("order", [NEWEST_FIRST, BY_FOLDER, *(f"{SHUFFLED} {seed}" for seed in range(4))])
@pytest.mark.parametrize("held_bytes", [None, 2_000])
def test_any_order_of_rows_gives_the_same(
    order: str, held_bytes: int | None, in_order: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if held_bytes is not None:
        monkeypatch.setattr(time_sorting, "_HELD_BYTES", held_bytes)
        monkeypatch.setattr(time_sorting, "_BATCH", 7)
    assert gathered(tmp_path / "other", ordered(scene(), order)) == in_order
    assert not [path for path in (tmp_path / "other").iterdir() if path.name.startswith("tmp")]


def test_findings_are_those_of_the_texts(in_order: Gathered) -> None:
    assert len(set(in_order.said_of.values())) > 10
    assert set(in_order.flare_of.values()) > {None}
