"""What two devices have in common beside a line, weighed, and what speaks against a link of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from search.contract import Edge
from search.linkage.extraction.edge_table import first_and_last
from search.linkage.keys import fold_name
from search.linkage.model import Against, Link, Reason, ReasonKind
from search.linkage.phrases import counted, listed
from search.linkage.weights import (
    COMMON_NAME_LINES,
    NAME_CONFLICT,
    SAME_NICKNAME,
    SAME_SIM,
    SAME_TEMPLATE,
    SAME_TEMPLATES_MOST,
    SHARED_CONTACT,
    SHARED_CONTACTS_MOST,
    band_of,
    log_odds,
    probability,
)

LEAST = 0.001
"""Nothing here is surer than a thousand to one, whatever is multiplied."""
NUMBERS_NAMED = 3
"""Of those that two devices have in common, in the sentence of the reason."""
NUMBERS_CITED = 2
"""Of those that two devices have in common, with a record on each."""


class OnDevice:
    """What is on a device, with what is known of it over everything held.

    Args:
        device_id: The device.
        label: How sentences name it.
        sims: Its SIMs, each with the number of devices that have it.
        templates: Wordings of adverts on it, with how many messages.
        edges: The adverts on it, by wording.
        names: Names that they bear, with how many messages.
        devices_of_template: On how many devices each wording is that one line alone uses; the others are common.
        names_held: How many lines bear each name, and on how many devices it is.
    """

    def __init__(
        self,
        device_id: str,
        label: str,
        sims: Mapping[str, int],
        templates: Mapping[str, int],
        edges: Mapping[str, Sequence[Edge]],
        names: Mapping[str, int],
        devices_of_template: Mapping[str, int],
        names_held: Mapping[str, tuple[int, int]],
    ) -> None:
        self.device_id = device_id
        self.label = label
        self.sims = sims
        self.templates = templates
        self.edges = edges
        self.names = names
        self.devices_of_template = devices_of_template
        self.names_held = names_held
        self._records_of_names: dict[str, tuple[str, ...]] = {}

    def records_of(self, name: str) -> tuple[str, ...]:
        """Return two records at most of the adverts on it that bear a name."""
        if name not in self._records_of_names:
            held = chain.from_iterable(self.edges.values())
            self._records_of_names[name] = first_and_last(
                edge for edge in held if edge.label and fold_name(edge.label) == name
            )
        return self._records_of_names[name]

    def written(self, name: str) -> str:
        """Return a name as most of the adverts on it write it."""
        forms: Counter[str] = Counter()
        for edge in chain.from_iterable(self.edges.values()):
            if edge.label and fold_name(edge.label) == name:
                forms[edge.label] += edge.count
        return min(forms, key=lambda form: (-forms[form], form), default=name)


class SharedContacts(NamedTuple):
    """Rare numbers that two devices have in common, and records of some of them.

    ``sent_to``: to how many of them both sent adverts or broadcasts.
    """

    numbers: tuple[str, ...]
    record_ids: tuple[str, ...]
    sent_to: int = 0


NO_CONTACTS = SharedContacts((), ())


class OfLine(NamedTuple):
    """What ties two members of a line.

    Attributes:
        share: How likely it is that both are of it, and it is one.
        names: Its folded names.
        against: What speaks against that the one or the other is of it.
        by_contact: One of the two has texts and calls with it alone.
    """

    line_id: str
    share: float
    reasons: tuple[Reason, ...]
    names: frozenset[str]
    against: tuple[Against, ...] = ()
    by_contact: bool = False


def link_within(a: OnDevice, b: OnDevice, contacts: SharedContacts, *of_lines: OfLine) -> Link | None:
    """Return the link of two members of lines; None where it is too weak for any band."""
    names = [held.names for held in of_lines]
    against, penalty = against_link(a, b, names)
    more = pair_reasons(a, b, contacts, names)
    total = log_odds(_any_of(_shares(of_lines))) + penalty + sum(reason.weight for reason in more)
    reasons = [*chain.from_iterable(held.reasons for held in of_lines), *more]
    against += chain.from_iterable(held.against for held in of_lines)
    return link_of(a, b, probability(total), [held.line_id for held in of_lines], reasons, against)


def link_of(
    a: OnDevice,
    b: OnDevice,
    score: float,
    line_ids: Iterable[str],
    reasons: Iterable[Reason],
    against: Iterable[Against],
) -> Link | None:
    """Return a link; None where its score is too low for any band."""
    band = band_of(score)
    if band is None:
        return None
    return Link(
        a_device_id=a.device_id,
        b_device_id=b.device_id,
        score=score,
        band=band,
        line_ids=tuple(sorted(set(line_ids))),
        reasons=tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.kind, reason.value))),
        against=tuple(sorted(set(against), key=lambda item: (item.kind, item.sentence))),
    )


def nickname_reason(name: str, a: OnDevice, b: OnDevice, held: tuple[int, int]) -> Reason:
    """Return that adverts on both devices bear a name; ``held``: lines that bear it, and devices that it is on."""
    lines, devices = held
    counts = [each.names.get(name, 0) for each in (a, b)]
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
        record_ids=tuple(record for each in (a, b) for record in each.records_of(name)),
    )


def pair_reasons(a: OnDevice, b: OnDevice, contacts: SharedContacts, names: Sequence[Collection[str]]) -> list[Reason]:
    """Return what two devices have in common; ``names``: those of each line that they have in common."""
    found = (_template_reason(a, b), _name_reason(a, b, names), _contacts_reason(contacts), _sim_reason(a, b))
    return [reason for reason in found if reason is not None]


def _name_reason(a: OnDevice, b: OnDevice, names: Sequence[Collection[str]]) -> Reason | None:
    """Return that both devices hold adverts under one name of a line that they have in common.

    Args:
        a: The one device.
        b: The other.
        names: Folded names of each line that they have in common; a name that no line bears is a trader's, or was
            misread.
    """
    names_a, names_b = a.names, b.names
    shared = (names_a.keys() & names_b.keys()).intersection(chain.from_iterable(names))
    if not shared:
        return None
    name = min(shared, key=lambda name: (-names_a[name] - names_b[name], name))
    return nickname_reason(name, a, b, a.names_held[name])


def _template_reason(a: OnDevice, b: OnDevice) -> Reason | None:
    known = a.devices_of_template
    specific = [key for key in a.templates.keys() & b.templates.keys() if key in known]
    if not specific:
        return None
    # of those on as few devices the one in fewest messages
    template_id = min(specific, key=lambda key: (known[key], a.templates[key] + b.templates[key], key))
    devices = known[template_id]
    texts = "1 text" if len(specific) == 1 else counted(len(specific), "different text")
    rarest = "" if len(specific) == 1 else "the rarest is "
    sentence = (
        f"Both carry adverts of {texts} that no other line uses "
        f"({rarest}in {counted(a.templates[template_id], 'message')} on {a.label} and "
        f"{b.templates[template_id]} on {b.label}, and on {counted(devices, 'device')} in all)."
    )
    return Reason(
        kind=ReasonKind.SAME_TEMPLATE,
        value=template_id,
        a_count=a.templates[template_id],
        b_count=b.templates[template_id],
        device_count=devices,
        weight=SAME_TEMPLATE if len(specific) == 1 else SAME_TEMPLATES_MOST,
        sentence=sentence,
        record_ids=tuple(record for each in (a, b) for record in first_and_last(each.edges[template_id])),
    )


def _contacts_reason(contacts: SharedContacts) -> Reason | None:
    shared = len(contacts.numbers)
    if not shared:
        return None
    weight = min(SHARED_CONTACTS_MOST, SHARED_CONTACT * shared)
    sentence = (
        f"Both have {counted(shared, 'other number')} in common that few devices have "
        f"({listed(contacts.numbers, NUMBERS_NAMED)}); {_whose(shared, contacts.sent_to)}."
    )
    return Reason(
        kind=ReasonKind.SHARED_CONTACTS,
        value=counted(shared, "number"),
        a_count=shared,
        b_count=shared,
        device_count=2,
        weight=weight,
        sentence=sentence,
        record_ids=contacts.record_ids,
    )


def _whose(shared: int, sent_to: int) -> str:
    """Return what else numbers in common may come from."""
    if not sent_to:
        return "people who live near each other have that too"
    which = f"{sent_to} of them" if sent_to < shared else "all of them" if shared > 1 else "it"
    near = "; people who live near each other have numbers in common too" if sent_to < shared else ""
    return f"both sent adverts or broadcasts to {which}{near}"


def _sim_reason(a: OnDevice, b: OnDevice) -> Reason | None:
    shared = sorted(a.sims.keys() & b.sims.keys())
    if not shared:
        return None
    return Reason(
        kind=ReasonKind.SAME_SIM,
        value=shared[0],
        a_count=1,
        b_count=1,
        device_count=a.sims[shared[0]],
        weight=SAME_SIM,
        sentence=f"One SIM was read in or with both {a.label} and {b.label}.",
        record_ids=(),
    )


def against_link(a: OnDevice, b: OnDevice, names: Sequence[Collection[str]]) -> tuple[list[Against], float]:
    """Return what speaks against a link, and what it weighs; ``names``: those of each line in common."""
    known = a.devices_of_template
    common = [key for key in a.templates.keys() & b.templates.keys() if key not in known]
    against = []
    if common:
        are = "is" if len(common) == 1 else "are"
        sentence = f"{counted(len(common), 'text')} on both {are} used by several lines and counted for nothing."
        against.append(Against(kind="common_template", sentence=sentence))
    names_a, names_b = (each.names.keys() for each in (a, b))
    for name in sorted(names_a & names_b):
        lines = a.names_held[name][0]
        if lines > 1:
            sentence = f"{lines} lines bear the name {a.written(name)}; the name alone joins nothing."
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


def _shares(of_lines: Iterable[OfLine]) -> list[float]:
    """Return how likely two are of each line; of some that one has texts and calls with alone, of the surest one.

    Whether who rings two lines belongs to them is one question where many know him (a taxi rings both), and where the
    two have a name in common: a line that is split is not two reasons for what was one.
    """
    kept: list[OfLine] = []
    for held in sorted(of_lines, key=lambda held: -held.share):
        if not (held.by_contact and any(other.by_contact and _is_one_question(held, other) for other in kept)):
            kept.append(held)
    return [held.share for held in kept]


def _is_one_question(one: OfLine, other: OfLine) -> bool:
    return bool(one.against and other.against) or not one.names.isdisjoint(other.names)


def _any_of(shares: Sequence[float]) -> float:
    """Return the probability that one at least of several is so."""
    none = 1.0
    for share in shares:
        none *= 1 - share
    return bounded(1 - none)


def bounded(share: float) -> float:
    """Return a probability, none surer than ``LEAST`` allows."""
    return min(max(share, LEAST), 1 - LEAST)


def _lines_bear(lines: int) -> str:
    return "one line bears" if lines <= 1 else f"{lines} lines bear"
