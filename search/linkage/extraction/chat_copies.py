"""Broadcasts of a phone of which each chat was exported by itself.

Such an export is an extraction, and holds what went to one person: one copy of a broadcast, which shows none. So an
extraction that sent to one person alone keeps its copies (by wording and day) as edges that are shown nowhere, and the
copies of one device, sender and wording without a long pause are a flare where they went to ten people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from parsers.records.facts import Message
from parsers.records.findings import TextFinding
from parsers.records.ids import derived_id
from search.contract import Edge, EdgeKind, Flare
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.flares import ADVERT_SHARE, PAUSE_SECONDS, SMALLEST_RECIPIENTS, least_firm, shown_sender
from search.linkage.extraction.said_edges import DAY_CHARS, RULED_OUT_BELOW
from search.linkage.instants import to_seconds
from search.linkage.keys import OWN_PREFIX, Role, is_stand_in

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
    edges: Iterable[Edge], device_of: Mapping[str, str], number_of: Mapping[str, str]
) -> Iterator[Flare]:
    """Yield the sent flares that copies in exported chats are together, in an order of their own.

    Args:
        edges: Of kind chat copy.
        device_of: Device by extraction.
        number_of: The one number that a device states.
    """
    copies: dict[tuple[str, str, str], list[_Copy]] = defaultdict(list)
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        if device_id is not None:
            sender = number_of.get(device_id, "") if is_stand_in(edge.other) else edge.other
            copies[device_id, sender, edge.key] += _ends(edge)
    for device_id, sender, template_id in sorted(copies):
        for burst in _bursts(sorted(copies[device_id, sender, template_id])):
            if len({copy.recipient for copy in burst}) >= SMALLEST_RECIPIENTS:
                yield _flare(burst, sender or OWN_PREFIX + device_id, template_id)


def _ends(edge: Edge) -> Iterator[_Copy]:
    basis, _, recipient = edge.label[DAY_CHARS + 1 :].partition(" ")
    if edge.first_at is not None and edge.last_at is not None:
        yield _Copy(to_seconds(edge.first_at), edge.record_ids[0], edge.first_at, recipient, basis, edge)
        if edge.count > 1:
            yield _Copy(to_seconds(edge.last_at), edge.record_ids[-1], edge.last_at, recipient, basis, edge)


def _bursts(copies: Sequence[_Copy]) -> Iterator[Sequence[_Copy]]:
    start = 0
    for place in range(1, len(copies) + 1):
        if place == len(copies) or copies[place].seconds - copies[place - 1].seconds > PAUSE_SECONDS:
            yield copies[start:place]
            start = place


def _flare(burst: Sequence[_Copy], sender: str, template_id: str) -> Flare:
    first, last = burst[0], burst[-1]
    adverts = sum(copy.edge.role == Role.SENT_ADVERT for copy in burst)
    return Flare(
        flare_id=derived_id("fl", first.edge.extraction_id, SENT, sender, template_id, first.record_id),
        extraction_id=first.edge.extraction_id,
        direction=SENT,
        sender=shown_sender(sender),
        template_id=template_id,
        has_advert=adverts >= ADVERT_SHARE * len(burst),
        advert_score=max(copy.edge.score for copy in burst),
        started_at=first.at,
        ended_at=last.at,
        time_basis=least_firm(copy.basis for copy in burst),
        recipient_count=len({copy.recipient for copy in burst}),
        message_count=len(burst),
        variant_count=1,
        first_record_id=first.record_id,
        last_record_id=last.record_id,
    )
