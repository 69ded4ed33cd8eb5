"""Texts whose senders cut them into parts and say so: "(1/2) Morning all ..." and "(2/2) ... ring me".

What follows the first part is no text of its own where it bears a later number, written in the same way, to or from the
same person and within one broadcast. Of parts that are told by their room alone see ``long_texts``.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Final, NamedTuple

from search.linkage.extraction.answers import seconds_after

_LONGEST_PAUSE: Final = 15 * 60.0
"""Seconds from the first part to a further one: who sends to a list may send it the first part whole before the second.
A broadcast has no longer pause."""
_WRITTEN: Final = re.compile(
    r"""
    \A[\s(\[{*]*  (?: (?P<of>\d) \s? (?:/|of) \s? (?P<all>[2-9]) (?![\d/]) | (?:pt|part) [.\s]? (?P<alone>\d) \b )
    | (?: (?<![\d/.,£]) (?P<last_of>\d) \s? (?:/|of) \s? (?P<last_all>[2-9]) | \b (?:pt|part) [.\s]? (?P<last>\d) )
      [\s)\]}*.!]*\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A number at the beginning or at the end; of the parts of one text all have it in the same place."""


class _Numbered(NamedTuple):
    """The number of a part, and what all parts of its text have in common."""

    place: int
    form: tuple[str, str]


class _Begun(NamedTuple):
    utc: str
    form: tuple[str, str]
    is_advert: bool


class NumberedParts:
    """Tells the further parts of numbered texts of one extraction, one row after the other."""

    __slots__ = ("_begun",)

    def __init__(self) -> None:
        self._begun: dict[Hashable, _Begun] = {}

    def is_further_part(self, other: Hashable, utc: str, body: str, *, is_advert: bool) -> bool:
        """Whether a text continues the numbered one that was exchanged with the same person; notes it.

        Args:
            other: The way of the text and with whom it was exchanged.
            utc: Of the text.
            body: Its text.
            is_advert: The analysis takes it for an advert; such a part stands where the first was taken for none.
        """
        part = _part_of(body)
        if part is None:
            return False
        if part.place == 1:
            self._begun[other] = _Begun(utc, part.form, is_advert)
            return False
        begun = self._begun.get(other)
        # some tools list a text twice, so that a part may come again
        return (
            begun is not None
            and begun.form == part.form
            and 0 <= seconds_after(utc, begun.utc) <= _LONGEST_PAUSE
            and (begun.is_advert or not is_advert)
        )


def is_numbered(body: str) -> bool:
    """Whether a text bears the number of a part."""
    return _part_of(body) is not None


def _part_of(body: str) -> _Numbered | None:
    found = _WRITTEN.search(body)
    if found is None:
        return None
    name = found.lastgroup or ""
    told = found.groupdict()
    number = int(told["of"] or told["alone"] or told["last_of"] or told["last"])
    total = told["all"] or told["last_all"] or ""
    if number < 1 or (total and number > int(total)):
        return None
    return _Numbered(number, (name, total))
