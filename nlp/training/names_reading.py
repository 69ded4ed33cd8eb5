"""Reads what the finder of names is trained on: adverts with their names, and the same under other names.

A text is trained on as it is and with another name in its place, in the same capitals: what is learned is where names
stand, not what the lines of the batches are called.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.resources import files
from typing import Final, NamedTuple

import zstandard

from nlp.lexicons import LexiconKind, Lexicons
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.training.ham import ham_texts
from nlp.training.scoring import plain

OWN: Final = "names"
"""Batch name of the texts in ``names/texts.txt``."""

_MARKED = re.compile(r"<<(.*?)>>")
_PLAIN_NAME = re.compile(r"\w+(?: \w+)*")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LINE = re.compile(r"(?i)^the | line$")
_SEED: Final = 20261125
_COUNTS: Final = ("2", "3", "4", "two", "three", "four", "six", "7")
"""Numbers of things that names of three words are made with: ``Marley Two Coats``."""
_JOINING: Final = ("n", "and")
_PARTNERS: Final = ("co", "sons", "son", "crew", "boys", "lads")
_INITIALS: Final = "abcdefghjklmprstvwyz"


class NamedText(NamedTuple):
    """An advert.

    Attributes:
        names: Forms of the name that are right, in letters and digits. Empty: the text names no line.
        surface: The name as it stands in the text; empty where there is none.
        wording: Equal for texts of one template, as far as that is known.
        is_renamed: Whether the name was put in place of another.
    """

    batch: str
    text: str
    names: frozenset[str]
    surface: str
    line: str
    wording: str
    is_renamed: bool = False


def named_texts() -> list[NamedText]:
    """Return the adverts of the training batches and of ``names/texts.txt``."""
    found = [_of_gold(gold) for gold in read_batches([*batch_names("train"), *batch_names("names")]) if gold.is_advert]
    return [*found, *_own_texts()]


def renamed(texts: Iterable[NamedText], donors: Sequence[str], seed: int) -> Iterator[NamedText]:
    """Yield the texts that name a line in plain words, each under another name."""
    rng = random.Random(_SEED + seed)  # noqa: S311  # an order, no secret
    for text in texts:
        name = re.sub(r"(?i)'s$", "", _LINE.sub("", text.surface))
        if not _PLAIN_NAME.fullmatch(name) or all(len(word) == 1 for word in name.split()):
            continue
        donor = rng.choice(donors)
        pattern = re.compile(rf"(?i)(?<!\w){re.escape(name)}(?!\w)")
        body = pattern.sub(partial(_cased, donor), text.text)
        yield NamedText(text.batch, body, frozenset({plain(donor)}), donor, text.line, text.wording, is_renamed=True)


def donors_of(texts: Iterable[NamedText], lexicons: Lexicons) -> list[str]:
    """Return names to put in place of others: those of the texts, and made ones of the kinds that lines have."""
    rng = random.Random(_SEED)  # noqa: S311  # as above
    lines = sorted({text.line.lower() for text in texts if _PLAIN_NAME.fullmatch(text.line) and text.batch != OWN})
    brands = _resource("donors.txt").decode().split()
    first = sorted(lexicons.terms(LexiconKind.FIRST_NAME))
    towns = sorted(term for term in lexicons.terms(LexiconKind.TOWN))
    titles = sorted(lexicons.terms(LexiconKind.PATTERN, "name_title"))
    everyday = sorted(lexicons.terms(LexiconKind.ORDINARY) - lexicons.terms(LexiconKind.ORDINARY, "function"))
    every = len(lines) * 2
    return [
        *lines * 2,
        *[rng.choice(brands) for _ in range(every // 3)],
        *[rng.choice(first) for _ in range(every // 4)],
        *[f"{rng.choice(towns)} {rng.choice(first)}" for _ in range(every // 12)],
        *[f"{rng.choice(titles)} {rng.choice(first)}" for _ in range(every // 10)],
        *[f"{rng.choice(brands)} {rng.choice(everyday)}" for _ in range(every // 16)],
        *[f"{rng.choice(everyday)} {rng.choice(everyday)}" for _ in range(every // 20)],
        *[f"{rng.choice(brands)} {rng.randrange(1, 60)}" for _ in range(every // 16)],
        *[rng.choice(everyday) for _ in range(every // 10)],
        *[f"{rng.choice(first)} {rng.choice(_COUNTS)} {rng.choice(everyday)}s" for _ in range(every // 24)],
        *[f"{rng.choice(first)} {rng.choice(_JOINING)} {rng.choice(_PARTNERS)}" for _ in range(every // 60)],
        *[f"{rng.choice(first)} {rng.choice(_INITIALS)}" for _ in range(every // 24)],
    ]


def counted_words(batches: Sequence[str]) -> Counter[str]:
    """Count the texts in which words stand in lower case, in personal texts and in batches, lines' names left out.

    The names of a batch's lines are left out of all its texts: customers and runners say them too.
    """
    counts: Counter[str] = Counter()
    bodies: list[tuple[str, set[str]]] = [(text, set()) for text in ham_texts(held_out=False)]
    for batch in batches:
        if batch == OWN:
            bodies += [(_MARKED.sub("", text.text), set()) for text in _own_texts(is_marked=True)]
            continue
        golds = read_batches([batch])
        surfaces = [mark.surface for gold in golds for mark in gold.marked("line")]
        names = _words(" ".join([*surfaces, *(gold.sender or "" for gold in golds)]).lower())
        bodies += [(gold.text, names) for gold in golds]
    for body, names in bodies:
        counts.update(_words(body) - names)
    return Counter({word: count for word, count in counts.items() if count > 1})


def _words(body: str) -> set[str]:
    """Return the words of a text that stand in lower case, without apostrophes."""
    found = [match.group() for match in _WORD.finditer(body.replace("\u2019", "'"))]
    return {word.replace("'", "") for word in found if word.islower()}


def dictionary() -> list[str]:
    """Return the everyday English words, sorted."""
    return zstandard.decompress(_resource("english.txt.zst")).decode().split()


def _of_gold(gold: GoldText) -> NamedText:
    surfaces = [mark.surface for mark in gold.marked("line")]
    names = frozenset(map(plain, (gold.line, *surfaces))) - {""} if gold.line else frozenset()
    surface = surfaces[0] if surfaces and gold.line else ""
    return NamedText(gold.batch, gold.text, names, surface, gold.line or "", gold.wording or gold.text)


def _own_texts(*, is_marked: bool = False) -> Iterator[NamedText]:
    for row in _resource("texts.txt").decode().splitlines():
        body = row.replace("\\n", "\n")
        found = _MARKED.search(body)
        surface = found[1] if found else ""
        line = _LINE.sub("", surface)
        names = frozenset(map(plain, (surface, line))) - {""}
        text = body if is_marked else _MARKED.sub(r"\1", body)
        yield NamedText(OWN, text, names, surface, line, text)


def _cased(name: str, found: re.Match[str]) -> str:
    like = found.group()
    if like.isupper() and len(like) > 1:
        return name.upper()
    return name.title() if like[0].isupper() else name


def _resource(name: str) -> bytes:
    return files("nlp.training").joinpath("names", name).read_bytes()
