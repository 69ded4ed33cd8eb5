"""Received flares of what went to many and is no advert to the analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from search.contract import Flare
from search.linkage.adverts.bulk_traces import bulk_traces
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.adverts.named_broadcasts import named_traces
from search.linkage.adverts.shifted_copies import shifted_traces
from search.linkage.attribution.evidence import Evidence
from search.linkage.kept import Kept
from search.linkage.keys import SENT_ADVERT_ROLES, AnnouncedFrom
from search.linkage.model import PlacedFlare


def flares_in_bulk(
    bulk: Sequence[BulkWording], evidence: Evidence, known: Collection[str], kept: Kept
) -> list[PlacedFlare]:
    """Return the flares of wordings that are no adverts, of no line; those of wrong clocks behind.

    Args:
        bulk: Wordings that were seen to go to many, those of one sender one after the other.
        evidence: All that lines are made from.
        known: Ids of flares that are placed.
        kept: What was made before.
    """
    customers, telling = _customers(evidence), _telling(evidence)
    found: list[PlacedFlare] = []
    shown: list[tuple[str, str, Flare]] = []
    for sender, held in groupby(bulk, key=lambda wording: wording.sender):
        wordings = tuple(held)
        records = (record for wording in wordings for copy in wording.copies for record in copy.edge.record_ids)
        told = telling.intersection(records)
        traces = kept.made(_in_bulk, sender, wordings, customers.get(sender, {}), told)
        found += traces
        shown += [(trace.device_id, sender, trace.flare) for trace in traces]
    dated = {*evidence.clocks.of, *evidence.clocks.received}
    found += [
        PlacedFlare(flare=flare, device_id=device_id, line_id=None, clock_seconds=seconds)
        for device_id, flare, seconds in shifted_traces(bulk, shown, dated)
    ]
    found += [
        PlacedFlare(flare=flare, device_id=device_id, line_id=None)
        for device_id, flare in named_traces(evidence.by_name_alone, evidence.wordings)
    ]
    unique = {each.flare.flare_id: each for each in reversed(found)}
    return [each for each in unique.values() if each.flare.flare_id not in known]


def _customers(evidence: Evidence) -> Mapping[str, Mapping[str, str | None]]:
    """Return the phones that got adverts, with when they were last in use, by the sender."""
    found: dict[str, dict[str, str | None]] = defaultdict(dict)
    for advert in evidence.adverts:
        if advert.edge.role not in SENT_ADVERT_ROLES:
            found[advert.sender][advert.device_id] = evidence.devices[advert.device_id].last_at
    return found


def _telling(evidence: Evidence) -> frozenset[str]:
    """Return the records in which senders say that their number is new."""
    of_new = (said.edge for said in evidence.announcements if not AnnouncedFrom(said.edge.role).is_from_old)
    return frozenset(record for edge in of_new for record in edge.record_ids)


def _in_bulk(
    bulk: Sequence[BulkWording], customers: Mapping[str, str | None], telling: frozenset[str]
) -> list[PlacedFlare]:
    """Return the traces of what one sender broadcast and is no advert; see ``bulk_traces``."""
    traces = bulk_traces(bulk, customers, telling)
    return [PlacedFlare(flare=trace, device_id=device_id, line_id=None) for device_id, trace in traces]
