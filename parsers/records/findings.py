"""Findings: what the analysis says of a text. Opinion, kept apart from the records it points at.

A finding is about a distinct text; messages point at it by the text's digest. Offsets are code points into the
body exactly as stored. Every finding carries the versions of what made it.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class SpanKind(StrEnum):
    """What a marked span of a text is."""

    DRUG = "drug"
    STOCK = "stock"
    PRICE = "price"
    OFFER = "offer"
    HOURS = "hours"
    PLACE = "place"
    NUMBER = "number"
    NICKNAME = "nickname"
    CALL_TO_ACTION = "call_to_action"
    AVAILABILITY = "availability"


class Span(msgspec.Struct, frozen=True, gc=False):
    """A marked stretch of the stored body: ``body[start:end] == surface``.

    Attributes:
        canonical: The drug's canonical name, the number's E.164 form, the line's canonical nickname. None: none.
        rule: The rule or model that marked it, with its version.
    """

    kind: SpanKind
    start: int
    end: int
    surface: str
    canonical: str | None
    rule: str


class NumberChangeRole(StrEnum):
    """What the number of a number change is."""

    NEW = "new"
    OLD = "old"
    NONE = "none"


class NumberChange(msgspec.Struct, frozen=True, gc=False):
    """A change of number that the text announces.

    Attributes:
        role: What ``number`` is. ``new`` with number None means that the sender's own number is the new one.
        number: Exact substring; None is the sender's own.
        e164: Its key form; None where there is none.
    """

    role: NumberChangeRole = NumberChangeRole.NONE
    number: str | None = None
    e164: str | None = None


NO_NUMBER_CHANGE = NumberChange()


class TextFinding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the analysis says of one distinct text.

    Attributes:
        text_id: Digest of the text exactly as stored.
        advert_score: 0 to 1, of the text alone, without any evidence of broadcast.
        order_score: 0 to 1, how surely it is what a customer writes to a line, of the text alone; 0 of an advert.
        line: Canonical nickname of the line whose advert this is. None: the text names none.
        line_surface: The exact substring that names it.
        template_id: Equal for texts of one wording. Every text has one; single texts are a template of one.
        template: Constants and typed slots in braces.
        slots: Pairs of slot name and the value it has in this text, in order of appearance.
        rules: Which rules or model spoke, with their versions.
    """

    text_id: str
    is_advert: bool = False
    advert_score: float = 0.0
    order_score: float = 0.0
    line: str | None = None
    line_surface: str | None = None
    spans: tuple[Span, ...] = ()
    number_change: NumberChange = NO_NUMBER_CHANGE
    template_id: str
    template: str | None = None
    slots: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    nlp_version: str
    lexicon_version: str
