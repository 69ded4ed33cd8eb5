"""The findings of an input settled once its last text was read: what the other texts say of each.

How many of them are adverts moves what is nearly one, or only just one (``input_share``). Which of its names an
advert bears, the other adverts say (``shared_names``), and which text that is nearly an advert is one since it
bears the name of a line (``near_adverts``) or is worded as an advert is (``near_wordings``). The order of the
texts does not matter, and copies of a text change nothing.

The one way in which ``trapline analyse`` and the score settle an input.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple, Protocol, TypeVar

from nlp.analysis import Analyser
from nlp.log_odds import odds_of
from nlp.nicknames.shared_names import SharedNames
from nlp.readings import Name
from nlp.whole_input.greeted import Greeted
from nlp.whole_input.input_share import RULE as RULE_SHARE
from nlp.whole_input.input_share import share_worth
from nlp.whole_input.near_adverts import Lifted, NearAdvert, lifted, moved, near_advert
from nlp.whole_input.near_wordings import worded_alike
from nlp.whole_input.settling import AdvertNames, numbers_of, settled_names
from parsers.records.findings import TextFinding

_PORTION: Final = 1000
"""Texts that are analysed again together."""

_T = TypeVar("_T")


class AdvertRow(NamedTuple):
    """An advert as it is by itself, to be looked at again.

    Attributes:
        key: As the caller gives it, another for each text.
        line: The name that it has by itself.
        wording: Its template id; ``template`` is the template.
        names: Its likeliest names, the likeliest first.
        numbers: Telephone numbers in it and senders of it, equal where they are one.
        odds: Log-odds above those of an advert.
        is_raised: Whether it is one for the share of adverts in its input, which counts in ``odds``.
    """

    key: int
    text: str
    line: str | None
    wording: str
    template: str
    names: Sequence[Name]
    numbers: Sequence[str]
    odds: float
    is_raised: bool = False


class Rows(Protocol[_T]):
    """Rows that are kept until the input is settled, in memory or not."""

    def add(self, row: _T) -> None:
        """Put a row behind the others."""

    def __iter__(self) -> Iterator[_T]:
        """Yield the rows in the order in which they were added."""


class Settled(NamedTuple):
    """Another finding for a text.

    Attributes:
        key: As the caller gave it.
        before: Template id of the finding that it stands in place of.
    """

    key: int
    before: str
    text: str
    finding: TextFinding


class SettledInput:
    """Takes in findings, then yields those that are others beside the rest. Grows with the distinct wordings."""

    def __init__(
        self, analyser: Analyser, adverts: Rows[AdvertRow], near: Rows[NearAdvert], *, is_told: bool = False
    ) -> None:
        """Take in nothing yet.

        Args:
            analyser: Looks at texts again.
            adverts: Keeps the adverts; empty.
            near: Keeps the near adverts; empty.
            is_told: Whether it is known which texts are adverts, so that their names alone are settled.
        """
        self._analyser = analyser
        self._is_told = is_told
        self._adverts = adverts
        self._near = near
        self._best: dict[str, float] = {}
        self._shared = SharedNames(analyser.name_threshold)
        self._greeted = Greeted()
        self._worth = 0.0

    def add(
        self, key: int, text: str, finding: TextFinding, names: Sequence[Name], senders: Collection[str] = ()
    ) -> None:
        """Take in the finding of a text by itself.

        Args:
            key: Another for each text.
            text: The text.
            finding: What is found in it.
            names: The likeliest names of an advert, of ``nlp.analysis.Analyser.find_with_names``.
            senders: Who sent it, equal where they are one; empty where nobody knows. They tie names as numbers do.
        """
        odds, wording = odds_of(finding.advert_score), finding.template_id
        self._best[wording] = max(odds, self._best.get(wording, odds))
        if finding.is_advert:
            self._adverts.add(_row(key, text, finding, names, senders))
            self._greeted.add(wording, names)
        elif not self._is_told and (nearly := near_advert(key, text, finding)) is not None:
            self._near.add(nearly)

    def settled(self) -> Iterator[Settled]:
        """Yield the findings that are others beside the rest; called once, behind the last text.

        Of one text there may be two, of which the later stands.
        """
        self._worth = 0.0 if self._is_told else share_worth(self._best.values())
        yield from self._lowered()
        yield from self._raised()
        for row in self._kept():
            self._shared.add(row.wording, row.names, row.numbers)
        # Before any is lifted: what is lifted supports no other text.
        adverts: dict[str, str] = {}
        for each in self._renamed(adverts):
            yield each
            adverts[each.finding.template_id] = each.finding.template or ""
        keys: set[int] = set()
        for each in self._as_adverts(lifted(self._others, self._shared, self._analyser.names_among)):
            yield each
            keys.add(each.key)
        look_again = self._analyser.names_among
        yield from self._as_adverts(worded_alike(self._others, adverts, keys, self._shared, look_again))

    def _kept(self) -> Iterator[AdvertRow]:
        """Yield the adverts that are some still where the share of adverts counts, without whom they greet."""
        without = self._greeted.without
        return (
            row._replace(names=without(row.wording, row.names)) for row in self._adverts if not self._is_lowered(row)
        )

    def _is_lowered(self, row: AdvertRow) -> bool:
        return row.odds + self._worth < 0.0 and not self._is_told

    def _lowered(self) -> Iterator[Settled]:
        """Yield those that are none, which are near adverts then."""
        for portion in _portions(row for row in self._adverts if self._is_lowered(row)):
            texts = [row.text for row in portion]
            for row, found in zip(portion, self._analyser.find(texts, dict.fromkeys(texts, False)), strict=True):
                finding = moved(found, row.odds + self._worth, RULE_SHARE, self._worth)
                nearly = near_advert(row.key, row.text, finding)
                if nearly is not None:
                    self._near.add(nearly)
                yield Settled(row.key, row.wording, row.text, finding)

    def _is_raised(self, near: NearAdvert) -> bool:
        """Whether a near advert is one for the share of adverts alone.

        What announces a number is none: a change of number of anybody's is worded as a line's, wherever it stands.
        """
        # Of a score of one half the log-odds are nought, though it may fall short of an advert by less than is shown.
        return self._worth > 0.0 and near.template != "" and near.odds + self._worth >= 0.0

    def _raised(self) -> Iterator[Settled]:
        """Yield the near adverts that are raised, each as the advert that it is by itself: one like the others then."""
        for portion in _portions(near for near in self._near if self._is_raised(near)):
            texts = [near.text for near in portion]
            found = self._analyser.find_with_names(texts, dict.fromkeys(texts, True))
            for near, (told, names) in zip(portion, found, strict=True):
                finding = moved(told, near.odds + self._worth, RULE_SHARE, self._worth)
                self._adverts.add(_row(near.key, near.text, finding, names)._replace(is_raised=True))
                self._greeted.add(finding.template_id, names)
                yield Settled(near.key, near.wording, near.text, finding)

    def _others(self) -> Iterator[NearAdvert]:
        """Yield the near adverts that the share of adverts left."""
        return (near for near in self._near if not self._is_raised(near))

    def _renamed(self, adverts: dict[str, str]) -> Iterator[Settled]:
        """Yield the adverts that bear another name; the wordings of the others are written to ``adverts``."""

        def renamed() -> Iterator[tuple[AdvertRow, Name | None]]:
            for portion in _portions(self._kept()):
                asked = [AdvertNames(row.text, row.wording, row.names) for row in portion]
                names = settled_names(self._shared, asked, self._analyser.names_among)
                for row, name in zip(portion, names, strict=True):
                    if (name and name.canonical) != row.line:
                        yield row, name
                    else:
                        adverts[row.wording] = row.template

        for portion in _portions(renamed()):
            found = self._analyser.find_named([(row.text, name) for row, name in portion])
            for (row, _), named in zip(portion, found, strict=True):
                finding = moved(named, row.odds, RULE_SHARE, self._worth) if row.is_raised else named
                yield Settled(row.key, row.wording, row.text, finding)

    def _as_adverts(self, raised: Iterable[Lifted]) -> Iterator[Settled]:
        for portion in _portions(raised):
            found = self._analyser.find_named([(one.near.text, one.name) for one in portion])
            for one, finding in zip(portion, found, strict=True):
                near = one.near
                settled = moved(finding, near.odds + one.worth, one.rule, one.worth)
                yield Settled(near.key, near.wording, near.text, settled)


def _row(key: int, text: str, finding: TextFinding, names: Sequence[Name], senders: Collection[str] = ()) -> AdvertRow:
    odds, numbers = odds_of(finding.advert_score), sorted({*numbers_of(finding), *senders})
    return AdvertRow(key, text, finding.line, finding.template_id, finding.template or "", names, numbers, odds)


def _portions(rows: Iterable[_T]) -> Iterator[list[_T]]:
    remaining = iter(rows)
    while portion := list(islice(remaining, _PORTION)):
        yield portion
