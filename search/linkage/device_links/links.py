"""Links between devices: what each rests on is weighed in the open, with a sentence and records.

Two devices are linked where both are members of one line. The score is the probability that the line is one, that both
belong to it, and that their numbers are of one line, all together; what else the two have in common moves its odds.
Pairs whose lines only share a name are listed as weak, so
that a person can look; a name, a wording, customers or a hub alone make nothing moderate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, combinations

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.device_links.members import Member, members_of
from search.linkage.device_links.paths import Tie, tie_by_joins, tie_by_number
from search.linkage.extraction.edge_table import first_and_last
from search.linkage.keys import AnnouncedFrom, fold_name
from search.linkage.model import Against, Line, Link, Reason, ReasonKind
from search.linkage.phrases import counted
from search.linkage.weights import (
    COMMON_NAME_LINES,
    NAME_CONFLICT,
    PRIOR_LOG_ODDS,
    SAME_NICKNAME,
    SAME_SIM,
    SAME_TEMPLATE,
    SAME_TEMPLATES_MOST,
    SHARED_CONTACT,
    SHARED_CONTACTS_MOST,
    WITHOUT_LINE_CEILING,
    band_of,
    log_odds,
    probability,
)

_Pair = tuple[str, str]
_LEAST = 0.001
"""Nothing here is surer than a thousand to one, whatever is multiplied."""
_NUMBERS_CITED = 2
"""Of those that two devices have in common, with a record on each."""
_WORDS = ((0.98, "very likely"), (0.9, "likely"), (0.7, "more likely than not"), (0.0, "an open question"))


class Specificity(msgspec.Struct, frozen=True, kw_only=True):
    """What is shared by how many, over everything held.

    Attributes:
        lines_of_template: Names that a wording stands under; nameless lines count each.
        lines_of_name: Lines that bear a folded name.
        templates_on: Wordings of adverts on each device, with how many messages.
        edges_on: The adverts on each device, by wording.
        shared_contacts: Other numbers that a pair of devices has in common, each rare.
        holders: A record of each number that several devices have, by number and device; empty text where none is.
    """

    lines_of_template: Mapping[str, int]
    devices_of_template: Mapping[str, int]
    lines_of_name: Mapping[str, int]
    devices_of_name: Mapping[str, int]
    templates_on: Mapping[str, Mapping[str, int]]
    names_on: Mapping[str, Mapping[str, int]]
    shared_contacts: Mapping[_Pair, tuple[str, ...]]
    edges_on: Mapping[str, Mapping[str, Sequence[Edge]]] = {}
    holders: Mapping[str, Mapping[str, str]] = {}


def find_links(lines: Sequence[Line], evidence: Evidence, specificity: Specificity) -> list[Link]:
    """Return the links, by score descending, then by device ids."""
    scorer = _Scorer(lines, evidence, specificity)
    links = [*scorer.within_lines(), *scorer.across_lines()]
    return sorted(links, key=lambda link: (-link.score, link.a_device_id, link.b_device_id))


class _Scorer:
    def __init__(self, lines: Sequence[Line], evidence: Evidence, specificity: Specificity) -> None:
        self._lines = lines
        self._evidence = evidence
        self._specificity = specificity
        self._members = {line.line_id: members_of(line) for line in lines}
        self._common_templates = {key for key, lines in specificity.lines_of_template.items() if lines > 1}
        self._linked: set[_Pair] = set()
        self._records_of_names: dict[tuple[str, str], tuple[str, ...]] = {}
        self._devices_of_number: Counter[str] = Counter()
        self._devices_of_sim = Counter(sim for facts in evidence.devices.values() for sim in facts.sims)
        self._names_of = {line.line_id: frozenset(line.folded_names) for line in lines}
        self._announced = {frozenset((said.sender, _named_in(said))) for said in evidence.announcements}
        for members in self._members.values():
            for member in members:
                self._devices_of_number.update(member.numbers.keys())

    def within_lines(self) -> Iterable[Link]:
        """Yield a link for every pair of devices that are members of one line."""
        shares: dict[_Pair, list[float]] = defaultdict(list)
        reasons: dict[_Pair, list[Reason]] = defaultdict(list)
        line_ids: dict[_Pair, list[str]] = defaultdict(list)
        for line in self._lines:
            for a, b in combinations(self._members[line.line_id], 2):
                pair = (a.device_id, b.device_id)
                tie = self._tie(line, a, b)
                line_ids[pair].append(line.line_id)
                shares[pair].append(tie.probability * line.probability)
                reasons[pair] += self._line_reasons(line, tie, a, b)
        for pair, of_lines in shares.items():
            self._linked.add(pair)
            names = [self._names_of[line_id] for line_id in line_ids[pair]]
            against, penalty = self._against(pair, names)
            more = self._pair_reasons(pair, names)
            total = log_odds(_any_of(of_lines)) + penalty + sum(reason.weight for reason in more)
            yield from _link(pair, probability(total), line_ids[pair], [*reasons[pair], *more], against)

    def across_lines(self) -> Iterable[Link]:
        """Yield weak links between devices of two lines that bear one name, where the name is not a common one."""
        by_name: dict[str, list[Line]] = defaultdict(list)
        for line in self._lines:
            for name in line.folded_names[:1]:
                by_name[name].append(line)
        for name in sorted(by_name):
            if len(by_name[name]) >= COMMON_NAME_LINES:
                continue
            for one, other in combinations(by_name[name], 2):
                yield from self._name_links(name, one, other)

    def _name_links(self, name: str, one: Line, other: Line) -> Iterable[Link]:
        for first in self._members[one.line_id]:
            for second in self._members[other.line_id]:
                a, b = sorted((first, second), key=lambda member: member.device_id)
                pair = (a.device_id, b.device_id)
                if a.device_id == b.device_id or pair in self._linked or not (a.has_adverts and b.has_adverts):
                    continue
                self._linked.add(pair)
                reasons = self._pair_reasons(pair, [{name}])
                if all(reason.kind is not ReasonKind.SAME_NICKNAME for reason in reasons):
                    reasons.append(self._nickname_reason(name, pair))
                reasons = [reason for reason in reasons if reason.kind is not ReasonKind.SAME_SIM]
                sentence = self._kept_apart(one, other)
                against = [
                    Against(kind="name_conflict", sentence=sentence),
                    *self._against(pair, ())[0],
                ]
                score = min(
                    probability(PRIOR_LOG_ODDS + sum(reason.weight for reason in reasons)), WITHOUT_LINE_CEILING
                )
                yield from _link(pair, score, [], reasons, against)

    def _kept_apart(self, one: Line, other: Line) -> str:
        """Return what keeps two lines of one name apart, as far as the numbers of both tell."""
        numbers, others = ({number.number for number in line.numbers} for line in (one, other))
        said = f"The lines named {one.name} on the two devices"
        if not numbers.isdisjoint(others):
            return f"{said} had one number, in two uses that were kept apart: numbers are given out again."
        if any(frozenset((a, b)) in self._announced for a in numbers for b in others):
            return f"{said} have no number in common, and were kept apart although a text of the one names the other's."
        return f"{said} have no number and no announcement in common; lines of one name exist in several places."

    def _tie(self, line: Line, a: Member, b: Member) -> Tie:
        shared = sorted(a.numbers.keys() & b.numbers.keys())
        if shared:
            return tie_by_number(shared, a, b, self._evidence, self._devices_of_number)
        return tie_by_joins(line, a, b, self._evidence)

    def _line_reasons(self, line: Line, tie: Tie, a: Member, b: Member) -> Iterable[Reason]:
        """Yield what ties the two, weighed as if the line were certain, and what doubt about the line takes off."""
        tied, both = log_odds(_bounded(tie.probability)), log_odds(_bounded(tie.probability * line.probability))
        yield Reason(
            kind=tie.kind,
            value=tie.value,
            a_count=a.count_with(tie.value) if tie.kind is ReasonKind.SAME_NUMBER else a.count,
            b_count=b.count_with(tie.value) if tie.kind is ReasonKind.SAME_NUMBER else b.count,
            device_count=tie.device_count,
            weight=round(tied - PRIOR_LOG_ODDS, 3),
            sentence=tie.sentence,
            record_ids=tie.record_ids,
        )
        name = f"the line {line.name}" if line.name else "a line without a name"
        yield Reason(
            kind=ReasonKind.SAME_LINE,
            value=line.line_id,
            a_count=a.count,
            b_count=b.count,
            device_count=len(self._members[line.line_id]),
            weight=round(both - tied, 3),
            sentence=f"That {name} is a deal line is taken to be {_in_words(line.probability)}; see its evidence.",
            record_ids=line.record_ids,
        )

    def _nickname_reason(self, name: str, pair: _Pair) -> Reason:
        lines = self._specificity.lines_of_name.get(name, 1)
        counts = [self._specificity.names_on.get(device_id, {}).get(name, 0) for device_id in pair]
        devices = self._specificity.devices_of_name.get(name, 0)
        weight = SAME_NICKNAME / lines if lines < COMMON_NAME_LINES else 0.0
        alike = (
            f"Adverts on both name the line alike ({counts[0]} and {counts[1]} adverts, whoever sent them)"
            if all(counts)
            else f"Both have to do with a line of this name, not both by adverts so named ({counts[0]} and {counts[1]})"
        )
        sentence = f"{alike}; {_lines_bear(lines)} this name, on {counted(devices, 'device')} held."
        return Reason(
            kind=ReasonKind.SAME_NICKNAME,
            value=name,
            a_count=counts[0],
            b_count=counts[1],
            device_count=devices,
            weight=round(weight, 3),
            sentence=sentence,
            record_ids=tuple(record for device_id in pair for record in self._records_of_name(device_id, name)),
        )

    def _records_of_name(self, device_id: str, name: str) -> tuple[str, ...]:
        """Return two records at most of the adverts on a device that bear a name."""
        key = device_id, name
        if key not in self._records_of_names:
            held = chain.from_iterable(self._specificity.edges_on.get(device_id, {}).values())
            self._records_of_names[key] = first_and_last(
                edge for edge in held if edge.label and fold_name(edge.label) == name
            )
        return self._records_of_names[key]

    def _pair_reasons(self, pair: _Pair, names: Sequence[Collection[str]]) -> list[Reason]:
        return [
            reason
            for reason in (
                self._template_reason(pair),
                self._name_reason(pair, names),
                self._contacts_reason(pair),
                self._sim_reason(pair),
            )
            if reason is not None
        ]

    def _name_reason(self, pair: _Pair, names: Sequence[Collection[str]]) -> Reason | None:
        """Return that both devices hold adverts under one name of a line that they have in common.

        Args:
            pair: The devices.
            names: Folded names of each line that they have in common; a name that no line bears is a trader's, or was
                misread.
        """
        names_a, names_b = self._names_on(pair)
        shared = (names_a.keys() & names_b.keys()).intersection(chain.from_iterable(names))
        if not shared:
            return None
        return self._nickname_reason(min(shared, key=lambda name: (-names_a[name] - names_b[name], name)), pair)

    def _names_on(self, pair: _Pair) -> list[Mapping[str, int]]:
        return [self._specificity.names_on.get(device_id, {}) for device_id in pair]

    def _template_reason(self, pair: _Pair) -> Reason | None:
        a, b = (self._specificity.templates_on.get(device_id, {}) for device_id in pair)
        specific = [key for key in a.keys() & b.keys() if key not in self._common_templates]
        if not specific:
            return None
        template_id = min(specific, key=lambda key: (self._specificity.devices_of_template.get(key, 0), key))
        devices = self._specificity.devices_of_template.get(template_id, 2)
        sentence = (
            f"Both carry adverts of {counted(len(specific), 'wording')} that no other line uses "
            f"({a[template_id]} and {b[template_id]} messages of the rarest, which is on {devices} devices)."
        )
        return Reason(
            kind=ReasonKind.SAME_TEMPLATE,
            value=template_id,
            a_count=a[template_id],
            b_count=b[template_id],
            device_count=devices,
            weight=SAME_TEMPLATE if len(specific) == 1 else SAME_TEMPLATES_MOST,
            sentence=sentence,
            record_ids=tuple(
                record
                for device_id in pair
                for record in first_and_last(self._specificity.edges_on.get(device_id, {}).get(template_id, ()))
            ),
        )

    def _contacts_reason(self, pair: _Pair) -> Reason | None:
        shared = self._specificity.shared_contacts.get(pair, ())
        if not shared:
            return None
        weight = min(SHARED_CONTACTS_MOST, SHARED_CONTACT * len(shared))
        sentence = (
            f"Both have {counted(len(shared), 'other number')} in common that few devices have; "
            "people who live near each other have that too."
        )
        return Reason(
            kind=ReasonKind.SHARED_CONTACTS,
            value=counted(len(shared), "number"),
            a_count=len(shared),
            b_count=len(shared),
            device_count=2,
            weight=weight,
            sentence=sentence,
            record_ids=tuple(
                dict.fromkeys(
                    record
                    for device_id in pair
                    for number in shared[:_NUMBERS_CITED]
                    if (record := self._specificity.holders.get(number, {}).get(device_id))
                )
            ),
        )

    def _sim_reason(self, pair: _Pair) -> Reason | None:
        a, b = self._evidence.devices[pair[0]], self._evidence.devices[pair[1]]
        if a.sims.isdisjoint(b.sims):
            return None
        shared = sorted(a.sims & b.sims)
        holders = self._devices_of_sim[shared[0]]
        return Reason(
            kind=ReasonKind.SAME_SIM,
            value=shared[0],
            a_count=1,
            b_count=1,
            device_count=holders,
            weight=SAME_SIM,
            sentence=f"One SIM was read in or with both {a.label} and {b.label}.",
            record_ids=(),
        )

    def _against(self, pair: _Pair, names: Sequence[Collection[str]]) -> tuple[list[Against], float]:
        a, b = (self._specificity.templates_on.get(device_id, {}) for device_id in pair)
        common = [key for key in a.keys() & b.keys() if key in self._common_templates]
        against = []
        if common:
            are = "is" if len(common) == 1 else "are"
            sentence = f"{counted(len(common), 'wording')} on both {are} used by several lines and counted for nothing."
            against.append(Against(kind="common_template", sentence=sentence))
        names_a, names_b = (held.keys() for held in self._names_on(pair))
        for name in sorted(names_a & names_b):
            lines = self._specificity.lines_of_name.get(name, 1)
            if lines > 1:
                sentence = f"{lines} lines bear the name {name}; the name alone joins nothing."
                against.append(Against(kind="common_nickname", sentence=sentence))
        penalty = 0.0
        if any(_differ(names_a & of_line, names_b & of_line) for of_line in names):
            penalty = NAME_CONFLICT
            sentence = "Adverts on the two devices name the line that both have to do with differently."
            against.append(Against(kind="name_conflict", sentence=sentence))
        return against, penalty


def _differ(one: Collection[str], other: Collection[str]) -> bool:
    """Whether both carry names, and none alike."""
    return bool(one and other) and set(one).isdisjoint(other)


def _named_in(said: Evidenced) -> str:
    return said.edge.other if AnnouncedFrom(said.edge.role).is_from_old else said.edge.key


def _any_of(shares: Sequence[float]) -> float:
    """Return the probability that one at least of several is so."""
    none = 1.0
    for share in shares:
        none *= 1 - share
    return _bounded(1 - none)


def _bounded(share: float) -> float:
    return min(max(share, _LEAST), 1 - _LEAST)


def _in_words(share: float) -> str:
    return next(words for least, words in _WORDS if share >= least)


def _link(
    pair: _Pair, score: float, line_ids: Sequence[str], reasons: Iterable[Reason], against: Iterable[Against]
) -> Iterable[Link]:
    band = band_of(score)
    if band is not None:
        ordered = sorted(reasons, key=lambda reason: (-reason.weight, reason.kind, reason.value))
        yield Link(
            a_device_id=pair[0],
            b_device_id=pair[1],
            score=score,
            band=band,
            line_ids=tuple(sorted(set(line_ids))),
            reasons=tuple(ordered),
            against=tuple(sorted(set(against), key=lambda item: (item.kind, item.sentence))),
        )


def _lines_bear(lines: int) -> str:
    return "one line bears" if lines <= 1 else f"{lines} lines bear"
