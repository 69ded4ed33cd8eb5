"""The name that a sender's adverts bear plainly, in those of its adverts in which it is not read, or another word is.

``MJ`` in "MJ open till 11" is the name in "mj lunch time deal" of the same number too, and "weekend line Tariq on" of
whom all else calls Tariq names Tariq, not Weekend. Only what the sender's own adverts bear is looked for, so that no
two senders come to share a name by it. A longer name is looked for whoever's it is (``known_names``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from search.linkage.adverts.recurring_words import LEAST_WORDINGS, may_be_initials, may_be_name
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import SLOT_MARK, unstretched, words_of
from search.linkage.keys import fold_name
from search.linkage.number_use.names import are_forms

_INITIALS: Final = 2
_NUMBER_SLOT: Final = "{number}"
"""What gives a number to ring may hand customers over to another line, whose name it gives too."""
_COPIES_ENOUGH: Final = 3
_STAND_BEFORE: Final = """
bell call copycat for from get here hit is its line now phone ring shout text the they this ur your with
"""
_STAND_BEHIND: Final = "back here in is line live now on only open ready round up"
_TELL_OF_TWO: Final = """
aka also and became become becomes boys bye called change changed changing closed closing formerly instead lads n name
named new no not now off old once or over rebranded same sold taken takes takin taking took us used was were with wos
"""
_GO_ON: Final = """
birthday birthdays christmas day days easter friday fridays holiday holidays hols hour hours lane monday mondays new rd
road saturday saturdays size st station stop street sunday sundays thursday tuesday wednesday xmas year
"""
_BEFORE: Final = frozenset(map(unstretched, _STAND_BEFORE.split()))
"""Words right behind which initials are a name: "now lk on here", "they dk its not us"."""
_BEHIND: Final = frozenset(map(unstretched, _STAND_BEHIND.split()))
"""Words right before which they are: "both dk on"."""
_OF_TWO_NAMES: Final = frozenset(map(unstretched, _TELL_OF_TWO.split()))
"""What may make both names of a text the line's: it tells a new one, or there are two of them."""
_GOES_ON: Final = frozenset(map(unstretched, _GO_ON.split()))
"""Words with which an everyday word before them is something else than a name: "metro station", "happy birthday"."""

_Wordings = Mapping[str, Mapping[str, int]]
"""Copies by template id, by name without doubled letters."""


def goes_on(words: Sequence[str], end: int) -> bool:
    """Whether the word behind a phrase makes something else of it: the hour of "happy hour", a station's name.

    Args:
        words: Of a template (``words_of``).
        end: Where the phrase ends.
    """
    return end < len(words) and words[end] in _GOES_ON


def with_own_names(adverts: Sequence[Evidenced], texts: Mapping[str, str]) -> tuple[Evidenced, ...]:
    """Return the adverts under the names that their own senders bear elsewhere.

    Args:
        adverts: Edges of kind advert, senders resolved.
        texts: Constants and slots of their templates.
    """
    changed: dict[tuple[str, str, str], str] = {}
    for sender, held in _by_sender(adverts).items():
        names = _wordings_of_names(held)
        if names:
            labels = _as_written(held)
            alone = frozenset(name for name, wordings in names.items() if _is_alone(name, wordings, names, texts))
            for label, template_id in {(it.edge.label, it.edge.other) for it in held}:
                if _key(label) in alone:
                    continue
                own = _own_name(label, texts.get(template_id, ""), names)
                if own is not None:
                    changed[sender, template_id, label] = labels[own]
    if not changed:
        return tuple(adverts)
    return tuple(_under(advert, changed) for advert in adverts)


def _by_sender(adverts: Iterable[Evidenced]) -> Mapping[str, list[Evidenced]]:
    held: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in adverts:
        held[advert.sender].append(advert)
    return held


def _wordings_of_names(adverts: Iterable[Evidenced]) -> _Wordings:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for advert in adverts:
        if advert.edge.label:
            found[_key(advert.edge.label)][advert.edge.other] += advert.edge.count
    return found


def _as_written(adverts: Iterable[Evidenced]) -> dict[str, str]:
    """Return how each name of a sender is written most often."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for advert in adverts:
        if advert.edge.label:
            written[_key(advert.edge.label)][advert.edge.label] += advert.edge.count
    return {name: min(held, key=lambda label, held=held: (-held[label], label)) for name, held in written.items()}  # type: ignore[misc]


def _key(label: str) -> str:
    return unstretched(fold_name(label))


def _is_alone(name: str, wordings: Iterable[str], names: _Wordings, texts: Mapping[str, str]) -> bool:
    """Whether a name is read in a wording that holds no other of its sender's."""
    others = names.keys() - {name}
    return any(others.isdisjoint(words_of(texts.get(template_id, ""))) for template_id in wordings)


def _own_name(label: str, text: str, names: _Wordings) -> str | None:
    """Return which of the names of its sender an advert bears that is read as of another one or none; None: as read."""
    words = words_of(text)
    if not label:
        return _initials(words, names)
    return None if _NUMBER_SLOT in text else _other_name(label, words, names)


def _initials(words: Sequence[str], names: _Wordings) -> str | None:
    """Return the sender's name of two letters that stands in a wording without one, where a name would stand."""
    found = [name for name in names if len(name) == _INITIALS and may_be_initials(name) and _is_placed(words, name)]
    return found[0] if len(found) == 1 and SLOT_MARK not in words else None


def _is_placed(words: Sequence[str], name: str) -> bool:
    return any(_is_place(words, at) for at, word in enumerate(words) if word == name)


def _is_place(words: Sequence[str], at: int) -> bool:
    """Whether a name would stand first or last in a text, or between such words."""
    is_end = at in {0, len(words) - 1}
    return not goes_on(words, at + 1) and (is_end or words[at - 1] in _BEFORE or words[at + 1] in _BEHIND)


def _other_name(label: str, words: Sequence[str], names: _Wordings) -> str | None:
    """Return the name that stands as a word beside what is read as one, where that is nowhere read without it.

    A name that the sender bears in other wordings stands alone there; a word before "line", a rank ("Number 1 in
    Eastholme") and whom a text greets stand only beside it.
    """
    read = _key(label)
    plain = [
        name
        for name in _single_words(words)
        if name in names and may_be_name(name) and not are_forms(name, read) and _is_plain(names[name], names[read])
    ]
    return plain[0] if len(plain) == 1 and not _are_both_said(words, plain[0]) else None


def _are_both_said(words: Sequence[str], name: str) -> bool:
    """Whether the words at both names of a text, and those between them, may make both the line's."""
    places = [at for at, word in enumerate(words) if word in {SLOT_MARK, name}]
    first, last = min(places), max(places)
    return not _OF_TWO_NAMES.isdisjoint(words[max(0, first - 1) : last + 2])


def _single_words(words: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(word for at, word in enumerate(words) if word != SLOT_MARK and not goes_on(words, at + 1))


def _is_plain(borne: Mapping[str, int], read: Collection[str]) -> bool:
    """Whether a name is known well from wordings in which it is read."""
    apart = [count for template_id, count in borne.items() if template_id not in read]
    return len(apart) >= LEAST_WORDINGS or sum(apart) >= _COPIES_ENOUGH


def _under(advert: Evidenced, changed: Mapping[tuple[str, str, str], str]) -> Evidenced:
    label = changed.get((advert.sender, advert.edge.other, advert.edge.label))
    if label is None:
        return advert
    return msgspec.structs.replace(advert, edge=msgspec.structs.replace(advert.edge, label=label))
