"""Durations whose minutes and seconds stand in columns of their own: ``Mins`` and ``Secs`` beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise
from typing import Final

import msgspec

from parsers.table_fields import TIME_FIELDS, Field
from parsers.tables.labels import Label
from parsers.tables.spans import PART_UNITS, SpanUnit

_ORDER: Final = (SpanUnit.HOURS, SpanUnit.MINUTES, SpanUnit.SECONDS)
_FACTORS: Final = {SpanUnit.HOURS: 3_600, SpanUnit.MINUTES: 60, SpanUnit.SECONDS: 1}
_SIXTY: Final = 60


def with_parts(labels: Sequence[Label], places: Sequence[int]) -> Sequence[Label]:
    """Return the labels of a row of headings; those of parts of one duration that stand side by side are of it.

    Hours before minutes, minutes before seconds, and minutes among them: ``Min`` alone may be of anything. Beside texts
    they are of none unless one is of durations by itself. Beside another column of durations they are parts of a time
    of day, and so may hours be where days stand without one.

    Args:
        labels: Of the columns that have a heading.
        places: Of the same columns.
    """
    units = [PART_UNITS.get(label.key) for label in labels]
    of_one: set[int] = set()
    for at, (before, unit) in enumerate(pairwise(units), 1):
        is_next = places[at] == places[at - 1] + 1
        if is_next and before is not None and unit is not None and _ORDER.index(unit) == _ORDER.index(before) + 1:
            of_one |= {at - 1, at}
    is_told = any(labels[at].field is Field.DURATION for at in of_one)
    if not of_one or (not is_told and any(label.field is Field.BODY for label in labels)):
        return labels
    others = [label for at, label in enumerate(labels) if at not in of_one]
    if any(label.field is Field.DURATION for label in others):
        return [
            msgspec.structs.replace(label, field=None) if at in of_one else label for at, label in enumerate(labels)
        ]
    has_clock = any(label.field in TIME_FIELDS and not label.is_date for label in others)
    if not has_clock and any(units[at] is SpanUnit.HOURS for at in of_one):
        return labels
    return [
        msgspec.structs.replace(label, field=Field.DURATION, unit=unit) if at in of_one else label
        for at, (label, unit) in enumerate(zip(labels, units, strict=True))
    ]


def seconds_of_parts(cells: Sequence[tuple[SpanUnit, str]]) -> float | None:
    """Return the seconds of a duration in parts, coarse ones first. None: they are no whole counts, or contradict.

    The first that is not zero may be any count: ``75`` minutes. Under seconds the whole may stand again: ``1``
    minute and ``65`` seconds are one duration of 65.
    """
    if not cells or not all(text.strip().isascii() and text.strip().isdecimal() for _, text in cells):
        return None
    counts = [(unit, int(text)) for unit, text in cells]
    if all(count < _SIXTY for _, count in [*dropwhile(lambda each: not each[1], counts)][1:]):
        return float(sum(_FACTORS[unit] * count for unit, count in counts))
    unit, last = counts[-1]
    whole = _FACTORS[unit] * last
    before = sum(_FACTORS[other] * count for other, count in counts[:-1])
    return float(whole) if unit is SpanUnit.SECONDS and 0 <= whole - before < _SIXTY else None
