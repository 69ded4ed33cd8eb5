"""Forms of a line's name: when two of them may be one name, and which form stands for it.

A name is read short where a text writes it short, or where the analysis takes one word of two: ``Mikey`` beside
``Mikey T``, ``Benny`` beside ``Scouse Benny``. A thumb slips: ``Sorm`` beside ``Storm``. Initials are written as they
are spoken: ``Jay Jay`` beside ``JJ``. Two forms are one name only where other evidence ties them: they stand in adverts
of one number, or of numbers that wording, recipients and time hold together.

A name counts by the wordings that it stands in, not by their copies: what the analysis mistakes for a name once it
mistakes in every copy of a broadcast.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from nlp.nicknames.name_forms import spelled_letters
from search.contract import Edge
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import unstretched
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name

SHORTEST_PART = 3
"""Initials begin and end too many names."""

_FEWEST_INITIALS = 2
"""One letter is that of too many names."""

_SHORTEST_THAT_SLIPS = 5
"""Letters of the fuller of two words that one slip of the thumb may part: in shorter ones every letter tells."""

_COPIES_OF_A_WORDING = 3
"""What is known of one wording is known from three copies of it; a text that stands there once may be to one person."""

_PHONES_ENOUGH = 4
_SIGNED_SHARE = 0.75
_GREETED_SHARE = 0.25
"""Of the phones that received named adverts of a sender. What is on nearly all is the sender's name, and what is on few
beside it is theirs; a line that changes its name has each on many. Reasoned."""

_FULL_FORM_SHARE = 0.2
"""Share of a name's wordings that a longer form must stand in to stand for it; what is rarer may be a word too many."""


def are_forms(a: str, b: str) -> bool:
    """Whether two folded names may be one.

    They are equal but for stretched letters, or one begins or ends with the other, is it with a slip of the thumb, or
    its initials.
    """
    if is_spoken(a, b):
        return True
    short, long = sorted((unstretched(a), unstretched(b)), key=len)
    if short == long or (len(short) >= SHORTEST_PART and (long.startswith(short) or long.endswith(short))):
        return True
    return is_slip(short, long)


def is_spoken(a: str, b: str) -> bool:
    """Whether one folded name spells the letters and digits of which the other, of two or more, is made."""
    short, long = sorted((a, b), key=len)
    return _FEWEST_INITIALS <= len(short) < len(long) and initials_of(long) == short


@lru_cache(maxsize=65_536)
def initials_of(name: str) -> str:
    """Return the letters and digits that a folded name spells; the name, where it spells none (``Joey``)."""
    return spelled_letters(name) or name


@lru_cache(maxsize=65_536)
def is_slip(a: str, b: str) -> bool:
    """Whether two different words begin alike and are one but for two letters exchanged, or one left out."""
    short, long = sorted((a, b), key=len)
    if len(long) < _SHORTEST_THAT_SLIPS or len(long) - len(short) > 1 or short[0] != long[0] or short == long:
        return False
    at = next(place for place in range(len(long)) if short[place : place + 1] != long[place])
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]


def counted_names(edges: Iterable[Edge]) -> Counter[str]:
    """Return how much speaks for each folded name, of edges of kind advert: its wordings, few copies counted apart."""
    as_written: dict[tuple[str, str], int] = {}
    for edge in edges:
        if edge.label:
            key = edge.label, edge.other
            as_written[key] = as_written.get(key, 0) + edge.count
    copies = Counter[tuple[str, str]]()
    for (label, template_id), count in as_written.items():
        copies[fold_name(label), template_id] += count
    counts = Counter[str]()
    for (name, _), count in copies.items():
        counts[name] += min(count, _COPIES_OF_A_WORDING)
    return counts


def as_read(adverts: Iterable[Evidenced], forms: Collection[str]) -> str | None:
    """Return the name of these folded forms as the analysis writes it in most adverts; None where none bears it."""
    labels: Counter[str] = Counter()
    for advert in adverts:
        if advert.edge.label and fold_name(advert.edge.label) in forms:
            labels[advert.edge.label] += advert.edge.count
    return min(labels, key=lambda label: (-labels[label], label), default=None)


def phones_of_names(adverts: Iterable[Evidenced]) -> dict[str, set[str]]:
    """Return the phones that received adverts under each folded name."""
    phones: dict[str, set[str]] = defaultdict(set)
    for advert in adverts:
        if advert.edge.label and advert.edge.role not in SENT_ADVERT_ROLES:
            phones[fold_name(advert.edge.label)].add(advert.device_id)
    return phones


def without_greeted(counts: Counter[str], phones: Mapping[str, Collection[str]]) -> Counter[str]:
    """Return the names without those of people whom adverts greet, where a line signs them all the same.

    Each phone has adverts that greet its holder (``hi Zoe, Lucky here``), so that many names stand in as many wordings,
    each on a phone or two, and the line's on nearly all.

    Args:
        counts: What speaks for each folded name.
        phones: Phones that received adverts under each.
    """
    every = len({phone for held in phones.values() for phone in held})
    signed = [name for name, held in phones.items() if len(held) >= _SIGNED_SHARE * every]
    if every < _PHONES_ENOUGH or not signed:
        return counts
    return Counter(
        {
            name: count
            for name, count in counts.items()
            if not 0 < len(phones.get(name, ())) <= _GREETED_SHARE * every or share_a_form([name], signed)
        }
    )


def share_a_form(one: Iterable[str], other: Collection[str]) -> bool:
    """Whether some name of one side may be a name of the other."""
    return any(are_forms(a, b) for a in one for b in other)


def grouped_forms(counts: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Group the names of one sender or line that may be one name.

    Args:
        counts: Wordings by folded name.

    Returns:
        The forms of each name, the one that stands for it first; names of most wordings first, then fuller ones.
    """
    groups: list[list[str]] = []
    for name in sorted(counts, key=lambda name: (-len(name), name)):
        fitting = [group for group in groups if are_forms(name, group[0])]
        # a short form that fits two long ones belongs to the one that is seen more
        target = max(fitting, key=lambda group: (sum(counts[form] for form in group), group), default=None)
        if target is None:
            groups.append([name])
        else:
            target.append(name)
    ordered = sorted(groups, key=lambda group: (-sum(counts[form] for form in group), -len(group[0]), group))
    return [_with_head_first(group, counts) for group in ordered]


def _with_head_first(forms: list[str], counts: Mapping[str, int]) -> tuple[str, ...]:
    total = sum(counts[form] for form in forms)
    # Where a name has so many forms that none has its share, the one that is seen most stands for it.
    seen_most = max(forms, key=lambda form: (counts[form], len(form), form))
    full = [form for form in forms if counts[form] >= _FULL_FORM_SHARE * total] or [seen_most]
    # "Dezzys on" is Dezzy's, with a thumb that knows no apostrophe.
    owned = {form for form in full if form.endswith("s") and form[:-1] in full}
    # a stretched letter makes a form no fuller: of "rocket" and "roccket" the one that is seen more stands for the name
    head = max(
        (form for form in full if form not in owned), key=lambda form: (len(unstretched(form)), counts[form], form)
    )
    rest = sorted((form for form in forms if form != head), key=lambda form: (-counts[form], form))
    return (head, *rest)


class CommonNames(NamedTuple):
    """The names that stand for adverts of one sender.

    Attributes:
        names: Each with its forms, the form that stands for it first; names of most wordings first.
        forms: All forms of all of them.
        main_forms: Those of the name of most wordings; of several where as many speak for each.
    """

    names: tuple[tuple[str, ...], ...]
    forms: frozenset[str]
    main_forms: frozenset[str]

    def share_one(self, other: CommonNames) -> bool:
        """Whether the main name of one side may be a name of the other.

        What only some adverts of either bear beside a name of their own is a greeting more often than a name (``easy
        fam``, ``yo``), and two lines may greet alike.
        """
        return share_a_form(self.main_forms, other.forms) or share_a_form(other.main_forms, self.forms)


def names_in_common(counts: Counter[str], least_share: float) -> CommonNames:
    """Return the names that stand in at least such a share of the named wordings."""
    names = common_names(counts, least_share)
    sums = {forms: sum(counts[form] for form in forms) for forms in names}
    most = max(sums.values(), default=0)
    return CommonNames(
        names,
        frozenset(form for forms in names for form in forms),
        frozenset(form for forms, count in sums.items() if count == most for form in forms),
    )


def common_names(counts: Counter[str], least_share: float) -> tuple[tuple[str, ...], ...]:
    """Return the names that stand in at least such a share of the named wordings, each with its forms."""
    total = sum(counts.values())
    return tuple(forms for forms in grouped_forms(counts) if sum(counts[form] for form in forms) >= least_share * total)
