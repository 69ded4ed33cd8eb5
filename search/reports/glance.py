"""All lines in one table, a row each, that of the latest advert first: what is asked of each before anything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from search.reports.cuts import Cut, cut
from search.reports.last_seen import ANNOUNCED, last_word
from search.reports.line_views import LineView

LINES_SHOWN: Final = 60
GLANCE_HEAD: Final = ("Line", "Number last in use", "Last advert", "Phones held that sent its adverts", "Received on")
_FEWEST: Final = 2
"""Of one line the table of what was found says it all."""


class Glance(msgspec.Struct, frozen=True):
    """One line: what it is called, its latest number, its last advert, and phones.

    Attributes:
        number: None where none is known.
        is_announced: What was seen last is a text that announces a number, and no advert.
        sent_from: Devices.
        received: On how many phones its adverts are.
    """

    anchor: str
    title: str
    number: str | None
    last_at: str | None
    is_announced: bool
    sent_from: tuple[str, ...]
    received: int


def glances(views: Sequence[LineView]) -> Cut:
    """Return the rows; none where there is one line, or none."""
    if len(views) < _FEWEST:
        return Cut((), 0)
    dated = sorted(views, key=lambda view: (view.title, view.anchor))
    dated.sort(key=lambda view: view.line["last_seen_at"] or "", reverse=True)
    part = cut(dated, LINES_SHOWN)
    return Cut(tuple(map(_glance, part.items)), part.total)


def _glance(view: LineView) -> Glance:
    return Glance(
        anchor=view.anchor,
        title=view.title,
        number=view.latest[0]["number"] if view.latest else None,
        last_at=view.line["last_seen_at"],
        is_announced=last_word(view.line) == ANNOUNCED,
        sent_from=tuple(row["device_id"] for row in view.devices.get("sent_adverts", ())),
        received=len(view.devices.get("received_adverts", ())),
    )
