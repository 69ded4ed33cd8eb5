"""What narrows a verb: cases, exhibits and a period, as the command line states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import msgspec

from parsers.clocks import to_utc_text

_MOST_SHOWN = 20
_UK_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_DAYS_AGO: Final = re.compile(r"(\d{1,5}) ?d(?:ays?)?", re.IGNORECASE | re.ASCII)
_FIRST, _LAST = "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"


class Exhibited(Protocol):
    """What has a case and an exhibit: an entry of the catalogue, or a row of the status."""

    @property
    def case_ref(self) -> str | None:
        """The case, as the source or the submitter states it."""
        ...

    @property
    def exhibit_ref(self) -> str | None:
        """The exhibit, unique only within its case."""
        ...


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at. Empty or None: everything.

    Attributes:
        since: RFC 3339 in UTC; records from this instant on.
        until: RFC 3339 in UTC; records before this instant. A record without an instant is in no period.
    """

    cases: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    @property
    def is_of_extractions(self) -> bool:
        """Whether case or exhibit narrow it."""
        return bool(self.cases or self.exhibits)

    def includes(self, exhibited: Exhibited) -> bool:
        """Whether case and exhibit are among those that are looked at."""
        return (not self.cases or exhibited.case_ref in self.cases) and (
            not self.exhibits or exhibited.exhibit_ref in self.exhibits
        )

    def includes_instant(self, utc: str | None) -> bool:
        """Whether the instant (RFC 3339 in UTC) lies in the period."""
        if self.since is None and self.until is None:
            return True
        if utc is None:
            return False
        # Compared as numbers of the same form: texts with and without a fraction do not sort as instants do.
        at = instant_of(utc)
        return (self.since is None or at >= instant_of(self.since)) and (
            self.until is None or at < instant_of(self.until)
        )

    def as_scope(self) -> dict[str, object]:
        """Return it in the shape of the linkage report's ``scope``."""
        return {"cases": list(self.cases), "exhibits": list(self.exhibits), "from": self.since, "to": self.until}


def instant_of(utc: str) -> datetime:
    """Return the instant of an RFC 3339 text with an offset."""
    return datetime.fromisoformat(utc)


def bound_of(text: str, zone: str, *, is_end: bool) -> str:
    """Return the instant that a user's bound of a period means.

    Args:
        text: A day (``2020-05-18``; ``18/05/2020``, the day first as in the United Kingdom; ``7d``, seven days ago), or
            a day and a time, with or without an offset.
        zone: IANA name of the zone for what has no offset.
        is_end: A day as an end means the whole of it: the instant at which the next one begins.

    An instant that no calendar of ours has (the end of the year 9999) is the last or first one that it has: a bound
    that is there to leave nothing out leaves nothing out.

    Raises:
        ValueError: It is neither a day nor a time.
    """
    try:
        return _bound_of(text, zone, is_end=is_end)
    except OverflowError:
        return _LAST if is_end or text.lstrip("+").startswith("9") else _FIRST


def is_no_day(text: str) -> bool:
    """Whether a text is written like a day and the calendar has none: 30/02/2024."""
    if found := _UK_DAY.fullmatch(text):
        parts = [int(part) for part in reversed(found.groups())]
    elif found := _ISO_DAY.fullmatch(text):
        parts = [int(part) for part in found.groups()]
    else:
        return False
    try:
        date(*parts)
    except ValueError:
        return True
    return False


def _bound_of(text: str, zone: str, *, is_end: bool) -> str:
    local = ZoneInfo(zone)
    with suppress(ValueError):
        # A day in any form of ISO 8601 (20200518): read as a time it would be its first instant, also as an end.
        day = _day_of(text, local) + timedelta(days=int(is_end))
        return to_utc_text(datetime.combine(day, time(), local).astimezone(UTC))
    text = _UK_DAY.sub(lambda found: f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}", text, count=1)
    at = datetime.fromisoformat(text)
    return to_utc_text((at if at.tzinfo else at.replace(tzinfo=local)).astimezone(UTC))


def _day_of(text: str, local: ZoneInfo) -> date:
    if ago := _DAYS_AGO.fullmatch(text):
        return datetime.now(local).date() - timedelta(days=int(ago[1]))
    if found := _UK_DAY.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)


def as_held(selection: Selection, held: Iterable[Exhibited]) -> Selection:
    """Return the selection with its cases and exhibits as they are held, whatever capitals and spaces they have there.

    What is held letter by letter as it was asked for is that alone; what nothing held is like stays as asked.
    """
    exhibited = list(held)
    return msgspec.structs.replace(
        selection,
        cases=_held_refs(selection.cases, (each.case_ref for each in exhibited)),
        exhibits=_held_refs(selection.exhibits, (each.exhibit_ref for each in exhibited)),
    )


def _held_refs(asked: Sequence[str], held: Iterable[str | None]) -> tuple[str, ...]:
    known = {ref for ref in held if ref}
    found = [[ref] if ref in known else sorted(each for each in known if same_ref(each, ref)) or [ref] for ref in asked]
    return tuple(dict.fromkeys(ref for refs in found for ref in refs))


def same_ref(held: str | None, asked: str) -> bool:
    """Whether a case or an exhibit is the one that somebody writes, capitals and spaces apart."""
    return held is not None and "".join(held.split()).casefold() == "".join(asked.split()).casefold()


def not_held(selection: Selection, held: Iterable[Exhibited]) -> str:
    """Return what is said where a case or an exhibit is asked for that nothing held has; empty where there is none.

    The sentence names the cases that there are, or, where the case is right, its exhibits.
    """
    if not selection.is_of_extractions:
        return ""
    exhibited = list(held)
    unknown = [
        *(f"case {ref}" for ref in selection.cases if all(each.case_ref != ref for each in exhibited)),
        *(f"exhibit {ref}" for ref in selection.exhibits if all(each.exhibit_ref != ref for each in exhibited)),
    ]
    if not unknown and not any(map(selection.includes, exhibited)):
        unknown = ["these cases and these exhibits together"]
    if not unknown:
        return ""
    of_cases = [each for each in exhibited if each.case_ref in selection.cases]
    near = _near(selection, of_cases if selection.cases else exhibited)
    told = (
        _listed("exhibits of these cases", (each.exhibit_ref for each in of_cases))
        if of_cases and selection.exhibits
        else _listed("cases", (each.case_ref for each in exhibited))
    )
    return f"Nothing is held of {', '.join(unknown)}. {near}{told}trapline status lists what is held."


def _near(selection: Selection, held: Sequence[Exhibited]) -> str:
    """Return the sentence that names the exhibits that differ from unknown ones in marks alone; empty for none."""
    refs = sorted({each.exhibit_ref for each in held if each.exhibit_ref})
    wanted = {_bare(ref) for ref in selection.exhibits if ref not in refs} - {""}
    near = [ref for ref in refs if _bare(ref) in wanted]
    return f"Exhibits like it: {', '.join(near[:_MOST_SHOWN])}. " if near else ""


def _bare(ref: str) -> str:
    return "".join(letter for letter in ref.casefold() if letter.isalnum())


def _listed(what: str, refs: Iterable[str | None]) -> str:
    """Return the sentence that names the first references there are; empty where there is none."""
    known = sorted({ref for ref in refs if ref})
    more = f" and {len(known) - _MOST_SHOWN} more" if len(known) > _MOST_SHOWN else ""
    return f"The {what} held are: {', '.join(known[:_MOST_SHOWN])}{more}. " if known else ""


def selected_ids(selection: Selection, held: Iterable[tuple[str, Exhibited]]) -> tuple[str, ...] | None:
    """Return the ids of the extractions that are looked at, in their order; None: all of them."""
    if not selection.is_of_extractions:
        return None
    return tuple(extraction_id for extraction_id, exhibited in held if selection.includes(exhibited))
