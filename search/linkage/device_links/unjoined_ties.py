"""What ties two members of a line of which one has it from a number that is not joined to the line."""

from __future__ import annotations

from collections.abc import Mapping

from search.linkage.device_links.members import Member
from search.linkage.phrases import counted, day_of
from search.linkage.unjoined import Unjoined


def unjoined_tie(a: Member, b: Member, labels: Mapping[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """Return in words what ties two members without a number in common, with records; None: nothing of the kind does.

    Who sent it stands before who received it.
    """
    found = [(held, is_sent, one, other) for one, other in ((a, b), (b, a)) for held, is_sent in one.unjoined]
    if not found:
        return None
    held, is_sent, one, other = max(found, key=lambda each: (each[1], not each[2].numbers))
    words, records = _of_other(held, other, labels)
    by = "sent" if is_sent else "received"
    said = (
        f"{labels[one.device_id]} {by} {counted(held.count, 'message')} of the line, {_when(held)}, from "
        f"{held.number or 'a sender'}{', a number' if held.number else ''} that is not joined to it; {_sources(held)}; "
    )
    return said + words, tuple(dict.fromkeys((*held.record_ids[:1], *records)))


def _sources(held: Unjoined) -> str:
    named = " and ".join(held.sources)
    are = "it is" if held.count == 1 else "they are"
    if held.is_giving:
        return f"{'it names' if held.count == 1 else 'they name'} {named} as the number to ring"
    return f"{are} in words that came from {named} before, or give that number"


def _when(held: Unjoined) -> str:
    first, last = day_of(held.first_at), day_of(held.last_at)
    if held.first_at is None or held.last_at is None:
        return "without a date"
    if first != last:
        return f"{first} to {last}"
    return f"all on {first}" if held.count > 1 else f"on {first}"


def _of_other(held: Unjoined, other: Member, labels: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return what the other phone has to do with it: with the number that is named, else with that sender."""
    label = labels[other.device_id]
    shared = sorted(set(held.sources).intersection(other.numbers))
    if shared:
        return f"{label} {other.phrase(shared[0])} {shared[0]}.", other.records_with(shared[0])
    for each, is_sent in other.unjoined:
        if each.number == held.number:
            by = "sent" if is_sent else "received"
            return f"{label} {by} {counted(each.count, 'message')} from it too.", each.record_ids
    if other.numbers:
        number = max(other.numbers, key=lambda key: (other.numbers[key], key))
        return f"{label} {other.phrase(number)} {number} of the line.", other.records_with(number)
    return f"{label} shows no number of the line.", ()
