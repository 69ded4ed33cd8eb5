"""What stands before and behind words of a text: phrases that the lexicons know, borders, marks, kinds of words."""

from __future__ import annotations

from typing import Final

from nlp.nicknames.name_words import NamePhrases
from nlp.nicknames.word_table import SPACE, WordTable

_KISSES: Final = frozenset({"x", "xx", "xxx", "xo"})


class NameContext:
    """Says what stands before and behind words."""

    def __init__(self, phrases: NamePhrases) -> None:
        self._left = phrases.left
        self._right = phrases.right
        self._well_known = phrases.well_known
        self._words_of_known = frozenset(word for term in phrases.well_known for word in term.split())

    def is_well_known(self, table: WordTable, first: int, last: int) -> bool:
        """Whether words are, or begin or end, what everybody knows by name: ``Postman Pat``, ``Ladies Day``."""
        known, words = self._well_known, table.words
        if words[first].plain not in self._words_of_known:
            # nearly all: asked of each candidate
            return False
        own = " ".join([word.plain for word in words[first:last]])
        return (
            own in known
            or (last < len(words) and f"{own} {words[last].plain}" in known)
            or (first > 0 and f"{words[first - 1].plain} {own}" in known)
        )

    def before(self, table: WordTable, at: int) -> str:
        """Return what stands before a word: ``start``, ``b:`` border, ``m:`` mark, ``l:`` phrase, ``g:`` word."""
        if not at:
            return "start"
        gap = table.gaps[at - 1]
        if gap != SPACE:
            return f"b:{gap}"
        mark = table.mark(at - 1)
        if mark:
            return f"m:{mark}"
        word = table.words[at - 1]
        if word.left_most > 1:
            return self._longest(table, at, -1, word.left_most) or word.left or word.context
        return word.left or word.context

    def behind(self, table: WordTable, at: int) -> str:
        """Return what stands at a word, behind a candidate that ends before it."""
        if at >= len(table):
            return "end"
        gap = table.gaps[at - 1]
        if gap not in {SPACE, "join"}:
            return f"b:{gap}"
        mark = table.mark(at)
        if mark:
            return f"m:{mark}"
        if gap == "join":
            return "b:join"
        word = table.words[at]
        found = self._longest(table, at, 1, word.right_most) if word.right_most > 1 else ""
        found = found or word.right
        if found:
            return "g:W" if found == "r:line" and table.words[at - 1].is_line_kind else found
        return "end" if at == len(table.words) - 1 and word.normal in _KISSES else word.context

    def _longest(self, table: WordTable, at: int, step: int, most: int) -> str:
        """Return what the longest phrase of several words says that ends before a word or begins at it."""
        words, gaps = table.words, table.gaps
        size = 1
        while size < most:
            beyond = at - size - 1 if step < 0 else at + size
            if not 0 <= beyond < len(words) or gaps[beyond if step < 0 else beyond - 1] != SPACE:
                break
            size += 1
        phrases = self._left if step < 0 else self._right
        for count in range(size, 1, -1):
            inside = words[at - count : at] if step < 0 else words[at : at + count]
            found = phrases.get(" ".join([w.normal for w in inside])) or phrases.get(
                " ".join([w.plain for w in inside])
            )
            if found:
                return found
        return ""
