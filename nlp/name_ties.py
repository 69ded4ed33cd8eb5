"""Ties between names of one input: which of them one line goes by, beyond what spelling says.

``Mick Rhyl`` and ``Rhyl Mick``, ``Tott Sid`` and ``Tottenham Sid``, ``Tone`` and ``Bootle Tone``, ``Shug`` and
``Shuggie``. A short name is one with a long one only where no other long name of the input has it, and where a number,
a wording of their own, or how seldom the short one stands says so: ``Jay`` who advertises more often than ``London
Jay`` is another line. Names of which one begins the other (``Len``, ``Lenny``) are one only where one of them stands in
one wording alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple, TypeAlias

from nlp.name_forms import name_key

_FEWEST_OF_LONG: Final = 2
"""Wordings that a long name stands in, at least, for a short one to be tied to it."""
_MISREAD: Final = str.maketrans("1l8", "iib")
_SHORTEST_MISREAD: Final = 4
_SHORTEST: Final = 2
_FAR_OFTENER: Final = 2.0
"""How much oftener than a long name its short form stands to be what the line is called: ``Cleo``, not the ``Cleo
Girl`` of two texts. In 44 batches 79 names of 16,277 are right by that which were not, and three the other way."""
_SHORTEST_STEM: Final = 3
_FEWEST_OF_STEM: Final = 3
"""Wordings of the one, at least, where the other stands in one."""


class NameUse(NamedTuple):
    """Where an input bears a name.

    Attributes:
        form: How it is usually written.
        wordings: The wordings that surely bear it.
        numbers: The telephone numbers that stand beside it.
    """

    form: str
    wordings: AbstractSet[Hashable]
    numbers: AbstractSet[str] = frozenset()


_Uses: TypeAlias = Mapping[str, NameUse]
_Pairs: TypeAlias = Iterator[tuple[str, str]]


def tied_names(uses: _Uses) -> dict[str, str]:
    """Return the key of the name that stands for each name of an input, by ``name_key``; its own where nothing ties it.

    The same whatever the order of the names.
    """
    main = {key: key for key in uses}
    for said in (_misread, _same_words, _shortened, _same_stem):
        step = _settled(uses, said)
        main = {key: step.get(other, other) for key, other in main.items()}
        uses = _merged(uses, step)
    return main


def _settled(uses: _Uses, said: Callable[[_Uses], _Pairs]) -> dict[str, str]:
    """Return the better name for each name that is said to be one with no more than one better name."""
    better: dict[str, set[str]] = defaultdict(set)
    for pair in said(uses):
        lesser, best = sorted(pair, key=lambda key: _rank(key, uses[key]))
        is_short = " " in uses[best].form and " " not in uses[lesser].form
        if is_short and len(uses[lesser].wordings) >= _FAR_OFTENER * len(uses[best].wordings):
            lesser, best = best, lesser
        better[lesser].add(best)
    single = {lesser: next(iter(found)) for lesser, found in sorted(better.items()) if len(found) == 1}
    found = {}
    for lesser, best in single.items():
        while best in single:
            best = single[best]  # noqa: PLW2901  # up the chain, each of which is better
        found[lesser] = best
    return found


def _rank(key: str, use: NameUse) -> tuple[bool, int, int, str]:
    return " " in use.form, len(use.wordings), len(use.form), key


def _merged(uses: _Uses, step: Mapping[str, str]) -> dict[str, NameUse]:
    found = {key: use for key, use in uses.items() if key not in step}
    for lesser, best in step.items():
        form, wordings, numbers = found[best]
        found[best] = NameUse(form, wordings | uses[lesser].wordings, numbers | uses[lesser].numbers)
    return found


def _misread(uses: _Uses) -> _Pairs:
    """Yield names of which one is the other misread (``GUCCl``, ``gucc1``)."""
    alike: dict[str, str] = {}
    for key in sorted(uses):
        first = alike.setdefault(uses[key].form.casefold().translate(_MISREAD), key)
        if first != key and len(key) >= _SHORTEST_MISREAD:
            yield first, key


def _same_words(uses: _Uses) -> _Pairs:
    """Yield names of the same two words, in either order or with one of them shortened to its beginning."""
    pairs = {key: words for key, use in sorted(uses.items()) if len(words := use.form.casefold().split()) == 2}
    by_word: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key, words in pairs.items():
        turned = name_key(f"{words[1]} {words[0]}")
        if turned != key and turned in uses:
            yield key, turned
        for place in (0, 1):
            by_word[place, name_key(words[place])].append(key)
    for (place, _), keys in by_word.items():
        others = sorted((pairs[key][1 - place], key) for key in keys)
        for at, (short, one) in enumerate(others):
            for longer, other in others[at + 1 :]:
                if not longer.startswith(short):
                    break
                if short.isalpha() and longer.isalpha():
                    yield one, other


def _shortened(uses: _Uses) -> _Pairs:
    """Yield short names with the one long name whose first or last word they are."""
    evidence = _Evidence(uses)
    longer_of: dict[str, set[str]] = defaultdict(set)
    for key, use in uses.items():
        words = use.form.split()
        if len(words) > 1 and len(use.wordings) >= _FEWEST_OF_LONG:
            for word in {name_key(words[0]), name_key(words[-1])} - {key}:
                longer_of[word].add(key)
    for short, found in longer_of.items():
        if short in uses and len(short) >= _SHORTEST and len(found) == 1:
            (longer,) = found
            one, other = uses[short], uses[longer]
            if len(one.wordings) <= len(other.wordings) or evidence.ties(one, other):
                yield short, longer


def _same_stem(uses: _Uses) -> _Pairs:
    """Yield names of one word of which one begins the other (``Shug``, ``Shuggie``), one of them seen only once.

    Rivals are seen more often, each of them: in the batches for training none of either is.
    """
    evidence = _Evidence(uses)
    single = sorted(key for key, use in uses.items() if " " not in use.form and key.isalpha())
    for at, short in enumerate(single):
        for longer in single[at + 1 :]:
            if not longer.startswith(short):
                break
            seldom, often = sorted((len(uses[short].wordings), len(uses[longer].wordings)))
            is_seldom = len(short) >= _SHORTEST_STEM and seldom == 1
            if is_seldom and (often >= _FEWEST_OF_STEM or evidence.ties(uses[short], uses[longer])):
                yield short, longer


class _Evidence:
    """What ties two names whatever they are called."""

    def __init__(self, uses: _Uses) -> None:
        self._bearers = Counter(wording for use in uses.values() for wording in use.wordings)

    def ties(self, one: NameUse, other: NameUse) -> bool:
        """Whether a number stands beside both names, or a wording bears both and no third one."""
        if not one.numbers.isdisjoint(other.numbers):
            return True
        return any(self._bearers[wording] == 2 for wording in one.wordings & other.wordings)  # the two
