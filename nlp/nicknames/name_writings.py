"""Ways to write one name: what says that two names of an input are one, by how the seldom one may have been made.

``5unny`` is Sunny, ``Bizkit`` Biscuit, ``Capn Fizz`` Captain Fizz, ``Wlf`` Wolf, ``Mikeyt`` Mikey T, ``MD`` Mikey D and
``Jay from Brum`` Brum Jay, where the input bears the fuller name, and no second one that would do as well. In the
batches for training (by their truth) such pairs are of one line in 579 cases and of two in four. Another letter in
place of one makes a name no other (``Rico``, ``Nico``), nor does a letter less before a vowel (``Beni``, ``Benji``).
Each way gives the names that it ties, the lesser one first; ``nlp.nicknames.name_ties`` says when that stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from itertools import permutations
from typing import Final

from nlp.nicknames.name_spoken import FIGURES, in_signs, in_words
from nlp.words.folding import fold
from nlp.words.spelling import LEET, LEET_L

_WORD: Final = re.compile(r"[\w$@!]+")
_PARTS: Final = re.compile(r"[^\W\d_]+|\d+")
_FIGURE: Final = re.compile(r"[0-9$@!]")
_SHORTEST_FIGURED: Final = 3
"""Letters of names that may have figures for some: ``Z33``; ``T1`` is no ``TI``."""
_NUMBERED: Final = re.compile(r"(?:number|no|num|numba) ?(\d+)")
_GLUED_TITLE: Final = re.compile(r"(?:mr|dr)([b-df-hj-np-tv-z]*[aeiouy][a-z]{2,})")
_PET_NAME: Final = re.compile(r"([a-z]{3,}([a-z]))\2?(?:ie|ey|y|o|ers|z|s|a)")
"""Of stems of four letters, over the batches for training, 66 spellings more are one with their name and none is not;
of three letters 14 are and eight are not (``Milo``, ``Milkman``)."""
_PAIR: Final = 2
_NUMBER_BEHIND: Final = re.compile(r"\d+$")
_TITLES: Final = {
    short: title
    for title, written in {
        "captain": "capn cap capt cpt captn captns captin",
        "doctor": "doc dr",
        "uncle": "unc unk unkle",
        "aunt": "aunty auntie anty",
        "cousin": "cuz cuzzy cuzin",
        "brother": "bro",
        "brothers": "bros",
        "mister": "mr mista mistah",
        "missus": "mrs missis",
        "professor": "prof",
        "sergeant": "sarge sgt sargent",
        "saint": "st",
        "junior": "jr jnr",
        "young": "yung yng",
        "little": "lil lill lyl",
        "big": "bg bigg",
        "old": "ol owd auld",
        "number": "no numba num",
        "brum": "brummie brummy",
        "scouse": "scouser",
    }.items()
    for short in written.split()
}
"""Words that stand before names, by how they are shortened or written."""
_FULL_TITLES: Final = frozenset(_TITLES.values())
_BETWEEN: Final = frozenset({"and", "n", "the"})
_SOUNDS: Final = tuple(
    (re.compile(written), spoken)
    for written, spoken in (
        (r"sch", "sk"), (r"tch", "ch"), (r"(?<!g)g(?=[ei])", "j"), (r"qu", "kw"), (r"ck|c|kk", "k"),
        (r"ph", "f"), (r"wh", "w"), (r"\bkn", "n"), (r"\bwr", "r"), (r"\bex", "x"), (r"x", "ks"), (r"z", "s"),
        (r"oo|ou|ew", "u"), (r"ee|ie|ey|y", "i"), (r"(.)\1+", r"\1"), (r"(?:er|or|ar|ah|re)\b", "a"), (r"ui", "i"),
        (r"e\b|(?<=[aiou])h\b", ""),
    )
)  # fmt: skip
"""Spellings of one sound, one after the other; the last ones are ends of words."""
_SHORTEST_SOUND: Final = 4
"""Letters of names that are one by their sound alone: ``Max`` and ``Macs`` may be two."""
_VOWELS: Final = re.compile("[aeiou]")
_SPOKEN_VOWELS: Final = re.compile(r"[aeiou]|(?<=[a-z])y")
"""The same with a Y that begins no word: ``Danny``."""
_SHORTEST_BARE: Final = 3
"""Letters of a name without its vowels; of two (``TY``) three in seven are other names."""
_MOST_ALIKE: Final = 40
"""Names of the same consonants that are compared with each other."""
_SHORTEST_WHOLE: Final = 4
_PLURAL_S: Final = re.compile(r"(?<=[^\W\d_]{3})s$")
_RUN: Final = re.compile(r"(.)\1+")
_SHORTEST_OF_TWO: Final = 3
_BORNE_APART: Final = 3
"""Wordings that bear each of two names written alike, from which on they are two: who writes a name another way does
so now and then. Of the batches for training and test no line writes its name in two such ways so often (two do with
initials in words), and two lines of one input are told apart by it."""
_RUN_ON: Final = re.compile("([a-z0-9]{3,})(?:on|open|opn|live|running|runnin|active|here|back|online)")
_SHORTEST_MISTYPED: Final = 4
"""Letters of the shorter of two names of which one is the other with a letter left out."""


def same_letters(forms: Mapping[str, str]) -> list[list[str]]:
    """Return the names that come to the same letters or sounds, whatever figures, gaps and titles they have, together.

    Args:
        forms: How each name is usually written, by its key.
    """
    plain = {key: "".join(_words(form)) for key, form in sorted(forms.items())}
    held = frozenset(plain.values())
    group_of: dict[str, list[str]] = {}
    groups: dict[str, list[str]] = {}
    for key, letters in plain.items():
        group = groups[key] = [key]
        written = forms[key].casefold().replace(" ", "")
        figured = (*_without_figures(letters, held), *in_words(letters), *in_signs(letters))
        spellings = (letters, written, *figured, *_without_title(letters), *_sound(forms[key]))
        for spelled in dict.fromkeys(spellings):
            known = group_of.setdefault(spelled, group)
            if groups[known[0]] is not groups[key]:
                group = groups[known[0]]
                group += groups[key]
                groups.update(dict.fromkeys(groups[key], group))
    return [group for key, group in groups.items() if group[0] == key and len(group) > 1]


def letters_told_apart(form: str) -> str | None:
    """Return what two names that sound alike must differ in to be two; None: too short, or with figures or signs."""
    letters = _PLURAL_S.sub("", _RUN.sub(r"\1", "".join(_words(form))))
    return letters if letters.isalpha() and letters.isascii() and len(letters) >= _SHORTEST_OF_TWO else None


def are_two(one: str, of_one: int, other: str, of_other: int) -> bool:
    """Whether two names that sound alike are two: each is borne by several wordings in letters of its own.

    Args:
        one: How a name is written.
        of_one: Wordings that surely bear it.
        other: How the other one is written.
        of_other: Wordings that surely bear that.
    """
    if min(of_one, of_other) < _BORNE_APART:
        return False
    letters, others = letters_told_apart(one), letters_told_apart(other)
    return letters is not None and others is not None and letters != others


def without_vowels(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names that are written without vowels (``Wlf``) with those that have them."""
    whole: dict[str, list[str]] = defaultdict(list)
    bare: list[tuple[str, str]] = []
    for key, word, consonants in _consonants(forms):
        if consonants == word:
            bare.append((key, consonants))
        elif len(word) >= _SHORTEST_WHOLE:
            whole[consonants].append(key)
    for key, consonants in bare:
        yield from ((key, other) for other in whole.get(consonants, ()))


def without_doubled(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names without vowels with the one of a word and a letter that says them once: ``RNK`` and ``Ronnie K``.

    Not where a second name has the same consonants, of one word or of two: ``Danny K`` and ``Donna K``.
    """
    bare: list[tuple[str, str]] = []
    whole: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for key, form in sorted(forms.items()):
        words = form.casefold().split()
        consonants = "".join(_SPOKEN_VOWELS.sub("", word) for word in words)
        once = _RUN.sub(r"\1", consonants)
        if len(words) == 1 and consonants == words[0] == once and len(once) >= _SHORTEST_BARE and once.isalpha():
            bare.append((key, consonants))
        else:
            has_letter = len(words) == _PAIR and len(words[1]) == 1 and words[1] not in "aeiou"
            whole[once].append((key, has_letter and once != consonants))
    for key, consonants in bare:
        match whole.get(consonants):
            case [(other, True)]:
                yield key, other


def few_vowels(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names with two vowels less, and nothing else, than another has: ``Harbr`` and ``Harbour``."""
    of_consonants: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, word, consonants in _consonants(forms):
        of_consonants[consonants].append((word, key))
    for names in of_consonants.values():
        for (word, key), (whole, other) in permutations(names[:_MOST_ALIKE], 2):
            letters = iter(whole)
            if len(whole) > len(word) + 1 and all(letter in letters for letter in word):
                yield key, other


def _consonants(forms: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each name of letters alone, the name in small letters, and what is left without its vowels."""
    for key, form in sorted(forms.items()):
        word = form.casefold()
        consonants = _VOWELS.sub("", word)
        if word.isalpha() and len(consonants) >= _SHORTEST_BARE:
            yield key, word, consonants


def in_initials(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield initials (``MD``, ``Mikey D``) and a word with an initial in one (``Mdrake``) with what they are of."""
    of_words: dict[str, list[str]] = defaultdict(list)
    for key, form in sorted(forms.items()):
        words = _PARTS.findall(form.casefold())
        if len(words) > 1:
            figured = [FIGURES.get(word, word) for word in words]
            made = {"".join(word if word.isdecimal() else word[0] for word in each) for each in (words, figured)}
            if not _BETWEEN.isdisjoint(words):
                made.add("".join("n" if word in _BETWEEN else word[0] for word in words))
            match words:
                case [first, last]:
                    made |= {first[0] + last, first + last[0]} if last.isalpha() else {first[0] + last}
            for each in made - {"".join(words)}:
                of_words[each].append(key)
    for key, form in sorted(forms.items()):
        written = form.casefold().replace(" ", "")
        if written.isalnum() and not written.isdecimal() and len(written) > 1:
            yield from ((key, other) for other in of_words.get(written, ()) if other != key)


def one_word_apart(forms: Mapping[str, str]) -> list[list[str]]:
    """Return together names of two words that share one, and whose others begin alike: ``Unc Fitz``, ``Unkle Fitz``."""
    alike: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for key, form in sorted(forms.items()):
        match form.casefold().split():
            case [first, last]:
                for place, begun, shared in ((0, first[0], last), (1, last[0], first)):
                    if begun.isalpha():
                        alike[place, shared, begun].append(key)
    return [keys for keys in alike.values() if len(keys) > 1]


def one_letter(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names of one letter with the only name of the input that has a word of that letter."""
    begun: dict[str, set[str]] = defaultdict(set)
    for key, form in sorted(forms.items()):
        for word in form.casefold().split():
            begun[word[0]].add(key)
    for key, form in sorted(forms.items()):
        if len(form) == 1 and form.isalpha():
            others = begun[form.casefold()] - {key}
            yield from ((key, other) for other in others if len(others) == 1)


def run_on(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names that have run together with the word behind them with the name alone: ``Audiopen`` and ``Audi``."""
    keys_of: dict[str, list[str]] = defaultdict(list)
    for key, form in sorted(forms.items()):
        keys_of[form.casefold().replace(" ", "")].append(key)
    for written, keys in list(keys_of.items()):
        if (found := _RUN_ON.fullmatch(written)) is not None:
            yield from ((key, other) for key in keys for other in keys_of.get(found[1], ()))


def mistyped(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names of which one is the other with two letters changed about, a vowel in it or its last letter left out.

    ``Yorkei`` and ``Yorkie``, ``Pepr`` and ``Peper``; not ``Ozzy`` and ``Mozzy``, nor ``Tony`` and ``Tiny``.
    """
    words = {key: form.casefold() for key, form in sorted(forms.items()) if form.isalpha()}
    keys_of: dict[str, list[str]] = defaultdict(list)
    for key, word in words.items():
        keys_of[word].append(key)
    for key, word in words.items():
        if len(word) >= _SHORTEST_MISTYPED:
            for made in dict.fromkeys(_typing_errors(word)):
                yield from ((key, other) for other in keys_of.get(made, ()) if other != key)


def _typing_errors(word: str) -> Iterator[str]:
    if len(word) > _SHORTEST_MISTYPED:
        yield word[:-1]
        yield from (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1) if _VOWELS.match(word[at]))
    yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))


def _words(form: str) -> list[str]:
    """Return the words of a name with titles in full, without what joins them, the place of ``X from Y`` in front."""
    words = _WORD.findall(fold(form).lower) or [form]
    match words:
        case [name, "from" | "of", place]:
            words = [place, name]
        case ["r" | "ar" | "wor", "kid"]:
            words = ["our", "kid"]
        case ["double", figure] if len(figure) == 1:
            words = [figure * 2]
    if (numbered := _NUMBERED.fullmatch(" ".join(words))) is not None:
        words = [numbered[1]]
    kept = [word for word in words if word not in _BETWEEN] or words
    # "S.T." alone is no saint
    return kept if kept == ["st"] else [titled(word) for word in kept]


def _without_title(letters: str) -> Iterator[str]:
    """Yield a name in one with its title without it: ``Mrtick``."""
    if (found := _GLUED_TITLE.fullmatch(letters)) is not None:
        yield found[1]


def titled(word: str) -> str:
    """Return a word in small letters as it is in full if it is a shortened title (``unc``), else as it is."""
    return _TITLES.get(word, word)


def is_title(word: str) -> bool:
    """Whether a word in small letters is a title, shortened or in full."""
    return word in _TITLES or word in _FULL_TITLES


def _without_figures(letters: str, held: Container[str]) -> Iterator[str]:
    """Yield what a name is where its figures stand for letters; ``Max1`` beside ``Max`` is that name and a number."""
    count, without_number = sum(map(str.isalpha, letters)), _NUMBER_BEHIND.sub("", letters)
    if not count or not _FIGURE.search(letters) or len(letters) < _SHORTEST_FIGURED:
        return
    if without_number != letters and without_number in held:
        return
    for table in (LEET, LEET_L):
        if (spelled := letters.translate(table)).isalpha():
            yield spelled


def pet_named(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pet names with what begins as they do: ``Postie`` and ``Postman``, ``Brogie`` and ``Brogan``."""
    written = sorted((form.casefold(), key) for key, form in forms.items())
    for form, key in written:
        stem = _PET_NAME.fullmatch(form)
        if stem is not None:
            for whole, other in written[bisect_left(written, (stem[1],)) :]:
                if not whole.startswith(stem[1]):
                    break
                if len(whole) > len(stem[1]) + 1 and not whole.startswith(form):
                    yield key, other


@lru_cache(maxsize=20_000)
def _sound(form: str) -> tuple[str, ...]:
    """Return how a name sounds, as no name is written; nothing for what is too short to be told by it."""
    words = _words(form)
    joined = "".join(words)
    if len(joined) < _SHORTEST_SOUND or not joined.isalpha():
        return ()
    said = " ".join(words)
    for pattern, spoken in _SOUNDS:
        said = pattern.sub(spoken, said)
    return (f"/{said.replace(' ', '')}/",)
