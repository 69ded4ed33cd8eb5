"""Adverts that the analysis missed, found again by how they were sent: one wording, one number, several phones at once.

What a line sends to its customers goes to many in the same minutes; what it writes to one of them does not. So a text
that stands on two phones at once, or in a broadcast of the sending phone, is one of the sender's bulk texts, and one
of a line's bulk texts is its advert. A text that stands on one phone alone is one only where the analysis nearly took
it for one, or where it answers nobody and bears the line's name. What comes last from a number may be of the police,
who text a line's customers from the seized number, or of a service for users: a wording that could be theirs, and
that none follows which could not, is recovered only where adverts have it, or where it announces the next number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from search.contract import EdgeKind, Flare
from search.linkage.adverts.answered import AnsweredCopies, is_beside
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.adverts.traders import OF_ANOTHER_KIND_SCORE
from search.linkage.attribution.evidence import Evidence, flares_by_sender
from search.linkage.attribution.senders import Evidenced, by_sender
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.extraction.said_edges import ALONE_SCORE, DAY_CHARS
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom, Role, is_account_id, is_number
from search.linkage.number_use.uses import GAP_DAYS, said_to_leave

GAP_SECONDS = 30 * DAY_SECONDS
"""Broadcasts so long after the last certain advert may be another holder's."""
LEFT_SECONDS = 3 * DAY_SECONDS
"""The same where its last certain adverts said that the number changes: whoever gets it next may have it in weeks."""
BEFORE_DAYS = 14.0
"""So long before the first certain advert a number's broadcasts are the line's already."""

SURE_SCORE = 0.26
SURE_SCORE_OF_NAMED = 0.05
"""Advert score from which a text that no answer is, or that bears the line's name, is an advert at the end of a
number's use too. What police and services for users write scores less than 0.05."""
LAST_SCORE = 0.15
"""The same of a wording that went out on one day alone, with nothing of the line behind it. Of what police and services
for users wrote in the batches, 0.7 in a hundred texts score more (23 of 3,157)."""
_ADVERTS_BESIDE_A_REPEATED = 2
_PHONES_THAT_DATE = 3
"""Phones with adverts of a number from which one that alone shows it in use later may have a wrong clock."""
_Period = tuple[float, float]
_RECEIVED_ROLES = frozenset({Role.RECEIVED, Role.RECEIVED_CHANGE})


def recovered_adverts(evidence: Evidence, bulk: Sequence[BulkWording], kept: Kept | None = None) -> list[Evidenced]:
    """Return adverts that the analysis missed, as edges of kind advert, of senders of adverts that it did not miss.

    Args:
        evidence: All that lines are made from.
        bulk: What ``bulk_wordings`` returns.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    adverts, flares = by_sender(evidence.adverts), flares_by_sender(evidence.flares)
    broadcast: dict[str, list[BulkWording]] = defaultdict(list)
    for each in bulk:
        broadcast[each.sender].append(each)
    known = {advert.edge.other for advert in evidence.adverts}
    # what says of its own number alone that it is new begins a use, and after a silence another holder's
    telling = (
        said
        for said in evidence.announcements
        if AnnouncedFrom(said.edge.role).is_from_old or said.edge.key != UNKNOWN_NUMBER
    )
    announcing = {record for said in telling for record in said.edge.record_ids}
    sending = _held_times(evidence)
    found: list[Evidenced] = []
    for sender, wordings in by_sender(evidence.wordings).items():
        if sender in adverts:
            found += kept.made(
                _recovered_of,
                sender,
                tuple(wordings),
                tuple(adverts[sender]),
                tuple(flares.get(sender, ())),
                tuple(broadcast.get(sender, ())),
                tuple(sending.get(sender, ())),
                known.intersection(wording.edge.other for wording in wordings),
                announcing.intersection(record for wording in wordings for record in wording.edge.record_ids),
            )
    return found


def _recovered_of(
    wordings: Sequence[Evidenced],
    adverts: Sequence[Evidenced],
    flares: Sequence[tuple[str, Flare, str]],
    bulk: Sequence[BulkWording],
    sending: Sequence[_Period],
    known: Collection[str],
    announcing: frozenset[str] | set[str],
) -> list[Evidenced]:
    """Return the adverts of one sender that the analysis missed.

    Args:
        wordings: What is no advert to the analysis.
        adverts: Its adverts.
        flares: Its broadcasts.
        bulk: What it broadcast that is no advert to the analysis.
        sending: When phones that broadcast from it are held.
        known: Which of the templates adverts have, of whatever sender.
        announcing: Which of the records announce another number, or say which one theirs follows.
    """
    sent = {flare.template_id for _, flare, _ in flares if flare.direction == SENT}
    # what stands on one phone alone is words to it where the phone that sent it is held, and broadcast no such words
    by_template = {
        each.template_id: each
        for each in bulk
        if not each.is_on_one_phone()
        or each.template_id in sent
        or not all(_is_in(copy, sending) for copy in each.copies)
    }
    period = _line_periods(adverts, bulk, flares)
    alone = _AloneAdverts(adverts, wordings, sending)
    answered, shown = AnsweredCopies(wordings, adverts, flares), _ShownAnswers(by_template)
    found = []
    for wording in wordings:
        is_answer = wording.edge.role == Role.RECEIVED_ANSWER
        if is_answer and answered.is_copy(wording):
            found.append(_as_advert(wording))
            continue
        if not period:
            continue
        broadcast = by_template.get(wording.edge.other)
        if broadcast is not None and is_answer and not shown.is_copy(wording):
            continue
        if broadcast is None and not alone.is_one(wording):
            continue
        if (
            _is_in_use(wording, period)
            or (alone.is_sure(wording) and _is_in_use(wording, period, GAP_SECONDS))
            or (broadcast is not None and wording.edge.other in known)
            or (
                broadcast is not None
                and any(
                    _is_in_use(copy, period) or not announcing.isdisjoint(copy.edge.record_ids)
                    for copy in broadcast.copies
                )
            )
        ):
            found.append(_as_advert(wording))
    return found


class _ShownAnswers:
    """Tells copies of broadcasts from answers in their words, by what stands beside them.

    Args:
        bulk: Wordings of one sender that went to many, by template.
    """

    def __init__(self, bulk: Mapping[str, BulkWording]) -> None:
        self._bulk = bulk
        self._came: dict[str, list[tuple[float, str]]] = {}

    def is_copy(self, answer: Evidenced) -> bool:
        """Whether all texts of an edge came beside a copy on another phone that is no answer, or in a broadcast."""
        key = answer.edge.other
        if key not in self._came:
            self._came[key] = sorted(
                (to_seconds(at), copy.device_id)
                for copy in self._bulk[key].copies
                if copy.edge.role != Role.RECEIVED_ANSWER
                for at in (copy.edge.first_at, copy.edge.last_at)
                if at is not None
            )
        instants = [to_seconds(at) for at in (answer.edge.first_at, answer.edge.last_at) if at is not None]
        return bool(instants) and all(
            is_beside(at, answer.device_id, self._came[key])
            or any(
                to_seconds(flare.started_at) - PAUSE_SECONDS <= at <= to_seconds(flare.ended_at) + PAUSE_SECONDS
                for _, flare in self._bulk[key].flares
            )
            for at in instants
        )


class _AloneAdverts:
    """Says which texts are adverts whatever other phones hold: by how they read, and by what came to the phone else.

    How one reads, and whether it bears the name of the line, is not asked where the phone that sent it is held: between
    two broadcasts that stand there, others would too, and what the analysis reads as a name is now and then none.

    Args:
        adverts: Of one sender.
        wordings: Its texts that are none to the analysis.
        sending: When phones that broadcast from it are held.
    """

    def __init__(self, adverts: Iterable[Evidenced], wordings: Iterable[Evidenced], sending: Sequence[_Period]) -> None:
        self._certain: dict[str, set[str]] = defaultdict(set)
        for advert in adverts:
            if advert.edge.role in _RECEIVED_ROLES:
                self._certain[advert.device_id].add(advert.edge.other)
        self._sending = sending
        self._repeated = {
            (wording.device_id, wording.edge.other)
            for wording in wordings
            if wording.edge.role == Role.RECEIVED_REPEATED
        }

    def is_one(self, wording: Evidenced) -> bool:
        """Whether a text from a line's number, in its time, is an advert."""
        role, score = wording.edge.role, wording.edge.score
        if role == Role.RECEIVED_ANSWER or _is_in(wording, self._sending):
            return False
        if role == Role.RECEIVED_NAMED:
            return True
        if role == Role.RECEIVED and score >= ALONE_SCORE:
            return True
        certain = len(self._certain.get(wording.device_id, ()))
        if role == Role.RECEIVED_NEARLY and certain:
            return True
        is_repeated = (wording.device_id, wording.edge.other) in self._repeated
        return is_repeated and certain >= _ADVERTS_BESIDE_A_REPEATED and score >= OF_ANOTHER_KIND_SCORE

    def is_sure(self, wording: Evidenced) -> bool:
        """Whether it is one outside that time too: the police, who text from a line's number, write otherwise."""
        role, score = wording.edge.role, wording.edge.score
        if not self._certain.get(wording.device_id):
            return False
        return score >= SURE_SCORE or (role == Role.RECEIVED_NAMED and score >= SURE_SCORE_OF_NAMED)


def _held_times(evidence: Evidence) -> dict[str, list[_Period]]:
    """Return when the phones that broadcast from a number are held, by number, in seconds since 1970.

    A phone that broadcast from one number alone, for all the time of its messages, another one from its first broadcast
    from it to its last; and in between where one phone took the SIM over from another.
    """
    sent: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    senders: dict[str, set[str]] = defaultdict(set)
    for device_id, flare, sender in evidence.sent_flares:
        sent[sender][device_id] += [to_seconds(flare.started_at), to_seconds(flare.ended_at)]
        senders[device_id].add(sender)
    found: dict[str, list[_Period]] = {}
    for sender, by_device in sent.items():
        periods = []
        for device_id, instants in by_device.items():
            facts = evidence.devices[device_id]
            if len(senders[device_id]) == 1 and facts.first_at is not None and facts.last_at is not None:
                instants += [to_seconds(facts.first_at), to_seconds(facts.last_at)]
            periods.append((min(instants), max(instants)))
        found[sender] = list(_joined(periods, GAP_SECONDS))
    return found


def unseen_senders(evidence: Evidence, bulk: Iterable[BulkWording]) -> list[Evidenced]:
    """Return the broadcasts of senders none of whose texts is an advert to the analysis, where some nearly are.

    Whether such a sender is a line is for ``line_evidence`` to say; most are shops and clubs.
    """
    senders = {advert.sender for advert in evidence.adverts}
    by_sender: dict[str, list[BulkWording]] = defaultdict(list)
    for wording in bulk:
        if wording.sender not in senders and (is_number(wording.sender) or is_account_id(wording.sender)):
            by_sender[wording.sender].append(wording)
    return [
        _as_advert(copy)
        for sender in sorted(by_sender)
        if max(wording.score for wording in by_sender[sender]) >= ALONE_SCORE
        for wording in by_sender[sender]
        for copy in wording.copies
    ]


def _as_advert(wording: Evidenced) -> Evidenced:
    edge = msgspec.structs.replace(wording.edge, kind=EdgeKind.ADVERT, role=Role.RECEIVED, label="")
    time_basis = wording.edge.label[DAY_CHARS + 1 :]
    return Evidenced(edge, wording.device_id, wording.sender, is_recovered=True, time_basis=time_basis)


class _Use(msgspec.Struct, frozen=True):
    """A time in which the bulk texts of a number are a line's adverts, in seconds since 1970.

    Attributes:
        last_device: The phone that alone shows it in use after ``other_end``: its clock may be wrong, and says nothing
            of what came to other phones. None: others bear it out.
        is_left: Whether its last certain adverts say that the number changes.
        silences: Where for long no broadcast came that police would not write.
    """

    begin: float
    end: float
    last_device: str | None
    other_end: float
    is_left: bool
    silences: tuple[_Period, ...] = ()

    def period(self, device_id: str) -> _Period:
        """Return the time as it holds for texts on a phone."""
        return self.begin, self.end if self.last_device in {None, device_id} else self.other_end


def _use(begin: float, end: float, ends: Mapping[str, float], latest: float, *, is_left: bool) -> _Use:
    """Return a use of which the last certain advert came at ``latest``, by the last one of each phone."""
    in_order = sorted(((last, device_id) for device_id, last in ends.items() if last <= latest), reverse=True)
    if end > latest or len(in_order) < _PHONES_THAT_DATE:
        return _Use(begin, end, None, end, is_left)
    return _Use(begin, end, in_order[0][1], max(begin, in_order[1][0]), is_left)


def _is_not_of_police(wording: BulkWording) -> bool:
    return wording.score >= LAST_SCORE or (wording.score >= SURE_SCORE_OF_NAMED and wording.came_again())


def _line_periods(
    adverts: Sequence[Evidenced], bulk: Sequence[BulkWording], flares: Sequence[tuple[str, Flare, str]]
) -> Sequence[_Use]:
    """Return the times in which a sender's bulk texts are its adverts, in seconds since 1970.

    From shortly before its first certain advert to its last, and on both sides over the broadcasts that no long silence
    parts from them; at the end a wording of one day counts only where it, or a broadcast that follows, is none that
    police would write, and so in a silence of a month. One after which a number may have been given out again parts
    two times.
    """
    certain: list[_Period] = []
    ends: dict[str, float] = {}
    for advert in adverts:
        first, last = advert.edge.first_at, advert.edge.last_at
        if first is not None and last is not None:
            period = to_seconds(first), to_seconds(last)
            certain.append(period)
            ends[advert.device_id] = max(period[1], ends.get(advert.device_id, period[1]))
    shown = [(to_seconds(flare.started_at), to_seconds(flare.ended_at)) for _, flare, _ in flares if flare.has_advert]
    shown += [period for each in bulk if _is_not_of_police(each) for period in each.instants()]
    found = []
    for use in _joined(certain, GAP_DAYS * DAY_SECONDS):
        is_left = said_to_leave([advert for advert in adverts if _is_in(advert, [use])])
        begin, end = _over_broadcasts(use, bulk, LEFT_SECONDS if is_left else GAP_SECONDS)
        parts = _joined((period for period in shown if use[0] <= period[0] <= use[1]), GAP_SECONDS)
        silences = tuple((before[1], after[0]) for before, after in pairwise(parts))
        in_use = _use(begin - BEFORE_DAYS * DAY_SECONDS, end, ends, use[1], is_left=is_left)
        found.append(msgspec.structs.replace(in_use, silences=silences))
    return found


def _joined(periods: Iterable[_Period], gap_seconds: float) -> Iterator[_Period]:
    """Yield the periods joined where no longer silence parts them."""
    begin, end = None, 0.0
    for first, last in sorted(periods):
        if begin is not None and first - end > gap_seconds:
            yield begin, end
            begin = None
        begin, end = (first, last) if begin is None else (begin, max(end, last))
    if begin is not None:
        yield begin, end


def _over_broadcasts(certain: _Period, wordings: Sequence[BulkWording], most_seconds: float) -> _Period:
    begin, end = certain
    at = [each.instants() for each in wordings]
    sent = sorted((first, last, place) for place, instants in enumerate(at) for first, last in instants)
    for first, last, _ in reversed(sent):
        if first < begin and begin - last <= GAP_SECONDS:
            begin = first
    begins = {place: instants[0][0] for place, instants in enumerate(at) if instants}
    of_line = {p for p, first in begins.items() if wordings[p].score >= SURE_SCORE_OF_NAMED or first <= certain[1]}
    told = {place for place in of_line if wordings[place].score >= LAST_SCORE or wordings[place].came_again()}
    sent_by_line = [first for first, _, place in sent if place in of_line]
    for first, last, place in sent:
        following = bisect_right(sent_by_line, last)
        is_followed = following < len(sent_by_line) and sent_by_line[following] - last <= most_seconds
        if last > end and first - end <= most_seconds and (place in told or is_followed):
            end = last
    return begin, end


def _is_in_use(copy: Evidenced, uses: Iterable[_Use], pad_seconds: float = 0.0) -> bool:
    # what the police write scores far less than this; of anything else one phone may tell alone how long it went on
    may_be_of_police = copy.edge.score < SURE_SCORE_OF_NAMED
    periods = []
    for use in uses:
        if may_be_of_police and _is_in(copy, use.silences):
            continue
        begin, end = use.period(copy.device_id) if may_be_of_police else (use.begin, use.end)
        after = min(pad_seconds, LEFT_SECONDS) if use.is_left else pad_seconds
        periods.append((begin - pad_seconds, end + after))
    return _is_in(copy, periods)


def _is_in(copy: Evidenced, periods: Iterable[_Period]) -> bool:
    first, last = copy.edge.first_at, copy.edge.last_at
    if first is None or last is None:
        return False
    begun, ended = to_seconds(first), to_seconds(last)
    return any(begin <= begun and ended <= end for begin, end in periods)
