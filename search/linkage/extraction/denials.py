"""Whom a phone told that this is not the number of whom he asks for, of one extraction, with the words that tell.

And whom it wrote anything else where he seemed to order: who has the line's number by chance serves nobody. What he
writes to somebody after he denied it, until that one seems to order again, serves nobody either; "no worries" to the
caller's "sorry mate" settles it, and says the same once more.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.changes.denied_numbers import LONGEST_DENIAL, denied_in, settles
from parsers.records.facts import Message
from parsers.records.findings import TextFinding
from search.contract import EdgeKind
from search.linkage.extraction.answers import seconds_after
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom, is_number, party_key_in

ASKED_SECONDS: Final = 86_400.0
"""How long before it the text came that it answers; who has a strange number in hand answers by the next day."""
SERVED_SECONDS: Final = 3_600.0
"""How long after an order a text is about it; who wrote it off comes back to its sender later, as a friend."""
ASKING_SCORE: Final = 0.5
"""Of a text that came in, from which on it may be an order; less than counts for one by itself (``ORDER_SCORE``)."""
_ASKS_WHO: Final = re.compile(
    r"\bwho(?:s|'s|\N{RIGHT SINGLE QUOTATION MARK}s| is| are| r)? (?:this|dis|u|you|ya|that)\b"
)
"""What is asked of whoever orders by those who do not know him, the line's holder among them; it serves nobody."""
_WORD: Final = re.compile(r"[^\W_]+")
_ANSWERS: Final = "/"


class Told(NamedTuple):
    """What the label of an edge says. Neither words asked nor said: the text settles what was told before.

    Attributes:
        party: Key of whom it was told.
        asked: Words that he had written, in small letters; empty where only somebody is said not to be there.
        said: Words for whom the answer says is not there; empty where it denies whoever is asked for.
    """

    party: str
    asked: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def is_settling(self) -> bool:
        """Whether it only closes what was told before."""
        return not self.asked and not self.said


class Denials:
    """Follows what each party wrote last, of one extraction, whose messages come in order of time."""

    __slots__ = ("_ordered", "_received", "_told_at")

    def __init__(self) -> None:
        self._received: dict[str, tuple[str, str]] = {}
        self._ordered: dict[str, str] = {}
        self._told_at: dict[str, str] = {}

    def told(
        self, message: Message, finding: TextFinding | None, *, is_sent: bool, is_in_group: bool
    ) -> tuple[AnnouncedFrom, str]:
        """Return what a text that was sent does to whoever it answers, with the label that says so.

        ``DENIED`` or ``SERVED``, the latter once an order; an empty label: neither, or it came in: whose phone sent it
        nothing shows. Call it once a text, in their order.
        """
        denied = self._denied(message, is_sent=is_sent, is_in_group=is_in_group)
        key, utc = _party_of(message, is_sent=is_sent), message.time.utc
        if key is None or utc is None or is_in_group:
            return AnnouncedFrom.DENIED, denied
        if not is_sent:
            if finding is not None and finding.order_score >= ASKING_SCORE:
                self._ordered[key] = utc
            return AnnouncedFrom.DENIED, ""
        at, body = self._ordered.get(key), message.body or ""
        if denied or denied_in(body) is not None:
            self._ordered.pop(key, None)
            return AnnouncedFrom.DENIED, denied
        if at is None or not body or _ASKS_WHO.search(body.casefold()):
            return AnnouncedFrom.DENIED, ""
        del self._ordered[key]
        return AnnouncedFrom.SERVED, key if 0 <= seconds_after(utc, at) <= SERVED_SECONDS else ""

    def _denied(self, message: Message, *, is_sent: bool, is_in_group: bool) -> str:
        utc, body = message.time.utc, message.body or ""
        key = _party_of(message, is_sent=is_sent)
        if key is None or not is_number(key) or utc is None or is_in_group or len(message.to) > 1 or not body:
            return ""
        if not is_sent:
            self._received[key] = (utc, body if len(body) <= LONGEST_DENIAL else "")
            return ""
        who = denied_in(body)
        at, asked = self._received.get(key, ("", ""))
        if who is None or not asked or not 0 <= seconds_after(utc, at) <= ASKED_SECONDS:
            told_at = self._told_at.get(key)
            is_settled = told_at is not None and 0 <= seconds_after(utc, told_at) <= ASKED_SECONDS and settles(body)
            return f"{key} {_ANSWERS}" if is_settled else ""
        self._told_at[key] = utc
        return " ".join((key, *(() if who else _words(asked)), _ANSWERS, *_words(who)))


def note_denial(table: EdgeTable, message: Message, sender: str, told: tuple[AnnouncedFrom, str]) -> None:
    """Note that a sender told somebody that this is not the number of whom he asks for, or served him.

    Nothing without a label.
    """
    role, label = told
    if label:
        edge = (EdgeKind.ANNOUNCEMENT, UNKNOWN_NUMBER, role, sender, label)
        table.note(edge, message.time.utc, message.record_id)


def told_in(label: str) -> Told:
    """Return what the label of such an edge says."""
    party, *words = label.split(" ")
    at = words.index(_ANSWERS)
    return Told(party, tuple(words[:at]), tuple(words[at + 1 :]))


def _party_of(message: Message, *, is_sent: bool) -> str | None:
    party = message.from_party if not is_sent else message.to[0] if message.to else None
    return party_key_in(message.service, party)


def _words(body: str) -> list[str]:
    return _WORD.findall(body.casefold())
