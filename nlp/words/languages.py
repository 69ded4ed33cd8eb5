"""Which of the other languages a text is in, and its words as the English ones that they stand for.

So that what is known of adverts in English holds in the others: phrases are looked for in the glossed words too, and
the model reads those. The words are data (``config/lexicons/glosses_*.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons

_MIN_FOREIGN: Final = 2
"""Words of a language that a text must hold."""

_FEW_WORDS: Final = 3
_TELLING_LETTERS: Final = 5
"""A text of so few words, none of them an English function word, is told by one word of so many letters."""

_MIN_STEM: Final = 4
"""Letters that an unknown form of a word must share with a known one, from the first on."""

_MOST_ENDING: Final = 3
"""Letters of an unknown form that may be its ending."""

_WELSH: Final = "cy"
_MUTATIONS: Final = {
    "c": ("g", "ch", "ngh"),
    "p": ("b", "ph", "mh"),
    "t": ("d", "th", "nh"),
    "g": ("", "ng"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "m": ("f",),
    "ll": ("l",),
    "rh": ("r",),
}
"""What the first letter of a Welsh word becomes behind other words."""


class Languages:
    """Tells the language of a text by its words."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._glosses: dict[str, dict[str, str]] = {}
        for entry in lexicons.of_kind(LexiconKind.GLOSS):
            self._glosses.setdefault(entry.language, {})[entry.term] = entry.canonical[0]
        self._function_words = lexicons.terms(LexiconKind.PATTERN, "function_word")
        self._dialects = {
            entry.term: entry.canonical[0] for entry in lexicons.of_kind(LexiconKind.SENSE) if entry.ambiguity == "low"
        }
        english = self._function_words | lexicons.terms(LexiconKind.EVERYDAY) | lexicons.terms(LexiconKind.SENSE)
        if _WELSH in self._glosses:
            self._glosses[_WELSH] = _mutated(self._glosses[_WELSH], english)
        self._english = english
        # Made when a text of the language comes: most phones hold none of most of them.
        self._stems: dict[str, dict[str, str]] = {}
        self._foreign = frozenset(word for glosses in self._glosses.values() for word in glosses)

    def of(self, words: Sequence[str], tokens: Sequence[str]) -> str:
        """Return the language whose words a text is full of; empty for English and for what is not known.

        Args:
            words: Normal forms.
            tokens: As they are written: English spellings ("da", "ar") are words of other languages too.
        """
        distinct = self._foreign.intersection(words)
        if not distinct:
            return ""
        english = len(self._function_words.intersection(words))
        if len(distinct) < _MIN_FOREIGN:
            (word,) = distinct
            is_told = len(word) >= _TELLING_LETTERS and word not in self._english
            if english or not is_told or len(words) > _FEW_WORDS:
                return ""
        respelled = {
            low: word
            for low, word in zip(map(str.lower, tokens), words, strict=True)
            if low != word and low in self._foreign
        }
        if len(distinct) + 2 * len(respelled) <= english:
            # Nearly all English texts: no language can have more.
            return ""
        best, most = "", 0
        for language, glosses in self._glosses.items():
            meant = [word for low, word in respelled.items() if low in glosses]
            foreign = len(distinct & glosses.keys()) + len(meant)
            more = foreign - english + len(self._function_words.intersection(meant))
            if more > most:
                best, most = language, more
        return best

    def glossed(self, words: Sequence[str], tokens: Sequence[str], language: str) -> list[str]:
        """Return the words with those of the language as the English ones that they stand for.

        A word that is not known, nor English, stands for what one that begins alike stands for: these languages have
        dozens of endings.
        """
        glosses, stems = self._glosses[language], self._stems.get(language)
        if stems is None:
            stems = self._stems[language] = _stems(glosses)
        return [
            glosses.get(token.lower()) or glosses.get(word) or self._by_stem(word, stems)
            for word, token in zip(words, tokens, strict=True)
        ]

    def in_english(self, words: Sequence[str]) -> list[str] | None:
        """Return the words of an English text with those of dialects as what they stand for; None: it holds none."""
        dialects = self._dialects
        return None if dialects.keys().isdisjoint(words) else [dialects.get(word, word) for word in words]

    def _by_stem(self, word: str, stems: Mapping[str, str]) -> str:
        if len(word) > _MIN_STEM and word not in self._english:
            for ending in range(min(_MOST_ENDING, len(word) - _MIN_STEM) + 1):
                found = stems.get(word[: len(word) - ending])
                if found:
                    return found
        return word


def _stems(glosses: Mapping[str, str]) -> dict[str, str]:
    """Return what the beginnings of known words stand for; empty where they stand for several things."""
    stems: dict[str, str] = {}
    for word, meaning in glosses.items():
        size = len(word)
        for end in range(max(_MIN_STEM, size - 2), size + 1) if size > _MIN_STEM else (size,):
            stem = word[:end]
            if stems.setdefault(stem, meaning) != meaning:
                stems[stem] = ""
    return stems


def _mutated(glosses: Mapping[str, str], english: frozenset[str]) -> dict[str, str]:
    """Return the Welsh words with what their first letters turn into; known and English words stay what they are."""
    forms = dict(glosses)
    for word, meaning in glosses.items():
        first = word[:2] if word[:2] in _MUTATIONS else word[:1]
        for changed in _MUTATIONS.get(first, ()):
            form = changed + word[len(first) :]
            if len(word) >= _MIN_STEM and len(form) >= _MIN_STEM and form not in english:
                forms.setdefault(form, meaning)
    return forms
