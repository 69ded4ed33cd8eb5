"""The timeline of a line as lengths and places: bars for numbers, marks for broadcasts, arrows for changes of number.

Drawn by the page as inline SVG. Units are those of the drawing: 1,000 wide, whatever the paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from search.linkage.keys import is_number
from search.linkage.phrases import counted, listed
from search.reports.accounts import is_named_account, short_account
from search.reports.broadcasts import broadcasts_of, time_of

WIDTH = 1000.0
LEFT = 176.0
RIGHT = 988.0
ROW_HEIGHT = 40.0
TOP = 20.0
AXIS_HEIGHT = 30.0
_MOST_TICKS = 9
_PHONES_NAMED = 3
_SHORTEST_BAR = 3.0
_MARKS_A_ROW = 240
_LAST_LABEL = WIDTH - 48
"""Middle of the last words on the axis: half of a day with its month and year is as wide as what is left of it."""
NOT_COUNTED = "not counted as the line's"
"""What stands in the row of a number whose texts are the line's, and which is no number of it."""
_BY_NAME = "shown by a name, number not shown"
_DAY = timedelta(days=1)
_STEPS_DAYS = (1, 2, 7, 14)
_STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


class Mark(msgspec.Struct, frozen=True):
    """Broadcasts of one day: place, direction, and a title in words."""

    x: float
    is_sent: bool
    title: str


class Row(msgspec.Struct, frozen=True):
    """One number: label, a bar for each time in which it was in use (none: no date), and the marks on it."""

    y: float
    label: str
    bars: tuple[tuple[float, float], ...]
    note: str
    marks: tuple[Mark, ...]


class Arrow(msgspec.Struct, frozen=True):
    """A change from one number to the next one."""

    x1: float
    y1: float
    x2: float
    y2: float


class Tick(msgspec.Struct, frozen=True):
    """A line on the axis with its date; ``label_x`` is where the middle of its words lies."""

    x: float
    label: str
    label_x: float


class Timeline(msgspec.Struct, frozen=True):
    """Everything that the drawing of one line needs; ``note`` says which phones are in none of its marks."""

    height: float
    rows: tuple[Row, ...]
    arrows: tuple[Arrow, ...]
    ticks: tuple[Tick, ...]
    note: str = ""


def draw(
    numbers: Sequence[Mapping[str, str | None]], flares: Iterable[Mapping[str, object]], untimed: Sequence[str] = ()
) -> Timeline | None:
    """Return the timeline of a line from its numbers and flares in the report; None where nothing has a date.

    Args:
        numbers: Its numbers.
        flares: Its broadcasts; what a wrong clock dated lies where a right one would have it.
        untimed: Phones that received adverts of it without a time.
    """
    held = list(flares)
    instants = [
        _read(value) for number in numbers for value in (number["first_seen_at"], number["last_seen_at"]) if value
    ]
    instants += [time_of(flare, end) for flare in held for end in ("started_at", "ended_at")]
    if not instants:
        return None
    scale = _Scale(min(instants), max(instants))
    by_sender: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for flare in held:
        by_sender[str(flare["sender"] or "")].append(flare)
    ordered = sorted(numbers, key=lambda number: (number["first_seen_at"] or "~", str(number["number"])))
    uses: dict[str, list[Mapping[str, str | None]]] = defaultdict(list)
    for number in ordered:
        uses[str(number["number"])].append(number)
    labels = list(uses)
    rows = [
        _number_row(place, label, uses[label], by_sender.pop(label, []), scale) for place, label in enumerate(labels)
    ]
    for sender in sorted(by_sender):
        rows.append(_sender_row(len(rows), sender, by_sender[sender], scale))
    y_of = {label: rows[place].y for place, label in enumerate(labels)}
    return Timeline(
        height=TOP + ROW_HEIGHT * len(rows) + AXIS_HEIGHT,
        rows=tuple(rows),
        arrows=tuple(_arrows(ordered, y_of, scale)),
        ticks=_within(scale.ticks()),
        note=_note(untimed),
    )


def _note(untimed: Sequence[str]) -> str:
    if not untimed:
        return ""
    phones = counted(len(untimed), "phone that received adverts is", "phones that received adverts are")
    return f"{phones} not among those of any broadcast, for want of a time: {listed(untimed, _PHONES_NAMED)}"


def _within(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    """Return the ticks whose words end before the drawing does; of one alone the words move, so that a date stands."""
    held = tuple(ticks)
    whole = tuple(tick for tick in held if tick.x <= _LAST_LABEL)
    return whole or tuple(msgspec.structs.replace(tick, label_x=_LAST_LABEL) for tick in held[:1])


def _read(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


class _Scale:
    """Maps instants to places between the margins."""

    def __init__(self, first: datetime, last: datetime) -> None:
        span = max(last - first, _DAY)
        self._first = first - span * 0.02
        self._span = span * 1.04

    def x(self, instant: datetime) -> float:
        return round(LEFT + (RIGHT - LEFT) * ((instant - self._first) / self._span), 1)

    def ticks(self) -> Iterable[Tick]:
        days = self._span / _DAY
        last = self._first + self._span
        for step in _STEPS_DAYS:
            if days / step <= _MOST_TICKS:
                start = datetime(self._first.year, self._first.month, self._first.day, tzinfo=UTC) + _DAY
                moments = [start + _DAY * step * place for place in range(_MOST_TICKS + 1)]
                yield from (_tick(self.x(m), f"{m.day} {m:%b %Y}") for m in moments if m < last)
                return
        step = next((step for step in _STEPS_MONTHS if days / (30.4 * step) <= _MOST_TICKS), _STEPS_MONTHS[-1])
        month = self._first.year * 12 + self._first.month
        month += -month % step
        while (moment := datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)) < last:
            if moment >= self._first:
                yield _tick(self.x(moment), f"{moment:%b %Y}")
            month += step


def _tick(x: float, label: str) -> Tick:
    return Tick(x, label, x)


def _number_row(
    place: int,
    label: str,
    uses: Iterable[Mapping[str, str | None]],
    flares: Sequence[Mapping[str, object]],
    scale: _Scale,
) -> Row:
    bars = []
    for number in uses:
        first, last = number["first_seen_at"], number["last_seen_at"]
        if first and last:
            start, end = scale.x(_read(first)), scale.x(_read(last))
            bars.append((start, max(round(end - start, 1), _SHORTEST_BAR)))
    return Row(_y(place), short_account(label), tuple(bars), "" if bars else "no date", _marks(flares, scale))


def _sender_row(place: int, sender: str, flares: Sequence[Mapping[str, object]], scale: _Scale) -> Row:
    if sender and not is_number(sender) and not is_named_account(sender):
        return Row(_y(place), f"\u201c{sender}\u201d", (), _BY_NAME, _marks(flares, scale))
    return Row(
        _y(place), short_account(sender) or "number not known", (), NOT_COUNTED if sender else "", _marks(flares, scale)
    )


def _y(place: int) -> float:
    return TOP + ROW_HEIGHT * place + ROW_HEIGHT / 2


def _marks(flares: Sequence[Mapping[str, object]], scale: _Scale) -> tuple[Mark, ...]:
    """Return one mark a day and direction: a year of daily broadcasts stays a drawing that can be read."""
    days: dict[tuple[str, bool], list[Mapping[str, object]]] = defaultdict(list)
    for flare in flares:
        days[time_of(flare, "started_at").date().isoformat(), flare["direction"] == "sent"].append(flare)
    marks = []
    for (date, is_sent), held in sorted(days.items()):
        first = min(time_of(flare, "started_at") for flare in held)
        marks.append(Mark(scale.x(first), is_sent, f"{date}: {_title(held, is_sent=is_sent)}"))
    return tuple(marks[:_MARKS_A_ROW])


def _title(flares: Sequence[Mapping[str, object]], *, is_sent: bool) -> str:
    """Return how many broadcasts went out or came on a day, and on how many phones: one is on many, and is one."""
    phones = len({flare["device_id"] for flare in flares})
    seen = counted(len(broadcasts_of(flares)), "broadcast")
    if is_sent:
        return f"{seen} sent" if phones == 1 else f"{seen} sent from {phones} phones"
    return f"{seen} received on {counted(phones, 'phone')}"


def _arrows(numbers: Sequence[Mapping[str, str | None]], y_of: Mapping[str, float], scale: _Scale) -> Iterable[Arrow]:
    for number in numbers:
        old, label, start = str(number["succeeds"]), str(number["number"]), number["first_seen_at"]
        before = _use_before([held for held in numbers if held["number"] == old], start)
        if before is None or start is None:
            continue
        back, end = before
        # What came back after a rest began before the one that it took over from.
        into = end if back is not None and start < back else start
        side = 1 if y_of[old] < y_of[label] else -1
        yield Arrow(scale.x(_read(end)), y_of[old] + 7 * side, scale.x(_read(into)), y_of[label] - 9 * side)


def _use_before(uses: Sequence[Mapping[str, str | None]], start: str | None) -> tuple[str | None, str] | None:
    """Return begin and end of the last of several uses of a number that began by then, else of its first one."""
    dated = [(held["first_seen_at"], end) for held in uses if (end := held["last_seen_at"]) is not None]
    begun = [each for each in dated if start is not None and (each[0] or "") <= start]
    return begun[-1] if begun else next(iter(dated), None)
