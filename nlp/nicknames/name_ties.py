"""Ties between names of one input: which of them one line goes by, beyond what spelling says.

``Mick Rhyl`` and ``Rhyl Mick``, ``Tott Sid`` and ``Tottenham Sid``, ``Tone`` and ``Bootle Tone``, ``Shug`` and
``Shuggie``. A short name is one with the long one that it begins (``Tash N Co``); one that ends it only where no other
long name of the input has it, and where a number, a wording of their own, or how seldom one of them stands says so:
``Jay`` who advertises a little more often than ``London Jay`` is another line. Names of which one begins the other and
is short or made a pet name (``Len``, ``Lenny``) are one only where one of them stands far less often. What is one name
however it is written says ``nlp.nicknames.name_writings``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple, TypeAlias

from nlp.nicknames.name_forms import name_key
from nlp.nicknames.name_writings import (
    are_two,
    few_vowels,
    in_initials,
    is_title,
    mistyped,
    one_letter,
    one_word_apart,
    pet_named,
    run_on,
    same_letters,
    titled,
    without_doubled,
    without_vowels,
)

_FEWEST_OF_LONG: Final = 2
"""Wordings that a long name stands in, at least, for a short one to be tied to it."""
_MISREAD: Final = str.maketrans("l", "i")
_SHORTEST_MISREAD: Final = 4
_SHORTEST: Final = 2
_FAR_OFTENER: Final = 2.0
"""How much oftener than a long name its short form stands to be what the line is called: ``Cleo``, not the ``Cleo
Girl`` of two texts. In 44 batches 79 names of 16,277 are right by that which were not, and three the other way."""
_MUCH_OFTENER: Final = 3.0
"""The same beside a long name that several wordings bear (``Scouse Vinnie``): of 18,332 names of 63 batches 22 more
are right than by twice, and 48 more than by five times."""
_TITLE_OFTENER: Final = 5.0
"""The same of a title alone: "unc up" is Uncle Si."""
_SHORTEST_STEM: Final = 2
_WHOLE_STEM: Final = 4
"""Letters from which on a stem is one with whatever has more than a pet name's ending."""
_TIMES_OF_STEM: Final = 3
"""How many times the wordings of the one are those of the other, at least."""
_TIMES_OF_CUT: Final = 2
_TIMES_OF_ERROR: Final = 4
"""The same of a name that is mistyped in several wordings (``Captian``), or cut short (``Ted`` for ``Teddy T``)."""
_TIMES_OF_TITLED: Final = 5
"""The same of a name that several people put words before (``Big Bri``, ``Uncle Bri``)."""
_MANY: Final = 7
"""Wordings from which on a name and a longer one that it is a part of are two lines', where most are of their own:
``Ray`` and ``Lil Ray``, ``Jay`` and ``Jay R``. Of 40 batches one line calls itself by both six times, five do five
times, and none does oftener."""
_MANY_OF_STEM: Final = 5
"""The same of a name that begins the other (``Sam``, ``Sammy``): none calls itself by both five times."""
_LONG_ENDING: Final = 3
"""Letters that no pet name's ending has: ``Kestrel`` for ``Kes``."""
_SHORTEST_LAST: Final = 4
"""Letters of a name from which on it is the long one that ends in it though it stands a little oftener: ``Felix`` is
``Young Felix``. Of the batches for training 19 lines of 20 are one so; of shorter names (``Jay``) seven in ten."""
_THREE_INITIALS: Final = re.compile("[b-df-hj-np-tv-z0-9]{3}")
_INITIALS: Final = re.compile("[b-df-hj-np-tv-z]{2}")
"""Two letters that are spoken one by one; with the last one twice they are stretched (``TJJ``)."""
_SHORTEST_CUT: Final = 3
_DOUBLED_END: Final = re.compile(r"([^\W\d_])\1$")
_PET_ENDING: Final = re.compile("[^aeiouy]?(?:ie|ey|[aioy])")
"""What a pet name has more: ``Frankie`` is another line beside ``Frank`` oftener than ``Gethin`` beside ``Geth``."""
_ENDING_OF_TWO: Final = re.compile("(?:ie|ey|[aioy])?")
"""The same behind the last letter of two, which is doubled: ``Ozzy``."""


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
    spelled = (_misread, _same_letters, _without_vowels, _same_words, _in_initials, _mistyped)
    for said in (*spelled, _shortened, _once_so, _same_stem):
        step = _settled(uses, said)
        main = {key: step.get(other, other) for key, other in main.items()}
        uses = _merged(uses, step)
    return main


def _settled(uses: _Uses, said: Callable[[_Uses], _Pairs]) -> dict[str, str]:
    """Return the better name for each name that is said to be one with no more than one better name."""
    better: dict[str, set[str]] = defaultdict(set)
    many = {_shortened: _MANY, _same_stem: _MANY_OF_STEM}
    for pair in said(uses):
        if said in many and _are_many(uses[pair[0]], uses[pair[1]], many[said]):
            continue
        lesser, best = pair if said is _in_initials else sorted(pair, key=lambda key: _rank(key, uses[key]))
        is_short = " " in uses[best].form and " " not in uses[lesser].form
        if is_short and _is_far_oftener(uses[lesser], uses[best]):
            lesser, best = best, lesser
        better[lesser].add(best)
    single = {lesser: next(iter(found)) for lesser, found in sorted(better.items()) if len(found) == 1}
    found = {}
    for lesser, best in single.items():
        while best in single:
            best = single[best]  # noqa: PLW2901  # up the chain, each of which is better
        found[lesser] = best
    return found


def _are_many(one: NameUse, other: NameUse, many: int) -> bool:
    """Whether two names stand often enough, mostly in wordings and always beside numbers of their own, to be two."""
    fewer = min(len(one.wordings), len(other.wordings))
    is_own = 2 * len(one.wordings & other.wordings) < fewer and one.numbers.isdisjoint(other.numbers)
    return is_own and fewer >= many


def _is_far_oftener(short: NameUse, longer: NameUse) -> bool:
    few = len(longer.wordings)
    least = _FAR_OFTENER if few < _FEWEST_OF_LONG else _MUCH_OFTENER
    return len(short.wordings) >= few * (_TITLE_OFTENER if is_title(short.form.casefold()) else least)


def _rank(key: str, use: NameUse) -> tuple[bool, int, int, str]:
    return " " in use.form, len(use.wordings), len(use.form), key


def _merged(uses: _Uses, step: Mapping[str, str]) -> dict[str, NameUse]:
    found = {key: use for key, use in uses.items() if key not in step}
    for lesser, best in step.items():
        form, wordings, numbers = found[best]
        found[best] = NameUse(form, wordings | uses[lesser].wordings, numbers | uses[lesser].numbers)
    return found


def _misread(uses: _Uses) -> _Pairs:
    """Yield names of which one is the other with an L read for an I (``GUCCl``)."""
    alike: dict[str, str] = {}
    for key in sorted(uses):
        first = alike.setdefault(uses[key].form.casefold().translate(_MISREAD), key)
        if first != key and len(key) >= _SHORTEST_MISREAD:
            yield first, key


def _same_letters(uses: _Uses) -> _Pairs:
    for group in same_letters(_forms(uses)):
        best = max(group, key=lambda key: _rank(key, uses[key]))
        for key in group:
            if key != best and not _are_two(uses[key], uses[best]):
                yield key, best


def _are_two(one: NameUse, other: NameUse) -> bool:
    return are_two(one.form, len(one.wordings), other.form, len(other.wordings))


def _without_vowels(uses: _Uses) -> _Pairs:
    return without_vowels(_forms(uses))


def _in_initials(uses: _Uses) -> _Pairs:
    return in_initials(_forms(uses))


def _mistyped(uses: _Uses) -> _Pairs:
    """Yield names of which the seldom one is the other with a typing error, before it is a part of a longer one."""
    return (pair for pair in mistyped(_forms(uses)) if _is_seldom(uses, *pair))


def _is_seldom(uses: _Uses, one: str, other: str) -> bool:
    """Whether one of two names stands in one wording and the other in several, or the one far oftener than the other.

    With the latter, over the batches for training, twelve spellings more are one with their name and none is not.
    """
    seldom, often = sorted((len(uses[one].wordings), len(uses[other].wordings)))
    return often >= (_TIMES_OF_STEM if seldom == 1 else seldom * _TIMES_OF_ERROR)


def _once_so(uses: _Uses) -> _Pairs:
    """Yield what may be another name as well, where it stands in one wording and the other in several."""
    forms = _forms(uses)
    for pair in (*one_letter(forms), *pet_named(forms), *few_vowels(forms)):
        if _is_seldom(uses, *pair):
            yield pair
    for bare, best in without_doubled(forms):
        if len(uses[bare].wordings) < len(uses[best].wordings) and _is_seldom(uses, bare, best):
            yield bare, best
    for lesser, best in run_on(forms):
        # Marlon is a name, Audiopen is none
        if not uses[lesser].form.endswith("on") or _is_seldom(uses, lesser, best):
            yield lesser, best
    for group in one_word_apart(forms):
        often_so = [key for key in group if len(uses[key].wordings) >= _TIMES_OF_STEM]
        if len(often_so) == 1:
            yield from ((key, often_so[0]) for key in group if len(uses[key].wordings) == 1)


def _forms(uses: _Uses) -> dict[str, str]:
    return {key: use.form for key, use in uses.items()}


def _same_words(uses: _Uses) -> _Pairs:
    """Yield names of the same two words, in either order or with one of them shortened to its beginning."""
    pairs = {key: words for key, use in sorted(uses.items()) if len(words := use.form.casefold().split()) == 2}
    by_word: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key, words in pairs.items():
        turned = name_key(f"{words[1]} {words[0]}")
        if turned != key and turned in uses:
            yield key, turned
        for place in (0, 1):
            by_word[place, _word_key(words[place])].append(key)
    for (place, _), keys in by_word.items():
        others = sorted((pairs[key][1 - place], key) for key in keys)
        for at, (short, one) in enumerate(others):
            for longer, other in others[at + 1 :]:
                if not longer.startswith(short):
                    break
                if short.isalpha() and longer.isalpha():
                    yield one, other


def _shortened(uses: _Uses) -> _Pairs:
    """Yield short names with the long ones whose first word they are, and the one long name whose last word they are.

    Of long names in the batches for training that nothing else ties, all 76 are one with the name that is their first
    word; of those whose last word is a name that stands twice as often 69 are and three are not.
    """
    evidence = _Evidence(uses)
    by_part = _by_part(uses)
    begun: dict[str, set[str]] = defaultdict(set)
    longer_of: dict[str, set[str]] = defaultdict(set)
    for key, use in uses.items():
        words = use.form.split()
        if len(words) > 1:
            begun[_word_key(words[0])].add(key)
            for word in (words[0], words[-1]):
                longer_of[_word_key(word)].add(key)
    for short, use in sorted(uses.items()):
        if len(short) >= _SHORTEST:
            word = _word_key(use.form)
            yield from ((short, longer) for longer in sorted(begun[word] - {short}))
            found = longer_of[word] - {short}
            often = {key for key in found if len(uses[key].wordings) >= _FEWEST_OF_LONG}
            yield from ((short, longer) for longer in by_part.get(use.form.casefold(), ()))
            seldom = {key for key in found if len(use.wordings) >= _TIMES_OF_TITLED * len(uses[key].wordings)}
            for longer in often if len(often) == 1 else found if len(found) == 1 else seldom - often:
                if _is_last_of(uses[short], uses[longer]) or evidence.ties(uses[short], uses[longer]):
                    yield short, longer


def _by_part(uses: _Uses) -> dict[str, list[str]]:
    """Return the names of three words and more by the words that they begin or end with: ``Two Hats`` and ``Tony``."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, use in sorted(uses.items()):
        words = use.form.casefold().split()
        for at in range(2, len(words)):
            for part in {" ".join(words[:at]), " ".join(words[-at:])}:
                found[part].append(key)
    return found


def _word_key(word: str) -> str:
    return name_key(titled(word.casefold()))


def _is_last_of(short: NameUse, longer: NameUse) -> bool:
    many, few = len(short.wordings), len(longer.wordings)
    is_borne = few >= _FEWEST_OF_LONG and (few >= many or len(short.form) >= _SHORTEST_LAST)
    return is_borne or many >= _FAR_OFTENER * few


def _same_stem(uses: _Uses) -> _Pairs:
    """Yield names of one word of which one begins the other (``Shug``, ``Shuggie``), as far as no rival is likely.

    Rivals are seen about as often, and made of a short name or with a pet name's ending: in the batches for training
    names that have anything else behind four letters and more (``Geth``, ``Gethin``) are one in 43 cases of 43, what
    stands in three times as many wordings, or in twice as many as its stem, in 384 and 45 more, and four are two.
    """
    evidence = _Evidence(uses)
    single = sorted(key for key, use in uses.items() if " " not in use.form and key.isalnum())
    for at, short in enumerate(single):
        for longer in single[at + 1 :]:
            if not longer.startswith(short):
                break
            if len(short) >= _SHORTEST_STEM and short.isalpha() and _is_form(short, longer, uses, evidence):
                yield short, longer
    yield from _doubled(uses, single)
    yield from _cut_initials(uses, single)
    yield from _cut_words(uses, single)


def _cut_initials(uses: _Uses, single: list[str]) -> _Pairs:
    """Yield two letters with the three of which they are the first: ``QT``, ``QT7``."""
    whole: dict[str, list[str]] = defaultdict(list)
    for key in single:
        if _THREE_INITIALS.fullmatch(key):
            whole[key[:2]].append(key)
    for short in single:
        for longer in whole.get(short, ()):
            if len(uses[longer].wordings) >= _TIMES_OF_ERROR * len(uses[short].wordings):
                yield short, longer


def _cut_words(uses: _Uses, single: list[str]) -> _Pairs:
    """Yield beginnings of a word of names of several words: ``Ted``, ``Teddy T``; ``Des``, ``Uncle Desmond``."""
    words = sorted((word, key) for key, use in uses.items() for word in use.form.casefold().split() if " " in use.form)
    for short in single:
        form = uses[short].form.casefold()
        if len(form) >= _SHORTEST_CUT and form.isalpha():
            for word, key in words[bisect_left(words, (form,)) :]:
                if not word.startswith(form):
                    break
                if word != form and len(uses[key].wordings) >= _TIMES_OF_ERROR * len(uses[short].wordings):
                    yield short, key


def _doubled(uses: _Uses, single: list[str]) -> _Pairs:
    """Yield names that end in a letter twice with those that go on (``Ozz``, ``Ozzie``), whose keys have it once."""
    written = sorted((uses[key].form.casefold(), key) for key in single)
    for at, (form, short) in enumerate(written):
        if _DOUBLED_END.search(form) is not None:
            for longer, key in written[at + 1 :]:
                if not longer.startswith(form):
                    break
                if len(uses[key].wordings) >= _TIMES_OF_STEM * len(uses[short].wordings) and not key.startswith(short):
                    yield short, key


def _is_form(short: str, longer: str, uses: _Uses, evidence: _Evidence) -> bool:
    seldom, often = sorted((len(uses[short].wordings), len(uses[longer].wordings)))
    if len(short) == _SHORTEST_STEM:
        if longer == short + short[-1] and _INITIALS.fullmatch(short) and len(uses[longer].wordings) == seldom < often:
            return True
        return often >= seldom * _TIMES_OF_STEM and _is_form_of_two(
            uses[short].form.casefold(), uses[longer].form.casefold()
        )
    is_pet_name = _PET_ENDING.fullmatch(longer, len(short)) is not None
    if len(short) >= _WHOLE_STEM:
        is_one = not is_pet_name or often >= seldom * _TIMES_OF_CUT
    else:
        is_cut = is_pet_name and len(uses[short].wordings) == seldom
        is_long = len(longer) >= len(short) + _LONG_ENDING
        is_one = longer.isalpha() and often >= seldom * (_TIMES_OF_CUT if is_cut or is_long else _TIMES_OF_STEM)
    return is_one or (seldom == 1 and longer.isalpha() and evidence.ties(uses[short], uses[longer]))


def _is_form_of_two(short: str, longer: str) -> bool:
    """Whether a name of two letters is made longer as such are: ``Ozzy``, ``Jojo``, ``Tys``; ``Al`` is no ``Alfie``."""
    behind = longer.removeprefix(short)
    is_doubled = behind.startswith(short[-1]) and _ENDING_OF_TWO.fullmatch(behind, 1) is not None
    return is_doubled or behind in {short, "s", "z"}


class _Evidence:
    """What ties two names whatever they are called."""

    def __init__(self, uses: _Uses) -> None:
        self._bearers = Counter(wording for use in uses.values() for wording in use.wordings)

    def ties(self, one: NameUse, other: NameUse) -> bool:
        """Whether a number stands beside both names, or a wording bears both and no third one."""
        if not one.numbers.isdisjoint(other.numbers):
            return True
        return any(self._bearers[wording] == 2 for wording in one.wordings & other.wordings)  # the two
