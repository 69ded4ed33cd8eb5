"""Values that stand in JSON where something else should."""

from __future__ import annotations

import pytest

from parsers.json_decoding import Json
from parsers.json_values import duration_in


@pytest.mark.parametrize(
    ("written", "seconds"), [(0, 0.0), (61, 61.0), ("61", 61.0), (61.0, 61.0), (None, None), ("", None), ([], None)]
)
def test_a_duration_is_its_seconds(written: Json, seconds: float | None) -> None:
    assert duration_in({"duration": written}, "duration") == (seconds, ())


@pytest.mark.parametrize("written", [-5, "-5", -0.5, 5.5, "a minute", 10**400])
def test_what_is_no_duration_is_kept_as_written(written: Json) -> None:
    assert duration_in({"duration": written}, "duration") == (None, (("duration", str(written)),))
