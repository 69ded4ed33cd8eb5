"""Makes contacts of the sections ``PhonePBK`` and ``SIMPBK``."""

from __future__ import annotations

from typing import Final

from parsers.contract import SourceStamp
from parsers.formats.gammu.sections import Section
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact
from parsers.records.values import DeletedState, NumberRef

_NUMBER: Final = "Number"
_NAMES: Final = ("FirstName", "SecondName", "LastName")
_WHOLE_NAMES: Final = ("Name", "FormalName")
_EMAILS: Final = frozenset({"Email", "Email2"})
_HANDLES: Final = frozenset({"UserID", "SIP", "VOIP", "WVID", "SWIS", "PushToTalkID"})


def contact_of(section: Section, stamp: SourceStamp, extraction_id: str, region: str) -> Contact:
    """Return the contact of a section; entries of other types are kept in ``extra`` under their type."""
    numbers: list[NumberRef] = []
    emails: list[str] = []
    handles: list[str] = []
    names: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    place = 0
    while (kind := section.plain(f"Entry{place:02}Type")) is not None:
        value = section.text(f"Entry{place:02}Text") or section.plain(f"Entry{place:02}Number")
        place += 1
        if value is None:
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
        extraction_id=extraction_id,
        deleted=DeletedState.INTACT,
        name=whole or composed or None,
        numbers=tuple(numbers),
        emails=tuple(emails),
        handles=tuple(handles),
        stored_in="sim" if is_sim else "phone",
        listing="sim" if is_sim else "phone",
        extra=tuple(extra),
    )
