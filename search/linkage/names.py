"""Forms of a line's name: when two of them may be one name, and which form stands for it.

A name is read short where a text writes it short, or where the analysis takes one word of two: ``Mikey`` beside
``Mikey T``, ``Benny`` beside ``Scouse Benny``. Two forms are one name only where other evidence ties them: they stand
in adverts of one number, or of numbers that wording, customers and time hold together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from search.linkage.wording_keys import unstretched

SHORTEST_PART = 3
"""Initials begin and end too many names."""

_FULL_FORM_SHARE = 0.2
"""Share of a name's adverts that a longer form must stand in to stand for it; what is rarer may be a word too many."""


def are_forms(a: str, b: str) -> bool:
    """Whether two folded names may be one: equal but for stretched letters, or one begins or ends with the other."""
    short, long = sorted((unstretched(a), unstretched(b)), key=len)
    return short == long or (len(short) >= SHORTEST_PART and (long.startswith(short) or long.endswith(short)))


def share_a_form(one: Iterable[str], other: Collection[str]) -> bool:
    """Whether some name of one side may be a name of the other."""
    return any(are_forms(a, b) for a in one for b in other)


def grouped_forms(counts: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Group the names of one sender or line that may be one name.

    Args:
        counts: Adverts by folded name.

    Returns:
        The forms of each name, the one that stands for it first; names of most adverts first.
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
    ordered = sorted(groups, key=lambda group: (-sum(counts[form] for form in group), group))
    return [_with_head_first(group, counts) for group in ordered]


def _with_head_first(forms: list[str], counts: Mapping[str, int]) -> tuple[str, ...]:
    total = sum(counts[form] for form in forms)
    full = [form for form in forms if counts[form] >= _FULL_FORM_SHARE * total]
    head = max(full, key=lambda form: (len(form), form))
    rest = sorted((form for form in forms if form != head), key=lambda form: (-counts[form], form))
    return (head, *rest)


def common_names(counts: Counter[str], least_share: float) -> tuple[tuple[str, ...], ...]:
    """Return the names that stand in at least such a share of the named adverts, each with its forms."""
    total = sum(counts.values())
    return tuple(forms for forms in grouped_forms(counts) if sum(counts[form] for form in forms) >= least_share * total)
