"""What the words of a text say, as edges: wording, name, numbers in it, and announced changes of number."""

from __future__ import annotations

import re
from typing import Final

from nlp.changes.asked_names import Asked
from nlp.changes.further_numbers import RULE_BESIDE
from nlp.changes.imitators import RULE_WARNS
from nlp.changes.two_new_numbers import RULE_BOTH_NEW
from parsers.phone_numbers import number_key, to_e164
from parsers.records.facts import Message
from parsers.records.findings import NumberChangeRole, SpanKind, TextFinding
from search.contract import EdgeKind
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.extraction.former_names import former_names, own_former_names
from search.linkage.extraction.given_up import is_from_old_number
from search.linkage.extraction.held_back import HeldBack, HeldText
from search.linkage.keys import (
    NAME_PREFIX,
    UNKNOWN_NUMBER,
    AnnouncedFrom,
    Role,
    fold_name,
    is_account_id,
    is_number,
    is_stand_in,
    named_alone,
    shown_sender,
    talk_key,
)

RULED_OUT_BELOW: Final = 0.015
"""Advert score below which a received text is kept as no wording, unless its sender sends adverts to this phone: it is
ordinary talk to the analysis. With the models of before, and at 0.02, seven in eight of the texts of one person to
another lay below; of adverts that the analysis misses, one in twenty to one in two."""

ALONE_SCORE: Final = 0.3
"""Advert score from which a text on one phone alone is taken for a line's advert. With the others of this module and of
``recovery`` it gives traces on receiving phones of 49 development worlds at P 0.998 and R 0.983; with half of each,
R 0.985 at P 0.996, and one line more is in two."""
ALONE_WORDS: Final = 4
"""Words from which it is. Of shorter ones ("no short money", "ring when outside") all in sixteen made worlds were to
one customer; what a line sends to many stands on other phones, too, or comes again."""

NEARLY_SCORE: Final = 0.17
NEARLY_WORDS: Final = 6
"""Advert score and words from which a text on one phone alone is taken for an advert of a number whose adverts that
phone holds; of shorter ones most are talk ("half hour", "cant get thru to u")."""

REPEATED_WORDS: Final = 4
REPEATED_SCORE: Final = 0.12
"""Words or advert score from which a text that comes again and again may be one: "ring me" comes again too."""

_OF_ONE_PERSON: Final = re.compile(r"\d{4}|[£$€] ?\d[\d,]*\.\d\d")
"""A code, a reference or a balance in a text of a service's short code or name: such a text is to one person, and there
are as many as there are days."""
_OFF_THE_LIST: Final = r"(?:stop(?: ?all)?|end|quit|(?:opt|txt|text) ?out|unsub(?:scribe)?)"
_OF_EVERYBODY: Final = re.compile(
    r"(?<!\d)(?:(?:\+\d{2}|0)(?:[ ()-]{0,2}\d){9,10}|(?:19|20)\d\d)(?!\d)"
    rf"|\b(?:txt|text|reply|send)\W{{1,3}}{_OFF_THE_LIST}(?:\W{{1,3}}[^\W\d_]+)?\W{{1,3}}(?:(?:to|2|on)\W{{1,2}})?"
    r"\d{5,6}(?!\d)"
    rf"|\b(?:{_OFF_THE_LIST}(?:\W{{1,3}}[^\W\d_]+)?\W{{1,3}}(?:to|2|on)\W|(?:stop|opt ?out)\W{{1,3}})\W?\d{{5,6}}\W*$",
    re.IGNORECASE,
)
"""A telephone number, a year, or the short code that takes one off the list, which are none of these.
The short code stands behind "reply" or the like or ends the text: elsewhere it may be a code of one person."""

DAY_CHARS: Final = 10
"""Of an instant as text, its day."""


def note_advert(
    table: EdgeTable, held_back: HeldBack, message: Message, finding: TextFinding, sender: str, *, is_sent: bool
) -> None:
    """Note an advert under its wording, its name and its sender, and of that sender what was held back."""
    if not is_sent:
        if finding.line:
            held_back.note_name(sender, finding.line)
        if not held_back.is_released(sender):
            for text in held_back.release(sender):
                _note_text(table, held_back, sender, text)
    note, utc, record_id = table.note, message.time.utc, message.record_id
    role = Role.SENT if is_sent else Role.RECEIVED
    note((EdgeKind.TEMPLATE, finding.template_id, role, "", ""), utc, record_id)
    if finding.line:
        surface = finding.line_surface or finding.line
        note((EdgeKind.NICKNAME, fold_name(finding.line), role, sender, surface), utc, record_id)
    if finding.number_change.role is not NumberChangeRole.NONE:
        role = Role.SENT_CHANGE if is_sent else Role.RECEIVED_CHANGE
    edge = (EdgeKind.ADVERT, sender, role, finding.template_id, finding.line or "")
    note(edge, utc, record_id, finding.advert_score)


def note_party(
    table: EdgeTable,
    message: Message,
    finding: TextFinding | None,
    sender: str,
    other: str | None,
    *,
    is_advert: bool,
) -> None:
    """Note that the phone got a text from a number, or exchanged one with it.

    Args:
        table: Edges in the making.
        message: The text.
        finding: What the analysis says of it.
        sender: Its key; a stand-in is no number.
        other: The number with which it was exchanged, where who sent it is not said; of an advert its sender is asked
            beside other phones.
        is_advert: Whether it is taken for one.
    """
    party, score = message.from_party, 0.0 if is_advert or finding is None else finding.order_score
    if party is not None and not sender.startswith(NAME_PREFIX) and sender != UNKNOWN_NUMBER:
        role = Role.RECEIVED_ADVERT if is_advert else Role.RECEIVED
        table.note((EdgeKind.NUMBER, sender, role, "", party.name or ""), message.time.utc, message.record_id, score)
    elif other is not None and not is_advert:
        edge = (EdgeKind.NUMBER, other, Role.RECEIVED, "", message.to[0].name or "")
        table.note(edge, message.time.utc, message.record_id)


def note_wording(
    table: EdgeTable,
    held_back: HeldBack,
    message: Message,
    finding: TextFinding,
    sender: str,
    *,
    is_answer: bool,
    is_opening: bool,
) -> None:
    """Note a received text that is taken for no advert, where beside other phones it may turn out to be one.

    Args:
        table: Edges in the making.
        held_back: Takes what reads like ordinary talk, unless its sender sends adverts too.
        message: The text.
        finding: What the analysis says of it.
        sender: Its key.
        is_answer: It answers a text that was sent right before, so that alone it is none whatever it reads like.
        is_opening: Nothing went between the phone and its sender for some time.
    """
    is_name = sender.startswith(NAME_PREFIX)
    if is_stand_in(sender) and not is_name:
        return
    is_person = is_name or is_number(sender) or is_account_id(sender)
    if not is_person and _is_to_one_person(message.body or ""):
        return
    utc = message.time.utc
    label = f"{utc[:DAY_CHARS]} {message.time.basis}" if utc is not None else ""
    body = message.body or ""
    text = HeldText(
        is_answer, finding.template_id, label, utc, message.record_id, finding.advert_score, body, is_opening
    )
    # what a chat's party that is shown by a name alone says no other phone knows as its, until it sends an advert
    if (finding.advert_score >= RULED_OUT_BELOW and not is_name) or held_back.is_released(sender):
        _note_text(table, held_back, sender, text)
    else:
        held_back.hold(sender, text)


def _is_to_one_person(body: str) -> bool:
    return _OF_ONE_PERSON.search(body) is not None and _OF_ONE_PERSON.search(_OF_EVERYBODY.sub("", body)) is not None


def note_openings(table: EdgeTable, held_back: HeldBack) -> None:
    """Note what may be a broadcast by how it came, of senders of no adverts; after the last record."""
    for sender, text in held_back.openings():
        # a name alone stands for itself on every phone: three that show one and got one text show a broadcast
        shown = named_alone(shown_sender(sender)) if sender.startswith(NAME_PREFIX) else sender
        edge = (EdgeKind.TALK, talk_key(shown, text.template_id), Role.RECEIVED, text.template_id, text.label)
        table.note(edge, text.utc, text.record_id, text.score)


def _note_text(table: EdgeTable, held_back: HeldBack, sender: str, text: HeldText) -> None:
    role = _role_of(held_back, sender, text)
    is_talk = role == Role.RECEIVED_ANSWER or (role == Role.RECEIVED and text.score < ALONE_SCORE)
    kind, key = (EdgeKind.TALK, talk_key(sender, text.template_id)) if is_talk else (EdgeKind.WORDING, sender)
    table.note((kind, key, role, text.template_id, text.label), text.utc, text.record_id, text.score)


def _role_of(held_back: HeldBack, sender: str, text: HeldText) -> Role:
    if text.is_answer:
        return Role.RECEIVED_ANSWER
    if held_back.bears_name(sender, text.body):
        return Role.RECEIVED_NAMED
    words = len(text.body.split())
    if text.score >= ALONE_SCORE and words >= ALONE_WORDS:
        return Role.RECEIVED
    if text.score >= NEARLY_SCORE and words >= NEARLY_WORDS:
        return Role.RECEIVED_NEARLY
    # what comes again in the midst of a talk is an order to a runner, or an answer
    may_be_one = text.is_opening and (words >= REPEATED_WORDS or text.score >= REPEATED_SCORE)
    if may_be_one and held_back.is_repeated(sender, text.template_id, text.label[:DAY_CHARS]):
        return Role.RECEIVED_REPEATED
    return Role.RECEIVED_SHORT if text.score >= ALONE_SCORE else Role.RECEIVED


def note_content(table: EdgeTable, message: Message, finding: TextFinding, sender: str, *, is_sent: bool) -> None:
    """Note numbers and names that stand in the text, and the change of number that it announces."""
    note, utc, record_id = table.note, message.time.utc, message.record_id
    mentioned_by = sender if finding.is_advert else ""
    role = Role.SENT if is_sent else Role.RECEIVED
    for span in finding.spans:
        if span.kind is SpanKind.NUMBER:
            note((EdgeKind.MENTIONED, span.canonical or span.surface, role, mentioned_by, ""), utc, record_id)
        elif span.kind is SpanKind.NICKNAME and not finding.is_advert:
            name = span.canonical or span.surface
            note((EdgeKind.NICKNAME, fold_name(name), Role.NAMED, "", span.surface), utc, record_id)
    _note_change(table, message, finding, sender)


def _note_change(table: EdgeTable, message: Message, finding: TextFinding, sender: str) -> None:
    """Note the change of number that a text announces, else the numbers that it holds."""
    utc, record_id = message.time.utc, message.record_id
    change = finding.number_change
    if change.role is NumberChangeRole.NONE:
        if finding.advert_score >= RULED_OUT_BELOW:
            _note_written(table, message, finding, sender)
        return
    number = number_key(change.number, change.e164)
    if number == sender and change.role is NumberChangeRole.NEW:
        number = None  # "on new number 07700 900123" from that very number is the new one's word, and names no old one
    is_from_old = change.role is NumberChangeRole.NEW and number is not None
    if change.role is NumberChangeRole.OLD and number is None:
        return  # "this number is going off" names no other number
    if number is None and is_from_old_number(message.body or "", sender):
        return
    old, new = (sender, number) if is_from_old else (number or UNKNOWN_NUMBER, sender)
    if new is not None and old != new:
        role_of = _ANNOUNCED[is_from_old, finding.is_advert]
        # What the old number's holder was called stands in the text too, and no analysis says which word that is.
        if is_from_old:
            label = finding.line or ""
        else:
            label = own_former_names(finding) if number is None else former_names(message.body or "")
        table.note((EdgeKind.ANNOUNCEMENT, old, role_of, new, label), utc, record_id)
        if is_from_old and RULE_BOTH_NEW in finding.rules:
            for beside in sorted(_numbers_of(finding) - {old, new}):
                table.note((EdgeKind.ANNOUNCEMENT, old, role_of, beside, label), utc, record_id)


def note_yes(table: EdgeTable, message: Message, sender: str, asked: Asked | None) -> None:
    """Note that a sender, when it was asked whether it is whom somebody knows, said yes to the name and the number."""
    if asked is None:
        return
    keys = [key for number in asked.numbers if (key := to_e164(number)) is not None and key != sender]
    labels = [" ".join(folded) for name in asked.names if (folded := [*filter(None, map(fold_name, name.split()))])]
    for key, label in [*((key, "") for key in keys), *((UNKNOWN_NUMBER, label) for label in labels)]:
        edge = (EdgeKind.ANNOUNCEMENT, key, AnnouncedFrom.ASKED, sender, label)
        table.note(edge, message.time.utc, message.record_id)


def _note_written(table: EdgeTable, message: Message, finding: TextFinding, sender: str) -> None:
    """Note the numbers in a text that says of none that it is new or old; ordinary talk is left out."""
    role = AnnouncedFrom.WARNED if RULE_WARNS in finding.rules else AnnouncedFrom.UNCLEAR
    if RULE_BESIDE in finding.rules and _is_of_its_own(finding, sender):
        role = AnnouncedFrom.BESIDE
    for span in finding.spans:
        number = span.canonical
        if span.kind is SpanKind.NUMBER and number and is_number(number) and number != sender:
            edge = (EdgeKind.ANNOUNCEMENT, sender, role, number, finding.line or "")
            table.note(edge, message.time.utc, message.record_id)


def _is_of_its_own(finding: TextFinding, sender: str) -> bool:
    """Whether a text that holds two numbers holds the sender's, so that nobody else tells of a line's numbers."""
    numbers = _numbers_of(finding)
    return len(numbers) == 1 or sender in numbers


def _numbers_of(finding: TextFinding) -> set[str]:
    """Return the numbers that stand in a text, as far as they are read in full."""
    return {span.canonical for span in finding.spans if span.kind is SpanKind.NUMBER and span.canonical is not None}


_ANNOUNCED = {
    (True, True): AnnouncedFrom.OLD_ADVERT,
    (True, False): AnnouncedFrom.OLD_PLAIN,
    (False, True): AnnouncedFrom.NEW_ADVERT,
    (False, False): AnnouncedFrom.NEW_PLAIN,
}
