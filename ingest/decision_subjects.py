"""From what a person names (an exhibit, a number, a line) to the keys by which a decision is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from ingest.errors import DecisionRefused
from ingest.selection import same_ref
from parsers.device_identity import identity_of, resolve
from parsers.phone_numbers import to_e164
from search.contract import ExtractionEntry
from search.linkage.decisions import (
    DecisionOutcome,
    DecisionState,
    LineKey,
    PhoneKey,
    SenderKey,
    Verdict,
    sender_key,
)
from search.linkage.instants import periods_touch
from search.linkage.keys import fold_name, is_number
from search.linkage.model import Line, Linkage
from search.linkage.phrases import with_case
from search.reports.line_names import DIGITS_FOLLOW, LEAST_DIGITS, NO_NAME, line_titles

_DATED: Final = re.compile(r"(?P<subject>.+)@(?P<day>\d{4}-\d\d-\d\d)")
_ONE_OF_SEVERAL: Final = re.compile(r"(?P<name>.+?)\s*\((?:saved name, )?\d+ of \d+\)")
_BY_DIGITS: Final = re.compile(
    rf"(?P<name>.+?)\s*(?:{DIGITS_FOLLOW}|\.\.\.)\s*(?P<digits>[0-9]+)(?:\s*\(saved name\))?"
)
_DIGITS_ALONE: Final = re.compile(rf"(?:{DIGITS_FOLLOW}|\.\.\.)?(?P<digits>[0-9]{{{LEAST_DIGITS},}})")
_NAMES_LISTED: Final = 6
_NUMBERS_LISTED: Final = 3


def phone_key(name: str, entries: Sequence[ExtractionEntry], cases: Sequence[str]) -> PhoneKey:
    """Return the key of the phone that is named by its device id, an extraction id or its exhibit.

    A report of an earlier drop may have the phone under another device id, of a card or an exhibit whose handset was
    not held yet; that finds it too, as long as it is of this phone alone.

    Args:
        name: As the user wrote it.
        entries: The catalogue.
        cases: Cases in which an exhibit is looked for. Empty: all.

    Raises:
        DecisionRefused: None or several bear the name.
    """
    held = [
        entry
        for entry in entries
        if name in {entry.device_id, entry.extraction_id}
        # As reports print it, with its case, or the exhibit alone.
        or (entry.exhibit_ref and entry.case_ref and same_ref(_exhibit(entry), name))
        or (same_ref(entry.exhibit_ref, name) and (not cases or any(same_ref(entry.case_ref, case) for case in cases)))
    ]
    devices = sorted({entry.device_id for entry in held}) or _known_as(name, entries)
    if not devices:
        raise DecisionRefused(f"No phone is held under {name}. Name its exhibit, or its device id from the report.")
    if len(devices) > 1:
        raise DecisionRefused(
            f"{len(devices)} phones are held as {name}: {_listed(devices)}. Add --case, or name the device id."
        )
    of_device = [entry for entry in entries if entry.device_id == devices[0]]
    label = next((_exhibit(entry) for entry in of_device if entry.exhibit_ref), devices[0])
    return PhoneKey(extraction_ids=tuple(sorted(entry.extraction_id for entry in of_device)), label=label)


def _known_as(name: str, entries: Sequence[ExtractionEntry]) -> list[str]:
    """Return the device that was held under a device id before more was known of it; none where no one was."""
    known = resolve(
        identity_of(
            entry.extraction_id,
            imei=entry.imei,
            iccid=entry.iccid,
            imsi=entry.imsi,
            case_ref=entry.case_ref,
            exhibit_ref=entry.exhibit_ref,
        )
        for entry in entries
    )
    of = {device_id for device_id, earlier in known.aliases.items() if name in earlier}
    return sorted({entry.device_id for entry in entries if known.device_of[entry.extraction_id] in of})


def _exhibit(entry: ExtractionEntry) -> str:
    return with_case(str(entry.exhibit_ref), entry.case_ref)


def line_key(name: str, linkage: Linkage, entries: Sequence[ExtractionEntry], region: str) -> LineKey:
    """Return the key of the line that is named by its line id, one of its numbers, or its name.

    Args:
        name: As the user wrote it; ``NUMBER@2024-03-01`` names the use of a number at that time. ``Rico …0123`` is
            the line of that name with a number that ends so, ``0123`` the line of the one number that ends so.
            ``Rico (1 of 2)`` is refused: earlier reports counted the lines of their own, so that the first of one was
            the second of another.
        linkage: What linkage states now.
        entries: The catalogue.
        region: Region of numbers without a country code.

    Raises:
        DecisionRefused: None or several bear the name.
    """
    for rejected in linkage.rejected_lines:
        if name == rejected.line_id:
            return rejected.decision.lines[0]
    extractions = _extractions_of_device(entries)
    number, day = _number_and_day(name, region)
    number = number or _ending_number(name, linkage.lines, entries)
    if number is not None:
        found = [line for line in linkage.lines if any(sender == number for sender, _, _ in line.senders)]
        found = [line for line in found if _uses(line, number, day)]
        if not found:
            return LineKey(
                senders=(SenderKey(sender=number, first_at=_start(day), last_at=_end(day)),),
                label=number if day is None else f"{number} on {day}",
                named=number,
            )
    else:
        _check_no_phone(name, linkage.lines, entries)
        found = _found_by_name(name, linkage.lines)
    if len(found) > 1:
        raise DecisionRefused(f"{len(found)} lines answer to {name}: {_told_apart(found, linkage.lines)}")
    (line,) = found
    senders = tuple(sender_key(sender, first, last, extractions) for sender, first, last in line.senders)
    return LineKey(senders=senders, label=_label(line), named=number or "")


def sender_of_line(name: str, linkage: Linkage, entries: Sequence[ExtractionEntry], region: str) -> LineKey:
    """Return the key of one number of a line, for what splits lines; of a line's name its first number.

    Raises:
        DecisionRefused: None or several bear the name.
    """
    whole = line_key(name, linkage, entries, region)
    number = _number_and_day(name, region)[0] or _ending_number(name, linkage.lines, entries)
    chosen = [key for key in whole.senders if key.sender == number] or list(whole.senders)
    first = min(chosen, key=lambda key: (key.first_at or "~", key.sender))
    is_called_so = number is None or whole.label.startswith(number)
    return LineKey(senders=(first,), label=whole.label if is_called_so else number or "")


def _ending_number(name: str, lines: Sequence[Line], entries: Sequence[ExtractionEntry]) -> str | None:
    """Return the one number of a line that ends in the digits that a name is. None: there is none, or it is a name.

    Raises:
        DecisionRefused: Numbers of several uses end so.
    """
    digits = _DIGITS_ALONE.fullmatch(name.strip())
    if digits is None or _is_phone(name, entries) or _called(name, lines):
        return None
    ending = [line for line in lines if _has_number_on(line, digits["digits"])]
    numbers = {each.number for line in ending for each in line.numbers if each.number.endswith(digits["digits"])}
    if len(numbers) > 1:
        raise DecisionRefused(f"{len(numbers)} numbers of lines end in {name}: {_told_apart(ending, lines)}")
    return next(iter(numbers), None)


def _is_phone(name: str, entries: Sequence[ExtractionEntry]) -> bool:
    return any(name in {entry.device_id, entry.extraction_id} or same_ref(entry.exhibit_ref, name) for entry in entries)


def merge_keys(
    subjects: Sequence[str], linkage: Linkage, entries: Sequence[ExtractionEntry], region: str
) -> tuple[LineKey, ...]:
    """Return the keys of lines that are one; of what linkage joined already the numbers that are named, to hold them.

    Raises:
        DecisionRefused: None or several bear a name, all name one number, or a decision made them one already, which
            another would replace.
    """
    keys = tuple(line_key(subject, linkage, entries, region) for subject in subjects)
    if len({key.senders for key in keys}) > 1:
        return keys
    sides = tuple(sender_of_line(subject, linkage, entries, region) for subject in subjects)
    if len({side.senders for side in sides}) > 1 and not _is_merged(sides, linkage.decisions):
        return sides
    names = list(dict.fromkeys(subjects))
    numbers = [sender.sender for sender in keys[0].senders if not sender.name and is_number(sender.sender)]
    told = f" ({_listed(list(dict.fromkeys(numbers)), _NUMBERS_LISTED)})" if numbers else ""
    raise DecisionRefused(
        f"{' and '.join(names)} are already one line{told}. Name another line."
        if len(names) > 1
        else f"{names[0]} is named twice{told}: a merge makes one line of several. Name the other one."
    )


def _is_merged(sides: Sequence[LineKey], outcomes: Iterable[DecisionOutcome]) -> bool:
    """Whether a merge that holds has each side in a line of its own, or has the same numbers in all."""
    senders = [side.senders[0] for side in sides]
    for outcome in outcomes:
        if outcome.decision.verdict is not Verdict.MERGE or outcome.state is not DecisionState.HOLDS:
            continue
        places = [
            next((place for place, key in enumerate(outcome.decision.lines) if _has_use(key, sender)), None)
            for sender in senders
        ]
        merged = [sender for key in outcome.decision.lines for sender in key.senders]
        is_same = all(any(_is_one_use(each, sender) for sender in senders) for each in merged)
        if None not in places and (is_same or len(set(places)) == len(set(senders))):
            return True
    return False


def _has_use(key: LineKey, sender: SenderKey) -> bool:
    return any(_is_one_use(each, sender) for each in key.senders)


def _is_one_use(one: SenderKey, other: SenderKey) -> bool:
    periods = (one.first_at, one.last_at), (other.first_at, other.last_at)
    return (one.sender, one.name) == (other.sender, other.name) and (
        None in periods[0] or None in periods[1] or periods_touch(periods[0], periods[1], 0)
    )


def _check_no_phone(name: str, lines: Sequence[Line], entries: Sequence[ExtractionEntry]) -> None:
    """Refuse a phone where a line is meant.

    Raises:
        DecisionRefused: A phone is held under the name, and no line is called so.
    """
    if _is_phone(name, entries) and not _called(name, lines):
        raise DecisionRefused(
            f"{name} is a phone, and a decision is about a line or about the link of two phones. Name both phones of "
            "the link, or a number of the line."
        )


def _found_by_name(name: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines that answer to a name, one at least.

    Raises:
        DecisionRefused: None does, or the name has a count behind it.
    """
    printed = _ONE_OF_SEVERAL.fullmatch(name.strip())
    found = _called(name if printed is None else printed["name"], lines)
    if not found:
        raise DecisionRefused(f"No line is called {name}. Name a number of it, or its line id from the report.")
    if printed is not None:
        one = "1 line answers" if len(found) == 1 else f"{len(found)} lines answer"
        raise DecisionRefused(
            f"Reports once counted their own lines of a name, so that {name} can be another line in another report."
            f" {one} to {printed['name']}: {_told_apart(found, lines)}"
        )
    return found


def _told_apart(found: Sequence[Line], lines: Sequence[Line]) -> str:
    """Return how several lines are told apart, and how one of them is named."""
    titles = _titles(lines)
    told = "; ".join(_told(line, titles) for line in found[:_NAMES_LISTED])
    more = f"; and {len(found) - _NAMES_LISTED} more" if len(found) > _NAMES_LISTED else ""
    return f"{told}{more}. Name one by a number of it, or by its line id."


def _called(name: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines that answer to a name: the one that reports print so, else all that bear it."""
    titles, written = _titles(lines), " ".join(name.split()).casefold()
    printed = [
        line
        for line in lines
        if (title := titles[line.line_id]) != (line.name or "") and " ".join(title.split()).casefold() == written
    ]
    if printed:
        return printed
    by_digits = _BY_DIGITS.fullmatch(name.strip())
    if by_digits is not None:
        return [line for line in _called(by_digits["name"], lines) if _has_number_on(line, by_digits["digits"])]
    folded = fold_name(name)
    return [
        line
        for line in lines
        if name == line.line_id or folded in line.folded_names or fold_name(line.name or NO_NAME) == folded
    ]


def _has_number_on(line: Line, digits: str) -> bool:
    """Whether a number of a line ends so: of an earlier report the one that was its latest then."""
    return len(digits) >= LEAST_DIGITS and any(each.number.endswith(digits) for each in line.numbers)


def _titles(lines: Sequence[Line]) -> dict[str, str]:
    """Return what reports over everything call each line."""
    return line_titles([msgspec.to_builtins(line) for line in lines])


def _told(line: Line, titles: Mapping[str, str]) -> str:
    """Return what tells a line from others: its title, its numbers and its id."""
    numbers = [each.number for each in line.numbers]
    used = f", with {_listed(numbers, _NUMBERS_LISTED)}" if numbers else ""
    return f"{titles[line.line_id]}{used} ({line.line_id})"


def _number_and_day(name: str, region: str) -> tuple[str | None, str | None]:
    match = _DATED.fullmatch(name.strip())
    subject, day = (match["subject"], match["day"]) if match else (name, None)
    if day is not None:
        try:
            date.fromisoformat(day)
        except ValueError as exc:
            raise DecisionRefused(f"{day} is no day of the calendar.") from exc
    return to_e164(subject, region), day


def _uses(line: Line, number: str, day: str | None) -> bool:
    return day is None or any(
        sender == number and (first or "")[:10] <= day and (last is None or day <= last[:10])
        for sender, first, last in line.senders
    )


def _start(day: str | None) -> str | None:
    return None if day is None else f"{day}T00:00:00.000Z"


def _end(day: str | None) -> str | None:
    return None if day is None else f"{day}T23:59:59.999Z"


def _label(line: Line) -> str:
    return line.name or next((number.number for number in line.numbers), line.line_id)


def _extractions_of_device(entries: Iterable[ExtractionEntry]) -> dict[str, tuple[str, ...]]:
    held: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        held[entry.device_id] = (*held.get(entry.device_id, ()), entry.extraction_id)
    return held


def _listed(names: Sequence[str], most: int = _NAMES_LISTED) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
