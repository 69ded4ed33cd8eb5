"""Broadcasts, as the measures define them, in what one phone holds.

A sent flare: one sender, one wording with its variants, ten distinct recipients or more, no pause over fifteen
minutes. A received flare: the trace of one on a phone that got it; one copy is enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from ingest.demo.truth import TextMessage, Travel
from tests.linkage_worlds.building import WorldBuilder
from tests.linkage_worlds.happenings import Said
from tests.linkage_worlds.seizure import Held

_LONGEST_PAUSE = timedelta(minutes=15)
_LEAST_RECIPIENTS = 10


class FlareTruth(msgspec.Struct, frozen=True, kw_only=True):
    """One broadcast as one phone shows it.

    Attributes:
        senders: What a report may show as its sender; None: nothing, where the files state no own number.
        line: Key of the line whose advert it is. None: an honest sender's.
        is_required: Whether a right report has it. False: a report may have it or not (the trace of an honest
            broadcast; of a sending too small to be one; ordinary words that happened to go to many).
    """

    phone: str
    direction: str
    senders: tuple[str | None, ...]
    line: str | None
    wording: str
    first: datetime
    last: datetime
    recipients: int
    is_required: bool


def flares_of(world: WorldBuilder, held: Held) -> Iterator[FlareTruth]:
    """Yield the broadcasts that a phone shows; undated texts are in none."""
    groups: dict[tuple[Travel, str, str, bool], list[TextMessage]] = defaultdict(list)
    for text in held.every_text():
        if text.at is None:
            continue
        sender = held.said[text.key].sender
        is_bulk = text.flare is not None
        groups[text.travel, sender, text.flare or (text.body or "").casefold(), is_bulk].append(text)
    own = {carried.card.number for carried in held.phone.carried}
    for (travel, sender, wording, is_bulk), texts in sorted(groups.items()):
        for run in _runs(texts):
            recipients = {other.number or other.written for text in run for other in text.peers}
            went = travel is Travel.OUT
            if went and len(recipients) < _LEAST_RECIPIENTS:
                continue
            if not went and not is_bulk:
                continue
            line = run[0].advert_of
            required = is_bulk if went else line is not None and _was_broadcast(world, held.said[run[0].key])
            yield FlareTruth(
                phone=held.phone.key,
                direction="sent" if went else "received",
                senders=_senders(held, sender, own) if went else _came_from(held, sender),
                line=line,
                wording=wording,
                first=min(text.at for text in run if text.at),
                last=max(text.at for text in run if text.at),
                recipients=len(recipients) if went else 1,
                is_required=required,
            )


def _senders(held: Held, sender: str, own: set[str]) -> tuple[str | None, ...]:
    # a handset does not say which of its SIMs sent a text, nor, where nothing states it, any number at all
    if len(own) > 1:
        return (*sorted(own), None)
    return (sender,) if held.phone.states_number else (sender, None)


def _came_from(held: Held, sender: str) -> tuple[str | None, ...]:
    if not held.phone.shows_names_only or sender not in held.phone.saved:
        return (sender,)
    return sender, held.phone.saved[sender], None


def _runs(texts: Iterable[TextMessage]) -> Iterator[Sequence[TextMessage]]:
    run: list[TextMessage] = []
    last: datetime | None = None
    for at, _, text in sorted((text.at, text.key, text) for text in texts if text.at is not None):
        if last is not None and at - last > _LONGEST_PAUSE:
            yield run
            run = []
        run.append(text)
        last = at
    if run:
        yield run


def _was_broadcast(world: WorldBuilder, said: Said) -> bool:
    """Whether the text belongs to a sending of its wording that reached enough people."""
    return any(
        first <= said.at <= last and count >= _LEAST_RECIPIENTS
        for first, last, count in _sendings(world).get((said.sender, said.wording or ""), ())
    )


_Sendings = dict[tuple[str, str], list[tuple[datetime, datetime, int]]]
_known: dict[int, tuple[WorldBuilder, _Sendings]] = {}


def _sendings(world: WorldBuilder) -> _Sendings:
    """Return every run of one sender and wording in the log, with how many it reached; kept for the last world."""
    kept = _known.get(0)
    if kept is not None and kept[0] is world:
        return kept[1]
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for said in world.log.said:
        if said.wording is not None:
            groups[said.sender, said.wording].append(said)
    found: _Sendings = {}
    for key, texts in groups.items():
        runs: list[list[Said]] = []
        for said in sorted(texts, key=lambda said: said.at):
            if not runs or said.at - runs[-1][-1].at > _LONGEST_PAUSE:
                runs.append([])
            runs[-1].append(said)
        found[key] = [(run[0].at, run[-1].at, len({who for said in run for who in said.recipients})) for run in runs]
    _known[0] = (world, found)
    return found
