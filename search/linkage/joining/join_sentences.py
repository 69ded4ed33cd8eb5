"""What a page says of two numbers that were joined, or kept apart, by what their adverts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.joining.kept_apart import UNDER_ONE_NAME, KeptApart
from search.linkage.joining.name_changes import NameChange
from search.linkage.joining.name_joins import Compared
from search.linkage.model import Join
from search.linkage.phrases import counted, day_of

_PASSED_ON: Final = 2
"""Texts at most that a sender may have passed on; who sends more sends adverts."""


def name_join(compared: Compared, evidence: Evidence) -> Join:
    """Return the join of two spells that have enough in common."""
    older, newer = compared.older, compared.newer
    shared = [
        word
        for word, is_shared in (
            ("name", older.shares_a_name(newer)),
            ("wording", compared.wordings > 0),
            ("customers", compared.recipients > 0),
        )
        if is_shared
    ]
    kept = "; no case holds phones of both." if compared.has_no_case else "."
    between = f"{evidence.sender_label(older.sender)} and {evidence.sender_label(newer.sender)} sent adverts"
    is_taken_up = compared.change in {NameChange.TAKEN_UP, NameChange.LIST_TAKEN_UP}
    sentence = f"{between} {_taken_up(compared) if is_taken_up else _alike(compared, shared)}{kept}"
    kind = "_and_".join(shared) if len(shared) < 3 else "name_wording_and_customers"
    told = merged_record_ids(compared.former, 2)
    adverts = merged_record_ids([advert.edge for spell in (older, newer) for advert in spell.adverts[:2]], 4)
    return Join(
        kind=kind,
        older=older.sender,
        newer=newer.sender,
        weight=compared.weight,
        sentence=sentence,
        record_ids=(*told, *(each for each in adverts if each not in told))[:4],
    )


def _alike(compared: Compared, shared: list[str]) -> str:
    gap = compared.gap_days or 0.0
    when = "at the same time" if compared.is_at_once else f"{counted(max(0, round(gap)), 'day')} apart"
    under = (
        "under one name"
        if shared[:1] == ["name"]
        else "of which not both carry a name"
        if compared.change is None
        else "under two names, of which the one says the other"
        if compared.change is NameChange.SAID
        else "under two names, of which neither says the other"
    )
    alike = [f"{counted(compared.wordings, 'wording')} that no other line uses"] if compared.wordings else []
    alike += [f"{counted(compared.recipients, 'recipient')} in common"] if compared.recipients else []
    return (
        f"{under}, {when}"
        + (f", with {' and '.join(alike)}" if alike else "")
        + ("; a text from the one holds the number of the other" if compared.is_written else "")
    )


def _taken_up(compared: Compared) -> str:
    days = max(0, round(compared.gap_days or 0.0))
    wordings, recipients = len(compared.older.wordings), len(compared.older.recipients)
    return (
        f"under two names, the later one from {counted(days, 'day')} after the earlier one fell silent on, in "
        f"{compared.common} of its {counted(wordings, 'wording')} and to {compared.recipients} of its "
        f"{counted(recipients, 'recipient')}; nothing says that the line was renamed, and others may have taken it over"
    )


def referred(join: Join, evidence: Evidence) -> KeptApart:
    """Return what is said of a number that sent its customers to another line."""
    older, newer = evidence.sender_label(join.older), evidence.sender_label(join.newer)
    when = f" on {day_of(join.at)}" if join.at else ""
    return KeptApart(
        one=older,
        other=newer,
        fact=f"{older} sent its customers to {newer}{when}",
        beside="both sent adverts over the same time, and ",
        lacking="recipients, wording and names",
        meaning="one line may stand in for another",
    )


def renamed_or_gone(join: Join) -> str:
    """Return the sentence that a number announced one whose adverts carry another name, and was joined with it."""
    return (
        f"{join.older} announced {join.newer}, whose adverts carry another name: the line was renamed, or the number "
        "went to another line."
    )


def apart_meaning(advert_counts: Mapping[str, int]) -> str:
    """Return what it may mean that two senders have a name and recipients in common and are not joined.

    Args:
        advert_counts: Adverts held, by sender as pages name it: one or two may be no more than texts passed on.
    """
    few = [(name, count) for name, count in advert_counts.items() if count <= _PASSED_ON]
    if not few:
        return "an imitation, or two lines of one name"
    name, count = min(few, key=lambda held: held[1])
    is_held = f"{counted(count, 'advert')} of {name} {'is' if count == 1 else 'are'} held"
    return f"{is_held}: an imitation, a text passed on, or another line"


def not_joined(compared: Compared, evidence: Evidence) -> list[tuple[int, KeptApart]]:
    """Return, for both spells, that they were kept apart although much is alike."""
    older, newer = compared.older, compared.newer
    one, other = evidence.sender_label(older.sender), evidence.sender_label(newer.sender)
    apart = KeptApart(
        one=one,
        other=other,
        fact=f"{one} and {other}{UNDER_ONE_NAME}",
        beside="",
        lacking="wording and time",
        meaning=apart_meaning({one: older.advert_count, other: newer.advert_count}),
    )
    return [(older.place, apart), (newer.place, apart)]
