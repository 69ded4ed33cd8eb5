"""Numbers in use beside the sender's, and those that take its place though another is spoken of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.changes.further_numbers import RULE_BESIDE
from parsers.records.findings import NumberChangeRole, TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    "text",
    [
        "Rico new number 07700 900123 and this one is still on",
        "Rico got another phone 07700 900123 use either",
        "Rico other number 07700 900123 both me",
        "Rico 2 phones now, new number 07700 900123 both on til late",
        "Rico got a 2nd number 07700 900123 if this is off",
        "new number 07700 900123 along with this number. Rico",
    ],
)
def test_of_a_number_beside_which_the_senders_goes_on_nothing_changes(find: Find, text: str) -> None:
    assert find(text).number_change.role is NumberChangeRole.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Rico new number 07700 900123 and this ones off tonight",
        "Rico new number 07700 900123 and this one's off tonight",
        "Rico new number 07700 900123 and this one wont work after tonight",
        "Rico new number 07700 900123 and this one won't work after tonight",
        "new number 07700 900123 and this phone off at 12. Rico",
        "Rico new number 07700 900123 and this one is out of credit",
        "Rico new number 07700 900123 and this one til friday",
        "Rico new number 07700 900123 and this week 3 for 25",
        "Rico new number 07700 900123 with this same menu",
        "new number 07700 900123 and this batch is fire. Rico",
    ],
)
def test_of_a_number_beside_which_the_senders_goes_off_or_stands_nowhere_it_is_a_change(find: Find, text: str) -> None:
    change = find(text).number_change
    assert (change.role, change.number) == (NumberChangeRole.NEW, "07700 900123")


@pytest.mark.parametrize(
    "text",
    [
        "Rico got another phone 07700 900123 tell ya mates too",
        "Rico on other phone now 07700 900123 both on",
        "Rico got another phone now 07700 900123 on both 3 for 25",
        "Rico got another number 07700 900123 try both, new batches",
        "This phone off. Rico other number 07700 900123 both live",
        "Rico got another number 07700 900123 save it and pass it on to ya pals too",
        "my number is now 07700 900123 on another phone text me if u need any one",
        "Rico got another phone 07700 900123 ring any time",
        "Rico new work phone 07700 900123 call any one u know and tell them",
        "Got another sim 07700 900123, this one off at 6 use both til then. Rico",
    ],
)
def test_both_of_what_is_sold_and_who_is_told_too_make_no_second_number(find: Find, text: str) -> None:
    change = find(text).number_change
    assert (change.role, change.number) == (NumberChangeRole.NEW, "07700 900123")


@pytest.mark.parametrize(
    "text",
    [
        "Rico day fone 07700 900123 nite fone 07700 900456 save both",
        "Rico: days ring 07700 900123, nights ring 07700 900456. Both phones on",
        "Rico on 07700 900123 for days 07700 900456 for nights",
        "night phone 07700 900123 day phone 07700 900456 Rico",
        "mornings 07700 900123 evenings 07700 900456. Rico",
    ],
)
def test_one_number_for_the_day_and_one_for_the_night_are_both_in_use(find: Find, text: str) -> None:
    assert find(text).number_change.role is NumberChangeRole.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Rico 07700 900123 is off, new number 07700 900456 from today",
        "old number 07700 900123 dead new day phone 07700 900456 Rico",
    ],
)
def test_where_one_of_two_is_given_up_it_is_a_change(find: Find, text: str) -> None:
    assert find(text).number_change.role is not NumberChangeRole.NONE


@pytest.mark.parametrize(
    "text",
    [
        "rico on 2 phones 07700900123 or 07700 900456",
        "ring either 07700 900123 or 07700 900456 rico",
        "rico both phones on 07700 900123 / 07700 900456",
        "rico got 2 phones now if this is busy ring 07700900123",
        "two numbers for rico now this and 07700900123, both 24/7",
        "Rico about all day. if busy ring 07700 900123",
    ],
)
def test_numbers_that_are_both_in_use_are_beside_each_other(find: Find, text: str) -> None:
    found = find(text)
    assert RULE_BESIDE in found.rules
    assert found.number_change.role is NumberChangeRole.NONE


@pytest.mark.parametrize(
    "text",
    [
        "rico was on 07700 900456 now 07700 900123",
        "rico old phone 07700 900456 and 07700 900789 both dead use 07700 900123",
        "call me on 07700 900123 or my wife on 07700 900456",
        "2 phones for sale, ring 07700 900123",
        "if busy ring jamie on 07700 900123",
        "dont ring 07700 900123 or 07700 900456 both fake not us",
        "changed from 07700 900456 to 07700 900123 both on 3 for 25",
        "rico new number 07700 900123",
        "any problems with your order call 07700 900123",
        "table for 2 or 3? ring 07700 900123",
    ],
)
def test_numbers_of_others_or_given_up_are_not_beside_each_other(find: Find, text: str) -> None:
    assert RULE_BESIDE not in find(text).rules
