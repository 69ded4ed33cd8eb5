"""Which way the rows of a table went, as the name of its sheet or file says it: ``Incoming Calls (1)``, ``Sent Items``.

Whatever else tells the way of a row holds before it. A name that says two ways, or none surely, says nothing: ``Calls
sent by Ann.csv`` may say who sent the file, and ``DRAFT.xlsx`` that the file is not done. Where the name of a sheet
speaks of ways at all, its file is not asked.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

import msgspec

from parsers.directions import folder_direction, stated_direction
from parsers.language_words import english_words, named_kinds
from parsers.records.facts import Direction
from parsers.table_fields import TableKind
from parsers.tables.labels import kind_named, label_key

OF_SHEET: Final = "sheet_name"
OF_FILE: Final = "file_name"
NAME_BASES: Final = frozenset({OF_SHEET, OF_FILE})

_IN, _OUT, _MISSED, _REJECTED = "incoming", "outgoing", "missed", "rejected"
_SURE: Final = {
    **dict.fromkeys(("incoming", "inbound"), (_IN, None)),
    **dict.fromkeys(("outgoing", "outbound"), (_OUT, None)),
    **dict.fromkeys(("dialled", "dialed"), (_OUT, TableKind.CALL)),
    **dict.fromkeys(("missed", "unanswered"), (_MISSED, TableKind.CALL)),
    **dict.fromkeys(("rejected", "declined", "blocked"), (_REJECTED, TableKind.CALL)),
    "inbox": (_IN, TableKind.MESSAGE),
    **dict.fromkeys(("outbox", "sentbox"), (_OUT, TableKind.MESSAGE)),
    **dict.fromkeys(("draft", "drafts"), (Direction.DRAFT.value, TableKind.MESSAGE)),
}
"""Words of a way, and what alone went so; beside what they speak of they are sure whatever else the name says."""

_OPEN: Final = {
    "received": (_IN, None),
    "answered": (_IN, TableKind.CALL),
    "sent": (_OUT, None),
    "in": (_IN, None),
    "out": (_OUT, None),
    "made": (_OUT, TableKind.CALL),
}
"""Those that may be of the file itself, or of anything: they count where the name says nothing else."""

_SHORT: Final = frozenset({"in", "out", "made"})
_WAYS: Final = {**_SURE, **_OPEN}
_CALLS: Final = frozenset({"call", "calls", "number", "numbers"})
_TEXTS: Final = frozenset({"sms", "mms", "message", "messages", "text", "texts", "chat", "chats", "imessage"})
_THINGS: Final = _CALLS | _TEXTS
_BESIDE: Final = frozenset(
    {
        "items",
        "item",
        "log",
        "logs",
        "list",
        "folder",
        "only",
        "deleted",
        "whats",
        "app",
        "telegram",
        "signal",
        "snapchat",
    }
    | {"facetime", "viber", "messenger", "facebook", "imessages", "im"}
)
_LISTS: Final = frozenset({"list", "lists", "log", "logs"})
_ANSWERS: Final = frozenset({"reply", "replies"})
_NOT: Final = _ANSWERS | {"no", "not", "non", "without", "except", "excluding", "by"}
_BLOCKED: Final = "blocked"
_NUMBERS: Final = frozenset({"number", "numbers"})
_TAIL = re.compile(r"(?:\s*-\s*copy)?\s*(?:\([0-9]{1,3}\)|[_ -]?[0-9]{1,2})?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?<=[^\W\d_])[_ -]+(?:19|20)[0-9]{2}\s*$")
_ENDING = re.compile(r"\.[A-Za-z]{2,4}$")
_LETTERS = re.compile(r"[^\W\d_]+")
_FOREIGN: Final = frozenset({_IN, _OUT, "received", "sent", _MISSED, _REJECTED})
_LONGEST: Final = 120


class NamedWay(msgspec.Struct, frozen=True):
    """What a name says.

    Attributes:
        way: Word for it: ``incoming``, ``outgoing``, ``missed``, ``rejected``, ``draft``.
        kind: Of what. None: of whatever its rows are.
        basis: Whose name it is: ``OF_SHEET`` or ``OF_FILE``.
        words: Those of the name that say it.
    """

    way: str
    kind: TableKind | None
    basis: str
    words: str

    def holds_for(self, kind: TableKind) -> bool:
        """Whether it speaks of things of this kind."""
        return self.kind in {None, kind}

    @property
    def is_of_ending(self) -> bool:
        """Whether it says that calls were not answered."""
        return self.way in {_MISSED, _REJECTED}

    @property
    def direction(self) -> Direction | None:
        """The way of a message. None: the word is of calls alone."""
        return Direction(self.way) if self.way in {_IN, _OUT, Direction.DRAFT.value} else None


def way_named(sheet_name: str, file_name: str | None = None) -> NamedWay | None:
    """Return the way that the name of a sheet says, else that of its file. None: neither says one."""
    if file_name is None or speaks_of_ways(sheet_name):
        return _way_in(sheet_name, OF_SHEET)
    return _way_in(_ENDING.sub("", file_name), OF_FILE)


def speaks_of_ways(name: str) -> bool:
    """Whether a name says a way, or several, or holds a word for one."""
    words = _LETTERS.findall(label_key(name[:_LONGEST]))
    return any(word in _WAYS or word in _ANSWERS for word in words) or _way_in(name, OF_SHEET) is not None


def _way_in(name: str, basis: str) -> NamedWay | None:
    if not name or len(name) > _LONGEST:
        return None
    stem = _YEAR.sub("", name, count=1) if basis == OF_SHEET else name
    stem = _TAIL.sub("", stem, count=1)
    words = _LETTERS.findall(label_key(stem))
    told = [word for word in words if word in _WAYS]
    if len({_WAYS[word][0] for word in told}) > 1 or _is_of_else(words):
        return None
    found = _told(stem, words, told, basis) if told else _of_other_language(stem, basis)
    # A file that is called a draft is one itself.
    is_draft = found is not None and found.way == Direction.DRAFT.value
    return None if is_draft and basis == OF_FILE else found


def _is_of_else(words: list[str]) -> bool:
    """Whether words of ways in a name say something else: ``Messages in WhatsApp``, ``Blocked numbers``."""
    has_short = not _SHORT.isdisjoint(words[:-1])
    return has_short or not _NOT.isdisjoint(words) or (_BLOCKED in words and not _NUMBERS.isdisjoint(words))


def _told(stem: str, words: list[str], told: list[str], basis: str) -> NamedWay | None:
    if not _is_sure(words, told[0], basis, has_digits=any(map(str.isdigit, stem))):
        return None
    way, kind = _WAYS[told[0]]
    return NamedWay(way, kind or _kind_of(words, stem), basis, told[0])


def _is_sure(words: list[str], way: str, basis: str, *, has_digits: bool) -> bool:
    """Whether a name says of its rows that they went a way, by its words."""
    if basis == OF_FILE and way in _OPEN and (has_digits or not _LISTS.isdisjoint(words)):
        # "Calls received 14.02.2024", "Call list received": when the file came, by the look of it.
        return False
    is_of_things = not _THINGS.isdisjoint(words)
    is_all = all(word in _WAYS or word in _THINGS or word in _BESIDE for word in words)
    if is_all and (is_of_things or (not has_digits and (way not in _SHORT or (basis == OF_SHEET and len(words) == 1)))):
        return True
    pairs = pairwise(words)
    return any(
        (one in _SURE and other in _THINGS) or (one in _TEXTS | {"calls"} and other in _SURE) for one, other in pairs
    )


def _kind_of(words: list[str], name: str) -> TableKind | None:
    if not _CALLS.isdisjoint(words):
        return TableKind.CALL
    return TableKind.MESSAGE if not _TEXTS.isdisjoint(words) else kind_named(name)


def _of_other_language(stem: str, basis: str) -> NamedWay | None:
    if stated_direction(stem, None) is not None:
        return NamedWay(Direction.DRAFT.value, TableKind.MESSAGE, basis, stem.strip())
    folder = folder_direction(stem)
    if folder is not None:
        return NamedWay(folder[0].value, None, basis, stem.strip())
    kinds, words = named_kinds(stem), english_words(stem)
    ways = words & _FOREIGN
    kind = kind_named(stem)
    if len(ways) != 1 or len(kinds) != 1 or kind is None or "not" in words:
        return None
    way = next(iter(ways))
    return NamedWay(_WAYS[way][0], kind, basis, way)


__all__ = ["NAME_BASES", "NamedWay", "speaks_of_ways", "way_named"]
