"""Gathers notices while a report is read: one for each code, extraction, element and subject, with a count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from parsers.first_values import FirstValues
from parsers.part_book import shown_name
from parsers.records.notices import Notice, joined

_DISTINCT_NOTICES: Final = 2_000
OTHER: Final = "further types"


class NoticeBook:
    """Notices by what they are about, in the order in which each was met first."""

    def __init__(self) -> None:
        self._notices: dict[tuple[str, str | None, str | None, str | None], Notice] = {}
        self._values: dict[tuple[str, str | None], FirstValues] = {}

    def add_value(self, code: str, written: str, *, extraction_id: str, locator: str) -> None:
        """Count a value that is not understood: one notice, which shows the first of them that are no text."""
        self._values.setdefault((code, extraction_id), FirstValues()).add(written)
        self.add(code, extraction_id=extraction_id, locator=locator)

    def add(
        self,
        code: str,
        *,
        extraction_id: str | None = None,
        element: str | None = None,
        subject: str | None = None,
        locator: str | None = None,
        count: int = 1,
        ends_reading: bool = False,
    ) -> None:
        """Count a notice; counts of one code, extraction, element and subject are summed, the first locator stays."""
        subject = shown_name(subject) if subject is not None else None
        key = (code, extraction_id, element, subject)
        held = self._notices.get(key)
        if held is None and len(self._notices) >= _DISTINCT_NOTICES and element is None:
            # A hostile file can name a million things; the count stays right, the names end here.
            subject = OTHER
            key = (code, extraction_id, element, subject)
            held = self._notices.get(key)
        notice = Notice(
            code=code,
            extraction_id=extraction_id,
            count=count,
            element=element,
            first_locator=locator,
            subject=subject,
            ends_reading=ends_reading,
        )
        self._notices[key] = notice if held is None else joined(held, notice)

    def notices(self) -> Iterator[Notice]:
        """Yield the notices, in the order in which they were met first."""
        for notice in self._notices.values():
            values = self._values.get((notice.code, notice.extraction_id))
            yield notice if values is None else replace(notice, subject=shown_name(values.told))
