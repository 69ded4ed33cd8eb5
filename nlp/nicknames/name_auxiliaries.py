"""Words that form verbs and are names too: ``Miss May``, ``Big Will``.

They are words of grammar wherever an action follows ("unc will be out", "may close early"). They are a name where a
title or what introduces names stands before them, or nothing does, and behind them what cannot follow "may" and
"will": ``Miss May on both``, ``its Will here``, ``WILL GOT BOTH``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nlp.nicknames.word_table import WordTable

_SPACE: Final = "space"
_INTRODUCING: Final = frozenset({"l:intro", "l:real", "l:boy", "l:numfor", "l:askfor", "l:call"})
_FROM: Final = "l:from"
"""Before a title only: "new prices from May" is the month."""
_SERVING: Final = frozenset(
    {"r:line", "r:on", "r:back", "r:here", "r:open", "r:off", "r:new", "r:has", "r:is"}
)  # fmt: skip
_WITHOUT_SUBJECT: Final = frozenset({"r:off", "r:back"})
_ACTIONS: Final = frozenset(
    {
        "b",
        "be",
        "change",
        "close",
        "come",
        "deliver",
        "do",
        "get",
        "go",
        "have",
        "move",
        "not",
        "open",
        "return",
        "shut",
    }
)
_INFLECTED: Final = ("ing", "in", "ed", "s")
"""Ends of verbs that cannot follow: ``Miss May serving``."""


def is_named_here(table: WordTable, at: int) -> bool:
    """Whether such a word is a name by what stands around it."""
    is_first = at == 0 or table.gaps[at - 1] != _SPACE
    if _is_introduced(table, at):
        return _is_served(table, at + 1)
    if is_first:
        return _is_served(table, at + 1) and not _may_be_left_out(table, at + 1)
    if table.words[at - 1].is_title:
        return _is_served(table, at + 1) or _ends(table, at + 1) or _is_whole(table, at)
    is_second = at == 1 or table.gaps[at - 2] != _SPACE or _is_introduced(table, at - 1)
    return is_second and table.words[at - 1].begins_pair and _is_served(table, at + 1)


def _may_be_left_out(table: WordTable, at: int) -> bool:
    """Whether who will do it may be left out before a word: "will back on in 10", "may off work", "may on friday"."""
    right = table.words[at].right
    if right in _WITHOUT_SUBJECT:
        return True
    is_last = at + 1 >= len(table) or table.gaps[at] != _SPACE
    return right == "r:on" and not is_last and not table.mark(at + 1) and not table.words[at + 1].right


def _is_introduced(table: WordTable, at: int) -> bool:
    return at > 0 and table.gaps[at - 1] == _SPACE and table.words[at - 1].left in _INTRODUCING


def _is_whole(table: WordTable, at: int) -> bool:
    """Whether a title and such a word are introduced together: ``happy new year from Miss May all deals on``."""
    is_from = at > 1 and table.gaps[at - 2] == _SPACE and table.words[at - 2].left == _FROM
    return (is_from or _is_introduced(table, at - 1)) and not _is_action(table, at + 1)


def _ends(table: WordTable, at: int) -> bool:
    return at >= len(table) or table.gaps[at - 1] != _SPACE


def _is_served(table: WordTable, at: int) -> bool:
    """Whether what stands at a word is said of a line, and is nothing that somebody may or will do."""
    if _ends(table, at):
        return False
    return bool(table.mark(at)) or (table.words[at].right in _SERVING and not _is_action(table, at))


def _is_action(table: WordTable, at: int) -> bool:
    if _ends(table, at):
        return False
    word = table.words[at]
    return (
        word.plain in _ACTIONS
        or word.right == "r:does"
        or (word.grade == "verb" and not word.plain.endswith(_INFLECTED))
    )
