"""Terms of the lexicons: one tree of normal forms for all lexicons that hold phrases.

The time of a text does not depend on how many terms there are. spaCy's PhraseMatcher finds the same, but wants a
document made of every text first: three times the time of a text, and four times that of loading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from spacy.attrs import NORM
from spacy.language import Language

from nlp.components.component import Component
from nlp.lexicons import Entry, LexiconKind, Lexicons
from nlp.readings import Reading, Term
from nlp.words.folding import fold
from nlp.words.languages import Languages
from nlp.words.tokenisation import split

_MATCHED = (LexiconKind.DRUG, LexiconKind.MENU, LexiconKind.STOCK, LexiconKind.CUE, LexiconKind.LOOKALIKE)
_GLOSSED = frozenset({LexiconKind.CUE, LexiconKind.LOOKALIKE})
"""Kinds that are looked for in the words of other languages by what those stand for; goods have words of their own."""
_MAX_TERMS = 400
"""Terms that are kept of one text: no short message has as many, and what compares them stays cheap."""

_PLACE = itemgetter(0, 1, 2)
"""Where a match begins, how far it reaches (the furthest first), and the rank of its kind and class."""

_MIN_NOUN = 3
_NOT_NOUNS = frozenset({"chat", "order", "runner", "kin", "number_person", "wrong_number", "debt"})
"""Families whose terms are what people say, not what is sold or done."""

_DIGIT_WORDS = {"for": "4", "to": "2", "one": "1"}


class _Node:
    """What follows in phrases that begin alike.

    Attributes:
        entries: Of the phrase that ends here, each with the rank of its kind and class.
    """

    __slots__ = ("entries", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.entries: tuple[tuple[int, Entry], ...] = ()

    def add(self, words: Sequence[str], entries: tuple[tuple[int, Entry], ...]) -> None:
        """Add a phrase. Two that are written alike in normal form are both found."""
        node = self
        for word in words:
            node = node.following.setdefault(word, _Node())
        node.entries += entries


class Terms(Component):
    """Marks every term of the drug, stock, cue and look-alike lexicons."""

    def __init__(self, pipeline: Language, lexicons: Lexicons) -> None:
        self._languages = Languages(lexicons)
        self._phrases = _Node()
        by_phrase: dict[str, list[Entry]] = {}
        for kind in _MATCHED:
            for entry in lexicons.of_kind(kind):
                for form in _inflected(entry):
                    by_phrase.setdefault(form, []).append(entry)
        classes = sorted({(entry.kind, entry.cue) for entries in by_phrase.values() for entry in entries})
        rank = {key: at for at, key in enumerate(classes)}
        normal = pipeline.vocab.lex_attr_getters[NORM]  # type: ignore[attr-defined]  # spaCy's stub leaves it out
        for phrase, entries in by_phrase.items():
            ranked = tuple((rank[entry.kind, entry.cue], entry) for entry in entries)
            for words in {tuple(map(normal, _tokens_of(form))) for form in _written(phrase)}:
                self._phrases.add(words, ranked)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        found = self._found(reading.words)
        reading.language = self._languages.of(reading.words, reading.tokens)
        if reading.language:
            # Phrases of other languages are few: what English ones say holds word by word.
            reading.glossed = self._languages.glossed(reading.words, reading.tokens, reading.language)
        else:
            reading.glossed = self._languages.in_english(reading.words)
        if reading.glossed is not None:
            found += [each for each in self._found(reading.glossed) if each[3].kind in _GLOSSED and each not in found]
        if found:
            # Longest first where several begin at one token; the class breaks ties, so that the order is fixed.
            found.sort(key=_PLACE)
            _keep_longest(reading, found[:_MAX_TERMS])

    def _found(self, words: list[str]) -> list[tuple[int, int, int, Entry]]:
        """Return the terms in a text: first token, last one made negative, rank of kind and class, entry."""
        found: list[tuple[int, int, int, Entry]] = []
        begin, count = self._phrases.following, len(words)
        for first, word in enumerate(words):
            node, last = begin.get(word), first + 1
            while node is not None:
                if node.entries:
                    found += [(first, -last, rank, entry) for rank, entry in node.entries]
                if last == count:
                    break
                node, last = node.following.get(words[last]), last + 1
        return found


def _tokens_of(form: str) -> Sequence[str]:
    """Return the tokens of a phrase. Most are plain words, which need no tokeniser: half of the time."""
    words = form.split(" ")
    return words if all(word.isascii() and word.isalpha() for word in words) else split(fold(form).text).words


def _inflected(entry: Entry) -> Iterable[str]:
    """Give a term, and the plural of a single word of a look-alike family."""
    yield entry.term
    is_noun = entry.kind is LexiconKind.LOOKALIKE and len(entry.term) >= _MIN_NOUN and entry.term.isalpha()
    if is_noun and entry.cue not in _NOT_NOUNS and not entry.term.endswith("s"):
        yield f"{entry.term}es" if entry.term.endswith(("ch", "sh", "x")) else f"{entry.term}s"


def _written(phrase: str) -> Iterable[str]:
    """Give a phrase and its form with 4 for "for", 2 for "to" and 1 for "one"."""
    yield phrase
    words = phrase.split()
    digits = [_DIGIT_WORDS.get(word, word) for word in words]
    if digits != words and len(words) > 1:
        yield " ".join(digits)


def _keep_longest(reading: Reading, found: list[tuple[int, int, int, Entry]]) -> None:
    """Keep, within one kind and class, the terms that do not lie in a longer one."""
    ends: dict[int, int] = {}
    terms = reading.terms
    for first, minus_last, rank, entry in found:
        last = -minus_last
        if last <= ends.get(rank, 0):
            continue
        ends[rank] = last
        kept = terms.get(entry.kind)
        if kept is None:
            kept = terms[entry.kind] = []
        kept.append(Term(first, last, entry))
