"""The graph of a line: phones that send for it above, its numbers in the order of time, phones that receive below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.phrases import counted, listed
from search.reports.drawing import BOX_HEIGHT, Box, Drawing, Tie, row_of, short
from search.reports.page_text import grouped

Item = Mapping[str, Any]

_OWN: Final = ("sent_adverts", "carries_line_sim")
_OTHERS: Final = ("received_adverts", "contact_of_line")
_IN_A_ROW: Final = 8
MOST_TIES: Final = 20
"""Between phones and numbers: of more those of one-to-one traffic are left out, and the table of phones has them."""
MOST_OF_ADVERTS: Final = 40
"""Of what is left: more cannot be followed with the eye."""
_NOT_DRAWN: Final = "One-to-one texts and calls are not drawn, for clarity; the table of phones has them."
_NUMBERS_NAMED: Final = 4
_GAP: Final = 58.0
_TOP: Final = 4.0
_WIDEST: Final = 150.0
_MORE: Final = "more"
_LANE: Final = 12.0
_LANES: Final = 4
"""Ways past numbers that lie beside each other, before one lies on another."""


def line_graph(line: Item, labels: Mapping[str, str]) -> Drawing | None:
    """Return the graph of a line; None where no phone has traffic of it, or too many ties cross each other.

    Args:
        line: The line, as in the report.
        labels: How the page names each device.
    """
    drawn = _drawn(line, labels, (*_OWN, *_OTHERS))
    if drawn is None:
        return None
    earlier = _not_drawn(line)
    if _tie_count(drawn) <= MOST_TIES:
        return msgspec.structs.replace(drawn, note=earlier)
    thinned = _drawn(line, labels, (*_OWN, "received_adverts"))
    if thinned is None or _tie_count(thinned) > MOST_OF_ADVERTS:
        return None
    left_out = _NOT_DRAWN if _tie_count(thinned) < _tie_count(drawn) else ""
    return msgspec.structs.replace(thinned, note=" ".join(filter(None, (earlier, left_out))))


def _not_drawn(line: Item) -> str:
    """Return which numbers are left out, in a sentence; empty where none is."""
    earlier = [grouped(key) for key in _in_time(line)[:-_IN_A_ROW]]
    if not earlier:
        return ""
    are = "is" if len(earlier) == 1 else "are"
    return f"{counted(len(earlier), 'earlier number')} {are} not drawn: {listed(earlier, _NUMBERS_NAMED)}."


def _in_time(line: Item) -> list[str]:
    """Return the numbers in the order of time; one that was in use again later stands once, where it was first."""
    held = sorted(line["numbers"], key=lambda number: (number["first_seen_at"] or "~", number["number"]))
    return list(dict.fromkeys(number["number"] for number in held))


def _tie_count(drawing: Drawing) -> int:
    return sum(tie.kind in {"adverts", "contact"} for tie in drawing.ties)


def _drawn(line: Item, labels: Mapping[str, str], relations: Sequence[str]) -> Drawing | None:
    """Return the graph with the phones of some relations; None where there is none."""
    numbers_of: dict[str, dict[str, str]] = defaultdict(dict)
    own: dict[str, None] = {}
    others: dict[str, None] = {}
    for relation in relations:
        for row in line["devices"]:
            if row["relation"] == relation:
                kind = "contact" if relation == "contact_of_line" else "adverts"
                for number in row["numbers"] or (_NO_NUMBER,):
                    numbers_of[row["device_id"]].setdefault(number, kind)
                if relation in _OWN:
                    own.setdefault(row["device_id"])
                elif row["device_id"] not in own:
                    others.setdefault(row["device_id"])
    if not numbers_of:
        return None
    above = _phones(list(own), labels, _IN_A_ROW)
    below = _phones(list(others), labels, _IN_A_ROW)
    y_numbers = _TOP + (_GAP + BOX_HEIGHT if above else 0)
    top = row_of([label for _, label in above], _TOP, _WIDEST)
    numbers, boxes_of = _numbers(line, y_numbers)
    bottom = row_of([label for _, label in below], y_numbers + _GAP + BOX_HEIGHT, _WIDEST - 30)
    held = [
        *_ties(zip([key for key, _ in above], top, strict=True), numbers_of, boxes_of, is_above=True),
        *_ties(zip([key for key, _ in below], bottom, strict=True), numbers_of, boxes_of, is_above=False),
    ]
    ties = [*_succession(line, boxes_of, is_above=bool(above)), *_given(line, boxes_of, is_above=bool(above)), *held]
    boxes = (*top, *numbers, *bottom)
    return Drawing(height=max(box.bottom for box in boxes) + _TOP, boxes=boxes, ties=tuple(ties))


_NO_NUMBER: Final = ""


def _phones(device_ids: Sequence[str], labels: Mapping[str, str], most: int) -> list[tuple[str, tuple[str, str, str]]]:
    """Return key and label of each phone that is shown; last, how many are not."""
    shown = [(key, ("phone", short(labels[key]), labels[key])) for key in device_ids]
    if len(shown) <= most:
        return shown
    left_out = f"and {len(shown) - most + 1} more"
    return [*shown[: most - 1], (_MORE, (_MORE, left_out, left_out))]


def _numbers(line: Item, y: float) -> tuple[list[Box], dict[str, Box]]:
    """Return the boxes of the numbers, and which box stands for each number; the latest ones where there are many."""
    shown = _in_time(line)[-_IN_A_ROW:]
    if not shown:
        name = line["name"] or "number not known"
        boxes = row_of([("line", short(name), name)], y, _WIDEST)
        return boxes, {_NO_NUMBER: boxes[0]}
    boxes = row_of([("number", key, key) for key in shown], y, _WIDEST)
    found = dict(zip(shown, boxes, strict=True))
    return boxes, found


def _succession(line: Item, boxes_of: Mapping[str, Box], *, is_above: bool) -> Iterable[Tie]:
    """Yield the way from each number to the next one; past those that stand between the two, on the side of phones."""
    places = {number: place for place, number in enumerate(boxes_of)}
    lanes = 0
    for before, number in dict.fromkeys((held["succeeds"], held["number"]) for held in line["numbers"]):
        old, new = boxes_of.get(before or ""), boxes_of.get(number)
        if before is not None and old is not None and new is not None:
            if abs(places[before] - places[number]) > 1:
                yield from _past(old, new, lanes % _LANES, is_above=is_above)
                lanes += 1
                continue
            y = old.y + BOX_HEIGHT / 2
            if old.x < new.x:
                yield Tie(old.x + old.width, y, new.x, y, "followed")
            else:
                yield Tie(old.x, y, new.x + new.width, y, "followed")


def _given(line: Item, boxes_of: Mapping[str, Box], *, is_above: bool) -> Iterable[Tie]:
    """Yield a tie between numbers of which the one gave the other to its customers, and neither took over."""
    follows = {frozenset((held["succeeds"], held["number"])) for held in line["numbers"]}
    pairs = dict.fromkeys(
        frozenset((said["sender"], held["number"]))
        for held in line["numbers"]
        for said in held["announcements"]
        if said["said_by"] == "unclear"
    )
    places = {number: place for place, number in enumerate(boxes_of)}
    for pair in pairs:
        if pair in follows or len(pair) < 2 or not pair <= places.keys():
            continue
        first, second = sorted(pair, key=places.__getitem__)
        left, right = boxes_of[first], boxes_of[second]
        if places[second] - places[first] > 1:
            *way, end = _past(left, right, _LANES, is_above=is_above)
            yield from (*way, msgspec.structs.replace(end, kind="past"))
        else:
            y = left.y + BOX_HEIGHT / 2
            yield Tie(left.x + left.width, y, right.x, y, "past")


def _past(old: Box, new: Box, lane: int, *, is_above: bool) -> Iterable[Tie]:
    edge = old.y if is_above else old.bottom
    y = edge + (-1 if is_above else 1) * (_LANE + lane * _LANE / 2)
    side = 1 if old.x < new.x else -1
    start, end = old.middle + side * old.width / 4, new.middle - side * new.width / 4
    yield Tie(start, edge, start, y, "past")
    yield Tie(start, y, end, y, "past")
    yield Tie(end, y, end, edge, "followed")


def _ties(
    placed: Iterable[tuple[str, Box]],
    numbers_of: Mapping[str, Mapping[str, str]],
    boxes_of: Mapping[str, Box],
    *,
    is_above: bool,
) -> Iterable[Tie]:
    for device_id, box in placed:
        for number, kind in sorted(numbers_of.get(device_id, {}).items()):
            other = boxes_of.get(number)
            if other is None:
                continue
            if is_above:
                yield Tie(box.middle, box.bottom, other.middle, other.y, kind)
            else:
                yield Tie(other.middle, other.bottom, box.middle, box.y, kind)
