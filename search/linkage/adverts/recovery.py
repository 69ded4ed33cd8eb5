"""Adverts that the analysis missed, found again by how they were sent: one wording, one number, several phones at once.

What a line sends to its customers goes to many in the same minutes; what it writes to one of them does not. So a text
that stands on two phones at once, or in a broadcast of the sending phone, is one of the sender's bulk texts, and one
of a line's bulk texts is its advert. A text that stands on one phone alone is one only where the analysis nearly took
it for one, or where it answers nobody and bears the line's name. What comes last from a number may be of the police,
who text a line's customers from the seized number, or of a service for users: a wording that none follows which could
not be theirs as well is recovered only where adverts have it, or where it announces the next number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from search.contract import EdgeKind, Flare
from search.linkage.adverts.answered import AnsweredCopies, is_beside
from search.linkage.adverts.traders import OF_ANOTHER_KIND_SCORE
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.attribution.together import share_together
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.extraction.said_edges import ALONE_SCORE, DAY_CHARS
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import Role, is_account_id, is_number
from search.linkage.number_use.uses import GAP_DAYS

TOGETHER_SHARE = 0.25
"""Share of the copies that must have a copy elsewhere beside them. "Ring me" stands on two customers' phones within an
hour now and then; of a broadcast, which may go to a part of the list, the phones held have one copy or several."""
GAP_SECONDS = 30 * DAY_SECONDS
"""Broadcasts so long after the last certain advert may be another holder's."""
BEFORE_DAYS = 14.0
"""So long before the first certain advert a number's broadcasts are the line's already."""

SURE_SCORE = 0.26
SURE_SCORE_OF_NAMED = 0.05
"""Advert score from which a text that no answer is, or that bears the line's name, is an advert at the end of a
number's use too. What police and services for users write scores less than 0.05."""
_ADVERTS_BESIDE_A_REPEATED = 2
_PHONES_THAT_DATE = 3
"""Phones with adverts of a number from which one that alone shows it in use later may have a wrong clock."""
_RECEIVED_ROLES = frozenset({Role.RECEIVED, Role.RECEIVED_CHANGE})


class BulkWording(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A wording that one sender broadcast, and that is no advert to the analysis.

    Attributes:
        copies: Edges of kind wording, one a phone and day.
        flares: Broadcasts of it, with the sending device.
        score: Highest advert score of its texts.
    """

    sender: str
    template_id: str
    copies: tuple[Evidenced, ...]
    flares: tuple[tuple[str, Flare], ...]
    score: float

    def instants(self) -> list[tuple[float, float]]:
        """Return the first and last second of each dated copy and broadcast, by the first."""
        bounds = [(copy.edge.first_at, copy.edge.last_at) for copy in self.copies]
        bounds += [(flare.started_at, flare.ended_at) for _, flare in self.flares]
        return sorted(
            (to_seconds(first), to_seconds(last)) for first, last in bounds if first is not None and last is not None
        )

    def came_again(self) -> bool:
        """Whether it went out on more than one day, as far as that does not hang on the clock of one phone.

        Either one phone has it more than a day apart, or the phones have, whichever of them is left out.
        """
        held: dict[str, list[float]] = defaultdict(list)
        dated = [(copy.device_id, copy.edge.first_at, copy.edge.last_at) for copy in self.copies]
        dated += [(device_id, flare.started_at, flare.ended_at) for device_id, flare in self.flares]
        for device_id, first, last in dated:
            if first is not None and last is not None:
                held[device_id] += [to_seconds(first), to_seconds(last)]
        begins = sorted((min(instants), device_id) for device_id, instants in held.items())
        ends = sorted(((max(instants), device_id) for device_id, instants in held.items()), reverse=True)
        return any(max(instants) - min(instants) > DAY_SECONDS for instants in held.values()) or (
            len(held) > 1
            and all(
                next(end for end, device_id in ends if device_id != left_out)
                - next(begin for begin, device_id in begins if device_id != left_out)
                > DAY_SECONDS
                for left_out in held
            )
        )


def bulk_wordings(evidence: Evidence) -> list[BulkWording]:
    """Return the wordings that were seen to go to many and that the analysis takes for no adverts."""
    adverts = {(advert.sender, advert.edge.other) for advert in evidence.adverts}
    copies: dict[tuple[str, str], list[Evidenced]] = defaultdict(list)
    for wording in evidence.wordings:
        copies[wording.sender, wording.edge.other].append(wording)
    flares: dict[tuple[str, str], list[tuple[str, Flare]]] = defaultdict(list)
    for device_id, flare, sender in evidence.sent_flares:
        if not flare.has_advert:
            flares[sender, flare.template_id].append((device_id, flare))
    found = []
    for key in {**copies, **flares}:
        held, sent = copies.get(key, ()), flares.get(key, ())
        # a wording that is an advert in another spelling is one in this one
        is_bulk = bool(sent) or (key in adverts and any(copy.edge.role != Role.RECEIVED_ANSWER for copy in held))
        if is_bulk or (len(held) > 1 and _share_together(held) >= TOGETHER_SHARE):
            scores = [copy.edge.score for copy in held] + [flare.advert_score for _, flare in sent]
            found.append(
                BulkWording(
                    sender=key[0], template_id=key[1], copies=tuple(held), flares=tuple(sent), score=max(scores)
                )
            )
    return sorted(found, key=lambda bulk: (bulk.sender, bulk.template_id))


def _share_together(copies: Sequence[Evidenced]) -> float:
    """Return the share of the dated copies that came beside one on another phone, and not as an answer."""
    first = copies[0].device_id
    if all(copy.device_id == first for copy in copies):
        return 0.0
    dated = [
        (copy.edge.role, (copy.edge.first_at, copy.edge.last_at, copy.device_id))
        for copy in copies
        if copy.edge.first_at is not None and copy.edge.last_at is not None
    ]
    unasked = sum(role != Role.RECEIVED_ANSWER for role, _ in dated)
    # two customers who order in the same minutes get the same answer
    if unasked < TOGETHER_SHARE * len(dated) or not dated:
        return 0.0
    return share_together(trace for _, trace in dated) * unasked / len(dated)


def recovered_adverts(evidence: Evidence, bulk: Sequence[BulkWording]) -> list[Evidenced]:
    """Return adverts that the analysis missed, as edges of kind advert, of senders of adverts that it did not miss."""
    by_key = {(wording.sender, wording.template_id): wording for wording in bulk}
    periods = _line_periods(evidence.adverts, bulk)
    known = {advert.edge.other for advert in evidence.adverts}
    alone = _AloneAdverts(evidence)
    answered, shown = AnsweredCopies(evidence), _ShownAnswers(by_key)
    announcing = {record for said in evidence.announcements for record in said.edge.record_ids}
    found = []
    for wording in evidence.wordings:
        is_answer = wording.edge.role == Role.RECEIVED_ANSWER
        if is_answer and answered.is_copy(wording):
            found.append(_as_advert(wording))
            continue
        if not (period := periods.get(wording.sender)):
            continue
        broadcast = by_key.get((wording.sender, wording.edge.other))
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
                    _is_in_use(copy, period) or announcing.intersection(copy.edge.record_ids)
                    for copy in broadcast.copies
                )
            )
        ):
            found.append(_as_advert(wording))
    return found


class _ShownAnswers:
    """Tells copies of broadcasts from answers in their words, by what stands beside them.

    Args:
        bulk: Wordings that went to many, by sender and template.
    """

    def __init__(self, bulk: Mapping[tuple[str, str], BulkWording]) -> None:
        self._bulk = bulk
        self._came: dict[tuple[str, str], list[tuple[float, str]]] = {}

    def is_copy(self, answer: Evidenced) -> bool:
        """Whether all texts of an edge came beside a copy on another phone that is no answer, or in a broadcast."""
        key = answer.sender, answer.edge.other
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

    How one reads is not asked where the phone that sent it is held: between two broadcasts that stand there, others
    would too.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._certain: dict[tuple[str, str], set[str]] = defaultdict(set)
        for advert in evidence.adverts:
            if advert.edge.role in _RECEIVED_ROLES:
                self._certain[advert.sender, advert.device_id].add(advert.edge.other)
        self._sending = _held_times(evidence)
        self._repeated = {
            (wording.sender, wording.device_id, wording.edge.other)
            for wording in evidence.wordings
            if wording.edge.role == Role.RECEIVED_REPEATED
        }

    def is_one(self, wording: Evidenced) -> bool:
        """Whether a text from a line's number, in its time, is an advert."""
        role, score = wording.edge.role, wording.edge.score
        if role == Role.RECEIVED_NAMED:
            return True
        if role == Role.RECEIVED_ANSWER or _is_in(wording, self._sending.get(wording.sender, ())):
            return False
        if role == Role.RECEIVED and score >= ALONE_SCORE:
            return True
        certain = len(self._certain.get((wording.sender, wording.device_id), ()))
        if role == Role.RECEIVED_NEARLY and certain:
            return True
        is_repeated = (wording.sender, wording.device_id, wording.edge.other) in self._repeated
        return is_repeated and certain >= _ADVERTS_BESIDE_A_REPEATED and score >= OF_ANOTHER_KIND_SCORE

    def is_sure(self, wording: Evidenced) -> bool:
        """Whether it is one outside that time too: the police, who text from a line's number, write otherwise."""
        role, score = wording.edge.role, wording.edge.score
        if not self._certain.get((wording.sender, wording.device_id)):
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


_Period = tuple[float, float]


class _Use(msgspec.Struct, frozen=True):
    """A time in which the bulk texts of a number are a line's adverts, in seconds since 1970.

    Attributes:
        last_device: The phone that alone shows it in use after ``other_end``: its clock may be wrong, and says nothing
            of what came to other phones. None: others bear it out.
    """

    begin: float
    end: float
    last_device: str | None
    other_end: float

    def period(self, device_id: str) -> _Period:
        """Return the time as it holds for texts on a phone."""
        return self.begin, self.end if self.last_device in {None, device_id} else self.other_end


def _use(begin: float, end: float, ends: Mapping[str, float], latest: float) -> _Use:
    """Return a use of which the last certain advert came at ``latest``, by the last one of each phone."""
    in_order = sorted(((last, device_id) for device_id, last in ends.items() if last <= latest), reverse=True)
    if end > latest or len(in_order) < _PHONES_THAT_DATE:
        return _Use(begin, end, None, end)
    return _Use(begin, end, in_order[0][1], max(begin, in_order[1][0]))


def _line_periods(adverts: Iterable[Evidenced], bulk: Iterable[BulkWording]) -> Mapping[str, Sequence[_Use]]:
    """Return the times in which each sender's bulk texts are its adverts, in seconds since 1970.

    From shortly before its first certain advert to its last, and on both sides over the broadcasts that no long silence
    parts from them; at the end a wording of one day counts only where another broadcast follows that police would not
    write. A silence after which a number may have been given out again parts two times.
    """
    certain: dict[str, list[_Period]] = defaultdict(list)
    ends: dict[str, dict[str, float]] = defaultdict(dict)
    for advert in adverts:
        first, last = advert.edge.first_at, advert.edge.last_at
        if first is not None and last is not None:
            period = to_seconds(first), to_seconds(last)
            certain[advert.sender].append(period)
            of_sender_ends = ends[advert.sender]
            of_sender_ends[advert.device_id] = max(period[1], of_sender_ends.get(advert.device_id, period[1]))
    of_sender: dict[str, list[BulkWording]] = defaultdict(list)
    for wording in bulk:
        of_sender[wording.sender].append(wording)
    return {
        sender: [
            _use(begin - BEFORE_DAYS * DAY_SECONDS, end, ends[sender], use[1])
            for use in _joined(held, GAP_DAYS * DAY_SECONDS)
            for begin, end in (_over_broadcasts(use, of_sender.get(sender, ())),)
        ]
        for sender, held in certain.items()
    }


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


def _over_broadcasts(certain: _Period, wordings: Sequence[BulkWording]) -> _Period:
    begin, end = certain
    at = [each.instants() for each in wordings]
    sent = sorted((first, last, place) for place, instants in enumerate(at) for first, last in instants)
    for first, last, _ in reversed(sent):
        if first < begin and begin - last <= GAP_SECONDS:
            begin = first
    ends = {place: max(last for _, last in instants) for place, instants in enumerate(at) if instants}
    of_line = {place for place in ends if wordings[place].score >= SURE_SCORE_OF_NAMED or at[place][0][0] <= certain[1]}
    latest_of_line = max((ends[place] for place in of_line), default=end)
    repeated = {place for place in of_line if wordings[place].came_again()}
    for first, last, place in sent:
        if last > end and first - end <= GAP_SECONDS and (place in repeated or latest_of_line > ends[place]):
            end = last
    return begin, end


def _is_in_use(copy: Evidenced, uses: Iterable[_Use], pad_seconds: float = 0.0) -> bool:
    # what the police write scores far less than this; of anything else one phone may tell alone how long it went on
    may_be_of_police = copy.edge.score < SURE_SCORE_OF_NAMED
    periods = (use.period(copy.device_id) if may_be_of_police else (use.begin, use.end) for use in uses)
    return _is_in(copy, periods, pad_seconds)


def _is_in(copy: Evidenced, periods: Iterable[_Period], pad_seconds: float = 0.0) -> bool:
    first, last = copy.edge.first_at, copy.edge.last_at
    if first is None or last is None:
        return False
    begun, ended = to_seconds(first), to_seconds(last)
    return any(begin - pad_seconds <= begun and ended <= end + pad_seconds for begin, end in periods)
