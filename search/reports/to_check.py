"""What a person has to check about a line, though it speaks neither for it nor against it.

A line may have two numbers at once, a phone two numbers, a number two phones; and two lines that are taken for one, or
a phone that is given the number of another, look the same. Each is stated from the numbers, phones and broadcasts of
the line, without weighing it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from search.linkage.counting_order import counting_order
from search.linkage.deal_lines.disowned_numbers import NOT_JOINED
from search.linkage.instants import days_between
from search.linkage.keys import is_number
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.phrases import counted, listed
from search.reports.accounts import is_named_account
from search.reports.broadcasts import Broadcast, broadcasts_of
from search.reports.cuts import cut
from search.reports.kept_in_use import kept_in_use
from search.reports.line_phones import OWN_PHONE
from search.reports.page_text import day, day_and_time, grouped

Item = Mapping[str, Any]

_OF_A_KIND: Final = 3
"""Sentences of one kind; how many more there are is said."""
_NAMED: Final = 4
"""Phones or numbers that one sentence names."""


def to_check(
    line: Item,
    flares: Sequence[Item],
    labels: Mapping[str, str],
    disowned: Mapping[str, str] | None = None,
    stated: Mapping[str, Collection[str]] | None = None,
) -> tuple[str, ...]:
    """Return what to check, in sentences.

    Args:
        line: As in the report.
        flares: Its broadcasts.
        labels: How the page names each device.
        disowned: Why a number is not joined that by its own texts writes for another number, by number.
        stated: The numbers that each device states as its own.
    """
    return (
        *_first(list(_at_once(line["numbers"])), "pairs of its numbers were in use at once"),
        *_first(list(kept_in_use(line["numbers"])), "numbers of it were in use after a text gave them up"),
        *_first(
            list(_several_numbers(line["devices"], line["numbers"], labels)), "phones stand for several numbers of it"
        ),
        *_first(list(_several_phones(line["devices"], labels)), "numbers of it were sent from by several phones"),
        *_first(
            list(_not_joined(line["numbers"], flares, labels, disowned or {}, stated or {})),
            "numbers sent texts of it and are not joined",
        ),
        *_first(list(_inferred(flares, labels)), "phones sent broadcasts from a number that they do not state"),
    )


def _at_once(numbers: Sequence[Item]) -> Iterable[str]:
    """Yield each two numbers, once, that were in use together for longer than a change of number takes."""
    dated = [held for held in numbers if held["first_seen_at"] and held["last_seen_at"]]
    dated.sort(key=lambda held: (held["first_seen_at"], held["number"]))
    found: dict[frozenset[str], list[str]] = defaultdict(list)
    named: dict[frozenset[str], str] = {}
    for older, newer in combinations(dated, 2):
        first, last = newer["first_seen_at"], min(older["last_seen_at"], newer["last_seen_at"])
        if days_between(first, last) > OVERLAP_DAYS:
            pair = frozenset((older["number"], newer["number"]))
            named.setdefault(pair, f"{grouped(older['number'])} and {grouped(newer['number'])}")
            found[pair].append(f"from {day(first)} to {day(last)}")
    for pair, periods in found.items():
        yield (
            f"{named[pair]} were in use at once, {_named(periods)}: one line with two numbers, or two lines taken "
            "for one."
        )


def _several_numbers(rows: Sequence[Item], numbers_of_line: Sequence[Item], labels: Mapping[str, str]) -> Iterable[str]:
    """Yield each phone of several numbers, but one whose numbers announce one another: that one change explains it."""
    told = {frozenset((said["old_number"], held["number"])) for held in numbers_of_line for said in held["handovers"]}
    sent: dict[str, set[str]] = defaultdict(set)
    held: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["relation"] in OWN_PHONE:
            held[row["device_id"]].update(row["numbers"])
        if row["relation"] == "sent_adverts":
            sent[row["device_id"]].update(row["numbers"])
    for device_id in sorted(held, key=lambda key: counting_order(labels[key])):
        numbers = held[device_id]
        if len(numbers) > 1 and not _is_chain(numbers, told):
            how = "sent adverts from" if sent[device_id] == numbers else "sent adverts from, or states as its own,"
            named = _named([grouped(number) for number in sorted(numbers)])
            yield f"{labels[device_id]} {how} {len(numbers)} numbers of it: {named}."


def _is_chain(numbers: Collection[str], told: Collection[frozenset[str]]) -> bool:
    """Whether of numbers each but the first was announced by, or announced itself for, another of them."""
    reached, left = {min(numbers)}, set(numbers) - {min(numbers)}
    while found := {key for key in left if any(frozenset((key, other)) in told for other in reached)}:
        reached |= found
        left -= found
    return not left


def _several_phones(rows: Sequence[Item], labels: Mapping[str, str]) -> Iterable[str]:
    phones: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["relation"] == "sent_adverts":
            for number in row["numbers"]:
                phones[number].add(labels[row["device_id"]])
    for number, held in sorted(phones.items()):
        if len(held) > 1:
            yield f"{len(held)} phones sent adverts from {grouped(number)}: {_named(sorted(held, key=counting_order))}."


def _inferred(flares: Sequence[Item], labels: Mapping[str, str]) -> Iterable[str]:
    """Yield each phone with broadcasts whose number other phones show, and not the phone."""
    sent: dict[str, list[Item]] = defaultdict(list)
    for flare in flares:
        if flare["direction"] == "sent":
            sent[flare["device_id"]].append(flare)
    for device_id in sorted(sent, key=lambda key: counting_order(labels[key])):
        numbers = [flare["sender"] for flare in sent[device_id] if flare["sender_is_inferred"]]
        if numbers:
            named = _named([grouped(number) for number in sorted(set(numbers))])
            are = "is" if len(set(numbers)) == 1 else "are"
            yield (
                f"{_not_stated(labels[device_id], len(numbers), len(sent[device_id]))} the sending number: {named} "
                f"{are} inferred from what other phones hold."
            )


def _not_joined(
    numbers: Sequence[Item],
    flares: Sequence[Item],
    labels: Mapping[str, str],
    disowned: Mapping[str, str],
    stated: Mapping[str, Collection[str]],
) -> Iterable[str]:
    """Yield each number that sent texts of the line to many and is none of its numbers."""
    own = {held["number"] for held in numbers}
    found: dict[str, list[Item]] = defaultdict(list)
    for flare in flares:
        if (sender := flare.get("sender")) and sender not in own:
            found[sender].append(flare)
    for number, held in sorted(found.items()):
        if own and (is_number(number) or is_named_account(number)):
            given = sorted(each for each in own if each in disowned.get(number, ""))
            why = "it is not joined"
            if number in disowned:
                why = f"its texts name {_named(list(map(grouped, given)))} as the number to ring; {why}"
            if number in disowned and not given:
                why = NOT_JOINED
            yield f"{_sent_by(number, broadcasts_of(held), labels, stated)}: {why}."


def _sent_by(
    number: str, broadcasts: Sequence[Broadcast], labels: Mapping[str, str], stated: Mapping[str, Collection[str]]
) -> str:
    """Return what a number sent to many, when, from which phones and on which it was seen; one event counts once."""
    count = counted(len(broadcasts), "broadcast")
    said = f"Texts of the line came from {grouped(number)} too ({count}, {_when(broadcasts)})"
    sent = sorted({labels[key] for each in broadcasts for key in each.sent_from}, key=counting_order)
    seen = sorted({labels[key] for each in broadcasts for key in each.received_on}, key=counting_order)
    holders = sorted((labels[key] for key, own in stated.items() if number in own), key=counting_order)
    if sent:
        which = ", which states the number as its own" if sent == holders and len(sent) == 1 else ""
        said += f", sent by {_named(sent)}{which}"
    elif holders:
        said += f", the number of {_named(holders)}"
    return f"{said}; seen on {_named(seen)}" if seen else said


def _when(broadcasts: Sequence[Broadcast]) -> str:
    first, last = min(each.started_at for each in broadcasts), max(each.ended_at for each in broadcasts)
    if len(broadcasts) > 1:
        return day(first) if day(first) == day(last) else f"{day(first)} to {day(last)}"
    to = f", {counted(broadcasts[0].recipients, 'recipient')}" if broadcasts[0].recipients else ""
    return f"{day_and_time(first)}{to}"


def _not_stated(phone: str, count: int, total: int) -> str:
    if total == 1:
        return f"Of the broadcast sent from it {phone} does not state"
    if count == total:
        return f"For none of the {total} broadcasts sent from it does {phone} state"
    return f"For {count} of the {total} broadcasts sent from it {phone} does not state"


def _named(names: Sequence[str]) -> str:
    return listed(names, _NAMED)


def _first(sentences: Sequence[str], what: str) -> list[str]:
    """Return the first sentences of a kind; how many more there are in one."""
    part = cut(sentences, _OF_A_KIND)
    return [*part.items, f"{part.left_out} more {what}."] if part.left_out else list(part.items)
