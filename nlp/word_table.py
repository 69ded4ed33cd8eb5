"""The words of a reading without marks and emoji, with what stands between them: what the patterns of names look at."""

from __future__ import annotations

import string
from itertools import compress

from nlp.names import canonical_name
from nlp.readings import Name, Reading

_STOPS = frozenset(".!?,;:\n-~|*")
_CAPITALS = string.ascii_uppercase.encode()
_SMALLS = string.ascii_lowercase.encode()


class WordTable:
    """The words of one text by position.

    Args:
        reading: The reading, its token table filled.
        openers: Normal forms that may stand before the first word that counts: "yo", "morning".
    """

    def __init__(self, reading: Reading, openers: frozenset[str]) -> None:
        self._reading = reading
        self._openers = openers
        self._is_shouted: bool | None = None
        self._tokens = list(compress(range(len(reading.words)), reading.is_word))
        self.words = list(compress(reading.words, reading.is_word))

    @property
    def is_shouted(self) -> bool:
        """Whether most letters are capitals, so that a capital says nothing."""
        if self._is_shouted is None:
            letters = self._reading.shadow.text.encode("ascii", "ignore")
            small = len(letters) - len(letters.translate(None, _SMALLS))
            self._is_shouted = len(letters) - len(letters.translate(None, _CAPITALS)) > small
        return self._is_shouted

    def word(self, at: int) -> str:
        """Return the normal form of a word; empty beside the ends."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def raw(self, at: int) -> str:
        """Return a word as it stands in the shadow."""
        return self._reading.tokens[self._tokens[at]]

    def is_capitalised(self, at: int) -> bool:
        """Whether a word begins with a capital."""
        return self.raw(at)[0].isupper()

    def is_marked(self, at: int) -> bool:
        """Whether a word lies in a number, a price or hours."""
        return self._reading.is_taken(self._start(at), self._start(at) + 1)

    def has_mark_between(self, at: int) -> bool:
        """Whether anything but space stands between a word and the next."""
        return bool(self._between(at).strip())

    def has_stop_between(self, at: int) -> bool:
        """Whether a stop or a line break stands between a word and the next."""
        between = self._between(at)
        # ``NAS.ON.BOTH``: a stop without a space is a space.
        return between != "." and not _STOPS.isdisjoint(between)

    def starts_clause(self, at: int) -> bool:
        """Whether a word begins the text or a clause, openers before it not counted."""
        while at:
            between = self._between(at - 1)
            if between.strip() or "\n" in between:
                return True
            if self.words[at - 1] not in self._openers:
                return False
            at -= 1
        return True

    def ends_clause(self, at: int) -> bool:
        """Whether a mark, a line break or the end of the text follows a word."""
        between = self._between(at)
        return at + 1 >= len(self.words) or bool(between.strip()) or "\n" in between

    def name(self, first: int, last: int, strength: float, rule: str, *, through: int | None = None) -> Name:
        """Return the words ``first`` to ``last`` as a name, whose surface may reach further (``RICO LINE``)."""
        canonical = canonical_name(" ".join(self.raw(at) for at in range(first, last)))
        end = self._reading.ends[self._tokens[(through or last) - 1]]
        return Name(canonical, self._start(first), end, strength, rule)

    def _start(self, at: int) -> int:
        return self._reading.starts[self._tokens[at]]

    def _between(self, at: int) -> str:
        reading = self._reading
        end = reading.ends[self._tokens[at]]
        start = self._start(at + 1) if at + 1 < len(self._tokens) else len(reading.shadow.text)
        return reading.shadow.text[end:start]
