"""Finds where entities begin: a title behind an empty line. A text can hold lines that look just so.

The titles of a file count upwards. A title that breaks the count, or that stands where a text has not ended yet, is
taken for a line of that text. What decides is the whole file: the heaviest row of titles that counts upwards, in which
a title behind a finished entity weighs more than one in the middle of a text.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

import msgspec

from parsers.formats.xry_text.header import TITLE
from parsers.formats.xry_text.line_keys import LineKey
from parsers.formats.xry_text.text_lines import Line
from parsers.formats.xry_text.views import SEGMENT_KEYS, TEXT_KEYS

_USUAL, _FIRM, _TIGHT, _OPEN, _NEITHER = 4, 3, 2, 1, 0
"""Weights of a title: behind an empty line and the key that ends most entities, or any key; behind a key without an
empty line; behind an empty line and a line of text; behind neither."""

_LOOSE_SHARE: Final = 0.1
_FEWEST_FIRM: Final = 2
_MOST_WEIGHED: Final = 200_000
_MOST_KEYS: Final = 1_000


class Titles(msgspec.Struct, frozen=True, kw_only=True):
    """Where the entities of a file begin.

    Attributes:
        category: What stands in front of the number. None: the file has no entity.
        lines: Line numbers of the titles, ascending.
        rejected_count: Lines that look like a title and stand in a text.
        gap_count: Numbers that the count leaves out.
        blank_run: Empty lines between two entities, the fewest that stand anywhere.
        is_crlf: Whether every line that is not in a text ends with CR LF, so that another line end stands in a text.
    """

    category: str | None
    lines: array[int]
    rejected_count: int = 0
    gap_count: int = 0
    blank_run: int = 1
    is_crlf: bool = False


class TitleSurvey:
    """Collects what looks like a title while the lines go by.

    Attributes:
        lines: Numbers of the lines that look like one.
    """

    def __init__(self) -> None:
        self.category: str | None = None
        self.lines = array("l")
        self.numbers = array("l")
        self.weights = bytearray()
        self.is_behind_blank = bytearray()
        self.has_segments = bytearray()
        self.last_keys = array("i")
        self.blank_run = 0
        self.loose_ends = 0
        self._key_numbers: dict[str, int] = {"": 0}
        self._last: LineKey | None = None
        self._last_name = ""
        self._segments = False

    def watched(self, portions: Iterable[list[Line]]) -> Iterator[list[Line]]:
        """Yield the lines, in portions, each of them taken before it goes by."""
        ended_crlf = True
        blanks = 1
        for portion in portions:
            for line in portion:
                text, key = line.text, line.key
                if not key.size and (not text or text.isspace()):
                    blanks += 1
                elif "#" in text and self._takes_title(line, blanks):
                    blanks = 0
                else:
                    blanks = 0
                    self._last = key
                    if key.folded in SEGMENT_KEYS:
                        self._segments = True
                    if ended_crlf and line.ending == "\n" and closes(key):
                        self.loose_ends += 1
                ended_crlf = line.ending == "\r\n"
            yield portion

    def _takes_title(self, line: Line, blanks: int) -> bool:
        title = TITLE.fullmatch(line.text)
        if title is None or self.category not in {None, title[1]}:
            return False
        self.category = title[1]
        self._add_title(line, int(title[2]), blanks)
        return True

    def _add_title(self, line: Line, number: int, blanks: int) -> None:
        if self.lines and blanks:
            self.blank_run = min(self.blank_run or blanks, blanks)
        self.lines.append(line.number)
        self.numbers.append(number)
        is_apart = blanks > 0
        closed, unclosed = (_FIRM, _OPEN) if is_apart else (_TIGHT, _NEITHER)
        is_closed = self._last is None or closes(self._last)
        if self._last is not None:
            is_kept = is_closed and len(self._key_numbers) < _MOST_KEYS
            self._last_name, self._last = self._last.folded if is_kept else "", None
        self.last_keys.append(self._key_numbers.setdefault(self._last_name, len(self._key_numbers)))
        self.weights.append(closed if is_closed else unclosed)
        self.is_behind_blank.append(is_apart)
        self.has_segments.append(self._segments)
        self.loose_ends += line.ending == "\n"
        self._segments = False

    def settle(self) -> None:
        """Weigh the titles behind a key that ends a fair share of the entities; called once, behind the last line."""
        ends = Counter(self.last_keys[1:])
        fewest = max(1, len(self.lines) // 10)
        for place, number in enumerate(self.last_keys):
            is_usual = place == 0 or (number and ends[number] > fewest)
            if self.weights[place] == _FIRM and is_usual:
                self.weights[place] = _USUAL


def closes(key: LineKey) -> bool:
    """Whether an entity can end behind a line with the key: one that is not the text's."""
    return bool(key.size) and key.folded not in TEXT_KEYS


def find_titles(survey: TitleSurvey, count: int | None, *, is_crlf: bool) -> Titles:
    """Return where the entities begin.

    Args:
        survey: What watched everything behind the header.
        count: Entities that the header states. None: it states none.
        is_crlf: Whether the header's lines end with CR LF.
    """
    survey.settle()
    places = _chosen(survey, count)
    numbers = [survey.numbers[place] for place in places]
    gaps = numbers[-1] - numbers[0] + 1 - len(numbers) if numbers else 0
    return Titles(
        category=survey.category,
        lines=array("l", [survey.lines[place] for place in places]),
        rejected_count=len(survey.lines) - len(places),
        gap_count=max(0, gaps),
        blank_run=max(1, survey.blank_run),
        is_crlf=is_crlf and not survey.loose_ends,
    )


def _chosen(survey: TitleSurvey, count: int | None) -> list[int]:
    total = len(survey.lines)
    places = list(range(total))
    # A program that takes empty lines out leaves titles without one in front.
    if sum(survey.is_behind_blank) * 2 > total:
        places = [place for place in places if survey.weights[place] != _NEITHER]
    numbers = [survey.numbers[place] for place in places]
    if count == len(places) and all(survey.weights[place] >= _FIRM for place in places[1:]):
        # As many as the header states, each behind a finished entity: whatever their numbers are.
        return places
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        if len(places) > _MOST_WEIGHED:
            return places
        places = [place for run in _runs(places, survey) for place in _heaviest_row(run, survey)]
    if count is not None and len(places) == count:
        return places
    return _without_open(places, survey, count)


def _runs(places: list[int], survey: TitleSurvey) -> Iterator[list[int]]:
    """Yield the titles by the lists that they are of: one that was pasted behind another counts from 1 again.

    Such a title and the next one, 2, stand behind the key that ends most entities; and what comes before counts as far.
    """
    run: list[int] = []
    for at, place in enumerate(places):
        following = places[at + 1] if at + 1 < len(places) else None
        begins = (
            following is not None
            and (survey.numbers[place], survey.numbers[following]) == (1, 2)
            and survey.weights[place] == survey.weights[following] == _USUAL
            and len(run) > 1
        )
        if begins:
            yield run
            run = []
        run.append(place)
    yield run


def _heaviest_row(places: list[int], survey: TitleSurvey) -> list[int]:
    """Return the places whose numbers rise and whose weight is greatest; of equals the later ones.

    A text that counts on from its own entity gives one number twice: the later is then the entity's.
    """
    ranks = {number: rank for rank, number in enumerate(sorted({survey.numbers[place] for place in places}), 1)}
    # A binary indexed tree over the numbers: the best row that ends at or below each.
    tree: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before: dict[int, int] = {}
    for place in places:
        rank = ranks[survey.numbers[place]]
        best, below = (0, -1), rank - 1
        while below:
            best = max(best, tree[below])
            below -= below & -below
        before[place] = best[1]
        reached = (best[0] + survey.weights[place], place)
        while rank < len(tree):
            tree[rank] = max(tree[rank], reached)
            rank += rank & -rank
    row = []
    place = max(tree)[1]
    while place >= 0:
        row.append(place)
        place = before[place]
    return row[::-1]


def _without_open(places: list[int], survey: TitleSurvey, count: int | None) -> list[int]:
    """Return the places without titles in the middle of a text, where nearly all entities end behind their text.

    One whose number is the next is believed all the same, unless the header states fewer entities; so is one behind
    a segment of a long text, of which the text may be the last line.
    """
    loose = [place for place in places[1:] if survey.weights[place] < _FIRM and not survey.has_segments[place]]
    firm_count = len(places) - 1 - len(loose)
    if firm_count < _FEWEST_FIRM or len(loose) > max(1, _LOOSE_SHARE * len(places)):
        return places
    # The count may be of messages, and a message of several segments has several titles.
    surplus = max(0, len(places) - count) if count is not None and not any(survey.has_segments) else 0
    unlikely = set(loose[len(loose) - surplus :]) if surplus else set()
    doubtful = set(loose)
    kept = places[:1]
    for place in places[1:]:
        follows = survey.numbers[place] == survey.numbers[kept[-1]] + 1
        if place in unlikely or (place in doubtful and not follows):
            continue
        kept.append(place)
    return kept
