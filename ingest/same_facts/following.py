"""What took another message's digest stays with that message, whatever that one is told to be afterwards.

A message by the minute, or under a name alone, is told first to be one by the second under a number. Where that one
was then told to be another delivery's, seconds apart or of another side, the first stayed behind and counted twice, or
held it back as one that is listed twice. So what has taken a digest is left out of the later steps, and follows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np

from ingest.same_facts.near_digests import Digests
from ingest.same_facts.readings import Reading
from ingest.segment_store.fact_digests import NO_FACT
from search.linkage.devices.superseding import HeldFacts


def without_taken(readings: Sequence[Reading], told: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device without what took the digest of another."""
    stored = {reading.facts.extraction_id: reading.facts.digests for reading in readings}
    left = []
    for held in told:
        is_own = held.digests == stored[held.extraction_id]
        digests = np.where(is_own, held.digests, np.uint64(NO_FACT))
        left.append(held if is_own.all() else msgspec.structs.replace(held, digests=digests))
    return left


def followed(told: Sequence[HeldFacts], left: Sequence[HeldFacts], later: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts as they are at last; what had taken a digest has what its like there has now.

    The k-th of a reading that took one follows the k-th of the delivery that has most.

    Args:
        told: The facts when roughly told messages had taken the digests that they repeat.
        left: The same without these.
        later: Those at last, in any order.
    """
    first = {held.extraction_id: held.digests for held in told}
    own = {held.extraction_id: held.digests for held in left}
    taken = {name: np.flatnonzero(digests != own[name]) for name, digests in first.items()}
    asked = np.unique(np.concatenate([first[name][ordinals] for name, ordinals in taken.items()]))
    if not len(asked):
        return list(later)
    now: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for held in sorted(later, key=lambda held: held.extraction_id):
        before = own[held.extraction_id]
        ordinals = np.flatnonzero(np.isin(before, asked))
        for digest, at_last in zip(before[ordinals].tolist(), held.digests[ordinals].tolist(), strict=True):
            now[digest][held.delivery].append(at_last)
    liked = {
        digest: max(sorted(found.items()), key=lambda item: len(item[1]))[1] for digest, found in now.items() if found
    }
    return [_with_those(held, first[held.extraction_id], taken[held.extraction_id], liked) for held in later]


def _with_those(held: HeldFacts, told: Digests, ordinals: np.ndarray, liked: dict[int, list[int]]) -> HeldFacts:
    if not len(ordinals):
        return held
    digests = held.digests.copy()
    met: Counter[int] = Counter()
    for ordinal in ordinals.tolist():
        digest = int(told[ordinal])
        found = liked.get(digest, [])
        at_last = found[met[digest]] if met[digest] < len(found) else digest
        met[digest] += 1
        digests[ordinal] = np.uint64(at_last if at_last != NO_FACT else digest)
    return msgspec.structs.replace(held, digests=digests)
