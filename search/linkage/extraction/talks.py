"""What went between a phone and one party right before a text: whether it answers, opens a talk, or says who one is."""

from __future__ import annotations

from typing import Final, NamedTuple

from nlp.changes.asked_names import Asked, asked_in, is_bare_who, is_yes, tells_who
from parsers.records.facts import Message
from parsers.records.findings import TextFinding
from parsers.records.values import Party
from search.linkage.extraction.answers import is_shortly_after, may_be_later_answer, may_be_short_answer, seconds_after
from search.linkage.keys import party_key_in, party_name

ANSWER_SECONDS: Final = 300.0
"""A text that comes so shortly after one that was sent to its sender is an answer."""
LATER_ANSWER_SECONDS: Final = 600.0
"""So is one so long after that speaks to one person: "haha go on then one free with 2" (``answers``)."""
SHORT_ANSWER_SECONDS: Final = 1800.0
"""So is one so long after that says little (``answers``)."""
WHO_SECONDS: Final = 86_400.0
"""So is one that says who its sender is and is no advert, so long after that was asked. Reasoned: nobody asks it of
yesterday."""


class _Open(NamedTuple):
    """A question that is not answered yet, and when it was put."""

    asked: Asked
    at: str


class Talks:
    """Follows what goes between a phone and each party, of one extraction, whose messages come in order of time."""

    __slots__ = ("_last_received", "_last_sent", "_put_by_phone", "_put_to_phone")

    def __init__(self) -> None:
        self._last_sent: dict[str, str] = {}
        self._last_received: dict[str, str] = {}
        self._put_by_phone: dict[str, _Open] = {}
        self._put_to_phone: dict[str, _Open] = {}

    def note_sent(self, who: str, utc: str) -> None:
        """Note when a text went to one party alone."""
        self._last_sent[who] = utc

    def is_answer(self, message: Message, finding: TextFinding | None) -> bool:
        """Whether the sender was written to right before: a text that answers is to one person, whatever it says.

        Who was asked who he is may take his time. Of a broadcast that comes by chance in such minutes its own words
        tell, or the other phones (``recovery``).
        """
        utc, who = message.time.utc, _who(message, message.from_party)
        asked = self._last_sent.get(who) if who is not None else None
        if utc is None or asked is None or who is None:
            return False
        if 0 <= seconds_after(utc, asked) <= _longest(message, finding):
            return True
        put = self._put_by_phone.get(who)
        if put is None or (finding is not None and finding.is_advert) or len(message.to) > 1:
            return False
        return _is_in_time(put, utc) and tells_who(message.body or "", put.asked)

    def is_opening(self, message: Message) -> bool:
        """Whether nothing went between the phone and the sender for some time before this text; notes its time."""
        utc, who = message.time.utc, _who(message, message.from_party)
        if utc is None or who is None:
            return False
        came, asked = self._last_received.get(who), self._last_sent.get(who)
        self._last_received[who] = utc
        return not any(last is not None and is_shortly_after(utc, last) for last in (came, asked))

    def said_yes(self, message: Message, *, is_sent: bool, is_in_group: bool) -> Asked | None:
        """Return what was asked of the sender of a text that says yes to it. Call it once a text, in their order.

        A question is open until its party gets another text from who put it, or answers anything that is no yes, or
        until a text between the two of which is not known when it went. None: nothing was asked, or no yes, or one of
        several heard it.
        """
        body, utc = message.body or "", message.time.utc
        party = message.from_party if not is_sent else message.to[0] if message.to else None
        who = None if is_in_group or len(message.to) > 1 else _who(message, party)
        if who is None:
            return None
        if utc is None:
            self._put_by_phone.pop(who, None)
            self._put_to_phone.pop(who, None)
            return None
        putting, answered = (
            (self._put_by_phone, self._put_to_phone) if is_sent else (self._put_to_phone, self._put_by_phone)
        )
        asked = asked_in(body)
        if asked is not None:
            putting[who] = _Open(asked, utc)
        else:
            putting.pop(who, None)
        put = answered.get(who)
        if put is None or is_bare_who(body):
            return None
        del answered[who]
        return put.asked if _is_in_time(put, utc) and is_yes(body, put.asked) else None


def _longest(message: Message, finding: TextFinding | None) -> float:
    """Return how many seconds after a text to its sender a text answers that."""
    if may_be_short_answer(message, finding):
        return SHORT_ANSWER_SECONDS
    return LATER_ANSWER_SECONDS if may_be_later_answer(message, finding) else ANSWER_SECONDS


def _who(message: Message, party: Party | None) -> str | None:
    return party_key_in(message.service, party) or party_name(party)


def _is_in_time(put: _Open, utc: str) -> bool:
    return 0 <= seconds_after(utc, put.at) <= WHO_SECONDS
