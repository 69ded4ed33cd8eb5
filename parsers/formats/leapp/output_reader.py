"""Reads one output: each artifact from its TSV file, which keeps fractions of seconds, else from its LAVA table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import (
    Delivery,
    ExtractionParser,
    ExtractionPart,
    PartKind,
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
)
from parsers.errors import InputRefused
from parsers.formats.leapp.artifacts import (
    TSV_SUFFIX,
    Artifact,
    Description,
    artifact_key,
    named_artifact,
    read_description,
    shared_names,
    stem_of,
)
from parsers.formats.leapp.claims import DATABASE, DESCRIPTIONS, TSV_FOLDER, are_exports, output_prefix
from parsers.formats.leapp.identity import Identity, may_identify
from parsers.formats.leapp.known_columns import (
    has_text_and_time,
    holds_messages,
    take_stated_ways,
    with_tools_columns,
)
from parsers.formats.leapp.lava_sheet import LavaSheet
from parsers.formats.leapp.left_members import members_left
from parsers.formats.leapp.media import media_files, with_media
from parsers.formats.leapp.message_rows import MessageRows
from parsers.formats.leapp.tools_words import in_the_tools_words
from parsers.members.neighbours import is_of_a_mac
from parsers.members.sources import MemberSource
from parsers.outcome import NoticeBook
from parsers.part_book import PartBook, shown_name
from parsers.records import ids
from parsers.records.facts import Record
from parsers.records.notices import Notice
from parsers.sheets.delimited import DelimitedSheet, open_delimited
from parsers.sheets.rows import Sheet
from parsers.sqlite_database import EvidenceDatabase
from parsers.table_fields import TableKind
from parsers.tables.survey import SheetSurvey, survey_sheet
from parsers.tables.table_reader import TableReader
from parsers.tables.table_states import SheetPlan

_MESSAGE: Final = TableKind.MESSAGE.value
_TABLES_OF_ITS_OWN: Final = "_"
_MOST_DESCRIPTION_BYTES: Final = 64 * 2**20
_MOST_HEADINGS_BYTES: Final = 2**16
_MOST_NAME_CHARS: Final = 40
_SCRIPTS_ZONE: Final = "UTC"
_NOT_KNOWN: Final = InputRefused("element_unreadable")
_SYSTEMS: Final = (("aleapp", "Android"), ("ileapp", "iOS"))


class OutputReader:
    """Reads one output.

    Args:
        delivery: The output: a folder, a zip, or the database alone.
        ctx: What is told beside it.
        source: The files of a folder or zip. None: the delivery is the database.
        database: The LAVA database, opened. None: there is none.
        parser: The parser that reads it.
        lost: Notice code of a database that lies there and of which nothing can be read. None: there is none such.
    """

    def __init__(
        self,
        delivery: Delivery,
        ctx: ReadContext,
        source: MemberSource | None,
        database: EvidenceDatabase | None,
        parser: type[ExtractionParser],
        lost: str | None = None,
    ) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._source = source
        self._database = database
        self._parser = parser
        self._prefix = ""
        if source is not None:
            self._prefix = output_prefix(source.names, is_folder=delivery.is_folder) or ""
        self._book = PartBook(ids.extraction_id(delivery.sha256, None, None))
        self._notices = NoticeBook()
        if lost is not None:
            self._book.note(lost, subject=DATABASE, ends_reading=True)
        self._seen: Counter[str] = Counter()
        self._used: set[str] = set()
        self._from_tables: set[str] = set()
        self._refused: dict[str, InputRefused] = {}
        self._description = self._described()
        self._in_utc = msgspec.structs.replace(ctx, default_time_zone=_SCRIPTS_ZONE)
        if not self._description.artifacts and ctx.sidecar.time_zone is None:
            # Outputs without a description are of scripts that write UTC without saying so.
            self._ctx = self._in_utc
        self._tsv_files = self._found_tsv()
        self._shared = shared_names(self._description.artifacts)
        self._media = {} if database is None else media_files(database)

    def events(self) -> Iterator[ReadEvent]:
        """Yield the handset and its records, artifact by artifact; then notices and what was seen."""
        clock = Clock(self._ctx.time_zone, self._ctx.sidecar.date_order)
        identity = Identity(self._part(), clock, self._ctx.default_region)
        told = {artifact.name for artifact, tsv in self._artifacts() if self._identifies(artifact, tsv, identity)}
        part = identity.part()
        yield part
        for record in identity.records():
            self._seen[record.kind] += 1
            yield record
        for artifact, tsv in self._artifacts():
            if artifact.name not in told:
                yield from map(identity.with_line_of, self._artifact(artifact, tsv, part))
        if identity.part() != part:
            yield identity.part()
        yield from (*identity.notices(), *self._book.notices())
        if self._database is not None:
            yield from self._database_notices(self._database)
        yield from self._notices.notices()
        if self._source is not None:
            yield from self._source.notices()
            yield from self._members_not_read(self._source)
        counts = Counter(dict(self._book.seen()))
        for element, count in (counts + self._seen).items():
            yield Seen(extraction_id=self._book.extraction_id, element=element, count=count)

    def _part(self) -> ExtractionPart:
        about = self._description
        tool = about.tool or "LEAPP"
        return ExtractionPart(
            extraction_id=self._book.extraction_id,
            member=None,
            kind=PartKind.HANDSET,
            tool=tool,
            tool_version=about.tool_version,
            format_version=f"LAVA {about.schema_version}" if about.schema_version is not None else None,
            os=next((system for name, system in _SYSTEMS if name == tool.casefold()), None),
        )

    def _artifacts(self) -> Iterator[tuple[Artifact, str | None]]:
        """Yield what is described, then tables and TSV files that nothing describes; each once, with its TSV file.

        Of artifacts that share a name the tool writes one file, or the file of the last: each is read from its table,
        and the file where there is no table.
        """
        described = self._description.artifacts
        given: set[str] = set()
        for artifact in described:
            key = artifact_key(artifact.name)
            members = self._tsv_files.get(key)
            is_first = key not in given and not (key in self._shared and self._has_table(artifact))
            yield artifact, members[0] if members and is_first else None
            if is_first:
                given.add(key)
        tables = {(artifact.table or "").casefold() for artifact in described}
        names = {artifact_key(artifact.name) for artifact in described}
        if self._database is not None:
            for key, table in self._database.tables.items():
                if key not in tables and not key.startswith(_TABLES_OF_ITS_OWN):
                    artifact = named_artifact(table.name, table.name)
                    members = self._tsv_files.get(artifact_key(artifact.name))
                    names.add(artifact_key(artifact.name))
                    yield artifact, members[0] if members else None
        for key, members in self._tsv_files.items():
            # Two files may differ in their capitals, their ends or their folders alone.
            for member in members if key not in names else members[1:]:
                yield named_artifact(stem_of(member)), member

    def _has_table(self, artifact: Artifact) -> bool:
        return self._database is not None and (artifact.table or "").casefold() in self._database.tables

    def _artifact(self, artifact: Artifact, tsv: str | None, part: ExtractionPart) -> Iterator[ReadEvent]:
        artifact = self._told(artifact, tsv)
        if artifact.kind is None:
            self._leave_out(artifact, tsv)
            return
        lava = LavaSheet(self._database, artifact) if self._database is not None and artifact.table else None
        rows = 0
        if tsv is not None and self._source is not None:
            rows = 0 if lava is None else sum(1 for _ in lava.rows()) - 1
            with self._placed(self._source, tsv) as path:
                sheet = open_delimited(path, self._ctx.limits)
                survey = None if sheet is None else _surveyed(sheet, artifact)
                if survey is not None and survey.sections and survey.sections[0].count >= rows:
                    self._used.add(tsv)
                    cut = yield from self._sheet(survey, artifact, part, tsv)
                    held = max(rows, sum(section.count for section in survey.sections) - (cut or 0))
                    self._note_short(artifact, held, is_cut=cut is not None)
                    return
        if lava is not None:
            survey = _surveyed(lava, artifact)
            rows = survey.row_count - 1
            if survey.sections:
                self._note_short(artifact, rows, is_cut=False)
                self._from_tables.add(artifact_key(artifact.name))
                member = None if self._source is None else f"{self._prefix}{DATABASE}"
                yield from self._sheet(survey, artifact, part, member)
                return
        if rows or tsv is not None:
            # Called as something that is read, and its columns are not known.
            fault = self._refused.get(tsv or "", _NOT_KNOWN).code
            self._book.leave_out(artifact.name, shown_name(artifact.name), code=fault, count=max(rows, 1))
        elif artifact_key(artifact.name) not in self._shared:
            self._note_short(artifact, rows, is_cut=False)

    def _identifies(self, artifact: Artifact, tsv: str | None, identity: Identity) -> bool:
        """Whether an artifact says which handset or cards were read; what it says is taken."""
        if artifact.kind is not None or not may_identify(artifact.name):
            return False
        if tsv is not None and self._source is not None:
            with self._placed(self._source, tsv) as path:
                sheet = open_delimited(path, self._ctx.limits)
                stamp = SourceStamp(self._delivery, tsv, self._parser)
                if sheet is not None and identity.take(artifact.name, stamp, sheet.rows()):
                    self._used.add(tsv)
                    return True
        if self._database is None or not self._has_table(artifact):
            return False
        member = None if self._source is None else f"{self._prefix}{DATABASE}"
        stamp = SourceStamp(self._delivery, member, self._parser)
        return identity.take(artifact.name, stamp, LavaSheet(self._database, artifact).rows())

    def _told(self, artifact: Artifact, tsv: str | None) -> Artifact:
        """Return the artifact; one whose name says nothing may be told by its columns."""
        if artifact.kind is not None or artifact.is_never_read or not holds_messages(self._headings(artifact, tsv)):
            return artifact
        return msgspec.structs.replace(artifact, is_told_by_columns=True)

    def _leave_out(self, artifact: Artifact, tsv: str | None) -> None:
        """Count an artifact that is not read; the rows of a file too where they have a text and a time."""
        is_counted = tsv is not None and has_text_and_time(self._headings(artifact, tsv))
        count = self._row_count(artifact, tsv if is_counted else None)
        if count:
            self._book.leave_out(artifact.name, shown_name(artifact.name), count=count)

    def _note_short(self, artifact: Artifact, held: int, *, is_cut: bool) -> None:
        """Compare what the description states of an artifact that is read with what is there."""
        stated = artifact.record_count
        if stated is None or stated <= held:
            return
        if is_cut:
            missing = f"{stated:,} rows of {artifact.name[:_MOST_NAME_CHARS]} and holds {held:,}: {stated - held:,}"
            self._book.note("count_cut", subject=missing)
        else:
            self._book.note("count_short", subject=artifact.name, count=stated - held)

    def _sheet(
        self, survey: SheetSurvey, artifact: Artifact, part: ExtractionPart, member: str | None
    ) -> Generator[Record, None, int | None]:
        """Yield the records of a table; return how many rows lie cut at the end of its file. None: it is not cut."""
        stamp = SourceStamp(self._delivery, member, self._parser)
        sheet = survey.sheet
        delimiter = sheet.dialect.delimiter if isinstance(sheet, DelimitedSheet) else None
        reader = TableReader(self._delivery, self._ctx_of(artifact), stamp, part, delimiter=delimiter)
        take_stated_ways(survey, artifact, self._description.tool)
        rows = MessageRows(survey, stamp)
        cuts: list[int] = []
        plan = SheetPlan(survey=survey, service=artifact.service, listing=shown_name(artifact.name).casefold())
        yield from rows.joined(self._records(reader.events([plan]), artifact, cuts))
        # Parts of a message are no messages that were seen.
        self._seen[_MESSAGE] -= rows.part_count
        return sum(cuts) if cuts else None

    def _ctx_of(self, artifact: Artifact) -> ReadContext:
        return self._in_utc if artifact.has_utc_times else self._ctx

    def _records(self, events: Iterator[ReadEvent], artifact: Artifact, cuts: list[int]) -> Iterator[Record]:
        """Yield the records of a table as the tool means them; what else comes is kept for the end.

        Args:
            events: Of the table.
            artifact: What it is of.
            cuts: Added to: of each notice that the file is cut, for how many rows it speaks.
        """
        for event in events:
            if isinstance(event, Notice):
                self._notices.add(event)
                if event.code == "input_truncated":
                    cuts.append(0 if event.element is None else event.count)
            elif isinstance(event, Seen):
                self._seen[event.element] += event.count
            elif not isinstance(event, ExtractionPart):
                yield with_media(in_the_tools_words(event, artifact, self._ctx.default_region), self._media)

    def _headings(self, artifact: Artifact, tsv: str | None) -> tuple[str, ...]:
        """Return the headings of an artifact: of its table, else of its TSV file. Empty: it has neither."""
        if self._database is not None and self._has_table(artifact):
            return LavaSheet(self._database, artifact).headings
        if tsv is None or self._source is None:
            return ()
        front = self._front(self._source, tsv, _MOST_HEADINGS_BYTES).decode("utf-8-sig", "replace")
        return tuple(next(csv.reader(front.splitlines()[:1], delimiter="\t"), []))

    def _front(self, source: MemberSource, name: str, size: int) -> bytes:
        """Return the front of a file; nothing of one that cannot be opened, which is named once."""
        try:
            return source.front(name, size)
        except InputRefused as refused:
            if name not in self._refused:
                self._refused[name] = refused
                self._book.note(refused.code, subject=refused.about(name.removeprefix(self._prefix)))
            return b""

    @contextmanager
    def _placed(self, source: MemberSource, name: str) -> Iterator[Path]:
        """Give the place of a file: where it lies, or a copy in the scratch folder that is gone afterwards.

        Of one that cannot be opened the copy is empty.
        """
        place = source.place_of(name)
        if place is not None:
            yield place
            return
        with TemporaryDirectory(dir=self._ctx.scratch_dir) as folder:
            target = Path(folder) / "file.tsv"
            try:
                source.copy(name, target)
            except InputRefused as refused:
                self._refused[name] = refused
                target.touch()
            yield target

    def _row_count(self, artifact: Artifact, counted: str | None) -> int:
        """Return how many rows an artifact has; of the TSV file where one is to be counted and no table is there."""
        if self._database is not None and self._has_table(artifact):
            return self._database.peek_count(artifact.table or "")
        if counted is not None and self._source is not None:
            with self._placed(self._source, counted) as path:
                sheet = open_delimited(path, self._ctx.limits)
                return 0 if sheet is None else max(sum(1 for _ in sheet.rows()) - 1, 0)
        return 1 if artifact.record_count is None else artifact.record_count

    def _described(self) -> Description:
        for name in DESCRIPTIONS:
            member = self._prefix + name
            if self._source is None or not self._source.has(member):
                continue
            found = read_description(self._front(self._source, member, _MOST_DESCRIPTION_BYTES + 1))
            if found is not None:
                self._used.add(member)
                return found
            if member not in self._refused:
                self._book.note("element_unreadable", subject=name)
        return Description()

    def _found_tsv(self) -> dict[str, list[str]]:
        if self._source is None:
            return {}
        is_alone = are_exports(self._delivery.name, self._source.names)
        folder = "" if is_alone else f"{self._prefix}{TSV_FOLDER}/"
        below = [name for name in self._source.names if name.startswith(folder) and not is_of_a_mac(name)]
        names = [name for name in below if name.casefold().endswith(TSV_SUFFIX)]
        found: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda each: (each.count("/"), each)):
            found.setdefault(artifact_key(stem_of(name)), []).append(name)
        return found

    def _database_notices(self, database: EvidenceDatabase) -> Iterator[Notice]:
        extraction_id = self._book.extraction_id
        for table, count in database.unreadable_rows.items():
            yield Notice(code="element_unreadable", extraction_id=extraction_id, subject=shown_name(table), count=count)
        yield from database.notices(extraction_id, DATABASE)

    def _members_not_read(self, source: MemberSource) -> Iterator[Notice]:
        others = (name for name in source.names if not name.rpartition("/")[2].startswith(DATABASE))
        twins = {name for key in self._from_tables for name in self._tsv_files.get(key, ())}
        return members_left(others, self._used, twins, self._prefix)


def _surveyed(sheet: Sheet, artifact: Artifact) -> SheetSurvey:
    return survey_sheet(
        sheet, artifact.name, wanted=artifact.kind, retold=lambda columns: with_tools_columns(columns, artifact)
    )
