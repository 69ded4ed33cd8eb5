"""Which extraction of a device supersedes which, and which facts count where: pure, over digests of facts.

An extraction is superseded only by one of the same device and of the same kind of source that covers its content:
the fuller, then the one of which fewer messages lack a direction, then fewer times a zone, then the sound one, then
the later extracted, never the later arrived; and no reading of a handset by a chat that a user exported, or by a table
without seconds, which tell less. Only a sound one that holds more facts and was not extracted before covers what it
lacks a little of; any other covers what it holds whole. Deliveries that complete each other (texts and calls apart, one
chat a file) are not superseded. Nothing is removed: a fact that only the older one has still counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

COVERED_SHARE = 0.8
"""Share of an extraction's facts that a fuller, later one must hold to cover it. Below 1, because an earlier reading
often holds facts that were deleted, or aged out, before the later one; well above the overlap of two readings that
complete each other. Chosen by reasoning, not measured."""

NO_FACT = 0
"""Digest of what is no fact of its own (a record that is a duplicate already); it never covers and is never skipped."""

_Digests = npt.NDArray[np.uint64]
_NO_DIGESTS: _Digests = np.empty(0, dtype=np.uint64)
_NO_NUMBERS: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)


class ListedOtherwise(msgspec.Struct, frozen=True):
    """A record whose fact another extraction lists in several records, or in one with further facts.

    Attributes:
        ordinal: Of the record; its own digest is ``NO_FACT``.
        digest: Of the first of those records.
    """

    ordinal: int
    digest: int


class HeldFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one extraction.

    Attributes:
        digests: One a record, in order of ordinals; shape (n,), or (n, 2) for digests of 128 bits.
        source_kind: ``handset``, ``sim`` ...; extractions of different kinds do not supersede each other.
        extracted_at: When the unit read the device, RFC 3339. None: not stated, and then earlier than any stated.
        paired_within: Equal for extractions whose facts were paired already, because one delivery lists them: what is
            left in them is no fact twice. None: they were not.
        listed_otherwise: What others list in more or fewer records, by rising ordinal: it is skipped, and they count.
        is_by_the_minute: Most of it is dated to the minute alone.
        assumed_count: Times in it whose zone was assumed.
        untold_count: Messages in it of which nothing tells the direction.
        is_damaged: Something of its source was damaged or not read to the end: what it lacks may be lost, or altered.
    """

    extraction_id: str
    digests: _Digests
    source_kind: str = "handset"
    extracted_at: str | None = None
    paired_within: str | None = None
    listed_otherwise: tuple[ListedOtherwise, ...] = ()
    is_by_the_minute: bool = False
    assumed_count: int = 0
    untold_count: int = 0
    is_damaged: bool = False

    @property
    def delivery(self) -> str:
        """Equal for extractions of one delivery, whose facts were paired among themselves."""
        return self.paired_within or self.extraction_id


class Standing(msgspec.Struct, frozen=True):
    """Where the facts count that an extraction lists again; one entry for each of its skipped ordinals, in order.

    Attributes:
        extraction_ids: Extractions of the device.
        places: Place in ``extraction_ids`` of the one in which the fact counts.
        ordinals: Ordinal of the record there.
    """

    extraction_ids: tuple[str, ...]
    places: npt.NDArray[np.int64]
    ordinals: npt.NDArray[np.int64]


class Superseding(msgspec.Struct, frozen=True):
    """The decision for one device.

    Attributes:
        superseded_by: The extraction that supersedes, by the one that is superseded.
        skip: Ordinals, rising, of records whose fact counts in another extraction of the device already.
        standing: Where those facts count, by the extraction that is skipped in.
    """

    superseded_by: Mapping[str, str]
    skip: Mapping[str, npt.NDArray[np.int64]]
    standing: Mapping[str, Standing] = {}


def decide_superseding(extractions: Iterable[HeldFacts]) -> Superseding:
    """Decide for the extractions of one device; independent of their order."""
    ranked = sorted(extractions, key=_rank, reverse=True)
    superseded_by = _superseded_by(ranked)
    # what supersedes counts its facts first, so that the superseded one keeps only what it alone has
    counting = sorted(ranked, key=lambda held: held.extraction_id in superseded_by)
    rows = _Rows.of(counting)
    occurrence = _occurrences(rows, counting)
    names = tuple(held.extraction_id for held in counting)
    # Of equal facts, by value and occurrence, the first extraction's counts; the others list it again.
    order = np.lexsort((occurrence, rows.values))
    values, nth = rows.values[order], occurrence[order]
    is_new = np.concatenate(([True], (values[1:] != values[:-1]) | (nth[1:] != nth[:-1]))) if len(order) else order == 0
    first = order[is_new]
    seen = _Seen(rows.values[first], rows.places[first], rows.ordinals[first])
    is_again = np.ones(len(order), dtype=np.bool_)
    is_again[first] = False
    behind = np.empty(len(order), dtype=np.int64)
    behind[order] = np.cumsum(is_new) - 1
    skip: dict[str, npt.NDArray[np.int64]] = {}
    standing: dict[str, Standing] = {}
    for place, held in enumerate(counting):
        of_it = slice(rows.starts[place], rows.starts[place + 1])
        again = is_again[of_it]
        found = behind[of_it][again]
        skip[held.extraction_id] = rows.ordinals[of_it][again]
        standing[held.extraction_id] = Standing(names, seen.places[found], seen.ordinals[found])
    for held in counting:
        if held.listed_otherwise:
            name = held.extraction_id
            skip[name], standing[name] = _with_otherwise(held.listed_otherwise, skip[name], standing[name], seen)
    return Superseding(superseded_by, skip, standing)


def _superseded_by(ranked: Sequence[HeldFacts]) -> dict[str, str]:
    """Return, by extraction, the first of those before it that covers it."""
    facts = [_counted(held.digests) for held in ranked]
    found: dict[str, str] = {}
    for place, others in enumerate(_sharing(facts)):
        held = ranked[place]
        for other in others:
            fuller = ranked[other]
            if _are_paired(held, fuller):
                # What is left in one of them the other does not have.
                continue
            may_lack = _may_lack_some(fuller, held)
            if _same_kind(held, fuller) and _covers(facts[other], facts[place], may_lack=may_lack):
                found[held.extraction_id] = fuller.extraction_id
                break
    return found


def _sharing(facts: Sequence[_Counts]) -> Iterator[Iterator[int]]:
    """Yield, for each extraction in order, the places before it that have a fact of it, in order, as they are asked.

    Of many deliveries that complete each other none has: to compare each with each would cost their square.
    """
    values = np.concatenate([each.values for each in facts] or [_NO_DIGESTS])
    starts = np.cumsum([0, *(len(each.values) for each in facts)])
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    places = np.repeat(np.arange(len(facts)), np.diff(starts))[order]
    rows = np.arange(len(order))
    is_again = np.zeros(len(order), dtype=np.bool_)
    is_again[1:] = ordered[1:] == ordered[:-1]
    # By the value's place in its extraction: its row, and the row where the run of equal values begins.
    row_of, run_of = np.empty_like(rows), np.empty_like(rows)
    row_of[order], run_of[order] = rows, np.maximum.accumulate(np.where(is_again, 0, rows))
    for start, end in pairwise(starts.tolist()):
        yield _rising(places, run_of[start:end], row_of[start:end])


def _rising(places: npt.NDArray[np.int64], at: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Iterator[int]:
    """Yield, rising and each once, what stands from each row up to its end; it rises there."""
    while len(at := at[is_left := at < ends]):
        ends = ends[is_left]
        lowest = places[at].min()
        yield int(lowest)
        at = at + (places[at] == lowest)


class _Rows(msgspec.Struct, frozen=True):
    """The facts of all extractions, those of one after those of another, what is none left out.

    Attributes:
        starts: Where each extraction begins, and where the last ends.
    """

    values: _Digests
    places: npt.NDArray[np.int64]
    ordinals: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, extractions: Sequence[HeldFacts]) -> _Rows:
        singles = [_single(held.digests) for held in extractions]
        ordinals = [np.flatnonzero(single != NO_FACT) for single in singles]
        counts = [len(each) for each in ordinals]
        return cls(
            np.concatenate([single[each] for single, each in zip(singles, ordinals, strict=True)] or [_NO_DIGESTS]),
            np.repeat(np.arange(len(singles)), counts),
            np.concatenate(ordinals or [_NO_NUMBERS]).astype(np.int64, copy=False),
            np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        )


def _occurrences(rows: _Rows, extractions: Sequence[HeldFacts]) -> npt.NDArray[np.int64]:
    """Return how many facts of the same value stand before each in its extraction.

    Equal facts of two extractions of one delivery are two facts: these come behind those.
    """
    deliveries: dict[str, int] = {}
    delivery_of = [
        place if held.paired_within is None else deliveries.setdefault(held.paired_within, place)
        for place, held in enumerate(extractions)
    ]
    within = np.array(delivery_of, dtype=np.int64)[rows.places] if delivery_of else rows.places
    order = np.lexsort((rows.values, within))
    values, within = rows.values[order], within[order]
    numbers = np.arange(len(order))
    is_more = np.zeros(len(order), dtype=np.bool_)
    is_more[1:] = (values[1:] == values[:-1]) & (within[1:] == within[:-1])
    occurrence = np.empty(len(order), dtype=np.int64)
    occurrence[order] = numbers - np.maximum.accumulate(np.where(is_more, 0, numbers))
    return occurrence


def _with_otherwise(
    listed: Sequence[ListedOtherwise], skipped: npt.NDArray[np.int64], standing: Standing, seen: _Seen
) -> tuple[npt.NDArray[np.int64], Standing]:
    """Return what is skipped in an extraction, and what stands for it, with what others list in more or fewer."""
    digests = np.array([each.digest for each in listed], dtype=np.uint64)
    is_held = np.isin(digests, seen.values)
    rows = np.searchsorted(seen.values, digests[is_held])
    ordinals = np.concatenate((skipped, np.array([each.ordinal for each in listed], dtype=np.int64)[is_held]))
    order = np.argsort(ordinals, kind="stable")
    places = np.concatenate((standing.places, seen.places[rows]))[order]
    behind = np.concatenate((standing.ordinals, seen.ordinals[rows]))[order]
    return ordinals[order], Standing(standing.extraction_ids, places, behind)


def _rank(held: HeldFacts) -> tuple[bool, bool, int, int, int, bool, str, str]:
    # A chat that a user exported names people as they are saved, and knows no number, no second and no deletion: what
    # a reading of the handset tells of the same facts is never given up for it, however many lines it has.
    # Nor for a table that was cut by hand and has no seconds. Of two with as many facts the one that states its zone
    # counts, whenever it was made: the other's times are those facts only because the zone was guessed right.
    # So does the one that tells the direction of more of them, and the one that is not damaged.
    # The id settles what neither content nor date does; it is derived from content, never from arrival.
    is_read = held.source_kind != _CHAT
    count = int(np.count_nonzero(_single(held.digests)))
    is_by_seconds = not held.is_by_the_minute
    doubts = (-held.untold_count, -held.assumed_count)
    return (is_read, is_by_seconds, count, *doubts, not held.is_damaged, held.extracted_at or "", held.extraction_id)


def _may_lack_some(fuller: HeldFacts, held: HeldFacts) -> bool:
    """Whether what an extraction lacks of another may have been deleted, or aged out, on the device before it.

    Not where its source is damaged: it may be lost, or read otherwise. Nor where the other was extracted later: nothing
    of that was gone before.
    """
    if fuller.is_damaged:
        return False
    dates = (fuller.extracted_at, held.extracted_at)
    return None in dates or (fuller.extracted_at or "") >= (held.extracted_at or "")


def _are_paired(a: HeldFacts, b: HeldFacts) -> bool:
    return a.paired_within is not None and a.paired_within == b.paired_within


_CHAT = "chat"
_HANDSET_LIKE = frozenset({"handset", "unknown", _CHAT})


def _same_kind(a: HeldFacts, b: HeldFacts) -> bool:
    return a.source_kind == b.source_kind or {a.source_kind, b.source_kind} <= _HANDSET_LIKE


def _single(digests: _Digests) -> _Digests:
    """Return one 64-bit value a digest; the halves of a longer one are mixed."""
    if digests.ndim == 1:
        return digests.astype(np.uint64, copy=False)
    mixed = digests[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ digests[:, 1]
    return np.where((digests == NO_FACT).all(axis=1), np.uint64(NO_FACT), mixed)


class _Counts(msgspec.Struct, frozen=True):
    values: _Digests
    counts: npt.NDArray[np.int64]


def _counted(digests: _Digests) -> _Counts:
    single = _single(digests)
    values, counts = np.unique(single[single != NO_FACT], return_counts=True)
    return _Counts(values, counts.astype(np.int64))


def _count_of(counts: _Counts, values: _Digests) -> npt.NDArray[np.int64]:
    if not len(counts.values):
        return np.zeros(len(values), dtype=np.int64)
    places = np.searchsorted(counts.values, values).clip(max=len(counts.values) - 1)
    return np.where(counts.values[places] == values, counts.counts[places], 0)


def _covers(fuller: _Counts, held: _Counts, *, may_lack: bool) -> bool:
    total = int(held.counts.sum())
    lacked = total - int(np.minimum(held.counts, _count_of(fuller, held.values)).sum())
    if not total or not lacked:
        return total > 0
    # Of two as full as each other, of which each has what the other lacks, neither covers the other.
    return may_lack and int(fuller.counts.sum()) > total and total - lacked >= COVERED_SHARE * total


class _Seen(msgspec.Struct, frozen=True):
    """The facts that count, sorted by value and occurrence, and where each stands."""

    values: _Digests
    places: npt.NDArray[np.int64]
    ordinals: npt.NDArray[np.int64]
