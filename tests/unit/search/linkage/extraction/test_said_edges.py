from __future__ import annotations

import pytest

from search.linkage.extraction import said_edges


@pytest.mark.parametrize(
    ("text", "is_of_everybody"),
    [
        ("Reply STOP GREGGS to 60777", True),
        ("match night deal 3 pizzas for 25. STOP to 60777", True),
        ("txt STOP to 60777 for no more", True),
        ("opt out 60777", True),
        ("STOP - 482913 is ur Uber code", False),
        ("session will end 483920", False),
        ("End: 123456 is your one time code", False),
    ],
)
def test_a_code_of_one_person_is_no_short_code_that_takes_one_off_a_list(text: str, *, is_of_everybody: bool) -> None:
    assert (said_edges._OF_EVERYBODY.search(text) is not None) == is_of_everybody
