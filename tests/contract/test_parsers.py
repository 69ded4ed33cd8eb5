"""The parser contract: what holds for every registered parser on every delivery that we have.

A format joins by registration alone: its writer's deliveries and its fixtures are found, not listed.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from jsonschema import Draft202012Validator

from ingest.demo.case import PLANS, write_case
from ingest.processes.parsing import holds_report
from parsers.contract import Delivery, ExtractionParser, ExtractionPart, ReadContext, Seen, reads_members
from parsers.duplicates import Duplicate
from parsers.errors import InputRefused, ParserError
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.reading import Event, ReadResult, read, read_all
from parsers.records.export import export_record
from parsers.records.facts import Message, Record
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Notice
from parsers.records.schemas import Contract, load_schema
from parsers.registry import all_parsers, identify

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
NO_DELIVERIES = {".py", ".toml", ".md", ".pyc"}
COMPANIONS = ("-wal", "-shm", "-journal")
VALIDATOR = Draft202012Validator(load_schema(Contract.RECORD))
CUTS = (0.1, 0.5, 0.9, 0.999)
END_UNMARKED = "end_unmarked"
NOT_READ = {"__pycache__", "noise"}
NOT_WHOLE = {END_UNMARKED, "missing_parts"}


class Identity(msgspec.Struct, frozen=True):
    """What a catalogue would say of an extraction."""

    device_id: str | None = "d-1"
    case_ref: str | None = None
    exhibit_ref: str | None = None


def fixture_names() -> Iterator[str]:
    for path in sorted(FIXTURES.rglob("*")):
        is_alone = path.suffix not in NO_DELIVERIES and not path.name.endswith(COMPANIONS)
        if path.is_file() and is_alone and NOT_READ.isdisjoint(path.parts):
            yield path.relative_to(FIXTURES).as_posix()


NAMES = [*(f"demo: {plan.path}" for plan in PLANS), *(f"fixture: {name}" for name in fixture_names())]


@pytest.fixture(scope="module")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_case(folder)
    return folder


@pytest.fixture(params=NAMES)
def delivery(request: pytest.FixtureRequest, demo_case: Path) -> Delivery:
    return delivery_at(place_of(str(request.param), demo_case))


def place_of(named: str, demo_case: Path) -> Path:
    source, _, name = named.partition(": ")
    return (demo_case if source == "demo" else FIXTURES) / name


@cache
def reading_at(path: Path) -> ReadResult:
    """Return a reading that several tests look at; nothing in it can be changed."""
    with TemporaryDirectory() as scratch:
        return read_all(delivery_at(path), ReadContext(scratch_dir=Path(scratch)))


@pytest.fixture
def ctx(tmp_path: Path) -> ReadContext:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return ReadContext(scratch_dir=scratch)


def delivery_at(path: Path) -> Delivery:
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.read_bytes())
    companions = tuple(suffix for suffix in COMPANIONS if path.with_name(path.name + suffix).exists())
    return Delivery(
        path=path, name=path.name, is_folder=path.is_dir(), sha256=digest.hexdigest(), companions=companions
    )


def parser_of(delivery: Delivery) -> ExtractionParser:
    parser, _ = identify(head_of(delivery.path, delivery.name, is_folder=delivery.is_folder))
    return parser


def is_record(event: Event) -> bool:
    return not isinstance(event, ExtractionPart | Notice | Seen | Duplicate)


def records_of(events: list[Event]) -> list[Record]:
    return [event for event in events if not isinstance(event, ExtractionPart | Notice | Seen | Duplicate)]


@pytest.mark.parametrize("parser", all_parsers(), ids=lambda parser: parser.name)
def test_every_parser_says_what_it_is(parser: ExtractionParser) -> None:
    assert parser.name.isidentifier()
    assert parser.version
    assert parser.title
    assert parser.not_read, "a format without a gap is a format that nobody has looked at"


@pytest.mark.parametrize("parser", all_parsers(), ids=lambda parser: parser.name)
def test_every_parser_has_a_delivery_of_its_own(parser: ExtractionParser, demo_case: Path) -> None:
    deliveries = [demo_case / plan.path for plan in PLANS] + [FIXTURES / name for name in fixture_names()]
    assert parser.name in {parser_of(delivery_at(path)).name for path in deliveries}


def test_the_tally_balances(delivery: Delivery) -> None:
    result = reading_at(delivery.path)
    assert result.records
    for extraction_id, rows in result.tally.items():
        for element, row in rows.items():
            assert row.is_balanced, (extraction_id, element, row)
    kept = sum(row.indexed + row.merged for rows in result.tally.values() for row in rows.values())
    assert kept == len(result.records)


def test_every_element_that_gave_no_record_is_noticed_by_name(delivery: Delivery) -> None:
    for notice in reading_at(delivery.path).notices:
        assert notice.count >= 1
        assert notice.code in NOTICE_TABLE
        if notice.element is not None:
            assert notice.extraction_id is not None
            assert notice.subject


def test_a_whole_delivery_is_read_to_its_end(delivery: Delivery) -> None:
    assert ReadState.PARTIAL not in reading_at(delivery.path).states.values()


def test_ids_are_unique_and_say_where_the_record_stands(delivery: Delivery, ctx: ReadContext) -> None:
    records = records_of(list(read(delivery, ctx)))
    assert len({record.record_id for record in records}) == len(records)
    places = {(record.kind, record.source.member, record.source.locator) for record in records}
    assert len(places) == len(records)
    parser = parser_of(delivery)
    # What holds several deliveries has each of them read by its own parser.
    readers = all_parsers() if reads_members(parser) else (parser,)
    versions = {reader.name: reader.version for reader in readers}
    for record in records:
        source = record.source
        assert (source.file_sha256, source.file_name) == (delivery.sha256, delivery.name)
        assert source.parser_version == versions[source.parser]


def test_a_part_comes_before_its_first_record_and_what_was_seen_after_the_last(
    delivery: Delivery, ctx: ReadContext
) -> None:
    parts: set[str] = set()
    is_over = False
    for event in read(delivery, ctx):
        if isinstance(event, ExtractionPart):
            parts.add(event.extraction_id)
        elif isinstance(event, Seen):
            is_over = True
        elif is_record(event):
            assert not is_over
            assert event.extraction_id in parts


def test_reading_again_gives_the_same(delivery: Delivery, ctx: ReadContext) -> None:
    assert list(read(delivery, ctx)) == list(read(delivery, ctx))


def test_duplicates_point_at_records_that_are_none(delivery: Delivery) -> None:
    records = reading_at(delivery.path).records
    standing = {record.record_id for record in records if record.duplicate_of is None}
    assert {record.duplicate_of for record in records if record.duplicate_of is not None} <= standing


def test_every_record_is_exported_in_the_contracts_shape(delivery: Delivery) -> None:
    for record in reading_at(delivery.path).records:
        error = next(VALIDATOR.iter_errors(export_record(record, Identity())), None)
        assert error is None, (record.kind, record.source.locator, list(error.absolute_path) if error else None)


def test_what_is_written_is_never_changed_by_what_is_read(delivery: Delivery) -> None:
    """A key stands beside the raw form and never without it; an instant never without its text."""
    for record in reading_at(delivery.path).records:
        stored = msgspec.to_builtins(record)
        for value in values_below(stored):
            if value.get("e164"):
                assert value.get("raw")
            if value.get("utc"):
                assert value.get("raw")
                assert value.get("basis", "none") != "none"


def values_below(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from values_below(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values_below(inner)


def test_the_evidence_is_only_read(delivery: Delivery, ctx: ReadContext) -> None:
    files = sorted(delivery.path.rglob("*")) if delivery.is_folder else [delivery.path]
    before = [(file, file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    beside = sorted(delivery.path.parent.iterdir())
    list(read(delivery, ctx))
    assert [(file, file.stat().st_mtime_ns, file.stat().st_size) for file in files] == before
    assert sorted(delivery.path.parent.iterdir()) == beside
    assert list(ctx.scratch_dir.iterdir()) == []


def test_what_lies_in_folders_of_handsets_is_never_one_delivery(delivery: Delivery, tmp_path: Path) -> None:
    for handset in ("A", "B"):
        place = tmp_path / "drop" / handset
        if delivery.is_folder:
            shutil.copytree(delivery.path, place)
            continue
        place.mkdir(parents=True)
        for suffix in ("", *delivery.companions):
            shutil.copyfile(f"{delivery.path}{suffix}", place / f"{delivery.name}{suffix}")
    assert not holds_report(tmp_path / "drop")


@pytest.mark.parametrize("share", CUTS)
@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("demo: ") or "." in Path(name).name])
def test_a_copy_that_was_cut_off_keeps_what_was_whole(
    name: str, share: float, demo_case: Path, ctx: ReadContext, caplog: pytest.LogCaptureFixture
) -> None:
    original = place_of(name, demo_case)
    path = ctx.scratch_dir.parent / original.name
    content = original.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    whole = bodies_of(reading_at(original))
    refusal: InputRefused | None = None
    with caplog.at_level(logging.DEBUG):
        try:
            result = read_all(delivery_at(path), ctx)
        except InputRefused as refused:
            refusal = refused
    said = f"{caplog.text} {refusal}"
    assert [text for text in whole if len(text) > 8 and text in said] == []
    if refusal is not None:
        assert refusal.code in NOTICE_TABLE
        return
    assert bodies_of(result) <= whole
    damage = [notice for notice in result.notices if NOTICE_TABLE[notice.code].severity in {"skipped", "damaged"}]
    # Plain text has no end of its own: its last line is all that can show a cut, and says so.
    told = damage or [notice for notice in result.notices if notice.code == END_UNMARKED]
    assert told, "a cut that nobody notices is a silent loss"
    assert {"reader_failed", "tally_differs"}.isdisjoint(notice.code for notice in result.notices)


def bodies_of(result: ReadResult) -> set[str]:
    """Return the bodies, but for those that say of themselves that they may be cut or lack a part."""
    messages = [record for record in result.records if isinstance(record, Message)]
    return {message.body for message in messages if message.body and NOT_WHOLE.isdisjoint(message.body_notices)}


def test_every_error_of_a_parser_is_of_the_parsers_own_tree() -> None:
    assert issubclass(InputRefused, ParserError)
