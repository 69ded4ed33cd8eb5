"""Whom a phone told that this is not the number of whom he asks for, of one extraction, with the words that tell."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.changes.denied_numbers import LONGEST_DENIAL, denied_in
from parsers.records.facts import Message
from search.contract import EdgeKind
from search.linkage.extraction.answers import seconds_after
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom, is_number, party_key_in

ASKED_SECONDS: Final = 86_400.0
"""How long before it the text came that it answers; who has a strange number in hand answers by the next day."""
_WORD: Final = re.compile(r"[^\W_]+")
_ANSWERS: Final = "/"


class Told(NamedTuple):
    """What the label of an edge says.

    Attributes:
        party: Key of whom it was told.
        asked: Words that he had written, in small letters; empty where only somebody is said not to be there.
        said: Words for whom the answer says is not there; empty where it denies whoever is asked for.
    """

    party: str
    asked: tuple[str, ...]
    said: tuple[str, ...]


class Denials:
    """Follows what each party wrote last, where a thread is read in order of time (``Talks``)."""

    __slots__ = ("_received",)

    def __init__(self) -> None:
        self._received: dict[str, tuple[str, str]] = {}

    def told(self, message: Message, *, is_sent: bool, is_in_group: bool) -> str:
        """Return the label of what a text that was sent denies and answers. Call it once a text, in their order.

        Empty: it denies nothing, answers nothing of the day before, or came in: whose phone sent it nothing shows.
        """
        utc, body = message.time.utc, message.body or ""
        party = message.from_party if not is_sent else message.to[0] if message.to else None
        key = party_key_in(message.service, party)
        if key is None or not is_number(key) or utc is None or is_in_group or len(message.to) > 1 or not body:
            return ""
        if not is_sent:
            self._received[key] = (utc, body if len(body) <= LONGEST_DENIAL else "")
            return ""
        who = denied_in(body)
        at, asked = self._received.get(key, ("", ""))
        if who is None or not asked or not 0 <= seconds_after(utc, at) <= ASKED_SECONDS:
            return ""
        return " ".join((key, *(() if who else _words(asked)), _ANSWERS, *_words(who)))


def note_denial(table: EdgeTable, message: Message, sender: str, label: str) -> None:
    """Note that a sender told somebody that this is not the number of whom he asks for; nothing without a label."""
    if label:
        edge = (EdgeKind.ANNOUNCEMENT, UNKNOWN_NUMBER, AnnouncedFrom.DENIED, sender, label)
        table.note(edge, message.time.utc, message.record_id)


def told_in(label: str) -> Told:
    """Return what the label of such an edge says."""
    party, *words = label.split(" ")
    at = words.index(_ANSWERS)
    return Told(party, tuple(words[:at]), tuple(words[at + 1 :]))


def _words(body: str) -> list[str]:
    return _WORD.findall(body.casefold())
