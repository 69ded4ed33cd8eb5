from __future__ import annotations

import pytest

from search.reports.spreadsheet_cells import guarded


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(1)",
        "+cmd|x",
        "-1+1",
        "\t=1",
        "\n=1+1",
        "\0=1",
        "\ufeff=1",
        "\u200b@A1",
        "\uff1d1+1",
        "\uff0bA1",
        "+44; =1",
        "+44;+55",
        "+44; -5",
    ],
)
def test_what_would_run_as_a_formula_is_kept_from_running(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["+44 7700 900123", "+447700900123; +447700900124; 60777", "-", "", "\nRico on", "\u200bhello", "2-15", "\0"],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
