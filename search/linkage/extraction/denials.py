"""Whom somebody told that this is not the number of whom he asks for, of one extraction, with the words of both."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.changes.denied_numbers import LONGEST_DENIAL, Denial, denied_in
from parsers.records.facts import Message
from search.contract import EdgeKind
from search.linkage.extraction.answers import seconds_after
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom, is_number, party_key_in, party_name

ASKED_SECONDS: Final = 86_400.0
"""How long before it the text came that it answers; who has a strange number in hand answers by the next day."""
_WORD: Final = re.compile(r"[^\W_]+")
_ANSWERS: Final = "/"
_ITSELF: Final = "-"


class Told(NamedTuple):
    """What the label of an edge says.

    Attributes:
        party: Key of whom it was told; empty where that is the phone that holds it.
        asked: Words that he had written, in small letters; empty where nothing is held, or the answer is not to those.
        said: Words of the answer.
    """

    party: str
    asked: tuple[str, ...]
    said: tuple[str, ...]


class Denials:
    """Follows what each party wrote last, where a thread is read in order of time (``Talks``)."""

    __slots__ = ("_received", "_sent")

    def __init__(self) -> None:
        self._received: dict[str, tuple[str, str]] = {}
        self._sent: dict[str, tuple[str, str]] = {}

    def told(self, message: Message, *, is_sent: bool, is_in_group: bool) -> str:
        """Return the label of what a text denies. Call it once a text, in their order. Empty: it denies nothing.

        A text that only says that somebody is not there stands without what it answers, which may ask for another.
        """
        utc, body = message.time.utc, message.body or ""
        party = message.from_party if not is_sent else message.to[0] if message.to else None
        key = party_key_in(message.service, party)
        who = key or party_name(party)
        if who is None or utc is None or is_in_group or len(message.to) > 1 or not body:
            return ""
        own, others = (self._sent, self._received) if is_sent else (self._received, self._sent)
        own[who] = (utc, body) if len(body) <= LONGEST_DENIAL else (utc, "")
        denied = denied_in(body)
        if denied is None or (is_sent and (key is None or not is_number(key))):
            return ""
        at, asked = others.get(who, ("", ""))
        is_answer = bool(asked) and 0 <= seconds_after(utc, at) <= ASKED_SECONDS
        if denied is Denial.NOT_THERE or not is_answer:
            asked = ""
        words = " ".join((*_words(asked), _ANSWERS, *_words(body)))
        return f"{key if is_sent else _ITSELF} {words}"


def note_denial(table: EdgeTable, message: Message, sender: str, label: str) -> None:
    """Note that a sender told somebody that this is not the number of whom he asks for; nothing without a label."""
    if label:
        edge = (EdgeKind.ANNOUNCEMENT, UNKNOWN_NUMBER, AnnouncedFrom.DENIED, sender, label)
        table.note(edge, message.time.utc, message.record_id)


def told_in(label: str) -> Told:
    """Return what the label of such an edge says."""
    party, *words = label.split(" ")
    at = words.index(_ANSWERS)
    return Told("" if party == _ITSELF else party, tuple(words[:at]), tuple(words[at + 1 :]))


def _words(body: str) -> list[str]:
    return _WORD.findall(body.casefold())
