"""Groups of templates: re-typed wordings are one, opposite short ones are not, and no order matters."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.templates.families import MIN_CONSTANTS, group_templates, worded_as

_WORDS = st.sampled_from(
    ["on", "both", "bell", "me", "now", "ready", "line", "back", "{line}", "{deal}", "till", "late"]
)
TEMPLATES = st.dictionaries(
    st.integers(0, 999).map(lambda number: f"t-{number:03}"),
    st.lists(_WORDS, min_size=1, max_size=9).map(" ".join),
    max_size=25,
)


def test_a_word_more_or_less_is_one_wording() -> None:
    groups = group_templates(
        {
            "t-2": "{line} is back on with both come see me quick {deal}",
            "t-1": "{line} back on with both come and see me quick {deal} {deal}",
            "t-3": "sorry for the wait everyone we had no phone until {time}",
        }
    )
    assert groups == {"t-1": "t-1", "t-2": "t-1", "t-3": "t-3"}


def test_short_opposites_stay_apart() -> None:
    groups = group_templates({"t-1": "{line} on now", "t-2": "{line} off now", "t-3": "{line} on no"})
    assert groups == {"t-1": "t-1", "t-2": "t-2", "t-3": "t-3"}


def test_one_wording_with_other_slots_is_one() -> None:
    groups = group_templates({"t-1": "come and see me at {time}", "t-2": "come and see me at {deal}"})
    assert groups["t-2"] == "t-1"


def test_a_wording_with_the_name_of_its_line_and_without_is_one_where_the_rest_tells_enough() -> None:
    groups = group_templates(
        {
            "t-1": "{line} got {drug} {deal} shout",
            "t-2": "got {drug} {deal} shout",
            "t-3": "got {drug} {deal} {deal} shout",
            "t-4": "{line} on now",
            "t-5": "on now",
            "t-6": "{line} last half hour",
            "t-7": "last half hour {line}",
        }
    )
    assert groups == {
        "t-1": "t-1", "t-2": "t-1", "t-3": "t-3", "t-4": "t-4", "t-5": "t-5", "t-6": "t-6", "t-7": "t-6",
    }  # fmt: skip


def test_a_wording_of_a_line_is_not_that_of_somebody_who_gives_a_number_of_their_own() -> None:
    groups = group_templates(
        {
            "t-1": "its {line} this my new number save it and delete the old one",
            "t-2": "its karen from choir my new number is {number} please save it and delete the old one",
            "t-3": "its karen from choir this is my new number please save it and delete the old one",
        }
    )
    assert groups == {"t-1": "t-1", "t-2": "t-2", "t-3": "t-2"}


def test_a_wording_of_a_line_is_one_with_its_number_and_where_its_name_was_not_told() -> None:
    groups = group_templates(
        {
            "t-1": "its {line} this my new number save it and delete the old one",
            "t-2": "its {line} this my new number {number} save it delete the old one",
            "t-3": "its rocky this my new number save it and delete the old one",
            "t-4": "its {line} from before this my new number save it and delete the old one",
            "t-5": "its rocky from before this my new number save it and delete old one",
        }
    )
    assert set(groups.values()) == {"t-1"}


@pytest.mark.parametrize(
    ("named", "nameless"),
    [
        ("{line} on now all day best of both ring this phone", "on now all day best of both ring phone {number}"),
        ("{line} about til late best of both {deal} call me", "about til late best of both {deal} call {number}"),
        ("its {line} from town this my new number save it now", "its rocky from town this my new number save it now"),
        ("its {line} this my new number save it and delete it", "its rocky this my new number save it and delete it"),
        ("its {line} from the old phone new number save it", "its rocky from the old phone new number save it"),
        ("{line} is on with the new number pass it on to all", "is on with the new number pass it on to all"),
        ("new number {number} its {line} save it pass it on", "new number {number} its rocky save it pass it on"),
        ("{line} open till late ring this number for the best", "open till late ring {number} for the best"),
    ],
)
def test_a_wording_of_a_line_stays_one_with_an_advert_in_which_its_name_was_not_read(named: str, nameless: str) -> None:
    assert len(set(group_templates({"t-1": named, "t-2": nameless}).values())) == 1


@given(templates=TEMPLATES, seed=st.integers(0, 99))
def test_order_does_not_matter_and_groups_are_of_their_members(templates: dict[str, str], seed: int) -> None:
    groups = group_templates(templates)
    ids = list(templates)
    random.Random(seed).shuffle(ids)
    assert group_templates({each: templates[each] for each in ids}) == groups
    assert set(groups) == set(templates)
    for group in set(groups.values()):
        assert group == min(each for each, name in groups.items() if name == group)


@given(templates=TEMPLATES)
def test_more_templates_never_part_what_was_together(templates: dict[str, str]) -> None:
    some = dict(list(templates.items())[: len(templates) // 2])
    before, after = group_templates(some), group_templates(templates)
    for one in some:
        for other in some:
            if before[one] == before[other]:
                assert after[one] == after[other]


def test_a_wording_is_that_of_another_retyped() -> None:
    near = {"t-1": "train is late be there half {time}", "t-2": "see you at nans for tea then", "t-3": "{line} on now"}
    others = {"t-8": "{line} trains late be there half two", "t-9": "{line} on now"}
    assert worded_as(near, others) == {"t-1"}, "a short wording is told apart by nothing"
    assert worded_as(near, {}) == set()


@given(templates=TEMPLATES, others=TEMPLATES)
def test_what_is_worded_as_another_is_of_its_group(templates: dict[str, str], others: dict[str, str]) -> None:
    apart = {f"o-{each}": text for each, text in others.items()}
    groups = group_templates(templates | apart)
    found = worded_as(templates, apart)
    assert found <= {each for each in templates if groups[each] in {groups[other] for other in apart}}
    long_enough = {
        each for each in templates if sum(word[0] != "{" for word in templates[each].split()) >= MIN_CONSTANTS
    }
    assert found >= {each for each in long_enough if templates[each] in apart.values()}
