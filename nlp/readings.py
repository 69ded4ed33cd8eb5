"""The working state of one text while it goes through the pipeline.

It lies in ``doc.user_data`` under ``READING``. Components read what earlier ones wrote (``nlp.pipeline`` gives the
order). Offsets are code points of the shadow until ``Reading.span`` takes them back to the body.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import NamedTuple

from spacy.tokens import Doc

from nlp.lexicons import Entry, LexiconKind
from nlp.words.amount_codes import Codes
from nlp.words.folding import SIGNS_BEHIND, Shadow, fold
from parsers.records.findings import NO_NUMBER_CHANGE, NumberChange, Span, SpanKind

READING = "trapline.reading"


class Term(NamedTuple):
    """A term of a lexicon in the text: tokens ``first`` to ``last``, ``last`` not included."""

    first: int
    last: int
    entry: Entry


class Verdict(StrEnum):
    """What the grammar makes of a word that can stand for a drug."""

    THING = "thing"
    DECORATION = "decoration"
    """An emoji beside the word for it."""

    PHRASE = "phrase"
    """Part of a longer phrase that means something else."""

    UNLIKELY = "unlikely"


class DrugCandidate(NamedTuple):
    """A word of the drug lexicons with what the grammar makes of it."""

    term: Term
    verdict: Verdict


class Mark(NamedTuple):
    """A marked stretch of the shadow, ``start`` to ``end``, ``end`` not included."""

    kind: SpanKind
    start: int
    end: int
    canonical: str | None
    rule: str


class Name(NamedTuple):
    """A nickname that the text seems to go by.

    Attributes:
        start: First code point of the surface in the shadow; ``end`` is behind the last.
        strength: How sure the pattern is that this is the sender's own brand, 0 to 6.
        rule: The pattern.
        written: The name in small letters as it stands in the text, "the" before it included.
    """

    canonical: str
    start: int
    end: int
    strength: float
    rule: str
    written: str = ""


class Cue(NamedTuple):
    """What spoke for (positive) or against an advert, with its weight on the log-odds."""

    label: str
    weight: float


class Reading:
    """What is known of one text so far.

    Attributes:
        body: As stored, cut where it is longer than the pipeline looks at.
        tokens: Each token as it stands in the shadow; ``starts`` and ``ends`` are its code points there.
        words: Normal form of each token.
        is_word: Whether the token holds a letter or a digit.
        hints: What the tokens say of the whole (``nlp.words.hints``).
        language: ISO 639 code where the words are of another language that is known; empty: English, or not known.
        glossed: ``words`` as the English words that they stand for; None where all are English already, or not known.
        codes: The text as the grammars of prices and hours read it; None where it can hold neither.
        terms: Terms of the lexicons by kind, in order of position; the longest where several begin.
        drug_candidates: Words of the drug lexicons, in order of position, none of which overlap.
        places_near: Where places stand that are no towns (``nlp.components.places``), which several steps ask; None:
            nobody looked yet.
        set_aside: Prices and hours of a text that is not a line's: no findings, and masked all the same.
        change_rules: What read the change of number: the model with its share of likelihood, and the rules where they
            read the same.
        rule_total: Log-odds that the rules give; ``cues`` explain it.
        model_share: Log-odds above the threshold that the model gives, with what the rules say among its features.
        advert_score: 0 to 1, of rules and model together.
        order_score: 0 to 1, how surely the text is a customer's to a line; 0 of an advert.
        ruled_out_by: Rule or model that found that it can be no advert; then share and score are its own. Empty: none.
        talk: Kind of plain talk (``nlp.adverts.plain_talk``) whose form it has, as a line may: the model is asked.
            Empty: none.
        name: The nickname found; it counts only in an advert.
        name_aside: The nickname found in a text that is no advert: no finding, and masked all the same.
    """

    __slots__ = (
        "_taken",
        "advert_score",
        "body",
        "change_rules",
        "codes",
        "cues",
        "drug_candidates",
        "ends",
        "glossed",
        "hints",
        "is_advert",
        "is_order",
        "is_word",
        "language",
        "marks",
        "model_share",
        "name",
        "name_aside",
        "number_change",
        "order_score",
        "places_near",
        "rule_total",
        "ruled_out_by",
        "set_aside",
        "shadow",
        "slots",
        "starts",
        "talk",
        "template",
        "template_id",
        "terms",
        "tokens",
        "words",
    )

    # The first component sets these.
    tokens: tuple[str, ...]
    words: list[str]
    starts: list[int]
    ends: list[int]
    is_word: list[bool]
    hints: int

    def __init__(self, body: str, shadow: Shadow) -> None:
        self.body = body
        self.shadow = shadow
        self.language = ""
        self.glossed: list[str] | None = None
        self.codes: Codes | None = None
        self.terms: dict[LexiconKind, list[Term]] = {}
        self.drug_candidates: list[DrugCandidate] = []
        self.marks: list[Mark] = []
        self.set_aside: list[Mark] = []
        self.places_near: list[tuple[int, int]] | None = None
        self.number_change: NumberChange = NO_NUMBER_CHANGE
        self.change_rules: tuple[str, ...] = ()
        self.cues: list[Cue] = []
        self.rule_total = 0.0
        self.model_share = 0.0
        self.advert_score = 0.0
        self.is_advert = False
        self.is_order = False
        self.order_score = 0.0
        self.ruled_out_by = ""
        self.talk = ""
        self.name: Name | None = None
        self.name_aside: Name | None = None
        self._taken: bytearray | None = None
        self.template_id = ""
        self.template = ""
        self.slots: tuple[tuple[str, str], ...] = ()

    def of_kind(self, kind: LexiconKind) -> list[Term]:
        """Return the terms of one kind, in order of position."""
        return self.terms.get(kind) or []

    def marked(self, kind: SpanKind) -> list[Mark]:
        """Return the marks of one kind, in the order in which they were found."""
        return [mark for mark in self.marks if mark.kind is kind]

    def surface(self, start: int, end: int) -> str:
        """Return the exact stretch of the body behind a stretch of the shadow."""
        first, last = self.body_offsets(start, end)
        return self.body[first:last]

    def body_offsets(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the body behind a stretch of the shadow, which must not be empty."""
        starts = self.shadow.starts
        if starts is None:
            return start, end
        last = starts[end - 1] + 1
        signs = SIGNS_BEHIND.match(self.body, last)
        return starts[start], last if signs is None else signs.end()

    def span(self, mark: Mark) -> Span:
        """Return a mark as a span of the body."""
        first, last = self.body_offsets(mark.start, mark.end)
        return Span(
            kind=mark.kind,
            start=first,
            end=last,
            surface=self.body[first:last],
            canonical=mark.canonical,
            rule=mark.rule,
        )

    def add(self, mark: Mark) -> None:
        """Add a mark; of numbers, prices and hours, remember where they stand."""
        self.marks.append(mark)
        if mark.kind is not SpanKind.DRUG:
            if self._taken is None:
                self._taken = bytearray(len(self.shadow.text))
            self._taken[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a number, a price or hours stand in a stretch of the shadow."""
        return self._taken is not None and b"\x01" in self._taken[start:end]

    def tokens_of(self, start: int, end: int) -> range:
        """Return the tokens that a stretch of the shadow touches."""
        return range(self.token_at(start), min(self.token_at(end - 1) + 1, len(self.ends)))

    def token_at(self, offset: int) -> int:
        """Return the first token that ends behind an offset of the shadow; their number where none does."""
        return bisect_right(self.ends, offset)


def reading_of(doc: Doc) -> Reading:
    """Return the reading of a document, made from its own text where nobody gave one."""
    reading: Reading | None = doc.user_data.get(READING)
    if reading is None:
        reading = doc.user_data[READING] = Reading(doc.text, fold(doc.text))
    return reading
