"""Drug words hidden in their spelling: letters apart (``w.h.i.t.e``), masked (``c*ke``), in one with a count (``2b``).

Leet and stretched letters (``c0ke``, ``whiteee``) are the work of the normal forms and need nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.lexicons import Entry, LexiconKind, Lexicons
from nlp.readings import Reading, Term

_APART = re.compile(r"(?<![\w'])[a-z0-9]( [.\-_*~|] |  ?|[.\-_*~|])[a-z0-9](?:\1[a-z0-9]){1,9}(?![\w'])")
_MASKED = re.compile(r"(?<!\w)[a-z]{1,6}[*#!]{1,3}[a-z]{1,6}(?!\w)")
_MASK = re.compile(r"[*#!]")
_LEET = str.maketrans("013457", "oieast")
_COUNTED = re.compile(r"(?<![\w.,/:\u00a3-])[1-9][0-9]?([a-z]{1,6})(?![\w'])")
_COUNTED_LETTERS: Final = frozenset("bwdlh")
_LEFT_OVER: Final = frozenset("nx0123456789")
_MIN_APART: Final = 3
_MIN_MASKED: Final = 4
_MAX_HIDDEN: Final = 20
"""Hidden words that are looked at in one text."""


class DrugSpellings:
    """Finds hidden drug words.

    Args:
        lexicons: The drug lexicons; single words that need no partner are looked for.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._entries: dict[str, Entry] = {}
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        self._counted: dict[str, Entry] = {}
        for entry in lexicons.of_kind(LexiconKind.DRUG):
            word = entry.term
            if word in _COUNTED_LETTERS or (entry.joins and entry.language == "en" and word.isalpha()):
                self._counted.setdefault(word, entry)
            if word.isascii() and word.isalpha() and not entry.needs and len(word) >= _MIN_APART:
                self._entries.setdefault(word, entry)
                self._by_shape.setdefault((word[0], len(word)), []).append(word)

    def find(self, reading: Reading) -> Iterator[Term]:
        """Yield the hidden words as terms over their tokens."""
        low = reading.shadow.lower
        for count, match in enumerate(_APART.finditer(low)):
            if count >= _MAX_HIDDEN:
                break
            yield from self._spelled(reading, match.group(), match.start(), match[1])
        if "*" in low or "#" in low or "!" in low:
            for count, match in enumerate(_MASKED.finditer(low)):
                if count >= _MAX_HIDDEN:
                    break
                entry = self._unmasked(match.group())
                if entry is not None:
                    yield _term(reading, match.start(), match.end(), entry)

    def counted(self, reading: Reading) -> Iterator[Term]:
        """Yield the words that are written in one with their count: the ``b`` of ``2b 1w``."""
        for count, match in enumerate(_COUNTED.finditer(reading.shadow.lower)):
            if count >= _MAX_HIDDEN:
                break
            entry = self._counted.get(match[1])
            if entry is not None:
                yield _term(reading, match.start(), match.end(), entry)

    def _spelled(self, reading: Reading, run: str, start: int, separator: str) -> Iterator[Term]:
        """Yield the words that a run of letters spells, the longest first: ``b o t h x`` spells ``both``."""
        written = run.replace(separator, "")
        letters = written.translate(_LEET)
        first = 0
        while first <= len(letters) - _MIN_APART:
            for last in range(len(letters), first + _MIN_APART - 1, -1):
                # "h e r o i n 3 for 25": a digit may stand for a letter inside a word, not at its ends.
                is_word = written[first].isalpha() and written[last - 1].isalpha()
                entry = self._entries.get(letters[first:last]) if is_word else None
                # Part of a longer run is a word only where what is left over can be "and", "x" or a count.
                if entry is not None and _LEFT_OVER.issuperset(written[:first] + written[last:]):
                    step = len(separator) + 1
                    yield _term(reading, start + step * first, start + step * (last - 1) + 1, entry)
                    return
            first += 1

    def _unmasked(self, masked: str) -> Entry | None:
        """Return the one drug word that fits a masked word; None where none or several drugs do."""
        if len(masked) < _MIN_MASKED:
            return None
        shape = re.compile(_MASK.sub("[a-z]", masked))
        fitting = [word for word in self._by_shape.get((masked[0], len(masked)), ()) if shape.fullmatch(word)]
        meant = {self._entries[word].canonical for word in fitting}
        return self._entries[fitting[0]] if len(meant) == 1 else None


def _term(reading: Reading, start: int, end: int, entry: Entry) -> Term:
    tokens = reading.tokens_of(start, end)
    return Term(tokens.start, tokens.stop, entry)
