"""What the service says of a world, in the truth's names: its report, and what it takes each text for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

Report = Mapping[str, Any]
Pair = tuple[str, str]


class TextSaid(msgspec.Struct, frozen=True):
    """What the analysis says of one distinct text."""

    is_advert: bool
    line: str | None
    template_id: str | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a world.

    Attributes:
        report: The linkage report, as the service prints it.
        phones_of: Phones of the truth behind each device id of the report; one each where devices are told apart.
        texts: What the analysis says, by text.
        lost: Messages that phones hold and no exported record shows.
        doubled: Messages that are exported more often than phones hold them.
        seconds: How long it took.
    """

    report: Report
    phones_of: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, TextSaid]
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0

    def phones(self, device_id: str) -> tuple[str, ...]:
        """Return the phones behind a device id."""
        return self.phones_of.get(device_id, ())

    def scores(self) -> dict[Pair, float]:
        """Return the score of every pair of phones that is listed; two phones taken for one device score 1."""
        found: dict[Pair, float] = {}
        for link in self.report["links"]:
            for one in self.phones(link["a_device_id"]):
                for other in self.phones(link["b_device_id"]):
                    if one != other:
                        pair = (one, other) if one < other else (other, one)
                        found[pair] = max(found.get(pair, 0.0), float(link["score"]))
        for together in self.phones_of.values():
            for one in together:
                for other in together:
                    if one < other:
                        found[one, other] = 1.0
        return found

    def links(self) -> dict[Pair, Mapping[str, Any]]:
        """Return the link of every pair that is listed, to show why."""
        found: dict[Pair, Mapping[str, Any]] = {}
        for link in self.report["links"]:
            for one in self.phones(link["a_device_id"]):
                for other in self.phones(link["b_device_id"]):
                    found[(one, other) if one < other else (other, one)] = link
        return found
