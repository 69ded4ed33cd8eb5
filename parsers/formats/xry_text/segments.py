"""Joins the segments of long texts: one message, exported as one entity a segment.

Segments of one text share a reference number, which a handset counts from 0 to 255 and then again from 0: what joins
them is the number, the other side, the time, and that they stand near each other. Memory is bounded by the window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from parsers.formats.xry_text.entities import Entity, Field

_WINDOW: Final = 64
"""Entities behind the first segment within which the others are looked for."""

_MOST_SECONDS: Final = 3_600
_MOST_SEGMENTS: Final = 255
_REFERENCE, _TOTAL, _NUMBER = "reference number", "segments", "segment number"


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """One message.

    Attributes:
        entity: All fields of all segments, each key once; the first segment's locator; the texts in order.
        entity_count: Entities that it was made of.
        missing: Numbers of the segments that are not there, ascending.
        further: What segments behind the first say that it says otherwise, and where they stand.
    """

    entity: Entity
    entity_count: int = 1
    missing: tuple[int, ...] = ()
    further: tuple[tuple[str, str], ...] = ()


Standing = tuple[str, int | None, int | None]
"""Reference number of a long text, how many segments it has, and which of them one is; the latter may not be stated."""


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """One entity on its way, with what tells its text apart.

    Attributes:
        standing: None: the entity is a whole text.
        party: Number key of the other side. None: not stated.
        second: Seconds since 1970. None: no time, or one without an instant.
    """

    entity: Entity
    standing: Standing | None = None
    party: str | None = None
    second: int | None = None


class _Group:
    def __init__(self, place: int, first: Segment, reference: str, total: int | None) -> None:
        self.place = place
        self.reference = reference
        self.total = total
        self.segments: dict[int, Segment] = {}
        self.parties = {first.party} - {None}
        self.seconds = [first.second] if first.second is not None else []
        self.is_closed = False

    def takes(self, segment: Segment, total: int | None, number: int | None) -> bool:
        if number is not None and number in self.segments:
            return False
        if None not in {total, self.total} and total != self.total:
            return False
        if segment.party is not None and self.parties and segment.party not in self.parties:
            return False
        second = segment.second
        return second is None or all(abs(second - other) <= _MOST_SECONDS for other in self.seconds)

    def add(self, segment: Segment, total: int | None, number: int | None) -> None:
        number = number if number is not None else max(self.segments, default=0) + 1
        self.segments[number] = segment
        self.total = self.total or total
        self.parties |= {segment.party} - {None}
        self.seconds += [segment.second] if segment.second is not None else []
        self.is_closed = self.total is not None and len(self.segments) >= self.total

    def joined(self) -> Joined:
        held = {number: self.segments[number].entity for number in sorted(self.segments)}
        entities = list(held.values())
        total = self.total or max(held)
        texts = [entity.text for entity in entities if entity.text is not None]
        fields, further = _fields_of(held)
        entity = msgspec.structs.replace(
            entities[0],
            fields=fields,
            text="".join(texts) if texts else None,
            may_be_cut=any(entity.may_be_cut for entity in entities),
            looks_alike=any(entity.looks_alike for entity in entities),
            stray=tuple(line for entity in entities for line in entity.stray),
            written="\n\n".join(entity.written for entity in entities if entity.written),
        )
        missing = tuple(number for number in range(1, total + 1) if number not in held)
        return Joined(entity=entity, entity_count=len(entities), missing=missing, further=further)


def join_segments(segments: Iterable[Segment]) -> Iterator[Joined]:
    """Yield the messages, in the order of their first segments; an entity that is no segment is one as it is."""
    waiting: deque[_Group | Segment] = deque()
    open_groups: list[_Group] = []
    for place, segment in enumerate(segments):
        if segment.standing is None:
            if not waiting:
                yield Joined(entity=segment.entity)
                continue
            waiting.append(segment)
        else:
            reference, total, number = segment.standing
            open_groups = [group for group in open_groups if not group.is_closed and place - group.place <= _WINDOW]
            group = next(
                (each for each in open_groups if each.reference == reference and each.takes(segment, total, number)),
                None,
            )
            if group is None:
                group = _Group(place, segment, reference, total)
                open_groups.append(group)
                waiting.append(group)
            group.add(segment, total, number)
        yield from _ready(waiting, place)
    yield from _ready(waiting, None)


def _ready(waiting: deque[_Group | Segment], place: int | None) -> Iterator[Joined]:
    """Yield what stands in front and waits for nothing; everything where ``place`` is None."""
    while waiting:
        first = waiting[0]
        if isinstance(first, Segment):
            yield Joined(entity=first.entity)
        elif place is None or first.is_closed or place - first.place > _WINDOW:
            yield first.joined()
        else:
            return
        waiting.popleft()


def standing_of(entity: Entity) -> Standing | None:
    """Return where an entity stands in a long text. None: it is a whole text."""
    reference = entity.value(_REFERENCE)
    if reference is None:
        return None
    total, number = _number(entity.value(_TOTAL)), _number(entity.value(_NUMBER))
    if total == 1 or (total is None and number is None):
        return None
    return reference, total, number


def _number(text: str | None) -> int | None:
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > 3:
        return None
    return int(text) if 0 < int(text) <= _MOST_SEGMENTS else None


def _fields_of(entities: dict[int, Entity]) -> tuple[tuple[Field, ...], tuple[tuple[str, str], ...]]:
    """Return the fields of the first segment and those that only others have, and what the others say differently."""
    fields: list[Field] = []
    further: list[tuple[str, str]] = []
    values: dict[str, set[str]] = {}
    for number, entity in entities.items():
        taken = set(values)
        for field in entity.fields:
            if field.key not in taken:
                fields.append(field)
            elif field.key != _NUMBER and field.value not in values[field.key]:
                further.append((f"{field.name}, segment {number}", field.value))
            values.setdefault(field.key, set()).add(field.value)
    further.extend(("segment", entity.locator) for entity in list(entities.values())[1:])
    return tuple(fields), tuple(further)
