"""What is said of senders that were kept apart is no more than what is held of them bears out."""

from __future__ import annotations

import pytest

from search.linkage.joining.join_sentences import apart_meaning


@pytest.mark.parametrize(
    ("counts", "meaning"),
    [
        ({"+447700900002": 90, "+447700900021": 30}, "an imitation, or two lines of one name"),
        (
            {"+447700900002": 90, "+447700900021": 1},
            "1 advert of +447700900021 is held: an imitation, a text passed on, or another line",
        ),
        (
            {"+447700900002": 2, "+447700900021": 30},
            "2 adverts of +447700900002 are held: an imitation, a text passed on, or another line",
        ),
    ],
)
def test_of_a_sender_of_one_text_it_is_said_that_it_may_have_been_passed_on(
    counts: dict[str, int], meaning: str
) -> None:
    assert apart_meaning(counts) == meaning
