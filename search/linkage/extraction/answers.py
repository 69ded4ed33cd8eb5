"""What the words of a text say of whether it answers the one that was sent to its sender right before."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from parsers.records.facts import Message
from parsers.records.findings import NumberChangeRole, SpanKind, TextFinding

SHORT_ANSWER_WORDS: Final = 4
"""Most words of a short answer, which bears no line's name and not what one sells or asks: "off til 12"."""

NO_ANSWER_SCORE: Final = 0.8
"""Advert score from which a text that bears a line's name and what it sells or asks is an advert whenever it comes: who
answers one person gives no name and no list of prices. Reasoned."""
_NAMELESS_SURE: Final = 0.9
"""Advert score from which a text without a name may be a broadcast that comes by chance minutes after one to its
sender."""
_HARDLY: Final = 0.55
"""Advert score below which a text without a name that offers nothing is an answer where it comes minutes later.
Reasoned: what stands there is nearly as likely none, and a copy on another phone shows it all the same."""
_LATER_ANSWER_WORDS: Final = 6
"""Most words of a text without a name that answers minutes later though it says what there is or till when, and so
reads rather like an advert (below ``NO_ANSWER_SCORE``): "full today sorry tomorrow 9". Reasoned; a copy of a broadcast
is shown by another phone."""
_TOKEN: Final = re.compile(r"[\u00a3\u20ac]?\d+(?:[.,]\d\d)?(?![\d.,]*\d)|[^\W\d_]+|\d+")
_AMOUNT: Final = re.compile(r"[\u00a3\u20ac]?\d{1,3}(?:[.,]\d\d)?")
_BESIDE_AN_AMOUNT: Final = frozenset(
    {"it", "its", "s", "just", "yh", "yeah", "yes", "quid", "p", "pound", "pounds", "punt", "euro", "euros", "each"}
    | {"ea", "apiece", "a", "go", "pop", "piece", "mate", "bro", "love", "hun", "pal", "x", "xx"}
)
_PLAIN: Final = re.compile(r"[\w\s.,!?;:'\"()\u00a3\u20ac-]*")
"""Words and their marks: a picture says of what a price is ("\u2744 20 each")."""
_BARE_PRICE_WORDS: Final = 6
"""What somebody is told who asked how much, and no offer, since it does not say of what: "6.50 each"."""
_TO_ONE: Final = re.compile(
    r"\W*(?:[^\W\d_]+\W+){0,2}go on then\b"
    r"|(?:(?:ah|ok|sorry|yeah|yh)\W+)?go\b.*\bwhen (?:(?:u|ur|you|your|you're|youre) )?there\b",
    re.IGNORECASE | re.DOTALL,
)
"""What nobody says to many: who grants what was asked for, or tells who is on his way where to go."""
OPENING_SECONDS: Final = 3600.0
"""A text before which nothing went for so long, either way, begins a talk, or is of none."""
_HOUR: Final = len("2020-05-18T21")
_DEAL: Final = frozenset({SpanKind.PRICE, SpanKind.OFFER})
_SAID_BY_LINES: Final = _DEAL | {SpanKind.DRUG, SpanKind.NICKNAME, SpanKind.NUMBER}


def may_be_short_answer(message: Message, finding: TextFinding | None) -> bool:
    """Whether a text of few words says nothing that only a line's advert does."""
    return len((message.body or "").split()) <= SHORT_ANSWER_WORDS and (
        finding is None
        or (
            finding.line is None
            and finding.number_change.role is NumberChangeRole.NONE
            and all(span.kind not in _DEAL for span in finding.spans)
        )
    )


def may_be_later_answer(message: Message, finding: TextFinding | None) -> bool:
    """Whether a text speaks to one person, bears no line's name, tells of no new number, and is not surely an advert.

    That it bears no name does not suffice: "GONE OFF. BATTERY. BACK AT 6" may come minutes after any text. It does
    where the text offers nothing either and hardly reads like an advert: "walk to the canal bridge he will see u",
    where it is short and not surely an advert, and where it is nothing but a price.
    """
    if finding is None:
        return _TO_ONE.match(message.body or "") is not None
    if finding.line is not None or finding.number_change.role is not NumberChangeRole.NONE:
        return False
    if finding.advert_score < _HARDLY and all(span.kind not in _SAID_BY_LINES for span in finding.spans):
        return True
    body = message.body or ""
    is_short = finding.advert_score < NO_ANSWER_SCORE and len(body.split()) <= _LATER_ANSWER_WORDS
    if is_short or is_bare_price(body):
        return True
    return finding.advert_score < _NAMELESS_SURE and _TO_ONE.match(body) is not None


def is_bare_price(body: str) -> bool:
    """Whether a text is one amount and nothing beside it that says of what."""
    if len(body.split()) > _BARE_PRICE_WORDS or _PLAIN.fullmatch(body) is None:
        return False
    words = _TOKEN.findall(body.casefold())
    amounts = [word for word in words if _AMOUNT.fullmatch(word)]
    return len(amounts) == 1 and all(word in _BESIDE_AN_AMOUNT for word in words if word not in amounts)


def is_surely_advert(finding: TextFinding | None) -> bool:
    """Whether a text is an advert by its words alone, also where it comes right after one to its sender."""
    return (
        finding is not None
        and finding.is_advert
        and finding.advert_score >= NO_ANSWER_SCORE
        and finding.line is not None
        and any(span.kind in _DEAL for span in finding.spans)
    )


def seconds_after(utc: str, earlier: str) -> float:
    """Return seconds from an instant to another; nothing is remembered, for there is one of each text."""
    return (datetime.fromisoformat(utc) - datetime.fromisoformat(earlier)).total_seconds()


def is_shortly_after(utc: str, last: str) -> bool:
    """Whether an instant is less than an hour after another."""
    if utc[:_HOUR] == last[:_HOUR]:
        return last <= utc
    return 0 <= seconds_after(utc, last) < OPENING_SECONDS
