"""Which form of a line's name stands for it."""

from __future__ import annotations

import pytest

from search.linkage.names import grouped_forms


@pytest.mark.parametrize(
    ("counts", "heads"),
    [
        ({"mikey": 5, "mikey t": 3}, ["mikey t"]),
        ({"mikey": 30, "mikey t": 1}, ["mikey"]),
        ({"dezzy": 3, "dezzys": 2}, ["dezzy"]),
        ({"dezzy": 2, "dezzys": 3}, ["dezzy"]),
        ({"lad": 1, "lads": 9}, ["lads"]),
        ({"dezzys": 4}, ["dezzys"]),
        ({"rocket": 6, "roccket": 3}, ["rocket"]),
        ({"chris": 4, "marlo": 3}, ["chris", "marlo"]),
        ({"marlo" + "refused"[:end]: 1 + (end == 2) for end in range(7)}, ["marlore"]),
    ],
)
def test_the_full_form_stands_for_a_name_and_no_possessive_does(counts: dict[str, int], heads: list[str]) -> None:
    assert [forms[0] for forms in grouped_forms(counts)] == heads
    assert sorted(form for forms in grouped_forms(counts) for form in forms) == sorted(counts)
