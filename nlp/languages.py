"""Which of the other languages a text is in, and its words as the English ones that they stand for.

So that what is known of adverts in English holds in the others: phrases are looked for in the glossed words too, and
the model reads those. The words are data (``config/lexicons/glosses_*.toml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons

_MIN_FOREIGN: Final = 2
"""Words of a language that a text must hold."""


class Languages:
    """Tells the language of a text by its words."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._glosses: dict[str, dict[str, str]] = {}
        for entry in lexicons.of_kind(LexiconKind.GLOSS):
            self._glosses.setdefault(entry.language, {})[entry.term] = entry.canonical[0]
        self._foreign = frozenset(word for glosses in self._glosses.values() for word in glosses)
        self._function_words = lexicons.terms(LexiconKind.PATTERN, "function_word")

    def of(self, words: Sequence[str]) -> str:
        """Return the language whose words a text is full of; empty for English and for what is not known."""
        distinct = self._foreign.intersection(words)
        if len(distinct) < _MIN_FOREIGN:
            return ""
        best, most = "", max(_MIN_FOREIGN - 1, len(self._function_words.intersection(words)))
        for language, glosses in self._glosses.items():
            foreign = len(distinct & glosses.keys())
            if foreign > most:
                best, most = language, foreign
        return best

    def glossed(self, words: Sequence[str], language: str) -> list[str]:
        """Return the words with those of the language as the English ones that they stand for."""
        glosses = self._glosses[language]
        return [glosses.get(word, word) for word in words]
