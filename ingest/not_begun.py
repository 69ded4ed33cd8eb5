"""What a run that was stopped did not begin: nothing else knows of it, for the journal is told of what was begun."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from ingest.deliveries import Found, shown_path
from ingest.printed.output import visible
from search.linkage.phrases import counted, listed

_MOST_NAMED: Final = 8


class NotBegun:
    """Follows one run over its paths: told what is coming and what is begun, it names what is left."""

    def __init__(self) -> None:
        # In the order in which they would have been taken; whether what lies there was looked for already.
        self._left: dict[Path, bool] = {}
        self._begun_count = 0

    def expect(self, places: Iterable[Path]) -> None:
        """Note the paths of the run; each is a delivery or a folder of them."""
        self._left.update(dict.fromkeys(places, False))

    def find(self, place: Path, deliveries: Sequence[Found]) -> None:
        """Put the deliveries that were found at a path in its place."""
        self._left.pop(place, None)
        found = dict.fromkeys((Path(os.fsdecode(each.raw_path)) for each in deliveries), True)
        self._left = {**found, **self._left}

    def begin(self, found: Found) -> None:
        """Note that a delivery is taken now."""
        if self._left.pop(Path(os.fsdecode(found.raw_path)), None) is not None:
            self._begun_count += 1

    def words(self) -> str:
        """Return what was not begun, and what to do; empty: nothing is left."""
        if not self._left:
            return ""
        shown = {visible(shown_path(path)): is_found for path, is_found in self._left.items()}
        named = [name if is_found else f"what lies at {name}" for name, is_found in shown.items()]
        begun = counted(self._begun_count, "delivery", "deliveries")
        return (
            f"Begun: {begun}. Not begun: {len(named):,} ({listed(named, _MOST_NAMED)}). Run it again with the same"
            " paths: what is held already is not taken in twice."
        )
