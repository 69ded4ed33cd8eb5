"""Findings as a poor analysis would give them: the truth with mistakes of every kind, the same for the same seed.

The words of the development bank are known to whoever improves the analysis, so that its mistakes there are few and
always the same. Here every world has other mistakes: wordings that are missed, whole or in one spelling, honest
wordings that are taken for adverts, names that are not read, read short or read wrongly, and wordings with two ids.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from parsers.records.findings import NO_NUMBER_CHANGE, TextFinding
from parsers.records.ids import derived_id
from tests.linkage_score.in_memory import TrueFindings
from tests.linkage_worlds.building import WorldBuilder
from tests.linkage_worlds.happenings import Said
from tests.linkage_worlds.truth import WorldTruth

_MISSED_WORDINGS, _MISSED_SPELLINGS = 0.15, 0.08
_HONEST_TAKEN = 0.25
_PRIVATE_TAKEN = 0.001
_UNNAMED_WORDINGS, _UNNAMED_SPELLINGS, _SHORT_NAMES, _WRONG_NAMES = 0.15, 0.1, 0.3, 0.02
_CHANGES_MISSED = 0.15
_SECOND_IDS = 0.15


class DegradedFindings:
    """Says of a text what a poor analysis would."""

    def __init__(self, world: WorldBuilder, truth: WorldTruth) -> None:
        self._true = TrueFindings(world, truth)
        self._seed = world.seed

    def of(self, body: str, said: Said) -> TextFinding:
        """Return the finding of a text."""
        right = self._true.of(body, said)
        wording = said.wording or body
        if right.is_advert:
            return self._of_advert(body, wording, right)
        is_taken = self._draw("taken", wording) < (_PRIVATE_TAKEN if said.wording is None else _HONEST_TAKEN)
        if not is_taken:
            low = self._draw("low", wording)
            score = low * 0.4 if said.wording is not None and low > 0.4 else low**4 * 0.3
            return msgspec.structs.replace(right, advert_score=round(score, 4))
        name = body.split(maxsplit=1)[0].strip(":,.") if self._draw("name", wording) < 0.4 else None
        return msgspec.structs.replace(
            right,
            is_advert=True,
            advert_score=round(0.5 + 0.35 * self._draw("high", wording), 4),
            line=name,
            line_surface=name,
        )

    def _of_advert(self, body: str, wording: str, right: TextFinding) -> TextFinding:
        is_missed = self._draw("missed", wording) < _MISSED_WORDINGS or self._draw("missed", body) < _MISSED_SPELLINGS
        score = 0.48 * self._draw("score", wording) + 0.01 if is_missed else 0.5 + 0.49 * self._draw("score", wording)
        line = None if is_missed else self._name(body, wording, right.line)
        template_id = right.template_id
        if self._draw("second id", body) < _SECOND_IDS:
            template_id = derived_id("t", template_id, "second")
        return msgspec.structs.replace(
            right,
            is_advert=not is_missed,
            advert_score=round(score, 4),
            line=line,
            line_surface=line,
            template_id=template_id,
            number_change=NO_NUMBER_CHANGE if self._draw("change", wording) < _CHANGES_MISSED else right.number_change,
        )

    def _name(self, body: str, wording: str, name: str | None) -> str | None:
        if self._draw("wrong", body) < _WRONG_NAMES:
            return body.rsplit(maxsplit=1)[-1]
        if name is None or self._draw("unnamed", wording) < _UNNAMED_WORDINGS:
            return None
        if self._draw("unnamed", body) < _UNNAMED_SPELLINGS:
            return None
        return name.split()[0] if self._draw("short", body) < _SHORT_NAMES else name

    def _draw(self, what: str, of: str) -> float:
        """Return a number from 0 to 1 that is always the same for these words in this world."""
        digest = blake2b(f"{self._seed} {what} {of}".encode(), digest_size=4).digest()
        return int.from_bytes(digest, "big") / 2**32
