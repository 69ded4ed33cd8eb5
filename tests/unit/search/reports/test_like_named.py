"""Of two lines whose numbers were kept apart it is said once, with the name of the other."""

from __future__ import annotations

from typing import Any

from search.linkage.joining.kept_apart import UNDER_ONE_NAME, apart_in
from search.reports.like_named import conflicts_of

END = "; wording and time do not bear out one line, so they were kept apart (an imitation, or two lines of one name)."
A, B, C, D = (f"+4477009000{place:02d}" for place in range(1, 5))
TITLES = {"ln-1": "Mike …0001", "ln-2": "Mikey"}


def line(line_id: str, numbers: tuple[str, ...], *conflicts: str) -> dict[str, Any]:
    return {"line_id": line_id, "numbers": [{"number": key} for key in numbers], "conflicts": list(conflicts)}


def apart(one: str, other: str) -> str:
    return f"{one} and {other}{UNDER_ONE_NAME}{END}"


def test_a_pair_is_read_of_what_says_that_it_was_kept_apart() -> None:
    assert apart_in(apart(A, B)) == (A, B)
    assert apart_in(f"{A} and {B}{UNDER_ONE_NAME}; by themselves wording and time do not join them.") is None
    assert apart_in(f"{A} announced {B}.") is None


def test_two_lines_are_told_of_once_by_their_titles() -> None:
    other = "In the adverts of it the analysis reads 2 names."
    held = [
        line("ln-1", (A,), apart(A, C), other, apart(A, B)),
        line("ln-2", (B, C), apart(A, B), apart(A, C), apart(B, D)),
    ]
    told = conflicts_of(held, TITLES)
    said, kept = told["ln-1"]
    assert kept == other
    assert said.startswith("The line Mikey has adverts under a name that is read in adverts of this one too, and ")
    assert "in common with it (through 2 numbers of it, +44 7700 900002, +44 7700 900003); wording" in said
    first, kept = told["ln-2"]
    assert first.startswith("The line Mike …0001 has adverts under a name")
    assert "(through +44 7700 900001);" in first
    assert kept == apart(B, D), "a number of no line is told as it is"
