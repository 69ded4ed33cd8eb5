"""Spells: one sender in one unbroken use for one line's adverts.

A number is not a line: numbers are given out again. The adverts of one number are one spell where they follow each
other without a gap; a long silence ends it unless the same name stands on both sides. A wording on both sides does
not bridge it: "finished for today" is everybody's. Lines are made of spells (``joins``), never of numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from search.linkage.attribution.senders import Evidenced
from search.linkage.attribution.together import TOGETHER_SECONDS, are_together
from search.linkage.extraction.flares import SMALLEST_RECIPIENTS
from search.linkage.extraction.near_wordings import without_near
from search.linkage.extraction.wording_keys import wording_key
from search.linkage.instants import (
    CLOCKS_RUN_FROM,
    DAY_SECONDS,
    days_between,
    earliest,
    latest,
    lies_within,
    periods_touch,
    to_seconds,
)
from search.linkage.keys import CHANGE_ROLES, SENT_ADVERT_ROLES, is_number
from search.linkage.number_use.lone_clocks import out_of_time
from search.linkage.number_use.names import (
    counted_names,
    names_in_common,
    phones_of_names,
    without_greeted,
)
from search.linkage.number_use.told_to_one import off_the_list, told_to_one
from search.linkage.number_use.uses import NAME_SHARE

_PHONES_OF_MANY = 2
"""Of what a phone sent to few as far as it shows: receiving phones that may show that it went to many all the same."""

_FEWEST_AT_A_SITTING = 5
_SITTING_DAYS = 1 / 24
"""So many copies of a wording under a name, sent within the hour and never else, are for a list of which some is gone:
a person is told once, and friends are told of a new number."""

_CLOCK_DAYS = TOGETHER_SECONDS / DAY_SECONDS


class Spell:
    """The adverts of one sender in one unbroken use.

    Attributes:
        place: Number of the spell in a stable order; joins and lines refer to it.
        sender: Number, alphanumeric sender, or a stand-in that is good on one device.
        names: Folded names that stand for the spell, most wordings first; of forms of one name the full one.
        forms: The same with every form of each name; ``common_names`` tells which are of the main one.
        out_of_time: Device ids whose adverts of it lie apart in time from those on all other phones, and date nothing.
        sending: Device ids that sent its adverts; ``receiving`` those that got them.
        advert_count: Adverts held, ``recovered_count`` of them such as the analysis took for none; ``sent_count`` those
            on phones that sent them.
        offer_count: Adverts that do more than announce a change of number.
        is_announced_only: No advert was seen; another number announced this one.
        wording_of: What its wordings are told apart by, by template id; ``wordings`` those that went to many.
        to_few: Template ids of what its own phone sent to few, while it sent others to many: what it writes to one
            person reads like an advert now and then, and is no wording of the line. With those ``told_to_one``, which
            came again and again to one phone alone, while others got what was for many, or are all that a phone
            ``off_the_list`` holds, or was ``said_to_workers``; these date the spell all the same, for who works for a
            line is written to from a number that the line uses.
        recipients: Devices that received its adverts and, from the sending phone, parties that they went to.
        has_sent_flare: A broadcast of its adverts is on a sending phone.
        sent_in: When its sender's broadcasts of anything were under way, in seconds.
        used_from: When the sender is known to be in this use; earlier than the first dated advert where a sending
            phone keeps no times of what it sent. ``used_until`` accordingly.
        is_account: Its sender is an account of an application: an id of one, or a name to which a phone wrote back; to
            the name that a text message bears nobody can.
        is_seen_together: Two phones received texts of it at about the same time.
        days: Days (UTC) on which broadcasts of its adverts began, sent or received.
    """

    def __init__(
        self,
        place: int,
        sender: str,
        adverts: Sequence[Evidenced],
        at: str | None = None,
        texts: Mapping[str, str] | None = None,
        flared: Collection[str] = (),
        *,
        has_broadcast: bool = False,
        is_complete: bool = True,
    ) -> None:
        self.place = place
        self.sender = sender
        self.is_account = False
        self.adverts = tuple(adverts)
        edges = [advert.edge for advert in adverts]
        self.off_the_list = off_the_list(adverts)
        self.told_to_one = told_to_one(adverts, texts) | self.off_the_list
        self.said_to_workers = frozenset(advert.edge.other for advert in adverts if advert.is_to_worker)
        self.told_to_one |= self.said_to_workers
        self.to_few = self.told_to_one | _sent_to_few(
            adverts, flared, has_broadcast=has_broadcast, is_complete=is_complete
        )
        public = [edge for edge in edges if edge.other not in self.to_few] or edges
        self.out_of_time = out_of_time(adverts)
        dating = [advert.edge for advert in adverts if advert.device_id not in self.out_of_time]
        dating = [edge for edge in dating if edge.other not in self.to_few - self.said_to_workers] or dating
        dating = [edge for edge in dating if edge.last_at is None or edge.last_at >= CLOCKS_RUN_FROM] or dating
        self.first_at = earliest(edge.first_at for edge in dating) if edges else at
        self.last_at = latest(edge.last_at for edge in dating) if edges else at
        self.is_announced_only = not edges
        self.sending = frozenset(advert.device_id for advert in adverts if advert.edge.role in SENT_ADVERT_ROLES)
        self.receiving = frozenset(advert.device_id for advert in adverts if advert.edge.role not in SENT_ADVERT_ROLES)
        self.advert_count = sum(edge.count for edge in edges)
        self.recovered_count = sum(advert.edge.count for advert in adverts if advert.is_recovered)
        self.sent_count = sum(edge.count for edge in edges if edge.role in SENT_ADVERT_ROLES)
        self.offer_count = sum(edge.count for edge in edges if edge.role not in CHANGE_ROLES)
        self.template_ids = frozenset(edge.other for edge in edges)
        counted = without_greeted(counted_names(public), phones_of_names(adverts))
        self.common_names = names_in_common(counted, NAME_SHARE)
        self.names = tuple(forms[0] for forms in self.common_names.names)
        self.forms = self.common_names.forms
        keys = {key: wording_key(key, (texts or {}).get(key), self.forms) for key in self.template_ids}
        distinct = without_near(keys.values())
        self.wording_of = {template_id: distinct[key] for template_id, key in keys.items()}
        self.wordings = frozenset(self.wording_of[key] for key in self.template_ids - self.to_few)
        self.recipients: frozenset[str] = frozenset()
        self.has_sent_flare = False
        self.sent_in: list[tuple[float, float]] = []
        self.is_seen_together = False
        self.days: frozenset[str] = frozenset()
        self.used_from, self.used_until = self.first_at, self.last_at

    @cached_property
    def message_counts(self) -> Counter[str]:
        """Return how many messages of each wording that went to many are held."""
        counts: Counter[str] = Counter()
        for advert in self.adverts:
            if advert.edge.other not in self.to_few:
                counts[self.wording_of[advert.edge.other]] += advert.edge.count
        return counts

    @cached_property
    def offers(self) -> frozenset[str]:
        """Wordings that do more than announce a change of number."""
        announcing = {advert.edge.other for advert in self.adverts if advert.edge.role in CHANGE_ROLES}
        return frozenset(self.wording_of[key] for key in self.template_ids - announcing - self.to_few)

    @property
    def sent_counts(self) -> Counter[str]:
        """Return how many messages of each wording are held on phones that sent them."""
        counts: Counter[str] = Counter()
        for advert in self.adverts:
            if advert.edge.role in SENT_ADVERT_ROLES:
                counts[self.wording_of[advert.edge.other]] += advert.edge.count
        return counts

    def is_to_one(self, advert: Evidenced) -> bool:
        """Whether a received text that reads like an advert went to few, as the sending phone shows, or all others do.

        What came while that phone sent to many is of that broadcast, in whatever spelling; of what came at another time
        than that of the copies that it holds, it shows nothing.
        """
        if advert.edge.role in SENT_ADVERT_ROLES or advert.edge.other not in self.to_few:
            return False
        if advert.edge.other in self.told_to_one:
            return True
        if not _is_shown(advert, (held for held in self.adverts if _is_sent_as(held, advert))):
            return False
        at = [to_seconds(instant) for instant in (advert.edge.first_at, advert.edge.last_at) if instant is not None]
        return not any(begin <= seconds <= end for seconds in at for begin, end in self.sent_in)

    def receiving_in(self, first: str | None, last: str | None) -> frozenset[str]:
        """Return the phones that got adverts of it in a period or an hour from it; undated ones are of any."""
        return frozenset(
            advert.device_id
            for advert in self.adverts
            if advert.device_id in self.receiving
            and (
                advert.edge.first_at is None
                or periods_touch((advert.edge.first_at, advert.edge.last_at), (first, last), _CLOCK_DAYS)
            )
        )

    @property
    def day_count(self) -> int:
        """Number of days on which broadcasts of its adverts began."""
        return len(self.days)

    @property
    def is_broadcast(self) -> bool:
        """Whether its adverts are seen to go to many: in a flare on a sending phone, or on two phones at once."""
        return self.has_sent_flare or self.is_seen_together

    @cached_property
    def has_number(self) -> bool:
        """Whether the sender is a telephone number in full."""
        return is_number(self.sender)

    @property
    def period(self) -> tuple[str | None, str | None]:
        """First and last dated advert; None where all are undated."""
        return self.first_at, self.last_at

    def shares_a_name(self, other: Spell) -> bool:
        """Whether both carry names and the main one of either may be one of the other's."""
        return self.common_names.share_one(other.common_names)

    def covers(self, instant: str | None, pad_days: float) -> bool:
        """Whether the instant lies in the spell, padded on both sides; an unknown instant does.

        A spell without a dated advert reaches over the time of the phones that sent it.
        """
        if instant is None:
            return True
        if self.first_at is None:
            return lies_within(instant, self.used_from, self.used_until, pad_days)
        return lies_within(instant, self.first_at, self.last_at, pad_days)


def _sent_to_few(
    adverts: Iterable[Evidenced], flared: Collection[str], *, has_broadcast: bool = False, is_complete: bool = True
) -> frozenset[str]:
    """Return templates that phones sent to few, where they sent others to many; undated texts are not judged.

    What several phones got went to many, unless the sending phone shows every copy and no two came at about one time.

    Args:
        adverts: Of one sender.
        flared: Templates of its broadcasts of adverts.
        has_broadcast: Whether its phone sent anything at all to many: who tells all friends of a new number shows by
            that how the phone sends what is for many.
        is_complete: False: much of what was sent is gone, so that of what others got it is not known how many did.
    """
    sent: dict[str, list[Evidenced]] = defaultdict(list)
    came: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in adverts:
        (sent if advert.edge.role in SENT_ADVERT_ROLES else came)[advert.edge.other].append(advert)
    spared = {key for key, held in sent.items() if any(advert.edge.first_at is None for advert in held)}.union(flared)
    counts = {key: sum(advert.edge.count for advert in held) for key, held in sent.items() if key not in spared}
    sends_to_many = (
        has_broadcast or not spared.isdisjoint(sent) or max(counts.values(), default=0) >= SMALLEST_RECIPIENTS
    )
    if not sends_to_many:
        return frozenset()
    return frozenset(
        key
        for key, count in counts.items()
        if count < SMALLEST_RECIPIENTS
        and (is_complete or key not in came)
        and not _is_at_a_sitting(sent[key])
        and _is_to_few(sent[key], came.get(key, ()))
    )


def _is_at_a_sitting(sent: Sequence[Evidenced]) -> bool:
    """Whether a wording that bears a name, and is no change of number, went to several at one time alone."""
    edges = [advert.edge for advert in sent]
    first, last = earliest(edge.first_at for edge in edges), latest(edge.last_at for edge in edges)
    return (
        sum(edge.count for edge in edges) >= _FEWEST_AT_A_SITTING
        and all(edge.label and edge.role not in CHANGE_ROLES for edge in edges)
        and first is not None
        and last is not None
        and days_between(first, last) <= _SITTING_DAYS
    )


def _is_to_few(sent: Sequence[Evidenced], came: Sequence[Evidenced]) -> bool:
    """Whether the phones that got a wording, of which few copies went from a phone held, leave it at that."""
    if len({advert.device_id for advert in came}) < _PHONES_OF_MANY:
        return True
    traces = [
        (advert.edge.first_at, advert.edge.last_at, advert.device_id)
        for advert in came
        if advert.edge.first_at is not None and advert.edge.last_at is not None
    ]
    return not are_together(traces) and all(_is_shown(advert, sent) for advert in came)


def _is_sent_as(sent: Evidenced, advert: Evidenced) -> bool:
    return sent.edge.role in SENT_ADVERT_ROLES and sent.edge.other == advert.edge.other


def _is_shown(received: Evidenced, sent: Iterable[Evidenced]) -> bool:
    """Whether a phone that sent the wording holds it of the time at which another got it; clocks differ by an hour."""
    first, last = received.edge.first_at, received.edge.last_at
    return any(
        lies_within(first, held.edge.first_at, held.edge.last_at, _CLOCK_DAYS)
        and lies_within(last, held.edge.first_at, held.edge.last_at, _CLOCK_DAYS)
        for held in sent
        if first is not None and last is not None
    )
