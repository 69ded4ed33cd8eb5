"""Broadcasts of a phone of which each chat was exported by itself.

Such an export is an extraction, and holds what went to one person: one copy of a broadcast, which shows none. So an
extraction that sent to one person alone keeps its copies (by wording and day) as edges that are shown nowhere, and the
copies of one device, sender and wording without a long pause are a flare where they went to ten people.

A wording in which another is called, or a slot was read in one copy and not in another, has several templates. So
copies of several templates are one broadcast by the rules of ``near_bursts``: their texts are alike, they went out at
one time, and they share out a list between them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from parsers.records.facts import Message
from parsers.records.findings import TextFinding
from parsers.records.ids import derived_id
from search.contract import Edge, EdgeKind, Flare
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.flares import ADVERT_SHARE, PAUSE_SECONDS, SMALLEST_RECIPIENTS, least_firm, shown_sender
from search.linkage.extraction.likeness import Words, words_of_text
from search.linkage.extraction.near_bursts import LEAST_RECIPIENTS, SHARED_IN, likeness
from search.linkage.extraction.said_edges import DAY_CHARS, RULED_OUT_BELOW
from search.linkage.instants import to_seconds
from search.linkage.keys import OWN_PREFIX, Role, is_stand_in

LEAST_CHATS = 2
"""Chats in which a template stands that may be a part of a broadcast; of talk most stands in one."""
_MOST_BESIDE = 100
"""Bursts of other templates that one is compared with, of those that went to few and of others, the latest first."""
_REMEMBERED_TEXTS, _REMEMBERED_PAIRS = 4_096, 50_000
_TELLING_WORDS = 4
"""Words of a text that is kept though the analysis takes it for talk: of "ok" every chat has one a day."""


class ChatCopies:
    """Takes what an extraction sent, as long as all of it goes to one person.

    Args:
        extraction_id: The extraction.
        unnamed: What stands for the handset until its number is known.
        scratch_dir: Where copies are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_copies", "_recipient")

    def __init__(self, extraction_id: str, unnamed: str, scratch_dir: Path | None = None) -> None:
        self._copies: EdgeTable | None = EdgeTable(extraction_id, unnamed, scratch_dir)
        self._recipient: str | None = None

    def note(
        self, message: Message, sender: str, recipients: Sequence[str], finding: TextFinding | None, *, is_advert: bool
    ) -> None:
        """Take a sent text. With a second recipient all is given up: the extraction's own flares show what it sent."""
        if self._copies is None or not recipients:
            return
        if self._recipient is None:
            self._recipient = recipients[0]
        if any(recipient != self._recipient for recipient in recipients):
            self._copies = None
            return
        utc = message.time.utc
        if finding is None or utc is None:
            return
        is_talk = finding.advert_score < RULED_OUT_BELOW
        if is_talk and len((message.body or "").split()) < _TELLING_WORDS:
            return
        role = Role.SENT_ADVERT if is_advert else Role.SENT
        label = f"{utc[:DAY_CHARS]} {message.time.basis} {self._recipient}"
        edge = (EdgeKind.CHAT_COPY, finding.template_id, role, sender, label)
        self._copies.note(edge, utc, message.record_id, finding.advert_score)

    def name(self, names: Mapping[str, str]) -> None:
        """Take what stands for the handset, or for a SIM of it, for its number, which became known later on."""
        if self._copies is not None:
            self._copies.name(names)

    def edges(self) -> Iterator[Edge]:
        """Yield the copies as edges; none where the extraction sent to several people. Call it once."""
        return iter(()) if self._copies is None else self._copies.edges()


class _Copy(NamedTuple):
    """One end of an edge: its first copy of a day, or its last."""

    seconds: float
    record_id: str
    at: str
    recipient: str
    basis: str
    edge: Edge


def chat_broadcasts(
    edges: Iterable[Edge],
    device_of: Mapping[str, str],
    number_of: Mapping[str, str],
    texts: Mapping[str, str] | None = None,
) -> Iterator[Flare]:
    """Yield the sent flares that copies in exported chats are together, in an order of their own.

    Args:
        edges: Of kind chat copy.
        device_of: Device by extraction.
        number_of: The one number that a device states.
        texts: Of templates, by which several may be one wording. None: each is one by itself.
    """
    copies: dict[tuple[str, str], dict[str, list[_Copy]]] = defaultdict(lambda: defaultdict(list))
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        if device_id is not None:
            sender = number_of.get(device_id, "") if is_stand_in(edge.other) else edge.other
            copies[device_id, sender][edge.key] += _ends(edge)
    are_alike = _alike_among(texts or {})
    for device_id, sender in sorted(copies):
        held = [
            _Burst(template_id, burst)
            for template_id, found in copies[device_id, sender].items()
            for burst in _bursts(sorted(found))
        ]
        for burst in _joined(held, are_alike):
            if len(burst.recipients) >= SMALLEST_RECIPIENTS:
                yield _flare(burst, sender or OWN_PREFIX + device_id)


def records_without_text(edges: Iterable[Edge], texts: Mapping[str, str], most: int) -> dict[str, str]:
    """Return a record of each template of which no text is held, of those that stand in most chats first.

    Args:
        edges: Of kind chat copy.
        texts: By template.
        most: How many at most. What stands in fewer chats than part of a broadcast must is left out.
    """
    chats: dict[str, set[str]] = defaultdict(set)
    records: dict[str, str] = {}
    for edge in edges:
        if edge.key not in texts:
            chats[edge.key].add(edge.extraction_id)
            records[edge.key] = min(records.get(edge.key, edge.record_ids[0]), edge.record_ids[0])
    often = sorted((-len(held), key) for key, held in chats.items() if len(held) >= LEAST_RECIPIENTS)
    return {key: records[key] for _, key in often[:most]}


class _Burst:
    """Copies without a long pause.

    Attributes:
        copies: In order of time, as long as they are of one template.
        recipients: Whom they went to.
        variants: How many copies each template has.
        template_id: The one that most copies have, of equals the first.
        start: When the first one was sent, in seconds since 1970.
        end: When the last one was.
    """

    __slots__ = ("copies", "end", "recipients", "start", "template_id", "variants")

    def __init__(self, template_id: str, copies: list[_Copy]) -> None:
        self.copies = copies
        self.recipients = {copy.recipient for copy in copies}
        self.variants = Counter({template_id: len(copies)})
        self.template_id = template_id
        self.start, self.end = copies[0].seconds, copies[-1].seconds

    @property
    def is_small(self) -> bool:
        """Whether it went to so few that it is part of a broadcast beside another one alone."""
        return len(self.recipients) < LEAST_RECIPIENTS

    def take(self, other: _Burst) -> None:
        """Take the copies of another one."""
        self.copies += other.copies
        self.recipients |= other.recipients
        self.variants.update(other.variants)
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        # a template that the other one does not have is no more common than before
        self.template_id = min((self.template_id, *other.variants), key=lambda each: (-self.variants[each], each))


def _alike_among(texts: Mapping[str, str]) -> Callable[[str, str], tuple[bool, bool]]:
    """Return what says of two templates whether they are one text, and whether they are one but for a slot."""

    @lru_cache(maxsize=_REMEMBERED_TEXTS)
    def words(template_id: str) -> Words | None:
        text = texts.get(template_id)
        return None if text is None else words_of_text(text, text)

    @lru_cache(maxsize=_REMEMBERED_PAIRS)
    def alike(one: str, other: str) -> tuple[bool, bool]:
        first, second = words(one), words(other)
        return (False, False) if first is None or second is None else likeness(first, second)

    return alike


def _joined(bursts: Iterable[_Burst], are_alike: Callable[[str, str], tuple[bool, bool]]) -> Iterator[_Burst]:
    """Yield the bursts, those that are one broadcast as one, in an order of their own.

    Two that both went to few are never one, so that talk is compared with broadcasts alone.
    """
    large: dict[int, _Burst] = {}
    small: dict[int, _Burst] = {}
    ends: list[tuple[float, int]] = []
    for place, burst in enumerate(sorted(bursts, key=lambda each: (each.start, each.template_id))):
        whole, since = burst, burst.start - PAUSE_SECONDS
        while ends and ends[0][0] < since:
            _, ended = heappop(ends)
            for going in (large, small):
                if ended in going:
                    yield going.pop(ended)
        for going in (large,) if whole.is_small else (large, small):
            for before in list(islice(reversed(going), _MOST_BESIDE)):
                if _is_one(going[before], whole, are_alike):
                    whole = _both(going.pop(before), whole)
        (small if whole.is_small else large)[place] = whole
        heappush(ends, (whole.end, place))
    yield from large.values()
    yield from small.values()


def _both(one: _Burst, other: _Burst) -> _Burst:
    """Return two bursts as one; what is held of the larger one is added to, for it may have grown long."""
    larger, smaller = (one, other) if len(one.copies) >= len(other.copies) else (other, one)
    larger.take(smaller)
    return larger


def _is_one(one: _Burst, other: _Burst, are_alike: Callable[[str, str], tuple[bool, bool]]) -> bool:
    """Whether two are one broadcast: one text, or one but for a slot where each went to some."""
    fewest, most = sorted((len(one.recipients), len(other.recipients)))
    if most < LEAST_RECIPIENTS:
        return False
    is_text, is_variant = are_alike(one.template_id, other.template_id)
    if not is_text and not (is_variant and fewest >= LEAST_RECIPIENTS):
        return False
    return len(one.recipients & other.recipients) * SHARED_IN <= fewest


def _ends(edge: Edge) -> Iterator[_Copy]:
    basis, _, recipient = edge.label[DAY_CHARS + 1 :].partition(" ")
    if edge.first_at is not None and edge.last_at is not None:
        yield _Copy(to_seconds(edge.first_at), edge.record_ids[0], edge.first_at, recipient, basis, edge)
        if edge.count > 1:
            yield _Copy(to_seconds(edge.last_at), edge.record_ids[-1], edge.last_at, recipient, basis, edge)


def _bursts(copies: Sequence[_Copy]) -> Iterator[list[_Copy]]:
    start = 0
    for place in range(1, len(copies) + 1):
        if place == len(copies) or copies[place].seconds - copies[place - 1].seconds > PAUSE_SECONDS:
            yield list(copies[start:place])
            start = place


def _flare(burst: _Burst, sender: str) -> Flare:
    copies, template_id = sorted(burst.copies), burst.template_id
    first, last = copies[0], copies[-1]
    adverts = sum(copy.edge.role == Role.SENT_ADVERT for copy in copies)
    return Flare(
        flare_id=derived_id("fl", first.edge.extraction_id, SENT, sender, template_id, first.record_id),
        extraction_id=first.edge.extraction_id,
        direction=SENT,
        sender=shown_sender(sender),
        template_id=template_id,
        has_advert=adverts >= ADVERT_SHARE * len(copies),
        advert_score=max(copy.edge.score for copy in copies),
        started_at=first.at,
        ended_at=last.at,
        time_basis=least_firm(copy.basis for copy in copies),
        recipient_count=len(burst.recipients),
        message_count=len(copies),
        advert_count=adverts,
        variant_count=len(burst.variants),
        first_record_id=first.record_id,
        last_record_id=last.record_id,
    )
