"""Reading: what holds for every format, shown on parsers that do one thing each."""

from __future__ import annotations

import errno
import logging
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from parsers.contract import Claim, Delivery, ExtractionPart, Head, PartKind, ReadContext, ReadEvent, Seen, Tier
from parsers.duplicates import Duplicate
from parsers.errors import InputRefused
from parsers.outcome import ReadState
from parsers.reading import read, read_all, read_with
from parsers.records.notices import Notice
from parsers.records.tally import TallyRow
from tests.unit.parsers.made_records import EXTRACTION, OTHER_EXTRACTION, SHA256, message

EVIDENCE = "text of a message that no log may hold"


class ScriptedParser:
    """Yields what a test tells it to."""

    name: ClassVar[str] = "scripted"
    version: ClassVar[str] = "1"
    tier: ClassVar[Tier] = Tier.INFERRED
    title: ClassVar[str] = "A script"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = ()

    script: ClassVar[tuple[ReadEvent | Exception, ...]] = ()

    def identify(self, head: Head) -> Claim | None:
        return Claim(score=50, reason="the script's mark") if head.first_bytes.startswith(b"SCRIPT") else None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        assert delivery.sha256
        assert ctx.scratch_dir.is_dir()
        for event in self.script:
            if isinstance(event, Exception):
                raise event
            yield event


PART = ExtractionPart(extraction_id=EXTRACTION, member=None)


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    path = tmp_path / "script.ufdr"
    path.write_bytes(b"SCRIPT of a test")
    return Delivery(path=path, name=path.name, is_folder=False, sha256=SHA256)


@pytest.fixture
def ctx(tmp_path: Path) -> ReadContext:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return ReadContext(scratch_dir=scratch)


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> type[ScriptedParser]:
    """The only parser there is, with an empty script that a test replaces."""
    monkeypatch.setattr(ScriptedParser, "script", ())
    monkeypatch.setattr("parsers.registry.all_parsers", lambda: (ScriptedParser(),))
    return ScriptedParser


def test_a_fact_listed_twice_is_marked_and_counted_as_merged(
    delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]
) -> None:
    scripted.script = (
        PART,
        message("model A"),
        message("model A in chat C", listing="chat"),
        Notice(code="element_unreadable", extraction_id=EXTRACTION, element="message", subject="SMS"),
        Notice(
            code="element_not_read", extraction_id=EXTRACTION, element="other:Location", subject="Location", count=7
        ),
        Seen(extraction_id=EXTRACTION, element="message", count=3),
        Seen(extraction_id=EXTRACTION, element="other:Location", count=7),
    )
    result = read_all(delivery, ctx)
    first, second = result.records
    assert (first.duplicate_of, second.duplicate_of) == (None, first.record_id)
    assert result.tally == {
        EXTRACTION: {
            "message": TallyRow(seen=3, indexed=1, merged=1, noticed=1),
            "other:Location": TallyRow(seen=7, noticed=7),
        }
    }
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    assert list(ctx.scratch_dir.iterdir()) == []


def test_what_does_not_balance_is_said(delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]) -> None:
    scripted.script = (PART, message("model A"), Seen(extraction_id=EXTRACTION, element="message", count=2))
    result = read_all(delivery, ctx)
    assert [(notice.code, notice.subject) for notice in result.notices] == [("tally_differs", "message")]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_an_error_of_a_parser_keeps_what_was_whole_and_says_nothing_of_the_evidence(
    delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser], caplog: pytest.LogCaptureFixture
) -> None:
    scripted.script = (PART, message("model A"), message("model B", "18:50:00"), ValueError(EVIDENCE))
    with caplog.at_level(logging.DEBUG):
        result = read_all(delivery, ctx)
    assert len(result.records) == 2
    assert [(notice.code, notice.ends_reading) for notice in result.notices] == [("reader_failed", True)]
    assert result.states == {EXTRACTION: ReadState.PARTIAL}
    assert result.tally[EXTRACTION]["message"] == TallyRow(seen=2, indexed=2)
    assert "ValueError" in str([vars(record) for record in caplog.records])
    assert EVIDENCE not in caplog.text
    assert EVIDENCE not in str([vars(record) for record in caplog.records])


def test_an_error_before_anything_was_read_is_a_notice_too(
    delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]
) -> None:
    scripted.script = (RuntimeError(EVIDENCE),)
    assert [event for event in read(delivery, ctx) if isinstance(event, Notice)] == [
        Notice(code="reader_failed", ends_reading=True)
    ]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "no room"), InputRefused("archive_refused")])
def test_a_full_disk_is_no_failure_of_a_reader(
    delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser], error: Exception
) -> None:
    """A reading that ended for lack of room would pass for all that the file holds."""
    if isinstance(error, InputRefused):
        error.__cause__ = OSError(errno.ENOSPC, "no room")
    scripted.script = (PART, message("m-1"), error)
    with pytest.raises(type(error)):
        read_all(delivery, ctx)


def test_a_refusal_passes_before_the_first_event_and_is_a_failure_after_it(
    delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]
) -> None:
    scripted.script = (InputRefused("input_protected", "encrypted archive"),)
    with pytest.raises(InputRefused) as caught:
        list(read(delivery, ctx))
    assert caught.value.code == "input_protected"
    scripted.script = (PART, InputRefused("input_protected", "encrypted archive"))
    assert read_all(delivery, ctx).state is ReadState.PARTIAL


def test_what_no_parser_knows_is_refused(ctx: ReadContext, tmp_path: Path, scripted: type[ScriptedParser]) -> None:
    path = tmp_path / "notes.ufdr"
    path.write_bytes(b"%PDF-1.7\n%notes")
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256=SHA256)
    assert scripted.script == ()
    with pytest.raises(InputRefused) as caught:
        next(read(delivery, ctx))
    assert (caught.value.code, caught.value.subject) == ("document_not_read", "a PDF document")


def test_a_repeated_id_gives_two_records(delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]) -> None:
    scripted.script = (
        PART,
        message("model A"),
        message("model A", body="five minutes"),
        Seen(extraction_id=EXTRACTION, element="message", count=2),
    )
    result = read_all(delivery, ctx)
    assert [record.source.locator for record in result.records] == ["model A", "model A #1"]
    assert [record.duplicate_of for record in result.records] == [None, None]


def test_duplicates_come_last_with_places_in_their_extraction(
    delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]
) -> None:
    sim = ExtractionPart(extraction_id=OTHER_EXTRACTION, member=None, kind=PartKind.SIM, belongs_to=EXTRACTION)
    scripted.script = (PART, message("model A"), sim, message("model B", extraction_id=OTHER_EXTRACTION))
    *_, last = read_with(ScriptedParser(), delivery, ctx)
    assert isinstance(last, Duplicate)
    assert (last.extraction_id, last.ordinal, last.canonical) == (
        OTHER_EXTRACTION,
        0,
        message("model A").record_id,
    )


def test_handsets_with_two_imeis_share_no_facts(
    delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]
) -> None:
    parts = [
        ExtractionPart(extraction_id=extraction_id, member=None, kind=PartKind.HANDSET, imei=(imei,))
        for extraction_id, imei in ((EXTRACTION, "352099001761481"), (OTHER_EXTRACTION, "490154203237518"))
    ]
    scripted.script = (*parts, message("model A"), message("model B", extraction_id=OTHER_EXTRACTION))
    assert [record.duplicate_of for record in read_all(delivery, ctx).records] == [None, None]


def test_reading_can_be_abandoned(delivery: Delivery, ctx: ReadContext, scripted: type[ScriptedParser]) -> None:
    scripted.script = (PART, message("model A"))
    events = read_with(ScriptedParser(), delivery, ctx)
    next(events)
    assert isinstance(events, Generator)
    events.close()
    assert list(ctx.scratch_dir.iterdir()) == []
