"""What linkage states: lines, links, what was suppressed, events, and what each device's traffic looks like.

Estimates with their evidence, never facts: each carries sentences and record ids. Nothing here is about a person.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from search.contract import Flare
from search.linkage.decisions import Decision, DecisionOutcome, Verdict
from search.linkage.same_messages import SameMessages
from search.linkage.saved_names import SavedName
from search.linkage.unjoined import Unjoined


class Relation(StrEnum):
    """What a device has to do with a line. All but ``mentions_line`` make it a member."""

    SENT_ADVERTS = "sent_adverts"
    RECEIVED_ADVERTS = "received_adverts"
    CARRIES_LINE_SIM = "carries_line_sim"
    MENTIONS_LINE = "mentions_line"
    CONTACT_OF_LINE = "contact_of_line"


class Handover(msgspec.Struct, frozen=True):
    """What announced a number as the new one of another.

    Attributes:
        said_by: ``old`` or ``new``: which of the two numbers said so.
        old_number: Number, or how sentences name a sender without one.
        sentence: Who said so, in the words of the basis.
        said_in: Extraction and key of each of its edges of kind announcement.
    """

    said_by: str
    old_number: str
    sentence: str
    said_in: frozenset[tuple[str, str]] = frozenset()


class LineNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number of a line, with the dates on which the evidence shows it as the line's.

    Attributes:
        handovers: What announced it; the sentence of each is one of ``basis``.
        is_announced_only: No advert from it was seen.
    """

    number: str
    first_seen_at: str | None
    last_seen_at: str | None
    device_ids: tuple[str, ...]
    succeeds: str | None
    basis: tuple[str, ...]
    handovers: tuple[Handover, ...]
    record_ids: tuple[str, ...]
    is_announced_only: bool = False


class Mention(StrEnum):
    """What a ``mentions_line`` rests on: a saved number; a number or name in a text; other traffic; its own number.

    ``AFTER``: traffic with a number of no other line, after the last advert that was seen from it.
    """

    SAVED = "saved"
    WRITTEN = "written"
    TRAFFIC = "traffic_not_with_line"
    AFTER = "traffic_after_last_advert"
    OWN_NUMBER = "own_number_at_another_time"


class NumberShare(msgspec.Struct, frozen=True, kw_only=True):
    """What of a relation is with one number of the line: how many records, and two of them at most.

    Of a number or SIM that a device has they are those that state it; none is counted. ``last_used_at`` is the last
    one-to-one text or call with the number, of contacts and of what came after its last advert; None for the others.
    ``recovered_count``: of ``count`` the adverts that the analysis took for none.
    """

    number: str
    count: int
    record_ids: tuple[str, ...]
    last_used_at: str | None = None
    recovered_count: int = 0


class LineDevice(msgspec.Struct, frozen=True, kw_only=True):
    """One relation of one device to a line.

    Attributes:
        advert_count: Adverts behind the relation, 0 for relations without; ``traffic_count`` records behind it.
        recovered_count: Of ``advert_count`` those that the analysis took for no adverts.
        numbers: Those of the line through which the device has it, if known; ``shares`` what is with each, in order.
        unjoined: What of it is with senders who are none of the line's numbers.
        mentions: Of a mention what it rests on; empty for other relations.
        is_by_name: A part of it is with a sender who is shown by a name alone, or who is none of the line's numbers.
        inferred_numbers: Those of ``numbers`` that no record of the device holds: it shows the sender by a name or an
            account alone, and copies on other phones show the number. Of a number that it carries: no record states it,
            and copies on other phones prove that what it holds was sent from it.
        late_days: How long after the last advert it first shows a number that it carries (``late_holders``), else None.
    """

    device_id: str
    relation: Relation
    advert_count: int
    traffic_count: int
    recovered_count: int = 0
    numbers: tuple[str, ...]
    inferred_numbers: tuple[str, ...] = ()
    record_ids: tuple[str, ...]
    shares: tuple[NumberShare, ...] = ()
    unjoined: tuple[Unjoined, ...] = ()
    mentions: tuple[Mention, ...] = ()
    is_by_name: bool = False
    late_days: float | None = None


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """Why two numbers, or two periods of one number, are taken for one line's.

    Attributes:
        kind: ``announced_by_old``, ``announced_by_new``, ``announced_by_another``, ``speaks_for``, ``told_to_order``,
            ``told_when_asked``, ``told_beside``, ``one_handset``, ``one_broadcast``, ``one_week``,
            ``borrowed_for_a_day``, ``account_of_line``, ``carried_on``, ``name_and_wording``, ``name_and_customers``,
            ``wording_and_customers``, ``name_wording_and_customers``, ``wording``, ``customers``.
        weight: Natural logarithm of the likelihood ratio (``weights``).
        said_in: Of an announced one, extraction and key of each edge of kind announcement.
    """

    kind: str
    older: str
    newer: str
    weight: float
    sentence: str
    record_ids: tuple[str, ...]
    at: str | None = None
    said_in: frozenset[tuple[str, str]] = frozenset()


class TermKind(StrEnum):
    """What a piece of evidence that a line is one speaks of."""

    WORDINGS = "wordings"
    SHARE = "share_of_wordings"
    SURENESS = "sureness"
    NAME = "name"
    ANSWERS = "answers"
    """Whether those who got its adverts write or talk with it."""
    TWO_WAY = "two_way"
    DAYS = "days"
    ORDERS = "orders"
    BROADCAST = "broadcast"
    COPIES = "copies"
    LANDLINE = "landline"
    OFFER = "offer"
    PRIVATE = "private"
    TRADE = "trade"
    DECISION = "decision"


class Term(msgspec.Struct, frozen=True):
    """One piece of evidence; ``weight`` is the natural logarithm of the likelihood ratio."""

    kind: TermKind
    weight: float
    sentence: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Our estimate of one deal line.

    Attributes:
        name_basis: Where the name comes from; empty where there is none.
        name_saved_on: Phones whose contacts are all that it rests on; ``saved_names`` are of any that has the numbers.
        nicknames: What the analysis takes for forms of its name: form as in texts, adverts, and records; most first.
        folded_names: The names that its adverts carry often enough to stand for it, folded.
        recipients: Devices and numbers that its adverts went to; compared between lines, never printed.
        probability: 0 to 1: that this is a deal line, and not somebody else who texts many.
        evidence: What speaks for that and against it.
        record_ids: Two of its adverts at most, for what is said of the line as a whole.
        senders: Each sender and the period of its use, by which a person's decision names the line.
        decision: A person's confirmation that it is a line; None: nobody decided.
    """

    line_id: str
    name: str | None
    name_basis: str = ""
    name_saved_on: int = 0
    saved_names: tuple[SavedName, ...] = ()
    nicknames: tuple[tuple[str, int, tuple[str, ...]], ...]
    folded_names: tuple[str, ...]
    numbers: tuple[LineNumber, ...]
    template_ids: tuple[str, ...]
    flare_ids: tuple[str, ...]
    devices: tuple[LineDevice, ...]
    joins: tuple[Join, ...]
    recipients: frozenset[str]
    probability: float
    evidence: tuple[Term, ...]
    first_seen_at: str | None
    last_seen_at: str | None
    conflicts: tuple[str, ...]
    caveats: tuple[str, ...]
    record_ids: tuple[str, ...] = ()
    senders: tuple[tuple[str, str | None, str | None], ...] = ()
    decision: Decision | None = None


class RejectedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What would be listed as a line, and a person said is none.

    Attributes:
        name: What it was called when it was decided on.
        device_ids: Phones that sent or received what was taken for its adverts.
    """

    line_id: str
    name: str
    numbers: tuple[str, ...]
    device_ids: tuple[str, ...]
    first_seen_at: str | None
    last_seen_at: str | None
    decision: Decision


class Band(StrEnum):
    """How sure a link is, in a word."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class ReasonKind(StrEnum):
    """Kinds of evidence for a link."""

    SAME_LINE = "same_line"
    SAME_NUMBER = "same_number"
    NUMBER_ANNOUNCEMENT = "number_announcement"
    SAME_TEMPLATE = "same_template"
    SAME_NICKNAME = "same_nickname"
    SHARED_CONTACTS = "shared_contacts"
    SAME_SIM = "same_sim"
    SAME_HANDSET = "same_handset"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence for a link.

    Attributes:
        device_count: On how many devices in all the value stands: its specificity.
        weight: Natural logarithm of the likelihood ratio.
        is_by_decision: It holds because a person took two lines for one.
    """

    kind: ReasonKind
    value: str
    a_count: int
    b_count: int
    device_count: int
    weight: float
    sentence: str
    record_ids: tuple[str, ...]
    is_by_decision: bool = False


_TIES = frozenset({ReasonKind.SAME_LINE, ReasonKind.SAME_NUMBER, ReasonKind.NUMBER_ANNOUNCEMENT})


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence against a link, or a reason why something shared counted for nothing."""

    kind: str
    sentence: str


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What the evidence alone says of a link that a person decided about."""

    score: float
    band: Band


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Two devices and how likely it is that both belong to one line's traffic.

    Attributes:
        decision: A person's decision about the link; None: nobody decided.
        estimate: Of a confirmed link, what the evidence alone says; None where it says nothing.
    """

    a_device_id: str
    b_device_id: str
    score: float
    band: Band
    line_ids: tuple[str, ...]
    reasons: tuple[Reason, ...]
    against: tuple[Against, ...]
    decision: Decision | None = None
    estimate: Estimate | None = None

    @property
    def is_by_decision(self) -> bool:
        """Whether a person's word is all that ties the two: lines taken for one, or a link of which nothing is held."""
        is_confirmed = self.decision is not None and self.decision.verdict is Verdict.CONFIRM
        if is_confirmed and self.estimate is None:
            return True
        ties = [reason for reason in self.reasons if reason.kind in _TIES and reason.weight > 0]
        return bool(ties) and all(reason.is_by_decision for reason in ties)


class Suppressed(msgspec.Struct, frozen=True, kw_only=True):
    """Something shared that was kept from linking, and why.

    Attributes:
        device_ids: Phones that it is of: a report that is narrowed shows it where one of them is in scope.
    """

    kind: str
    value: str
    device_count: int
    why: str
    device_ids: frozenset[str]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to identities, whether or not a line is concerned."""

    event_id: str
    kind: str
    at: str | None
    value: str
    device_ids: tuple[str, ...]
    line_ids: tuple[str, ...]
    sentence: str
    record_ids: tuple[str, ...]


class ClockShift(msgspec.Struct, frozen=True):
    """What must be added to the times of what an extraction's phone sent, or received: its clock was wrong."""

    extraction_id: str
    seconds: int
    is_of_received: bool


class Traffic(msgspec.Struct, frozen=True, kw_only=True):
    """What the traffic on a device looks like. About the phone, never about who holds it."""

    device_id: str
    kind: str
    reasons: tuple[str, ...]
    clocks: tuple[ClockShift, ...] = ()
    same_messages: tuple[SameMessages, ...] = ()


class PlacedFlare(msgspec.Struct, frozen=True, kw_only=True):
    """A flare with its device and, for a deal line's, the line.

    Attributes:
        sender_is_inferred: Of a sent one, other phones alone show the number that it came from.
        caveats: What the sender is taken from where the phone that sent it states another number or none, or where
            the phone that received it shows a name or an account alone.
        clock_seconds: What must be added to its times, which are those of its records: the phone's clock was wrong.
    """

    flare: Flare
    device_id: str
    line_id: str | None
    sender_is_inferred: bool = False
    caveats: tuple[str, ...] = ()
    clock_seconds: int = 0


class FlareLeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A flare that one extraction shows by itself, and that beside everything held is none; with why."""

    flare: Flare
    device_id: str
    why: str


class Linkage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that linkage states over an index."""

    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    flares: tuple[PlacedFlare, ...]
    flares_left_out: tuple[FlareLeftOut, ...]
    suppressed: tuple[Suppressed, ...]
    events: tuple[Event, ...]
    traffic: tuple[Traffic, ...]
    rejected_lines: tuple[RejectedLine, ...] = ()
    rejected_links: tuple[Link, ...] = ()
    decisions: tuple[DecisionOutcome, ...] = ()
