"""Records beside a sentence: which are named, of how many, and a search that finds what else there is."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.counting_order import counting_order
from search.linkage.device_links.line_ties import ASSUMED

Item = Mapping[str, Any]

RECORDS_NAMED: Final = 4
_AMONG: Final = "this finds them among others"
_BY_NUMBER: Final = "this finds those that state the number"
_SENDS: Final = "broadcasts_adverts"
_SENT: Final = "is:advert direction:outgoing"
_COUNTED: Final = frozenset(["same_number", "same_template", "same_nickname"])
_WITH_NUMBER: Final = frozenset({"traffic_not_with_line", "traffic_after_last_advert"})
"""Mentions that a search for the number finds."""
_NUMBER: Final = re.compile(r"\+\d{7,15}")


class Cited(msgspec.Struct, frozen=True):
    """Records beside a sentence.

    Attributes:
        record_ids: Those that are named.
        words: How many of how many they are; empty where all are named, or it is not known.
        command: Finds what ``words`` end with; empty where none is left out, or nothing finds them that can be asked.
    """

    record_ids: tuple[str, ...]
    words: str = ""
    command: str = ""


class Searches(msgspec.Struct, frozen=True):
    """What searches that are cited need to know of the report.

    Attributes:
        is_of_cases: The report is narrowed, so that exhibits of other cases may have the same references.
        doubled: References of exhibits that devices of several cases have.
    """

    is_of_cases: bool = False
    doubled: frozenset[str] = frozenset()


def searches_of(report: Item) -> Searches:
    """Return what searches need to know of a report."""
    cases: dict[str, set[str]] = defaultdict(set)
    for device in report["devices"]:
        for exhibit in device["exhibit_refs"]:
            cases[exhibit].update(device["case_refs"])
    is_of_cases = bool(report["scope"]["cases"] or report["scope"]["exhibits"])
    return Searches(is_of_cases, frozenset(exhibit for exhibit, held in cases.items() if len(held) > 1))


def cited(
    record_ids: Sequence[str], total: int, query: str, devices: Iterable[Item], most: int, searches: Searches
) -> Cited:
    """Return the records of a sentence.

    Args:
        record_ids: Those that the data names.
        total: How many there are; 0: not known.
        query: What finds them; empty: nothing does.
        devices: Those of the report that they are on.
        most: How many stand beside the sentence.
        searches: What is known of the report.
    """
    shown = tuple(record_ids[:most])
    if total <= len(shown):
        return Cited(shown, "..." if len(record_ids) > len(shown) else "")
    told = f"{len(shown)} of {total}"
    if not query:
        return Cited(shown, told)
    # by a number nothing is found that shows a name alone, or that the phone sent which does not state the number
    found = _BY_NUMBER if query.startswith("number:") and _SENT not in query else _AMONG
    return Cited(shown, f"{told}; {found}", _command(query, devices, searches))


def of_reason(reason: Item, devices: Sequence[Item], searches: Searches) -> Cited:
    """Return the records of a reason for a link; ``devices``: its two."""
    total = reason["a_count"] + reason["b_count"] if reason["kind"] in _COUNTED else 0
    query = ""
    if reason["kind"] == "same_template":
        query = f"template:{reason['value']}"
    elif reason["kind"] == "same_number":
        query = number_query([reason["value"]])
        # What a phone sent does not state its own number: those are its adverts.
        if query and any(device["traffic"]["kind"] == _SENDS for device in devices):
            query = f"{query} OR ({_SENT})"
    return cited(reason["record_ids"], total, query, devices, RECORDS_NAMED, searches)


def row_query(row: Item) -> str:
    """Return what finds the records of what a phone has to do with a line; empty where nothing does.

    ``is:advert`` finds no adverts that are known for some by copies on other phones.
    """
    is_recovered = bool(row.get("recovered_count"))
    if row["relation"] == "sent_adverts":
        return "direction:outgoing" if is_recovered else _SENT
    if row["relation"] == "received_adverts":
        return "" if is_recovered else "is:advert"
    mentions = row.get("mentions") or ()
    is_by_number = row["relation"] == "contact_of_line" or (bool(mentions) and _WITH_NUMBER.issuperset(mentions))
    return number_query(row["numbers"]) if is_by_number and not row.get("inferred_numbers") else ""


def is_assumed(reason: Item) -> bool:
    """Whether a reason is that the line is one: that is said once of the line, and not of each link."""
    return reason["kind"] == "same_line" and ASSUMED in reason["sentence"]


def number_query(numbers: Collection[str]) -> str:
    """Return what finds records with any of the numbers; empty where there is none that can be asked for."""
    asked = [number for number in numbers if _NUMBER.fullmatch(number)]
    return " OR ".join(f"number:{number}" for number in asked) if len(asked) == len(numbers) else ""


def _command(query: str, devices: Iterable[Item], searches: Searches) -> str:
    held = list(devices)
    exhibits = sorted({exhibit for device in held for exhibit in device["exhibit_refs"]}, key=counting_order)
    if all(device["exhibit_refs"] for device in held):
        named = [word for exhibit in exhibits for word in ("--exhibit", exhibit)]
        is_of_cases = searches.is_of_cases or not searches.doubled.isdisjoint(exhibits)
        if is_of_cases and all(device.get("case_refs") for device in held):
            cases = sorted({case for device in held for case in device["case_refs"]})
            named += [word for case in cases for word in ("--case", case)]
    else:
        extractions = [f"extraction:{name}" for device in held for name in device["extraction_ids"]]
        query, named = f"({query}) ({' OR '.join(extractions)})", []
    words = [query] if set("\"()'") & set(query) else query.split()
    return " ".join(map(shlex.quote, ["trapline", "search", *words, *named]))
