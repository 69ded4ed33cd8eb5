from __future__ import annotations

import pytest

from search.linkage.deal_lines.joined_otherwise import joined_otherwise
from search.linkage.model import Join
from tests.fakes.phones import number

APART = "wording and time do not bear out one line, so they were kept apart (an imitation, or two lines of one name)."
SENT_ON = (
    "recipients, wording and names do not bear out one line, so they were kept apart (one line may stand in for "
    "another)."
)


def join(older: int, newer: int) -> Join:
    return Join(kind="x", older=number(older), newer=number(newer), weight=3.0, sentence="Joined.", record_ids=())


ALIKE = f"{number(1)} and {number(3)} sent adverts under one name to some of the same recipients"
REFERRED = f"{number(1)} sent its customers to {number(3)} on 2024-01-02; both sent adverts over the same time, and "


@pytest.mark.parametrize("said", [f"{ALIKE}; {APART}", REFERRED + SENT_ON])
def test_two_numbers_of_one_line_are_said_to_be_joined_through_others(said: str) -> None:
    numbers = [number(1), number(2), number(3)]
    (sentence,) = joined_otherwise([said], numbers, [join(1, 2), join(2, 3)])
    assert "kept apart" not in sentence
    assert sentence.endswith(f"do not join them: they are joined through {number(2)}.")
    assert joined_otherwise([said], numbers, [join(1, 2), join(2, 3), join(1, 3)]) == []


def test_what_is_said_of_a_number_of_another_line_stays() -> None:
    held = [f"{ALIKE}; {APART}", "Another sentence."]
    assert joined_otherwise(held, [number(1), number(2)], [join(1, 2)]) == held
