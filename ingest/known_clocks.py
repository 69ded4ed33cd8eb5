"""Clocks of phones that the latest report found to be wrong, for whoever looks at records without making a report.

To find them takes the linkage of everything held, for which a search does not wait: it says what was found after the
drop before, in the report that lies in the data folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from parsers.records.facts import CallType, Direction

_WENT_OUT: Final = frozenset({Direction.OUTGOING.value, CallType.OUTGOING.value})


class _Clock(msgspec.Struct):
    extraction_id: str
    shift_seconds: int
    is_of_received: bool


class _Device(msgspec.Struct):
    wrong_clocks: list[_Clock] = []


class _Report(msgspec.Struct):
    devices: list[_Device] = []


_DECODER: Final = msgspec.json.Decoder(_Report)


class KnownClocks(msgspec.Struct, frozen=True):
    """What must be added to times, by extraction and whether they are of what came in."""

    shifts: Mapping[tuple[str, bool], int] = {}

    def seconds(self, exported: Mapping[str, object]) -> int:
        """Return what must be added to the time of an exported message or call; 0: nothing is known."""
        way = exported.get("direction") or exported.get("call_type")
        return 0 if way is None else self.shifts.get((str(exported["extraction_id"]), way not in _WENT_OUT), 0)


def known_clocks(report: Path) -> KnownClocks:
    """Return what a report in JSON found; nothing where there is none, or none that can be read."""
    try:
        held = _DECODER.decode(report.read_bytes())
    except (OSError, msgspec.DecodeError):
        return KnownClocks()
    clocks = (clock for device in held.devices for clock in device.wrong_clocks)
    return KnownClocks({(clock.extraction_id, clock.is_of_received): clock.shift_seconds for clock in clocks})
