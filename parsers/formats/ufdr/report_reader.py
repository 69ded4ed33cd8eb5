"""Reads one report: joins each element to its extraction, counts it, and has it made into a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import msgspec

from parsers.contract import Delivery, ExtractionPart, PartKind, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.formats.ufdr.attached_files import AttachedFiles
from parsers.formats.ufdr.calls import read_call, read_voicemail
from parsers.formats.ufdr.chats import ChatReader
from parsers.formats.ufdr.contacts import read_account, read_contact
from parsers.formats.ufdr.container import ReportSource
from parsers.formats.ufdr.elements import (
    CASE,
    EXTRACTION,
    EXTRACTION_ID,
    FILE,
    ID,
    MESSAGES,
    METADATA,
    TYPE,
    Element,
    is_beyond_mending,
    mend,
    name_of,
)
from parsers.formats.ufdr.identity_records import identity_record
from parsers.formats.ufdr.instant_messages import NO_THREAD, read_instant_message
from parsers.formats.ufdr.metadata import ReportHeader
from parsers.formats.ufdr.model_stream import Found, FoundElement, ModelStream
from parsers.formats.ufdr.notice_book import OTHER, NoticeBook, shown_name
from parsers.formats.ufdr.parts import Part, build_parts
from parsers.formats.ufdr.reading_state import ModelPlace, ReadingState
from parsers.formats.ufdr.sim_rows import read_sim_row
from parsers.formats.ufdr.texts import read_text
from parsers.records.facts import Record, Sim
from parsers.xml_guard import CleanXml

ModelReader = Callable[[ReadingState, Element, ModelPlace], Record]

_ROWS: Final = {
    "SMS": "message",
    "MMS": "message",
    "InstantMessage": "message",
    "Call": "call",
    "Voicemail": "call",
    "Contact": "contact",
    "UserAccount": "account",
    "SIMData": "sim",
}
"""Tally row of each model type that is read."""

_CHAT_ROWS: Final = frozenset({"message", "call"})
"""What is read of the lists of a Chat."""

_MESSAGE_FIELDS: Final = frozenset({"Body", "Snippet", "SMSC", "Parties", "From", "To"})
"""Fields that tell a message or a call where a model states no type."""

_CHAT: Final = "Chat"
_DISTINCT_TYPES: Final = 500
_FILE_ROW: Final = "other:file"

_READERS: Final[dict[str, ModelReader]] = {
    "SMS": partial(read_text, "sms"),
    "MMS": partial(read_text, "mms"),
    "InstantMessage": partial(read_instant_message, NO_THREAD),
    "Call": read_call,
    "Voicemail": read_voicemail,
    "Contact": read_contact,
    "UserAccount": read_account,
    "SIMData": read_sim_row,
}


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
        self._clean = CleanXml(source.stream)
        self._stream = ModelStream(self._clean, ctx.limits)
        self._files = AttachedFiles(source.names)
        self._state = ReadingState(stamp, notices, self._files, ctx.default_region)
        self._header = ReportHeader()
        self._parts: list[Part] = []
        self._by_vendor: dict[str | None, Part] = {}
        self._items_read = 0
        self._ready: list[ReadEvent] = []
        self._chats = ChatReader(self._state)
        self._file_counts: Counter[str | None] = Counter()
        self._types: set[str] = set()
        self._unnamed_count = 0

    def events(self) -> Iterator[ReadEvent]:
        """Yield parts, records and, last, notices and what was seen."""
        ready = self._ready
        top_model = Found.TOP_MODEL
        for found, element, parent in self._stream.elements():
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
        row = _ROWS.get(kind)
        if row is None:
            self._other_model(kind, model, part)
            return None
        part.seen[row] += 1
        replaced = mend(model) if self._stream.is_marked else None
        record = _READERS[kind](self._state, model, ModelPlace(part, self._locator(model, kind), "top", replaced))
        if row == "sim" and isinstance(record, Sim):
            part.add_row(record, self._ctx.default_region)
        return record

    def _other_model(self, kind: str, model: Element, part: Part) -> None:
        if not kind and any(field.get("name") in _MESSAGE_FIELDS for field in model):
            self._not_read(kind, part, self._locator(model, kind), code="element_unreadable")
        elif kind != _CHAT:
            self._not_read(kind, part, self._locator(model, kind))
        elif not self._chats.has_given(model):
            # A thread without messages gives no record, but it names people.
            self._not_read(_CHAT, part, self._locator(model, _CHAT), subject="Chat (without messages)")

    def _chat_message(self, model: Element, chat: Element | None) -> Record | None:
        assert chat is not None
        part = self._part_of(model if model.get("extractionId") is not None else chat)
        kind = model.get("type") or _kind_in_list(model)
        row = _ROWS.get(kind)
        if row not in _CHAT_ROWS:
            self._other_model(kind, model, part)
            return None
        part.seen[row] += 1
        is_marked = self._stream.is_marked
        replaced = mend(model) if is_marked else None
        locator = f"{self._locator(model, kind)} in chat {chat.get('id') or 'without id'}"
        place = ModelPlace(part, locator, "chat", replaced)
        if row == "call":
            return _READERS[kind](self._state, model, place)
        is_noted = self._chats.unmended is chat
        thread = self._chats.thread_of(chat, part.own_keys, is_marked=is_marked)
        if self._chats.unmended is chat and not is_noted:
            self._note_unmended(chat)
        if kind == "InstantMessage":
            return read_instant_message(thread, self._state, model, place)
        record = read_text(kind.casefold(), self._state, model, place)
        return msgspec.structs.replace(record, thread=thread.thread_id)

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
            if vendor_id is not None and vendor_id.strip():
                self._notices.add(
                    "extraction_unknown",
                    extraction_id=part.extraction_id,
                    subject=vendor_id,
                    locator=self._locator(model, model.get("type") or ""),
                )
        return part

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
        self._by_vendor[None] = self._main
        for part in self._parts:
            if part.has_identity or part is self._main:
                self._yield_part(part)

    def _yield_part(self, part: Part) -> None:
        part.is_yielded = True
        self._ready.append(part.info)
        record = identity_record(part, self._state.stamp, self._header.project.get("id"))
        if record is not None:
            part.seen[record.kind] += 1
            self._ready.append(record)

    def _note_cut(self, cut: FoundElement | None) -> None:
        """Count the element that was begun and not finished: it was seen, and gives no record."""
        if cut is None:
            return
        found, model, parent = cut
        kind = model.get(TYPE) or (parent.get("type") if parent is not None else None) or ""
        row = _ROWS.get(kind)
        part = self._part_of(model)
        if row is None or (found is Found.CHAT_MESSAGE and row not in _CHAT_ROWS):
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
        yield from self._changed_parts()
        self._note_files()
        self._note_damage()
        header = self._header
        for subject, count in (("metadata items", header.left_out_count), ("extractionInfo", header.unlisted_count)):
            if count:
                self._notices.add("extraction_unknown", subject=subject, count=count)
        yield from self._notices.notices()
        for part in self._parts:
            yield from part.clock.notices(part.extraction_id)
        for part in self._parts:
            for row, count in part.seen.items():
                yield Seen(extraction_id=part.extraction_id, element=row, count=count)

    def _changed_parts(self) -> Iterator[ExtractionPart]:
        """Yield parts again that metadata behind the models, or rows of a card, say more of."""
        later: dict[str, ExtractionPart] = {}
        if len(self._header.items) > self._items_read:
            rebuilt = build_parts(self._header, self._delivery, self._source.member, self._ctx)
            later = {part.extraction_id: part.info for part in rebuilt}
        for part in self._parts:
            info = part.with_rows(later.get(part.extraction_id, part.info))
            if part.is_yielded and info != part.info:
                part.info = info
                yield info

    def _note_files(self) -> None:
        for vendor_id, count in self._file_counts.items():
            part = self._by_vendor.get(vendor_id, self._main)
            part.seen[_FILE_ROW] += count
            self._notices.add(
                "element_not_read", extraction_id=part.extraction_id, element=_FILE_ROW, subject=FILE, count=count
            )
        if self._files.missing_count:
            self._notices.add(
                "member_missing",
                subject="a file of an attachment",
                count=self._files.missing_count,
                locator=self._files.first_missing,
            )

    def _note_damage(self) -> None:
        member_damage = self._source.damage
        damage = self._stream.damage
        if member_damage == "checksum_wrong":
            self._notices.add("checksum_wrong", subject=self._source.member, ends_reading=damage is not None)
        if damage is not None:
            code = member_damage if member_damage in {"limit_reached", "input_truncated"} else damage
            subject = "An element" if code == "limit_reached" else None
            self._notices.add(code, subject=subject, ends_reading=True)
        if self._stream.has_padding:
            self._notices.add("padding_behind_end")
        if self._clean.replaced_count:
            self._notices.add("characters_replaced", count=self._clean.replaced_count)
        if self._clean.unescaped_count:
            self._notices.add("markup_unescaped", count=self._clean.unescaped_count)


def _kind_in_list(model: Element) -> str:
    """Return the type of a model of a Chat that states none: that of its list."""
    above = model.getparent()
    if above is None or above.get("name") == MESSAGES:
        return "InstantMessage"
    return above.get("type") or ""
