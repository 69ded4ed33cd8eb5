"""Two numbers that take the place of the sender's at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.changes.two_new_numbers import RULE_BOTH_NEW
from parsers.records.findings import NumberChangeRole, TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    "text",
    [
        "RICO NEW NUMBERS: 07700 900123 DAYS 07700 900456 NIGHTS, THIS NUM DEAD",
        "new nums for RICO first o77oo9oo123 second 07700 900 456 old one off today",
        "2 lines now 07700 900123 / 07700 900456 rico no more waiting, old number gone",
        "Rico here this phone is finished, new numbers 07700900123 or 07700900456",
        "Rico. this phone is off now ring 07700900123 or 07700900456 both new",
        "its rico delete the old number. new ones 07700900123 and 07700900456",
        "old one's dead days 07700900123 nights 07700900456 rico",
    ],
)
def test_either_of_two_numbers_takes_the_place_of_the_senders(find: Find, text: str) -> None:
    found = find(text)
    assert found.number_change.role is NumberChangeRole.NEW
    assert RULE_BOTH_NEW in found.rules


@pytest.mark.parametrize(
    "text",
    [
        "Rico on 2 phones 07700 900123 or 07700 900456",
        "Rico days 07700 900123 nights 07700 900456",
        "Rico old number 07700 900123, new number 07700 900456, this num dead",
        "this phone is dead dont ring 07700 900123 or 07700 900456 either",
        "this number is gone. 07700 900123 / 07700 900456 are dead, new one to come",
        "not 07700 900123 or 07700 900456 they are fake this num is off soon",
        "new phone, this num dead: mine 07700 900123, mums is 07700 900456",
        "this phone off til 6 ring 07700 900123 or 07700 900456",
        "Police: this line is closed, speak to us on 07700 900123 or 07700 900456",
        "dont delete this number, ring 07700 900123 or 07700 900456 when im away",
        "Rico this num dead, 07700 900123 now",
        "Hugo on b n w 3 for 25 this phone is off after 10pm then go round to 01632 960220 or 01632 960221",
        "Rico on 3 for 25 both this phone is off after 10pm cabs home 01632 960601 or 01632 960602",
        "Milo on b n w 3 for 25. if u lose this number ask at the shop 01632 960701 or 01632 960702",
        "dnt lose this number rico. new lines soon, 07700 900123 or 07700 900456",
        "Rico on this line is going all night cab fares paid ring 01632 960601 or 01632 960602",
        "Rico this phone is off at 2am any probs after that ring 07700 900123 or 07700 900456",
        "Jonah on b n w 3 for 25 if u lose this number ring 07700 900593 or 07700 900594",
        "this line is shut on sundays rico ring 07700 900123 or 07700 900456",
        "Rico new phones soon this line is hot tonight 07700 900123 or 07700 900456",
        "Rico new numbers if this phone is off 07700 900123 or 07700 900456",
        "this phone is dead. cabs new numbers 01632 960601 or 01632 960602",
        "this phone is dead ring me on the landline 01632 960601 or 01632 960602",
        "this num dead 07700 900123 - 07700900123",
        "swap 07700 900123 for 07700 900456 this num is dead",
    ],
)
def test_what_gives_up_no_number_of_its_own_for_two_does_not(find: Find, text: str) -> None:
    assert RULE_BOTH_NEW not in find(text).rules
