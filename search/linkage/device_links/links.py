"""Links between devices: what each rests on is weighed in the open, with a sentence and records.

Two devices are linked where both are members of one line. The score is the probability that the line is one, that both
belong to it, and that their numbers are of one line, all together; what else the two have in common moves its odds.
Pairs whose lines only share a name are listed as weak, so
that a person can look; a name, a wording, recipients or a hub alone make nothing moderate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.device_links.hubs import Acquaintances, hubs_of
from search.linkage.device_links.line_ties import ties_of
from search.linkage.device_links.members import members_of
from search.linkage.device_links.pairs import (
    NO_CONTACTS,
    NUMBERS_CITED,
    OfLine,
    OnDevice,
    SharedContacts,
    against_link,
    link_of,
    link_within,
    nickname_reason,
    pair_reasons,
)
from search.linkage.kept import Kept
from search.linkage.keys import AnnouncedFrom
from search.linkage.model import Against, Line, Link, ReasonKind
from search.linkage.weights import COMMON_NAME_LINES, PRIOR_LOG_ODDS, WITHOUT_LINE_CEILING, probability

_Pair = tuple[str, str]


class Specificity(msgspec.Struct, frozen=True, kw_only=True):
    """What is shared by how many, over everything held.

    Attributes:
        lines_of_template: Names that a wording stands under; nameless lines count each.
        lines_of_name: Lines that bear a folded name.
        templates_on: Wordings of adverts on each device, with how many messages.
        edges_on: The adverts on each device, by wording.
        shared_contacts: Other numbers that a pair of devices has in common, each rare.
        sent_to: Numbers that adverts and broadcasts went to from each sending device.
        known: Which devices have texts or calls with each other.
        holders: A record of each number that several devices have, by number and device; empty text where none is.
    """

    lines_of_template: Mapping[str, int]
    devices_of_template: Mapping[str, int]
    lines_of_name: Mapping[str, int]
    devices_of_name: Mapping[str, int]
    templates_on: Mapping[str, Mapping[str, int]]
    names_on: Mapping[str, Mapping[str, int]]
    shared_contacts: Mapping[_Pair, tuple[str, ...]]
    sent_to: Mapping[str, frozenset[str]] = {}
    edges_on: Mapping[str, Mapping[str, Sequence[Edge]]] = {}
    holders: Mapping[str, Mapping[str, str]] = {}
    known: Acquaintances = Acquaintances()


def find_links(
    lines: Sequence[Line], evidence: Evidence, specificity: Specificity, kept: Kept | None = None
) -> list[Link]:
    """Return the links, by score descending, then by device ids.

    Args:
        lines: All lines.
        evidence: All that they are made from.
        specificity: What is shared by how many.
        kept: What was made before. None: nothing.
    """
    scorer = _Scorer(lines, evidence, specificity, kept or Kept())
    links = [link for link in (*scorer.within_lines(), *scorer.across_lines()) if link is not None]
    return sorted(links, key=lambda link: (-link.score, link.a_device_id, link.b_device_id))


class _Scorer:
    def __init__(self, lines: Sequence[Line], evidence: Evidence, specificity: Specificity, kept: Kept) -> None:
        self._lines = lines
        self._evidence = evidence
        self._specificity = specificity
        self._kept = kept
        self._members = {
            line.line_id: kept.made(
                members_of,
                line.line_id,
                line.devices,
                hubs_of(line.devices, specificity.known, len(evidence.devices)),
            )
            for line in lines
        }
        self._linked: set[_Pair] = set()
        self._on: dict[str, OnDevice] = {}
        self._devices_of_number: Counter[str] = Counter()
        self._devices_of_sim = Counter(sim for facts in evidence.devices.values() for sim in facts.sims)
        self._announced = {frozenset((said.sender, _named_in(said))) for said in evidence.announcements}
        for members in self._members.values():
            for member in members:
                self._devices_of_number.update(member.numbers.keys())

    def within_lines(self) -> Iterable[Link | None]:
        """Yield a link for every pair of devices that are members of one line."""
        of_lines: dict[_Pair, list[OfLine]] = defaultdict(list)
        for line in self._lines:
            members = self._members[line.line_id]
            ties = self._kept.made(
                ties_of,
                line.line_id,
                line,
                members,
                {member.device_id: self._evidence.label(member.device_id) for member in members},
                {number: self._devices_of_number[number] for member in members for number in member.numbers},
            )
            for pair, held in ties:
                of_lines[pair].append(held)
        for pair, of_pair in of_lines.items():
            self._linked.add(pair)
            a, b = pair
            yield self._kept.made(
                link_within, pair, self._on_device(a), self._on_device(b), self._contacts(pair), *of_pair
            )

    def across_lines(self) -> Iterable[Link | None]:
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

    def _name_links(self, name: str, one: Line, other: Line) -> Iterable[Link | None]:
        sentence, held = self._kept_apart(one, other), self._names_held(name)
        for first in self._members[one.line_id]:
            for second in self._members[other.line_id]:
                a, b = sorted((first.device_id, second.device_id))
                pair = (a, b)
                if a == b or pair in self._linked or not (first.has_adverts and second.has_adverts):
                    continue
                self._linked.add(pair)
                on_a, on_b = self._on_device(a), self._on_device(b)
                yield self._kept.made(_link_by_name, pair, name, held, sentence, on_a, on_b, self._contacts(pair))

    def _on_device(self, device_id: str) -> OnDevice:
        """Return what is on a device."""
        known = self._on.get(device_id)
        if known is None:
            held, facts = self._specificity, self._evidence.devices[device_id]
            templates, names = held.templates_on.get(device_id, {}), held.names_on.get(device_id, {})
            known = self._on[device_id] = self._kept.made(
                OnDevice,
                device_id,
                device_id,
                facts.label,
                {sim: self._devices_of_sim[sim] for sim in facts.sims},
                dict(templates),
                held.edges_on.get(device_id, {}),
                names,
                {key: held.devices_of_template[key] for key in templates if held.lines_of_template.get(key, 0) <= 1},
                {name: self._names_held(name) for name in names},
            )
        return known

    def _names_held(self, name: str) -> tuple[int, int]:
        return self._specificity.lines_of_name.get(name, 1), self._specificity.devices_of_name.get(name, 0)

    def _contacts(self, pair: _Pair) -> SharedContacts:
        shared = self._specificity.shared_contacts.get(pair)
        if not shared:
            return NO_CONTACTS
        records = dict.fromkeys(
            record
            for device_id in pair
            for number in shared[:NUMBERS_CITED]
            if (record := self._specificity.holders.get(number, {}).get(device_id))
        )
        a, b = (self._specificity.sent_to.get(device_id, frozenset()) for device_id in pair)
        return SharedContacts(shared, tuple(records), len(a.intersection(b, shared)))

    def _kept_apart(self, one: Line, other: Line) -> str:
        """Return what keeps two lines of one name apart, as far as the numbers of both tell."""
        numbers, others = ({number.number for number in line.numbers} for line in (one, other))
        said = f"The lines named {one.name} on the two devices"
        if not numbers.isdisjoint(others):
            return f"{said} had one number, in two uses that were kept apart: numbers are given out again."
        if any(frozenset((a, b)) in self._announced for a in numbers for b in others):
            return f"{said} have no number in common, and were kept apart although a text of the one names the other's."
        return f"{said} have no number and no announcement in common; lines of one name exist in several places."


def _link_by_name(
    name: str, held: tuple[int, int], kept_apart: str, a: OnDevice, b: OnDevice, contacts: SharedContacts
) -> Link | None:
    """Return the link of devices of two lines of one name; None where it is too weak for any band.

    Args:
        name: The name.
        held: Lines that bear it, and devices that it is on.
        kept_apart: What keeps the two lines apart.
        a: The one device.
        b: The other.
        contacts: Rare numbers in common.
    """
    reasons = pair_reasons(a, b, contacts, [{name}])
    if all(reason.kind is not ReasonKind.SAME_NICKNAME for reason in reasons):
        reasons.append(nickname_reason(name, a, b, held))
    reasons = [reason for reason in reasons if reason.kind is not ReasonKind.SAME_SIM]
    against = [Against(kind="name_conflict", sentence=kept_apart), *against_link(a, b, ())[0]]
    score = min(probability(PRIOR_LOG_ODDS + sum(reason.weight for reason in reasons)), WITHOUT_LINE_CEILING)
    return link_of(a, b, score, [], reasons, against)


def _named_in(said: Evidenced) -> str:
    return said.edge.other if AnnouncedFrom(said.edge.role).is_from_old else said.edge.key
