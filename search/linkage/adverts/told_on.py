"""Adverts that somebody passed on whose phone is not held.

Where the phone is held it shows that the advert had come to it before (``forwarded``). Where it is not, one or two
adverts are all that is held of a sender, no wording of them is on two phones, and one bears the name or has the words
of adverts that phones got from another sender before, under no other name: "got this off someone, is it you?". Whom
one phone shows by the name that another saved, or that stands in place of a number, may be that sender. Who is on the
list of a phone that sent those words, or under that name, got them from it; that says it even where the phone's texts
have no time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.saved_senders import saved_name
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import SLOT_MARK, words_of
from search.linkage.keys import NAME_PREFIX, OWN_PREFIX, SENT_ADVERT_ROLES, fold_name, is_number
from search.linkage.weights import LineWeights

_FEWEST_WORDS: Final = 4
"""Of a wording that is found within another text; fewer are everybody's ("on til late")."""
_MOST_WORDS: Final = 60
"""Of a text in which others are looked for; bounds the work."""

_Words = tuple[str, ...]


def told_on(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Return sender and template id of texts that read like adverts and were passed on. Undated ones are not judged."""
    return had_before(evidence, _may_be_told_on)


def had_before(evidence: Evidence, may_be_told_on: Callable[[Sequence[Evidenced]], bool]) -> frozenset[tuple[str, str]]:
    """Return sender and template id of adverts whose name or words several phones had from another number before.

    Args:
        evidence: All that lines are made from.
        may_be_told_on: Says of all adverts of a sender whether they are so few that they may be passed on.
    """
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        of_sender[advert.sender].append(advert)
    few = {sender: adverts for sender, adverts in of_sender.items() if may_be_told_on(adverts)}
    if not few:
        return frozenset()
    known = _Known(evidence, (adverts for sender, adverts in of_sender.items() if sender not in few))
    listed = _Listed(evidence, of_sender, few)
    return frozenset(
        (sender, advert.edge.other)
        for sender, adverts in few.items()
        for advert in adverts
        if known.had(advert) or listed.got(advert)
    )


def _may_be_told_on(held: Sequence[Evidenced]) -> bool:
    """Whether they are one or two received texts, and no wording of them is on two phones."""
    return (
        sum(advert.edge.count for advert in held) <= LineWeights.FEW_ADVERTS
        and (len({advert.device_id for advert in held}) == 1 or len({advert.edge.other for advert in held}) > 1)
        and all(advert.edge.role not in SENT_ADVERT_ROLES and advert.edge.first_at is not None for advert in held)
    )


class _Known:
    """Names and wordings that several phones got from one sender."""

    def __init__(self, evidence: Evidence, senders: Iterable[Iterable[Evidenced]]) -> None:
        self._texts = evidence.template_texts
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        self._wordings: dict[_Words, dict[str, str]] = defaultdict(dict)
        self._under: dict[tuple[_Words, str], set[str]] = defaultdict(set)
        for adverts in senders:
            names, wordings, shown = _Uses(), _Uses(), ""
            labels: dict[str, set[str]] = defaultdict(set)
            for advert in adverts:
                shown = _shown_as(advert.sender)
                names.add(fold_name(advert.edge.label), advert)
                wordings.add(advert.edge.other, advert)
                labels[advert.edge.other].add(fold_name(advert.edge.label))
            for name, at in names.of_several():
                _note(self._names[name], shown, at)
            for template_id, at in wordings.of_several():
                words = self._words(template_id)
                if len(words) >= _FEWEST_WORDS:
                    _note(self._wordings[words], shown, at)
                    self._under[words, shown] |= (labels[template_id] - {""}) or labels[template_id]

    def _words(self, template_id: str) -> _Words:
        return tuple(word for word in words_of(self._texts.get(template_id, "")) if word != SLOT_MARK)

    def had(self, advert: Evidenced) -> bool:
        """Whether an advert bears a name, or holds a wording, that others had before it came."""
        at, shown = advert.edge.first_at, _shown_as(advert.sender)
        assert at is not None
        if _is_from_another(self._names.get(fold_name(advert.edge.label)), shown, at):
            return True
        words = self._words(advert.edge.other)[:_MOST_WORDS]
        if _is_from_another(self._borne(words, fold_name(advert.edge.label)), shown, at):
            return True
        return any(_is_from_another(self._wordings.get(run), shown, at) for run in _runs(words) if run != words)

    def _borne(self, words: _Words, name: str) -> dict[str, str]:
        """Return when a wording came first under a name, or where either bears none.

        Two lines may have one wording; what stands within a longer text was passed on, whatever is read as its name.
        """
        return {
            shown: at
            for shown, at in self._wordings.get(words, {}).items()
            if not name or any(other in name or name in other for other in self._under[words, shown])
        }


class _Listed:
    """What phones sent to lists on which senders of few adverts stand."""

    def __init__(
        self, evidence: Evidence, of_sender: Mapping[str, Sequence[Evidenced]], few: Mapping[str, object]
    ) -> None:
        self._sent: dict[str, list[Evidenced]] = defaultdict(list)
        # a list names a phone that is held in place of its number
        sender_of = {evidence.own_device.get(sender, sender): sender for sender in few}
        for (device_id, source), listed in evidence.recipients.items():
            parties = listed & sender_of.keys()
            if not parties or source in few:
                continue
            sent = [
                advert
                for advert in of_sender.get(source, ())
                if advert.device_id == device_id and advert.edge.role in SENT_ADVERT_ROLES
            ]
            for party in parties:
                self._sent[sender_of[party]] += sent

    def got(self, advert: Evidenced) -> bool:
        """Whether the sender of an advert is on the list of a phone that sent its words, or under its name, before."""
        at, name = advert.edge.first_at, fold_name(advert.edge.label)
        assert at is not None
        return any(
            (sent.edge.other == advert.edge.other or (name and fold_name(sent.edge.label) == name))
            and (sent.edge.first_at is None or sent.edge.first_at < at)
            for sent in self._sent.get(advert.sender, ())
        )


def _shown_as(sender: str) -> str:
    """Return the folded name by which phones show a sender. Empty: by a number."""
    if sender.startswith(NAME_PREFIX):
        return saved_name("", sender)[1]
    return "" if is_number(sender) or sender.startswith(OWN_PREFIX) else fold_name(sender)


def _note(first: dict[str, str], shown: str, at: str) -> None:
    first[shown] = min(at, first.get(shown, at))


def _is_from_another(first: Mapping[str, str] | None, shown: str, at: str) -> bool:
    """Whether phones had it before from a sender who is not shown by the same name.

    Args:
        first: When it came first, by the name that the sender is shown by.
        shown: The name that the sender at hand is shown by; empty for a number, which is another one than any.
        at: When it came from that one.
    """
    return any(since < at and not (shown and shown == name) for name, since in (first or {}).items())


class _Uses:
    """When each name or wording of one sender came first, and on which phones it is."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._phones: dict[str, set[str]] = defaultdict(set)

    def add(self, key: str, advert: Evidenced) -> None:
        at = advert.edge.first_at
        if key and at is not None:
            self._first[key] = min(at, self._first.get(key, at))
            self._phones[key].add(advert.device_id)

    def of_several(self) -> Iterator[tuple[str, str]]:
        for key, at in self._first.items():
            if len(self._phones[key]) >= LineWeights.PHONES_OF_A_NAME:
                yield key, at


def _runs(words: _Words) -> Iterator[_Words]:
    for begin in range(len(words) - _FEWEST_WORDS + 1):
        for end in range(begin + _FEWEST_WORDS, len(words) + 1):
            yield words[begin:end]
