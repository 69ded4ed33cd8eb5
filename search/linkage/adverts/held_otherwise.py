"""What is left out because another had a line's number too (``other_holders``): his texts, and why they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from search.linkage.adverts.other_holders import OtherHolder
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.instants import periods_touch
from search.linkage.model import Suppressed
from search.linkage.phrases import counted

_Period = tuple[str | None, str | None]


def without_other_holders(evidence: Evidence, holders: Sequence[OtherHolder]) -> Evidence:
    """Return the evidence without what reads like adverts of these numbers in the time of these phones.

    It says which phones they are: what they carry is no SIM of the line.
    """
    if not holders:
        return evidence
    periods: dict[str, list[_Period]] = defaultdict(list)
    for holder in holders:
        if not holder.is_told:
            periods[holder.sender].append(holder.period)
    held_by = {(holder.sender, holder.device_id) for holder in holders}

    def is_of_line(advert: Evidenced) -> bool:
        if (advert.sender, advert.device_id) in held_by:
            return False  # also of the time before, when it went out from another number that nothing shows
        held = (advert.edge.first_at, advert.edge.last_at)
        return not any(periods_touch(held, period, 1) for period in periods.get(advert.sender, ()))

    return msgspec.structs.replace(
        evidence,
        adverts=tuple(filter(is_of_line, evidence.adverts)),
        other_holders={(holder.sender, holder.device_id): holder.period for holder in holders},
    )


def suppressed_other_holders(holders: Sequence[OtherHolder], evidence: Evidence) -> list[Suppressed]:
    """Return the numbers that another had too, with why its texts are no adverts."""
    return [
        Suppressed(
            kind="number",
            value=holder.sender,
            device_count=1,
            why=f"{evidence.label(holder.device_id)} had this number at another time than the adverts that others got "
            f"from it, and {_sent_to_many(holder)}.{_told(holder)}{_read_amiss(holder)}",
            device_ids=frozenset((holder.device_id,)),
        )
        for holder in holders
    ]


def _sent_to_many(holder: OtherHolder) -> str:
    return "told many that it is its new number" if holder.is_told else "sent nothing to many"


def _told(holder: OtherHolder) -> str:
    """Return that it told who asked there for the line that he is not there, if the silence would not tell without."""
    if holder.denied is None:
        return ""
    asking, first = counted(len(holder.denied.parties), "number"), holder.denied.first_at[:DAY_CHARS]
    return f" It told {asking} that wrote there that whoever they ask for is not there, first on {first}."


def _read_amiss(holder: OtherHolder) -> str:
    return f" {counted(holder.count, 'text')} of it read like adverts and are none." if holder.count else ""
