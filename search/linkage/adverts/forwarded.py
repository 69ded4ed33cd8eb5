"""Adverts that a phone passed on: it had them from their sender before it sent them.

Customers pass adverts on to friends, in the same wording and under the same name, with a word in front ("Fwd:") or
behind. What they sent to few is no advert of theirs, their number is no line's, and who else writes with them has
nothing to do with the line. Who sends to many what came from a line before, or what gives the line's number to ring,
and no other adverts, works for that line: a runner with customers of their own. These are the line's adverts, so that
whoever sent or got them is its member; the number that they went from is no number of the line. A line's second phone
is told by adverts of its own, which did not come to it and give no other number. Of a few texts, each to one person,
the name is enough, where the phone had adverts under it from another number by then, and that still sends them
afterwards, or sent these words to others: what the phone deleted is not held. Where it had fallen silent, words that
nobody had from it are of a line that goes on under a new number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced, Resent, is_plain
from search.linkage.extraction.wording_keys import SLOT_MARK, words_of
from search.linkage.instants import days_between
from search.linkage.keys import CHANGE_ROLES, SENT_ADVERT_ROLES, fold_name
from search.linkage.model import Suppressed
from search.linkage.phrases import counted

_MARKS: Final = frozenset({"fwd", "fw", "forwarded", "fowarded", "forward"})
"""Words that phones and people put in front of what they pass on; one may be taken for the name."""

_SHARE_GIVEN: Final = 0.8
"""Share of the adverts of a number that give another one to ring: one or two texts were mistyped."""

_FEWEST_WORDS: Final = 3
"""Of a wording that is found within a longer one."""


_MOST_SENT_SINGLY: Final = 4
_FEWEST_HAD: Final = 3
_HAD_WITHIN_DAYS: Final = 30.0
"""Adverts that a phone sent one by one, which are taken for forwards by their name alone, how many it had under that
name from one other number before, and how long ago the last of them came. Reasoned."""


class PassedOn(msgspec.Struct, frozen=True):
    """The wordings that one sender passed on to few.

    Attributes:
        sender: Who passed them on.
        device_id: The phone that did.
        first_at: When each came to it first, by template id and folded name of the line. By both, since two lines use
            one wording: an advert of another name is not the one that came.
    """

    sender: str
    device_id: str
    first_at: Mapping[tuple[str, str], str]


class _Received:
    """The adverts that came to each phone."""

    def __init__(self, evidence: Evidence) -> None:
        self._texts = evidence.template_texts
        self._adverts = evidence.adverts

    @cached_property
    def _sent_by_name(self) -> Mapping[tuple[str, str], Sequence[Evidenced]]:
        """The adverts of each sender by name, on whichever phone; few cases ask."""
        sent: dict[tuple[str, str], list[Evidenced]] = defaultdict(list)
        for advert in self._adverts:
            sent[advert.sender, fold_name(advert.edge.label)].append(advert)
        return sent

    @cached_property
    def _came(self) -> Mapping[tuple[str, str | None], Sequence[tuple[str, str, Evidenced]]]:
        """When and from whom adverts came to each phone, by their name and all, in order of time; few cases ask."""
        came: dict[tuple[str, str | None], list[tuple[str, str, Evidenced]]] = defaultdict(list)
        for advert in self._adverts:
            at = advert.edge.first_at
            if at is not None and advert.edge.role not in SENT_ADVERT_ROLES:
                for name in (fold_name(advert.edge.label), None):
                    came[advert.device_id, name].append((at, advert.sender, advert))
        for held in came.values():
            held.sort(key=lambda each: each[:2])
        return came

    def sources(self, sent: Evidenced) -> list[tuple[str, str]]:
        """Return when and from whom the wording of a sent advert came to the phone before, earliest first."""
        sent_at = sent.edge.first_at
        if sent_at is None:
            return []
        name = fold_name(sent.edge.label)
        return [
            (at, sender)
            for at, sender, advert in self._came.get((sent.device_id, None if name in _MARKS else name), ())
            if at <= sent_at and sender != sent.sender and self._is_within(advert, sent)
        ]

    def had_by_name(self, sent: Evidenced) -> str | None:
        """Return since when adverts under the name of a sent one had come, several of them and lately. None: so none.

        They came from another number, which sends under the name after that too, or had the same wording elsewhere.
        """
        sent_at, name = sent.edge.first_at, fold_name(sent.edge.label)
        if sent_at is None or not name:
            return None
        before = [
            (at, sender, advert.edge)
            for at, sender, advert in self._came.get((sent.device_id, name), ())
            if at <= sent_at and sender != sent.sender and is_plain(sender)
        ]
        sources = {sender for _, sender, _ in before}
        passable = {sender for sender in sources if self._is_of(self._sent_by_name[sender, name], sent)}
        came = [(at, edge) for at, sender, edge in before if sender in passable]
        is_late = any(days_between(edge.last_at or at, sent_at) <= _HAD_WITHIN_DAYS for at, edge in came)
        return came[0][0] if is_late and sum(edge.count for _, edge in came) >= _FEWEST_HAD else None

    def _is_of(self, held: Iterable[Evidenced], sent: Evidenced) -> bool:
        """Whether a sender's adverts go on after one that another phone sent, or are in its words.

        That its number changes is what a line says last from the old one.
        """
        at = sent.edge.first_at or ""
        return any(
            ((advert.edge.last_at or "") > at and advert.edge.role not in CHANGE_ROLES) or self._is_within(advert, sent)
            for advert in held
        )

    def _is_within(self, came: Evidenced, sent: Evidenced) -> bool:
        if came.edge.other == sent.edge.other:
            return True
        one, other = (self._words(key) for key in (came.edge.other, sent.edge.other))
        return one == other != () or (len(one) >= _FEWEST_WORDS and _is_run(one, other))

    def _words(self, template_id: str) -> tuple[str, ...]:
        words = words_of(self._texts.get(template_id, ""))
        while words and words[0] in _MARKS:
            words = words[1:]
        return tuple(word for word in words if word != SLOT_MARK)


def _is_run(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one row of words stands in the other without a gap."""
    return any(other[start : start + len(one)] == one for start in range(len(other) - len(one) + 1))


def passed_on(evidence: Evidence) -> list[PassedOn]:
    """Return what phones passed on to few, by sender and device. Undated texts are not judged."""
    received = _Received(evidence)
    broadcast = {(device_id, flare.template_id) for device_id, flare, _ in evidence.sent_flares}
    singly = _sent_singly(evidence)
    found: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for advert in evidence.adverts:
        if advert.edge.role not in SENT_ADVERT_ROLES or (advert.device_id, advert.edge.other) in broadcast:
            continue
        if sources := received.sources(advert):
            found[advert.sender, advert.device_id][_wording_of(advert)] = sources[0][0]
        elif (advert.device_id, advert.sender) in singly and (since := received.had_by_name(advert)) is not None:
            found[advert.sender, advert.device_id][_wording_of(advert)] = since
    return [PassedOn(sender, device_id, found[sender, device_id]) for sender, device_id in sorted(found)]


def _sent_singly(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Return the phones, with the number, that sent a few adverts under one name one by one, and no others got more.

    A phone that sends to many, or of whose adverts others hold more copies than it, may be a line's.
    """
    broadcasting = {(device_id, sender) for device_id, flare, sender in evidence.sent_flares if flare.has_advert}
    sent: Counter[tuple[str, str]] = Counter()
    got: Counter[str] = Counter()
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for advert in evidence.adverts:
        key = advert.device_id, advert.sender
        if advert.edge.role in SENT_ADVERT_ROLES:
            sent[key] += advert.edge.count
            names[key].add(fold_name(advert.edge.label))
        else:
            got[advert.sender] += advert.edge.count
    return frozenset(
        key
        for key, count in sent.items()
        if count <= _MOST_SENT_SINGLY
        and is_plain(key[1])
        and got[key[1]] <= count
        and len(names[key]) == 1
        and key not in broadcasting
    )


def without_passed_on(evidence: Evidence, passed: Sequence[PassedOn]) -> Evidence:
    """Return the evidence without adverts that were passed on, on the phone that did and on those that got them so."""
    first_at: dict[tuple[str, tuple[str, str]], str] = {}
    for each in passed:
        for wording, at in each.first_at.items():
            key = each.sender, wording
            first_at[key] = min(first_at.get(key, at), at)
    if not first_at:
        return evidence

    def is_own(advert: Evidenced) -> bool:
        at = first_at.get((advert.sender, _wording_of(advert)))
        return at is None or (advert.edge.first_at is not None and advert.edge.first_at < at)

    return msgspec.structs.replace(evidence, adverts=tuple(filter(is_own, evidence.adverts)))


def wordings_passed_on(passed: Iterable[PassedOn]) -> frozenset[tuple[str, str]]:
    """Return sender and template id of what was passed on to few."""
    return frozenset((each.sender, template_id) for each in passed for template_id, _ in each.first_at)


def resent_adverts(evidence: Evidence) -> list[Resent]:
    """Return the adverts of others that phones sent on to many, by sender and device.

    Of phones of whose adverts from a number one at least went to many, and all that did came from others before in
    these words, or give a number to ring from which adverts of the same name come; a phone that sent as that number
    too is the line's own. What went to few ("be polite to customers") may be talk that reads like adverts.
    """
    received = _Received(evidence)
    broadcast: dict[tuple[str, str], set[str]] = defaultdict(set)
    for device_id, flare, sender in evidence.sent_flares:
        if flare.has_advert:
            broadcast[device_id, sender].add(flare.template_id)
    sent: dict[tuple[str, str], list[Evidenced]] = defaultdict(list)
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        of_sender[advert.sender].append(advert)
        if advert.edge.role in SENT_ADVERT_ROLES:
            sent[advert.device_id, advert.sender].append(advert)
    names = {sender: {fold_name(advert.edge.label) for advert in held} - {""} for sender, held in of_sender.items()}
    written: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in evidence.with_other_number:
        # A text in which no name was read gives the number all the same.
        if fold_name(each.edge.label) in {"", *names.get(each.edge.other, ())} and each.edge.other in names:
            written[each.device_id, each.sender][each.edge.other] += each.edge.count
    found = []
    for device_id, sender in sorted(sent.keys() & broadcast.keys()):
        given, to_many = written[device_id, sender], broadcast[device_id, sender]
        held = [advert for advert in sent[device_id, sender] if advert.edge.other in to_many] or sent[device_id, sender]
        is_given = given.total() >= _SHARE_GIVEN * sum(advert.edge.count for advert in held)
        sources = frozenset(given) if is_given else _sources(held, received)
        phones = {advert.device_id for advert in of_sender[sender] if advert.edge.role in SENT_ADVERT_ROLES}
        if sources and phones == {device_id} and not any((device_id, source) in sent for source in sources):
            found.append(Resent(sender, device_id, tuple(sorted(sources)), tuple(of_sender[sender])))
    return found


def _sources(sent: Sequence[Evidenced], received: _Received) -> frozenset[str]:
    """Return the numbers from which everything came that a phone sent; empty: something came from none.

    Under a line's name it may be several, one after the other. Words without a name are many lines', so that they
    count from one of these, or all of them from one number.
    """
    named: set[str] = set()
    nameless: list[set[str]] = []
    for advert in sent:
        sources = {sender for _, sender in received.sources(advert) if is_plain(sender)}
        if not sources:
            return frozenset()
        if advert.edge.label:
            named |= sources
        else:
            nameless.append(sources)
    if named:
        return frozenset(named) if all(held & named for held in nameless) else frozenset()
    common = set.intersection(*nameless)
    return frozenset(common) if len(common) == 1 else frozenset()


def without_resent(evidence: Evidence, found: Sequence[Resent]) -> Evidence:
    """Return the evidence with the adverts that were sent on apart from those of their senders."""
    if not found:
        return evidence
    senders = {each.sender for each in found}
    adverts = tuple(advert for advert in evidence.adverts if advert.sender not in senders)
    return msgspec.structs.replace(evidence, adverts=adverts, resent=tuple(found))


def _wording_of(advert: Evidenced) -> tuple[str, str]:
    return advert.edge.other, fold_name(advert.edge.label)


def suppressed_passed_on(passed: Sequence[PassedOn], evidence: Evidence) -> list[Suppressed]:
    """Return the numbers of those who passed adverts on, with why they are no line's for that."""
    found = [
        Suppressed(
            kind="number",
            value=each.sender,
            device_count=1,
            why=f"{evidence.label(each.device_id)} had adverts in these words or under this name from others before it "
            f"sent {counted(len(each.first_at), 'wording')} of them from this number, and to few: passed on, they are "
            "no adverts of this number.",
            device_ids=frozenset((each.device_id,)),
        )
        for each in passed
        if is_plain(each.sender)
    ]
    found += [
        Suppressed(
            kind="number",
            value=each.sender,
            device_count=1,
            why=f"{evidence.label(each.device_id)} sent to many from this number, and no adverts but such as it had "
            f"from {' and '.join(each.sources)} before, or that give that number to ring: they are its adverts, and "
            "this is no number of a line of its own.",
            device_ids=frozenset((each.device_id,)),
        )
        for each in evidence.resent
        if is_plain(each.sender)
    ]
    return found
