"""Counts one extraction while it is read: what was seen, and what has to be noticed about it.

For formats whose elements are told by a handful of names; memory is bounded, whatever the source calls its elements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from typing import Final

from msgspec.structs import replace

from parsers.first_values import FirstValues
from parsers.records.notices import Notice, joined

_SUBJECT_CHARS: Final = 80
_MOST_DISTINCT: Final = 1_000
_FURTHER: Final = "further types"
_OTHER: Final = "other:"
_WAY_UNREADABLE: Final = "direction_unreadable"


class PartBook:
    """Gathers the counts and the notices of one extraction.

    Attributes:
        extraction_id: The extraction that they are about.
    """

    def __init__(self, extraction_id: str) -> None:
        self.extraction_id = extraction_id
        self._seen: Counter[str] = Counter()
        self._notices: dict[tuple[str, str | None, str | None], Notice] = {}
        self._ways = FirstValues()

    def saw(self, element: str, count: int = 1) -> None:
        """Count elements that were met, before anything is made of them; a record kind, or ``other:<type>``."""
        self._seen[element] += count

    def note(
        self,
        code: str,
        *,
        element: str | None = None,
        subject: str | None = None,
        locator: str | None = None,
        count: int = 1,
        ends_reading: bool = False,
    ) -> None:
        """Count a notice; counts of one code, element and subject are summed, the first locator stays."""
        subject = None if subject is None else shown_name(subject)
        key = (code, element, subject)
        notice = Notice(
            code=code,
            extraction_id=self.extraction_id,
            count=count,
            element=element,
            first_locator=locator,
            subject=subject,
            ends_reading=ends_reading,
        )
        held = self._notices.get(key)
        self._notices[key] = notice if held is None else joined(held, notice)

    def note_way(self, written: str | None, locator: str) -> None:
        """Count a message or call of unknown direction by what is written where it would stand. None: nothing is."""
        if written is not None:
            self._ways.add(written)
            self.note(_WAY_UNREADABLE, locator=locator)

    def count_of(self, code: str) -> int:
        """Return for how many items notices of a code speak so far."""
        return sum(notice.count for notice in self._notices.values() if notice.code == code)

    def leave_out(self, source_type: str, locator: str, *, code: str = "element_not_read", count: int = 1) -> None:
        """Count elements of a type that gives no record, seen and noticed at once.

        Args:
            source_type: What the source calls them; never evidence text.
            locator: Where the first of them stands.
            code: ``element_not_read`` for a type that is not read by design, ``element_unreadable`` for a fault,
                ``messages_not_read`` for one that holds messages,
                ``list_in_other_language`` for one whose name shows that it would be read in English.
            count: How many.
        """
        name = shown_name(source_type)
        element = f"{_OTHER}{name}"
        if element not in self._seen and len(self._seen) >= _MOST_DISTINCT:
            name = _FURTHER
            element = f"{_OTHER}{name}"
        self.saw(element, count)
        self.note(code, element=element, subject=name, locator=locator, count=count)

    def lose(self, kind: str, locator: str, subject: str) -> None:
        """Count one record that could not be made: seen, unreadable, and named."""
        self.saw(kind)
        self.note("element_unreadable", element=kind, subject=subject, locator=locator)

    def notices(self) -> Iterator[Notice]:
        """Yield the notices, in the order in which each came first."""
        for notice in self._notices.values():
            is_way = notice.code == _WAY_UNREADABLE
            yield replace(notice, subject=self._ways.told) if is_way else notice

    def seen(self) -> Iterator[tuple[str, int]]:
        """Yield element and count, in the order in which each came first."""
        yield from self._seen.items()


FURTHER_MEMBERS: Final = "further members"
"""What members are called of which too many have names of their own."""


def left_of(group: str, read: Container[str]) -> str:
    """Return how a notice names what was not read of a group of members: that of one of which something was is further.

    Args:
        group: The folder, or what else they have in common.
        read: Groups of which something was read.
    """
    return f"{FURTHER_MEMBERS} of {shown_name(group)}" if group in read else shown_name(group)


def shown_name(name: str) -> str:
    """Return a source's name printable, and short enough for a notice or a tally row."""
    printable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    return printable if len(printable) <= _SUBJECT_CHARS else printable[:_SUBJECT_CHARS] + "..."
