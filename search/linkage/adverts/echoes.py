"""Numbers that send a line's adverts to few: who holds the text that is to go out, or has it and passes it on.

A line's holder writes to the runner with the list what to send ("put this out at 9: ..."); runners and customers send
on to friends what the line sent, also where the phone that did shows no copy that came to it (``forwarded``), or its
clock was wrong. Nearly everything of the kind that comes from such a number is in words, and under a name, in which a
number of the line sent to many at about that time; and some of it stands within other words, which the line never
sends, or its own phone shows that it went to few; where that phone has talk with the line's number, also at other
times. Or it gives the number of the line to ring, whose name it bears. These are no adverts of the number, and it is no
line's for them; it may be anybody's. A number that the very sender of these words told under its name to be its next
one, before it sent any, sends for itself.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import msgspec

from search.contract import Edge
from search.linkage.adverts.said_then import is_said_then
from search.linkage.adverts.taken_over import first_of, took_over
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced, is_plain
from search.linkage.attribution.together import DELIVERY_SECONDS
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.wording_keys import NAME_SLOTS, SLOT_MARK, WORD, unstretched
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES, AnnouncedFrom, fold_name
from search.linkage.model import Suppressed
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.phrases import counted

BESIDE_SECONDS: Final = 3 * 3600.0
"""Between a broadcast and what was passed on of it, or was given out for it, at most. Reasoned: it is about today."""
SAME_DAY_SECONDS: Final = 12 * 3600.0
"""The same after a broadcast, of a number whose own phone is held and shows that it sent to few: a runner goes through
his own customers until night."""
ECHOED_SHARE: Final = 0.75
"""Share of what came from the number that must be a line's words: one in four may be read amiss."""
AROUND_SHARE: Final = 0.25
"""Share of it that must stand within other words, unless its own phone is held and shows that it went to few. On one
phone alone it is enough, whatever the times: the clock of that phone may be wrong."""
_MOST_PHONES: Final = 3
_PHONES_OF_MANY: Final = 2
_FEWEST_WORDS: Final = 3
"""Of a wording that is found within a longer one, slots but that of the name among them; two of them no slots."""
_FEWEST_PLAIN: Final = 2
_ENOUGH_WORDS: Final = 6
"""Of so many words the first one may be lacking: what stands in front of a text may be read as one with it."""
_WORDS_AROUND: Final = 2
_NUMBER_SLOT: Final = "{number}"
_LONG_IN_USE_SECONDS: Final = OVERLAP_DAYS * DAY_SECONDS
_MOST_WORDS: Final = 60
"""Of a text in which others are looked for; bounds the work."""

_Words = tuple[str, ...]


class Echo(msgspec.Struct, frozen=True):
    """A number that sent a line's adverts to few.

    Attributes:
        sender: The number, or a stand-in.
        sources: Numbers that sent them to many.
        device_ids: Phones on which they stand.
        template_ids: Their templates.
        is_to_ring: Whether these are texts alone that give the number to ring; the number may have sent others.
    """

    sender: str
    sources: tuple[str, ...]
    device_ids: tuple[str, ...]
    template_ids: frozenset[str]
    is_to_ring: bool = False


def echoes(evidence: Evidence) -> list[Echo]:
    """Return the numbers whose adverts are nearly all another's, by number."""
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        of_sender[advert.sender].append(advert)
    broadcasting = {sender for _, _, sender in evidence.sent_flares}
    few = {
        sender: adverts
        for sender, adverts in of_sender.items()
        if sender not in broadcasting and _reached(adverts) <= _MOST_PHONES
    }
    if not few:
        return []
    known = _Known(evidence, of_sender, broadcasting)
    found = (known.echo(sender, few[sender]) for sender in sorted(few))
    return [echo for echo in found if echo is not None]


class _Match(msgspec.Struct, frozen=True):
    """Of one sent text: who sent its words to many, and in which templates.

    Attributes:
        has_words_around: Whether other words stand around them.
        is_to_ring: Whether it gives their number to ring, in words of its own.
    """

    sources: frozenset[tuple[str, str]]
    has_words_around: bool = False
    is_to_ring: bool = False


class _Known:
    """The wordings of numbers that send to many, with when they did."""

    def __init__(
        self, evidence: Evidence, of_sender: Mapping[str, Sequence[Evidenced]], broadcasting: Iterable[str]
    ) -> None:
        self._texts = evidence.template_texts
        self._flares = evidence.flares
        self._sending = {device_id for device_id, _, _ in evidence.sent_flares}
        self._talking = evidence.talking
        self._own_device = evidence.own_device
        self._names: dict[str, frozenset[str]] = {}
        self._reach: dict[str, int] = {}
        self._templates: dict[str, set[str]] = defaultdict(set)
        self._runs: dict[_Words, set[tuple[_Words, str, str]]] = defaultdict(set)
        self._whole: dict[_Words, set[tuple[str, str]]] = defaultdict(set)
        sending = frozenset(broadcasting)
        sent: dict[str, set[str]] = defaultdict(set)
        for _, flare, sender in evidence.sent_flares:
            sent[sender].add(flare.template_id)
        for sender, adverts in of_sender.items():
            is_to_many = sender in sending or len({advert.device_id for advert in adverts}) >= _PHONES_OF_MANY
            if is_to_many and is_plain(sender):
                self._reach[sender] = _reached(adverts) if sender not in sending else _MOST_PHONES + 1
                self._add(sender, adverts, sent.get(sender, set()))
        self._every_name = frozenset().union(*self._names.values())
        self._wrote: dict[tuple[str, str], dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        for written in chain(evidence.with_other_number, evidence.announcements):
            if written.edge.other in self._reach:
                self._wrote[written.device_id, written.sender][written.edge.other].append(written.edge)
        self._is_given: dict[tuple[str, str, str], bool] = {}
        self._next: dict[str, list[Evidenced]] = defaultdict(list)
        for said in evidence.announcements:
            if AnnouncedFrom(said.edge.role) is AnnouncedFrom.OLD_ADVERT:
                self._next[said.edge.other].append(said)
        self._told = {(said.sender, said.edge.other) for said in evidence.announcements}
        self._of_sender = of_sender
        self._instants: Mapping[tuple[str, str], Sequence[float]] | None = None
        self._sent: Mapping[tuple[str, str], Sequence[tuple[float, float]]] = {}

    def _add(self, sender: str, adverts: Sequence[Evidenced], sent: Iterable[str]) -> None:
        """Add what a number sends to many; of its broadcasts what the analysis takes for no advert too."""
        self._names[sender] = names = _names_of(adverts)
        for template_id in {advert.edge.other for advert in adverts}.union(sent):
            self._templates[template_id].add(sender)
            signed = self._words(template_id, signed=True)
            if SLOT_MARK in signed and len(signed) > 1:
                self._whole[signed].add((sender, template_id))
            words = tuple(word for word in self._words(template_id) if word not in names)
            for run in (words, words[1:]) if len(words) >= _ENOUGH_WORDS else (words,):
                if len(run) >= _FEWEST_WORDS and sum(word[0] != "{" for word in run) >= _FEWEST_PLAIN:
                    self._runs[run[:_FEWEST_WORDS]].add((run, sender, template_id))

    def _words(self, template_id: str, *, signed: bool = False) -> _Words:
        """Return the words of a template with its slots; that of the name as its mark, or not at all."""
        words = WORD.findall(self._texts.get(template_id, ""))[:_MOST_WORDS]
        return tuple(
            SLOT_MARK if word in NAME_SLOTS else word if word.startswith("{") else unstretched(fold_name(word))
            for word in words
            if signed or word not in NAME_SLOTS
        )

    def echo(self, sender: str, adverts: Sequence[Evidenced]) -> Echo | None:
        """Return the echo that a number is, if it is one."""
        total = sum(advert.edge.count for advert in adverts)
        devices = {advert.device_id for advert in adverts}
        reached = _reached(adverts)
        matched = [(advert, match) for advert in adverts if (match := self._match(advert, reached)).sources]
        if sum(advert.edge.count for advert, _ in matched) < ECHOED_SHARE * total:
            return _to_ring(sender, matched)
        is_shown = any(advert.edge.role in SENT_ADVERT_ROLES for advert in adverts)
        after = SAME_DAY_SECONDS if is_shown else BESIDE_SECONDS
        # where one phone shows when a text went, the clock of another that has it too may be wrong
        beside = {advert.edge.other for advert, match in matched if self._is_beside(advert, match, after)}
        is_at_its_times = (
            sum(advert.edge.count for advert, _ in matched if advert.edge.other in beside) >= ECHOED_SHARE * total
        )
        around = sum(advert.edge.count for advert, match in matched if match.has_words_around)
        # a line's further number sends the line's texts as they are, to whoever has that number alone
        is_handed = around >= AROUND_SHARE * total
        sources = {source for _, match in matched for source, _ in match.sources}
        is_runners = is_shown and self._talks_with(adverts, sources)
        if not is_shown and self._is_next_of(sources, sender, _names_of(it for it, _ in matched)):
            return _to_ring(sender, matched)
        is_echo = is_at_its_times and (is_handed or is_shown)
        if not is_echo and not is_runners and not (is_handed and len(devices) == 1):
            return _to_ring(sender, matched)
        template_ids = frozenset(advert.edge.other for advert in adverts)
        return Echo(sender, tuple(sorted(sources)), tuple(sorted(devices)), template_ids)

    def _is_next_of(self, sources: Collection[str], sender: str, names: frozenset[str]) -> bool:
        """Whether one of the sources told under such a name that the sender is its next number, before it sent any.

        Anybody may tell a number, and a line may tell one with a wrong digit.
        """
        began = first_of(self._of_sender[sender])
        return math.isfinite(began) and any(
            said.sender in sources
            and (not said.edge.label or _names_of([said]) <= names)
            and said.placed.first_at is not None
            and to_seconds(said.placed.first_at) <= began
            for said in self._next.get(sender, ())
        )

    def _talks_with(self, adverts: Iterable[Evidenced], sources: Iterable[str]) -> bool:
        """Whether a phone that sends nothing to many has texts or calls with the number whose words it sent to few."""
        parties = {party for source in sources for party in (source, self._own_device.get(source, source))}
        return any(
            not parties.isdisjoint(self._talking.get(advert.device_id, ()))
            for advert in adverts
            if advert.edge.role in SENT_ADVERT_ROLES and advert.device_id not in self._sending
        )

    def _match(self, advert: Evidenced, reached: int) -> _Match:
        """Return who sent the words of a text that reached so many phones to more."""
        name = unstretched(fold_name(advert.edge.label))
        template_id = advert.edge.other
        same = {
            (source, template_id)
            for source in self._templates.get(template_id, ())
            if self._reach[source] > reached and self._bears(source, name, ())
        }
        if same:
            return _Match(frozenset(same))
        words = self._words(template_id)
        # of a name that is not read in this text, and is in theirs, theirs have a slot
        plain = words if name else tuple(word for word in words if word not in self._every_name)
        within = {
            (source, other): len(run)
            for run, source, other in self._within(plain)
            if self._reach[source] > reached and self._bears(source, name, words)
        }
        around = len(plain) - max(within.values(), default=len(plain))
        if not within and name:
            within, around = self._at_end(template_id, name, reached)
        if not within and name and _NUMBER_SLOT in self._texts.get(template_id, ""):
            given = {(line, template_id) for line in self._lines_given(advert, name, reached)}
            return _Match(frozenset(given), is_to_ring=True)
        return _Match(frozenset(within), has_words_around=around >= _WORDS_AROUND)

    def _lines_given(self, advert: Evidenced, name: str, reached: int) -> Iterator[str]:
        """Yield the numbers in a text which send to more under the name, and none that took over from its sender.

        What its sender wrote at other times stands in other texts. What reads like the announcement of a number is none
        where that number had long been in use by then.
        """
        sender = advert.sender
        for line, written in self._wrote.get((advert.device_id, sender), {}).items():
            if line == sender or self._reach[line] <= reached or name not in self._names[line]:
                continue
            if any(is_said_then(advert.edge, said) for said in written) and self._is_to_ring(sender, line, name):
                yield line

    def _is_to_ring(self, sender: str, line: str, name: str) -> bool:
        """Whether a number that a sender gives is another's to ring, and did not take over from the sender's."""
        key = sender, line, name
        if key not in self._is_given:
            had, sent = self._of_sender[line], self._of_sender[sender]
            is_told = (sender, line) in self._told and first_of(had) + _LONG_IN_USE_SECONDS >= first_of(sent)
            self._is_given[key] = not is_told and not took_over(had, sent, self._offers(sender, name))
        return self._is_given[key]

    def _offers(self, sender: str, name: str) -> list[Evidenced]:
        """Return what a sender sent under a name that gives no number."""
        return [
            advert
            for advert in self._of_sender[sender]
            if name in _names_of([advert]) and _NUMBER_SLOT not in self._texts.get(advert.edge.other, "")
        ]

    def _at_end(self, template_id: str, name: str, reached: int) -> tuple[dict[tuple[str, str], int], int]:
        """Return who sends the end of a text to more, however short, with their name in it, and the words before.

        Whoever says what is to go out says so first: "put this out at 9 {line} on".
        """
        words = self._words(template_id, signed=True)
        for start in range(_WORDS_AROUND, len(words) - 1):
            found = {
                source: len(words) - start
                for source in self._whole.get(words[start:], ())
                if self._reach[source[0]] > reached and name in self._names[source[0]]
            }
            if found:
                return found, start
        return {}, 0

    def _within(self, words: _Words) -> Iterator[tuple[_Words, str, str]]:
        for start in range(len(words) - _FEWEST_WORDS + 1):
            for run, source, other in self._runs.get(words[start : start + _FEWEST_WORDS], ()):
                if words[start : start + len(run)] == run:
                    yield run, source, other

    def _bears(self, source: str, name: str, words: _Words) -> bool:
        """Whether a text is under a name of the source, or is without one as its own are."""
        names = self._names[source]
        if name:
            return name in names
        return not names or not names.isdisjoint(words) or not words

    def _is_beside(self, advert: Evidenced, match: _Match, after: float) -> bool:
        edge = advert.placed
        if edge.first_at is None or edge.last_at is None:
            return False
        ends = to_seconds(edge.first_at), to_seconds(edge.last_at)
        return any(all(self._was_sent_about(source, at, after) for at in ends) for source in match.sources)

    def _was_sent_about(self, source: tuple[str, str], at: float, after: float) -> bool:
        """Whether a wording went to many so long before an instant at most, or shortly after it."""
        if self._instants is None:
            instants: dict[tuple[str, str], list[float]] = defaultdict(list)
            sent: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
            for _, flare, sender in self._flares:
                key = sender, flare.template_id
                instants[key].append(to_seconds(flare.started_at))
                if flare.direction == SENT:
                    sent[key].append((to_seconds(flare.started_at), to_seconds(flare.ended_at)))
            self._instants, self._sent = {key: sorted(held) for key, held in instants.items()}, sent
        if any(begin - DELIVERY_SECONDS <= at <= end + DELIVERY_SECONDS for begin, end in self._sent.get(source, ())):
            return False  # a copy of that very broadcast: its phone had this number then
        held = self._instants.get(source, ())
        place = bisect_left(held, at - after)
        return place < len(held) and held[place] <= at + BESIDE_SECONDS


def _to_ring(sender: str, matched: Iterable[tuple[Evidenced, _Match]]) -> Echo | None:
    """Return what a number sent that gives the number of a line to ring; what else it sent is judged by itself."""
    given = [(advert, match) for advert, match in matched if match.is_to_ring]
    if not given:
        return None
    return Echo(
        sender,
        tuple(sorted({source for _, match in given for source, _ in match.sources})),
        tuple(sorted({advert.device_id for advert, _ in given})),
        frozenset(advert.edge.other for advert, _ in given),
        is_to_ring=True,
    )


def _names_of(adverts: Iterable[Evidenced]) -> frozenset[str]:
    """Return the names on adverts, by their letters without doubled ones."""
    return frozenset(unstretched(fold_name(advert.edge.label)) for advert in adverts if advert.edge.label)


def _reached(adverts: Iterable[Evidenced]) -> int:
    """Return how many phones received adverts."""
    return len({advert.device_id for advert in adverts if advert.edge.role not in SENT_ADVERT_ROLES})


def without_echoes(evidence: Evidence, found: Sequence[Echo]) -> Evidence:
    """Return the evidence without what reads like adverts of these numbers, or as if their number changed."""
    if not found:
        return evidence
    echoed = wordings_echoed(found)
    given = {(echo.sender, source) for echo in found if echo.is_to_ring for source in echo.sources}
    adverts = tuple(advert for advert in evidence.adverts if (advert.sender, advert.edge.other) not in echoed)
    announcements = tuple(said for said in evidence.announcements if (said.sender, said.edge.other) not in given)
    return msgspec.structs.replace(evidence, adverts=adverts, announcements=announcements)


def wordings_echoed(found: Iterable[Echo]) -> frozenset[tuple[str, str]]:
    """Return sender and template id of what reads like adverts of these numbers."""
    return frozenset((echo.sender, template_id) for echo in found for template_id in echo.template_ids)


def suppressed_echoes(found: Sequence[Echo], evidence: Evidence) -> list[Suppressed]:
    """Return these numbers with why they are no line's."""
    return [
        Suppressed(
            kind="number",
            value=echo.sender,
            device_count=len(echo.device_ids),
            why=f"What reads like adverts from this number, on {counted(len(echo.device_ids), 'phone')} "
            f"({', '.join(map(evidence.label, echo.device_ids))}), {_whose(echo)} is no advert of this number.",
            device_ids=frozenset(echo.device_ids),
        )
        for echo in found
        if is_plain(echo.sender)
    ]


def _whose(echo: Echo) -> str:
    sources = " and ".join(echo.sources[:3])
    if echo.is_to_ring:
        return f"gives {sources} to ring, from which that name was sent to more: what sends people to another number"
    return f"is nearly all in words that {sources} sent to many: passed on, or given out to be sent, it"
