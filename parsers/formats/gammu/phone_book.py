"""Makes contacts of the sections ``PhonePBK`` and ``SIMPBK``."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import SourceStamp
from parsers.formats.gammu.sections import Section
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact
from parsers.records.values import DeletedState, NumberRef

_ENTRY: Final = re.compile(r"(Entry[0-9]{2,4})(?:Type|Text|TextUnicode|Number|Data00)")
_NUMBER: Final = "Number"
_NAMES: Final = ("FirstName", "SecondName", "LastName")
_WHOLE_NAMES: Final = ("Name", "FormalName")
_EMAILS: Final = frozenset({"Email", "Email2"})
_HANDLES: Final = frozenset({"UserID", "SIP", "VOIP", "WVID", "SWIS", "PushToTalkID"})


def contact_of(section: Section, stamp: SourceStamp, book: PartBook, region: str) -> Contact:
    """Return the contact of a section; entries of other types are kept in ``extra`` under their type."""
    if section.replaced_count:
        book.note("characters_replaced", locator=section.name, count=section.replaced_count)
    numbers: list[NumberRef] = []
    emails: list[str] = []
    handles: list[str] = []
    names: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for place in _places(section):
        # Versions leave the type of what they do not know out, or the whole entry.
        kind = section.plain(f"{place}Type") or place
        value = section.text(f"{place}Text") or section.plain(f"{place}Number")
        if value is None:
            if f"{place}Data00" in section.entries:
                book.leave_out(f"{kind} of a contact", section.locator)
            continue
        if kind.startswith(_NUMBER):
            numbers.append(NumberRef(value, to_e164(value, region), kind.removeprefix(_NUMBER) or None))
        elif kind in _EMAILS:
            emails.append(value)
        elif kind in _HANDLES:
            handles.append(value)
        elif kind in names or kind not in {*_NAMES, *_WHOLE_NAMES}:
            extra.append((kind, value))
        else:
            names[kind] = value
    whole = next((names[kind] for kind in _WHOLE_NAMES if kind in names), None)
    composed = " ".join(names[kind] for kind in _NAMES if kind in names)
    if whole is not None:
        extra += [(kind, name) for kind, name in names.items() if name != whole]
    is_sim = section.kind == "SIMPBK"
    return Contact(
        source=stamp.source(section.name),
        record_id=stamp.record_id("contact", section.name),
        extraction_id=book.extraction_id,
        deleted=DeletedState.INTACT,
        name=whole or composed or None,
        numbers=tuple(numbers),
        emails=tuple(emails),
        handles=tuple(handles),
        stored_in="sim" if is_sim else "phone",
        listing="sim" if is_sim else "phone",
        extra=tuple(extra),
    )


def _places(section: Section) -> list[str]:
    """Return what the keys of each entry begin with, in the order of the file."""
    matches = map(_ENTRY.fullmatch, section.entries)
    return list(dict.fromkeys(match[1] for match in matches if match is not None))
