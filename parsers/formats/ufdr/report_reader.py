"""Reads one report: joins each element to its extraction, counts it, and has it made into a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.contract import Delivery, PartKind, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.formats.ufdr.account_search import accounts_in, owners_of_chats
from parsers.formats.ufdr.attached_files import AttachedFiles
from parsers.formats.ufdr.chats import ChatReader
from parsers.formats.ufdr.container import ReportSource
from parsers.formats.ufdr.damage_notes import note_damage, note_missing, note_sections, note_stretch
from parsers.formats.ufdr.elements import (
    CASE,
    EXTRACTION,
    EXTRACTION_ID,
    FILE,
    ID,
    METADATA,
    TYPE,
    Element,
    is_beyond_mending,
    mend,
    name_of,
)
from parsers.formats.ufdr.identity_records import identity_record
from parsers.formats.ufdr.instant_messages import read_instant_message
from parsers.formats.ufdr.lost_sections import LostSections
from parsers.formats.ufdr.metadata import ReportHeader
from parsers.formats.ufdr.model_kinds import (
    CHAT,
    CHAT_ROWS,
    INSTANT_MESSAGE,
    MESSAGE_FIELDS,
    ROWS,
    has_fields_of,
    list_type_of,
    read_as,
)
from parsers.formats.ufdr.model_readers import READERS
from parsers.formats.ufdr.model_stream import ModelStream
from parsers.formats.ufdr.model_tree import Found, FoundElement, kind_in_list
from parsers.formats.ufdr.notice_book import OTHER, NoticeBook
from parsers.formats.ufdr.own_accounts import Identity, OwnAccounts
from parsers.formats.ufdr.parts import Part, are_several_handsets, build_parts, note_extractions
from parsers.formats.ufdr.reading_state import ModelPlace, ReadingState
from parsers.formats.ufdr.sim_rows import SHOWN_AS, CardRows, is_blank_row
from parsers.formats.ufdr.texts import read_text
from parsers.part_book import shown_name
from parsers.records.facts import Record, Sim
from parsers.xml_guard import CleanXml, unmark

_DISTINCT_TYPES: Final = 500
_FILE_ROW: Final = "other:file"


class ReportReader:
    """Reads one report, once."""

    def __init__(
        self, delivery: Delivery, ctx: ReadContext, source: ReportSource, stamp: SourceStamp, notices: NoticeBook
    ) -> None:
        """Look at the front of the report.

        Raises:
            InputRefused: The report declares a document type.
        """
        self._delivery = delivery
        self._ctx = ctx
        self._source = source
        self._notices = notices
        self._sections = LostSections()
        self._clean = CleanXml(source.stream, mend=self._sections.mended)
        self._stream = ModelStream(self._clean, ctx.limits)
        self._files = AttachedFiles(source.names)
        accounts = OwnAccounts(self._accounts, self._owners_of_chats, ctx.default_region)
        self._state = ReadingState(stamp, notices, self._files, ctx.default_region, accounts)
        self._header = ReportHeader()
        self._parts: list[Part] = []
        self._by_vendor: dict[str | None, Part] = {}
        self._items_read = self._unnamed_count = 0
        self._ready: list[ReadEvent] = []
        self._chats = ChatReader(self._state)
        self._file_counts: Counter[str | None] = Counter()
        self._types: set[str] = set()
        self._cards = CardRows()

    def events(self) -> Iterator[ReadEvent]:
        """Yield parts, records and, last, notices and what was seen."""
        ready = self._ready
        top_model, stretch = Found.TOP_MODEL, Found.STRETCH
        for found, element, parent in self._stream.elements():
            if found is stretch:
                self._note_cut(self._stream.cut)
                note_stretch(self._notices, self._source, self._stream)
                continue
            if self._stream.is_marked and element is not self._chats.unmended and is_beyond_mending(element):
                self._note_unmended(element)
            if found is top_model:
                record = self._top_model(element, parent)
            elif found is Found.CHAT_MESSAGE:
                record = self._chat_message(element, parent)
            elif found is Found.STRAY:
                self._stray(element)
                continue
            else:
                self._header_element(element, parent)
                continue
            if ready:
                yield from ready
                ready.clear()
            if record is not None:
                yield record
        self._note_cut(self._stream.cut)
        self._begin()
        yield from ready
        yield from self._ending()

    def _top_model(self, model: Element, parent: Element | None) -> Record | None:
        part = self._by_vendor.get(model.get(EXTRACTION_ID))
        if part is None or not part.is_yielded:
            part = self._part_of(model)
        kind = model.get(TYPE) or (parent.get("type") if parent is not None else None) or ""
        row = ROWS.get(kind)
        if row is None or is_blank_row(kind, model):
            kind = self._kind_by_list(kind, model, list_type_of(parent), part)
            row = ROWS.get(kind)
            if row is None:
                return None
        part.seen[row] += 1
        replaced = mend(model) if self._stream.is_marked else None
        record = READERS[kind](self._state, model, ModelPlace(part, self._locator(model, kind), "top", replaced))
        if row == "sim" and isinstance(record, Sim):
            return self._cards.held(part, record, self._ctx.default_region)
        return record

    def _kind_by_list(self, stated: str, model: Element, listed: str, part: Part) -> str:
        """Return the type by which a model is read that states none of those that are; it is noted.

        Returns:
            ``""`` for a Chat, whose messages were read before it, and where it is not read, which is noted as well.
        """
        kind = read_as(stated, listed)
        if kind == stated:
            self._other_model(stated, model, part)
            return ""
        shown = f"{shown_name(unmark(stated)[0])}, read as {kind}"
        if not has_fields_of(kind, model):
            shown = f"{shown_name(unmark(stated)[0])} in a list of {kind}"
            self._not_read(stated, part, self._locator(model, stated), subject=shown, code="element_unreadable")
            return ""
        locator = self._locator(model, kind) if model.get(ID) else None
        self._notices.add("markup_broken", extraction_id=part.extraction_id, subject=shown, locator=locator)
        if kind == CHAT:
            self._other_model(CHAT, model, part)
            return ""
        return kind

    def _other_model(self, kind: str, model: Element, part: Part) -> None:
        if not kind and any(field.get("name") in MESSAGE_FIELDS for field in model):
            self._not_read(kind, part, self._locator(model, kind), code="element_unreadable")
        elif kind != CHAT:
            self._not_read(kind, part, self._locator(model, kind), subject=SHOWN_AS.get(kind))
        elif not self._chats.has_given(model):
            # A thread without messages gives no record, but it names people.
            self._not_read(CHAT, part, self._locator(model, CHAT), subject="Chat (without messages)")

    def _chat_message(self, model: Element, chat: Element | None) -> Record | None:
        assert chat is not None
        part = self._part_of(model if model.get("extractionId") is not None else chat)
        listed = kind_in_list(model)
        kind = model.get("type") or listed
        row = ROWS.get(kind)
        if row not in CHAT_ROWS:
            kind = self._kind_in_chat(kind, model, listed, part)
            row = ROWS.get(kind)
            if row is None:
                return None
        part.seen[row] += 1
        is_marked = self._stream.is_marked
        replaced = mend(model) if is_marked else None
        locator = f"{self._locator(model, kind)} in chat {chat.get('id') or 'without id'}"
        place = ModelPlace(part, locator, "chat", replaced)
        if row == "call":
            return READERS[kind](self._state, model, place)
        is_noted = self._chats.unmended is chat
        thread = self._chats.thread_of(chat, part.own_keys, is_marked=is_marked)
        if self._chats.unmended is chat and not is_noted:
            self._note_unmended(chat)
        if kind == INSTANT_MESSAGE:
            return read_instant_message(thread, self._state, model, place)
        record = read_text(kind.casefold(), self._state, model, place)
        return msgspec.structs.replace(record, thread=thread.thread_id)

    def _kind_in_chat(self, stated: str, model: Element, listed: str, part: Part) -> str:
        """Return the type by which a model of a Chat's lists is read. ``""``: it is not read, which is noted."""
        kind = read_as(stated, listed)
        if kind != stated and ROWS.get(kind) in CHAT_ROWS and has_fields_of(kind, model):
            return self._kind_by_list(stated, model, listed, part)
        self._other_model(stated, model, part)
        return ""

    def _stray(self, field: Element) -> None:
        """Count what stands among models and is none: nothing says whose or what it is."""
        if not "".join(map(str, field.itertext())).strip():
            return
        part = self._part_of(field)
        name = shown_name(name_of(field).rpartition("}")[2])
        row = f"other:{name}"
        part.seen[row] += 1
        self._notices.add(
            "element_unreadable",
            extraction_id=part.extraction_id,
            element=row,
            subject=f"{name} among models",
            locator=self._locator(field, name),
        )

    def _locator(self, model: Element, kind: str) -> str:
        model_id = model.get(ID)
        if model_id:
            return f"model {model_id}"
        self._unnamed_count += 1
        return f"model without id, type {shown_name(kind)}, number {self._unnamed_count}"

    def _not_read(
        self, kind: str, part: Part, locator: str, subject: str | None = None, code: str = "element_not_read"
    ) -> None:
        name = shown_name(kind) or "model without type"
        if name not in self._types:
            if len(self._types) >= _DISTINCT_TYPES:
                name = OTHER
            self._types.add(name)
        row = f"other:{name}"
        part.seen[row] += 1
        self._notices.add(
            code,
            extraction_id=part.extraction_id,
            element=row,
            subject=subject or name,
            locator=locator,
        )

    def _note_unmended(self, element: Element) -> None:
        """Note an element of more broken attributes than are mended."""
        name = name_of(element)
        self._notices.add(
            "element_unreadable",
            subject=f"{name} with more than 1,000 broken attributes",
            locator=self._locator(element, element.get(TYPE) or name),
        )

    def _header_element(self, element: Element, parent: Element | None) -> None:
        name = name_of(element)
        is_marked = self._stream.is_marked
        if name == FILE:
            if parent is not None and name_of(parent) == "taggedFiles":
                self._file_counts[element.get("extractionId")] += 1
                if self._files.wants_paths:
                    if is_marked:
                        mend(element)
                    self._files.add_file(element)
            return
        if name == EXTRACTION:
            if is_marked:
                mend(element)
            self._header.add_extraction(element)
        elif name == CASE:
            self._header.add_case(element, has_marks=is_marked)
        elif name == METADATA and parent is self._stream.root:
            self._header.add_metadata(element, has_marks=is_marked)

    def _part_of(self, model: Element) -> Part:
        if not self._parts:
            self._begin()
        vendor_id = model.get("extractionId")
        part = self._by_vendor.get(vendor_id)
        if part is None:
            part = self._unlisted_part(vendor_id, model)
        if not part.is_yielded:
            self._yield_part(part)
        return part

    def _unlisted_part(self, vendor_id: str | None, model: Element) -> Part:
        part = self._by_vendor.get((vendor_id or "").strip())
        if part is None:
            part = self._main
            is_stated = bool(vendor_id and vendor_id.strip())
            if is_stated or None not in self._by_vendor:
                self._notices.add(
                    "extraction_unknown" if is_stated else "extraction_unstated",
                    extraction_id=part.extraction_id,
                    subject=vendor_id,
                    locator=self._locator(model, model.get("type") or ""),
                )
        return part

    def _accounts(self) -> Iterator[tuple[Part, Identity]]:
        return accounts_in(self._source.reopen, self._ctx.limits, self._state.unsaid(), self._known_part)

    def _owners_of_chats(self) -> Iterator[tuple[Part, str]]:
        return owners_of_chats(self._source.reopen, self._ctx.limits, self._state.unsaid(), self._known_part)

    def _known_part(self, model: Element) -> Part:
        vendor_id = model.get(EXTRACTION_ID)
        return self._by_vendor.get(vendor_id) or self._by_vendor.get((vendor_id or "").strip()) or self._main

    @property
    def _main(self) -> Part:
        handsets = (part for part in self._parts if part.info.kind is PartKind.HANDSET)
        return next(handsets, self._parts[0])

    def _begin(self) -> None:
        """Build the parts from what stood before the first model, and give out those that state an identity."""
        if self._parts:
            return
        if self._stream.root is not None:
            self._header.add_project(self._stream.root, has_marks=self._stream.was_marked)
        self._parts = build_parts(self._header, self._delivery, self._source.member, self._ctx)
        self._items_read = len(self._header.items)
        self._by_vendor = {part.info.vendor_id: part for part in self._parts}
        if not are_several_handsets(self._parts):
            self._by_vendor[None] = self._main
        for part in self._parts:
            if part.has_identity or part is self._main:
                self._yield_part(part)

    def _yield_part(self, part: Part) -> None:
        part.is_yielded = True
        self._ready.append(part.info)
        if part.is_described:
            self._ready += self._identity(part)

    def _identity(self, part: Part) -> list[ReadEvent]:
        record = identity_record(part, self._state.stamp, self._header.project.get("id"))
        if record is not None:
            part.seen[record.kind] += 1
        return [] if record is None else [record]

    def _note_cut(self, cut: FoundElement | None) -> None:
        """Count the element that was begun and not finished: it was seen, and gives no record."""
        if cut is None:
            return
        found, model, parent = cut
        kind = model.get(TYPE) or (parent.get("type") if parent is not None else None) or ""
        kind = read_as(kind, list_type_of(parent))
        row = ROWS.get(kind)
        part = self._part_of(model)
        if row is None or (found is Found.CHAT_MESSAGE and row not in CHAT_ROWS):
            self._other_model(kind, model, part)
            return
        part.seen[row] += 1
        self._notices.add(
            "element_unreadable",
            extraction_id=part.extraction_id,
            element=row,
            subject=kind,
            locator=self._locator(model, kind),
        )

    def _ending(self) -> Iterator[ReadEvent]:
        yield from self._cards.records()
        yield from self._changed_parts()
        self._note_files()
        note_damage(self._notices, self._source, self._stream, self._clean)
        note_sections(self._notices, self._sections)
        note_extractions(self._notices, self._header, self._parts)
        yield from self._notices.notices()
        for part in self._parts:
            yield from part.clock.notices(part.extraction_id)
        for part in self._parts:
            for row, count in part.seen.items():
                yield Seen(extraction_id=part.extraction_id, element=row, count=count)

    def _changed_parts(self) -> Iterator[ReadEvent]:
        """Yield parts again that metadata behind the models, or rows of a card, say more of; records that waited."""
        is_more = len(self._header.items) > self._items_read
        later = build_parts(self._header, self._delivery, self._source.member, self._ctx) if is_more else []
        by_id = {part.extraction_id: part for part in later}
        for part in self._parts:
            is_due = part.is_yielded and not part.is_described
            told = by_id.get(part.extraction_id, part)
            info, part.items = part.with_rows(told.info), told.items
            if part.is_yielded and info != part.info:
                part.info = info
                yield info
            if is_due:
                yield from self._identity(part)

    def _note_files(self) -> None:
        for vendor_id, count in self._file_counts.items():
            part = self._by_vendor.get(vendor_id, self._main)
            part.seen[_FILE_ROW] += count
            own_id = part.extraction_id
            self._notices.add("element_not_read", extraction_id=own_id, element=_FILE_ROW, subject=FILE, count=count)
        note_missing(self._notices, self._files)
