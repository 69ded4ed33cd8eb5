"""The name that a sender's adverts bear plainly, in those of its adverts in which it is not read, or another word is.

``MJ`` in "MJ open till 11" is the name in "mj lunch time deal" of the same number too, and "weekend line Tariq on" of
whom all else calls Tariq names Tariq, not Weekend. Only what the sender's own adverts bear in one use of the number is
looked for, and of that only what stands for the use already: a number is given out again, so that a silence or another
holder ends it, and no two senders, or two uses of one number, come to share a name by it. A longer name is looked for
whoever's it is (``known_names``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from search.linkage.adverts.recurring_words import LEAST_WORDINGS, may_be_initials, may_be_name
from search.linkage.attribution.senders import Evidenced, by_sender
from search.linkage.extraction.wording_keys import SLOT_MARK, unstretched, words_of
from search.linkage.keys import fold_name
from search.linkage.number_use.names import are_forms
from search.linkage.number_use.uses import common_names_of

_INITIALS: Final = 2
_NUMBER_SLOT: Final = "{number}"
"""What gives a number to ring may hand customers over to another line, whose name it gives too."""
_COPIES_ENOUGH: Final = 3
_STAND_BEFORE: Final = """
bell call copycat for from get here hit is its line now phone ring shout text the they this ur your with
"""
_STAND_BEHIND: Final = "back here in is line live now on only open ready round up"
_TELL_OF_GOODS: Final = """
any bag bags best better bit bits cali cheap decent fire fresh g good gram grams great green haze loud new nice of ounce
ounces oz plus proper pure quality some strong sum top weed
"""
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
_OF_GOODS: Final = frozenset(map(unstretched, _TELL_OF_GOODS.split()))
"""Words right behind which initials are what is sold: "top mj back in", "fresh cali and haze mj open til 10"."""
_OF_TWO_NAMES: Final = frozenset(map(unstretched, _TELL_OF_TWO.split()))
"""What may make both names of a text the line's: it tells a new one, or there are two of them."""
_GOES_ON: Final = frozenset(map(unstretched, _GO_ON.split()))
"""Words with which an everyday word before them is something else than a name: "metro station", "happy birthday"."""

Uses = Callable[[Sequence[Evidenced]], list[list[Evidenced]]]
"""Splits the adverts of one sender into the uses of its number (``uses_of``)."""

Lent = Callable[[Sequence[Evidenced], Mapping[str, str]], Mapping[int, str]]
"""Returns the names that a sender's adverts bear elsewhere, as ``lent_names`` does."""

_Wordings = Mapping[str, Mapping[str, int]]
"""Copies by template id, by name without doubled letters."""


def goes_on(words: Sequence[str], end: int) -> bool:
    """Whether the word behind a phrase makes something else of it: the hour of "happy hour", a station's name.

    Args:
        words: Of a template (``words_of``).
        end: Where the phrase ends.
    """
    return end < len(words) and words[end] in _GOES_ON


def _in_one_use(adverts: Sequence[Evidenced]) -> list[list[Evidenced]]:
    return [list(adverts)]


def lent_names(adverts: Sequence[Evidenced], texts: Mapping[str, str], uses: Uses = _in_one_use) -> Mapping[int, str]:
    """Return the names of those adverts of one sender that are others than those read, by their places.

    Args:
        adverts: All of the sender.
        texts: Constants and slots of their templates.
        uses: Tells the uses of its number apart, by the names as they are read: before any is lent.
    """
    places = {id(advert): place for place, advert in enumerate(adverts)}
    changed = (each for use in uses(adverts) for each in _changed_in(use, texts))
    return {places[id(advert)]: name for advert, name in changed if id(advert) in places}


def with_own_names(
    adverts: Sequence[Evidenced], texts: Mapping[str, str], lent: Lent = lent_names
) -> tuple[Evidenced, ...]:
    """Return the adverts under the names that their own senders bear elsewhere in the same use of the number.

    Args:
        adverts: Edges of kind advert, senders resolved.
        texts: Constants and slots of their templates.
        lent: Returns the names of one sender; asked only of whom some may be lent.
    """
    changed: dict[int, str] = {}
    for held in by_sender(adverts).values():
        if _may_change(held, texts):
            changed.update((id(held[place]), name) for place, name in lent(held, texts).items())
    if not changed:
        return tuple(adverts)
    return tuple(_under(advert, changed.get(id(advert))) for advert in adverts)


def _may_change(adverts: Sequence[Evidenced], texts: Mapping[str, str]) -> bool:
    """Whether a name of a sender stands in a wording of it that bears another one or none: else none is lent, ever."""
    labels = {it.edge.label for it in adverts}
    names = {_key(label) for label in labels if label}
    initials = {name for name in names if len(name) == _INITIALS}
    if not (names if len(names) > 1 else initials and "" in labels):
        return False
    return any(
        not ((names - {_key(label)}) if label else initials).isdisjoint(words_of(texts.get(template_id, "")))
        for label, template_id in {(it.edge.label, it.edge.other) for it in adverts}
    )


def _changed_in(use: Sequence[Evidenced], texts: Mapping[str, str]) -> list[tuple[Evidenced, str]]:
    """Return the adverts of one use whose names are others than those read, with these."""
    names = _wordings_of_names(use)
    labels = _as_written(use)
    alone = frozenset(name for name, wordings in names.items() if _is_alone(name, wordings, names, texts))
    standing = frozenset(unstretched(form) for form in common_names_of(use).forms)
    lent: dict[tuple[str, str], str] = {}
    for label, template_id in {(it.edge.label, it.edge.other) for it in use}:
        own = None if _key(label) in alone else _own_name(label, texts.get(template_id, ""), names)
        if own in standing:
            lent[label, template_id] = labels[own]
    return [(it, lent[it.edge.label, it.edge.other]) for it in use if (it.edge.label, it.edge.other) in lent]


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
    """Whether a name would stand first or last in a text, or between such words, and not what is sold."""
    if at and words[at - 1] in _OF_GOODS:
        return False
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


def _under(advert: Evidenced, label: str | None) -> Evidenced:
    if label is None:
        return advert
    return msgspec.structs.replace(advert, edge=msgspec.structs.replace(advert.edge, label=label))
