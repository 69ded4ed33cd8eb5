"""Makes contacts of the sections ``PhonePBK`` and ``SIMPBK``."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.formats.gammu.sections import Section, trimmed
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact
from parsers.records.values import DeletedState, NumberRef

_ENTRY: Final = re.compile(r"(Entry[0-9]{2,4})(?:Type|Text|TextUnicode|Number|Data00)")
_VALUE_KEYS: Final = ("Text", "TextUnicode", "Number")
_OWN_KEY: Final = re.compile(r"Entry[0-9]{2,4}[A-Z].*|Location|Caller.*|PreferUnicode|Category|Memory.*")
_DAMAGED_KEY: Final = re.compile(r"[^0-9]{0,8}(?P<place>[0-9]{2,4})(?P<what>Type|TextUnicode|Text|Number)")
_NUMBER: Final = "Number"
_NAMES: Final = ("FirstName", "SecondName", "LastName")
_WHOLE_NAMES: Final = ("Name", "FormalName")
_SIM: Final = "SIM"
_EMAILS: Final = frozenset({"Email", "Email2"})
_HANDLES: Final = frozenset({"UserID", "SIP", "VOIP", "WVID", "SWIS", "PushToTalkID"})
_TYPES_WITH_VALUE: Final = (_NUMBER, *_NAMES, *_WHOLE_NAMES, *_EMAILS)


def contact_of(section: Section, stamp: SourceStamp, book: PartBook, region: str) -> Contact:
    """Return the contact of a section; entries of other types are kept in ``extra`` under their type."""
    if section.replaced_count:
        book.note("characters_replaced", locator=section.name, count=section.replaced_count)
    section, strays = _mended(section, book)
    numbers: list[NumberRef] = []
    emails: list[str] = []
    handles: list[str] = []
    names: dict[str, str] = {}
    extra: list[tuple[str, str]] = strays
    for place in _places(section):
        # Versions leave the type of what they do not know out, or the whole entry.
        kind = section.plain(f"{place}Type") or place
        value = section.text(f"{place}Text") or section.plain(f"{place}Number")
        if value is None:
            extra += _without_value(section, place, kind, book)
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
    is_sim = _SIM in section.kind.upper()
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


def is_contact(section: Section) -> bool:
    """Whether a section has what contacts alone have, whatever became of its name."""
    return "Location" in section.entries and any(
        key.startswith("Entry") and key.endswith("Type") for key in section.entries
    )


def _mended(section: Section, book: PartBook) -> tuple[Section, list[tuple[str, str]]]:
    """Return a section with its damaged keys put right where what is left tells them, and the keys that are none."""
    unknown = [key for key in section.entries if _OWN_KEY.fullmatch(key) is None]
    if not unknown:
        return section, []
    entries = dict(section.entries)
    strays: list[tuple[str, str]] = []
    for key in unknown:
        value = entries.pop(key)
        found = _DAMAGED_KEY.fullmatch(key)
        name = f"Entry{found['place']}{found['what']}" if found is not None else key
        if found is not None and entries.setdefault(name, value) == value:
            book.note("markup_broken", locator=section.locator)
        else:
            strays.append((key, trimmed(value)))
            book.leave_out("line of a contact whose key is not known", section.locator)
    return msgspec.structs.replace(section, entries=entries), strays


def _without_value(section: Section, place: str, kind: str, book: PartBook) -> list[tuple[str, str]]:
    """Name an entry that has no text, where one is missing; return the lines of it whose keys are not known."""
    if f"{place}Data00" in section.entries:
        book.leave_out(f"{kind} of a contact", section.locator)
        return []
    if not kind.startswith(_TYPES_WITH_VALUE) or any(f"{place}{what}" in section.entries for what in _VALUE_KEYS):
        return []
    book.leave_out(f"{kind} of a contact without its value", section.locator, code="element_unreadable")
    return [(key, trimmed(each)) for key, each in section.entries.items() if _is_unknown_of(key, place)]


def _is_unknown_of(key: str, place: str) -> bool:
    return key.startswith(place) and _ENTRY.fullmatch(key) is None


def _places(section: Section) -> list[str]:
    """Return what the keys of each entry begin with, in the order of the file."""
    matches = map(_ENTRY.fullmatch, section.entries)
    return list(dict.fromkeys(match[1] for match in matches if match is not None))
