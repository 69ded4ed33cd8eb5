"""Facts that one extraction dates in the hour that a zone repeats in autumn, and another states with its offset.

A time without an offset in that hour is read as the earlier of two (``parsers.clocks``), so that one of the later hour
lies an hour before the same message or call in a report that states offsets, and would count twice. Here such a fact
takes the digest that it has an hour later, where another extraction of the device lists that one, and not as many of
the earlier as there are. The record itself stays as it is: what it says is not decided, only which fact it repeats.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.segment_store.fact_digests import NO_FACT, fact_digest
from parsers.minute_times import TO_THE_SECOND
from parsers.records.facts import Call, Message, Record
from parsers.records.notices import Notice
from parsers.records.values import Moment

HOUR: Final = len("2020-05-18T21")
ZONE_ASSUMED: Final = "zone_assumed"
_QUARTERS: Final = ("00", "15", "30", "45")

Digests = npt.NDArray[np.uint64]


class LaterDigests(msgspec.Struct, frozen=True):
    """The records of one extraction that may be an hour later than they were read.

    Attributes:
        ordinals: Theirs, rising.
        earlier: Digest of each as it was read.
        later: Digest of each an hour later.
    """

    ordinals: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()
    later: tuple[int, ...] = ()


def zone_of(notices: Iterable[Notice]) -> str | None:
    """Return the zone in which times without an offset were read. None: there are none, or several were used."""
    zones = {notice.subject for notice in notices if notice.code == ZONE_ASSUMED}
    return zones.pop() if len(zones) == 1 else None


def are_repeated(hours: Collection[str], zone: str | None) -> bool:
    """Whether any of the hours (``2023-10-29T00``, UTC) holds a time that a zone shows twice, for the first time."""
    return zone is not None and any(
        _later(f"{hour}:{quarter}:00", zone) is not None for hour in hours for quarter in _QUARTERS
    )


def later_of(moment: Moment, zone: str) -> Moment | None:
    """Return a time without an offset as its clock shows it once more. None: it shows it once."""
    utc = moment.utc
    if utc is None or moment.offset_minutes is not None:
        return None
    later = _later(utc[:TO_THE_SECOND], zone)
    return None if later is None else msgspec.structs.replace(moment, utc=f"{later}{utc[TO_THE_SECOND:]}")


@lru_cache(maxsize=4_096)
def _later(second: str, zone: str) -> str | None:
    local = datetime.fromisoformat(second).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    again = local.replace(fold=1)
    if local.fold or again.utcoffset() == local.utcoffset():
        return None
    return again.astimezone(UTC).replace(tzinfo=None).isoformat()


def later_digests(records: Iterable[tuple[int, Record]], digests: Digests, zone: str) -> LaterDigests:
    """Return what of an extraction may be an hour later; ``records`` by ordinal, rising."""
    found: list[tuple[int, int, int]] = []
    for ordinal, record in records:
        if not isinstance(record, Message | Call) or digests[ordinal] == NO_FACT:
            continue
        later = later_of(record.time, zone)
        if later is not None:
            digest = fact_digest(msgspec.structs.replace(record, time=later))
            found.append((ordinal, int(digests[ordinal]), digest))
    return LaterDigests(*(tuple(each) for each in zip(*found, strict=True))) if found else LaterDigests()


def told_an_hour_later(digests: Sequence[Digests], doubtful: Sequence[LaterDigests]) -> list[Digests]:
    """Return the digests of the extractions of one device; what repeats a fact of an hour later has its digest."""
    wanted = np.array(sorted({digest for each in doubtful for digest in (*each.earlier, *each.later)}), dtype=np.uint64)
    settled = [_counts(own, each, wanted) for own, each in zip(digests, doubtful, strict=True)]
    most = _most(settled)
    return [
        _told(own, each, settled[place], place, most) if each.ordinals else own
        for place, (own, each) in enumerate(zip(digests, doubtful, strict=True))
    ]


class _Most(msgspec.Struct, frozen=True):
    """How often one extraction states a digest, which it is, and how often any of the others does."""

    count: int
    place: int
    of_others: int

    def beside(self, place: int) -> int:
        """Return how often an extraction that is not the one at the place states it."""
        return self.of_others if place == self.place else self.count


_NONE: Final = _Most(0, -1, 0)


def _most(counts: Sequence[Mapping[int, int]]) -> dict[int, _Most]:
    found: dict[int, _Most] = {}
    for place, each in enumerate(counts):
        for digest, count in each.items():
            most = found.get(digest, _NONE)
            if count > most.count:
                found[digest] = _Most(count, place, most.count)
            elif count > most.of_others:
                found[digest] = _Most(most.count, most.place, count)
    return found


def _told(
    digests: Digests, doubtful: LaterDigests, settled: Mapping[int, int], place: int, most: Mapping[int, _Most]
) -> Digests:
    alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for ordinal, earlier, later in zip(doubtful.ordinals, doubtful.earlier, doubtful.later, strict=True):
        alike[earlier, later].append(ordinal)
    told = digests.copy()
    for (earlier, later), ordinals in alike.items():
        # As many stay as another extraction states for the earlier hour; of two that state one fact it is one.
        kept = most.get(earlier, _NONE).beside(place)
        free = max(0, most.get(later, _NONE).beside(place) - settled.get(later, 0))
        for ordinal in ordinals[kept : kept + free]:
            told[ordinal] = np.uint64(later)
    return told


def _counts(digests: Digests, doubtful: LaterDigests, wanted: Digests) -> dict[int, int]:
    """Count the wanted digests of records that are not in doubt; ``wanted`` rises."""
    if not len(wanted):
        return {}
    is_wanted = wanted[np.searchsorted(wanted, digests).clip(max=len(wanted) - 1)] == digests
    is_wanted[np.array(doubtful.ordinals, dtype=np.int64)] = False
    return dict(Counter(digests[is_wanted].tolist()))
