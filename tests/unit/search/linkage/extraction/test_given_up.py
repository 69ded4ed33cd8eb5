from __future__ import annotations

import pytest

from parsers.records.findings import NumberChange, NumberChangeRole
from search.contract import EdgeKind
from search.linkage.extraction.given_up import is_from_old_number
from search.linkage.keys import UNKNOWN_NUMBER
from tests.fakes.phones import Phone, finding, number

SENDER = number(325)


@pytest.mark.parametrize(("text", "is_old"), [
    ("Alright its Frenchy got a new phone its 0 double 7 double 0 900 355 sack this one off", True),
    ("got a new phone its 0 double 7 double 0 900 355", True),
    ("new phone, this number is going off tonight", True),
    ("its Frenchy got a new phone bin this number off", True),
    ("its Frenchy new phone sack the old one off", False),
    ("new number save this one", False),
    ("dont delete this number its my new one", False),
    ("new phone its 0 double 7 double 0 900 325 save it", False),
    ("new number and this one is off the scale", False),
    ("got a new number, dont text this one just ring it", False),
    ("New number its Rico. stop ringing this num at 3am", False),
    ("new number, this phone dead most mornings", False),
    ("new number, this phone is off in the mornings", False),
    ("new number dont ring this number after 10", False),
    ("new number dont ring this number til 9", False),
    ("new number dont ring this number at 3am this one is dead", True),
    ("new number, this one is going off at 10 tonight", True),
    ("new number, dont text this one no more", True),
])  # fmt: skip
def test_what_gives_up_the_number_that_it_came_from_is_no_word_of_the_new_one(text: str, *, is_old: bool) -> None:
    assert is_from_old_number(text, SENDER) is is_old
    phone = Phone("A/1", 101)
    change = NumberChange(NumberChangeRole.NEW, None, None)
    phone.text(SENDER, 1, finding(text, line="Frenchy", advert=True, change=change), sent=False)
    said = [edge.key for edge in phone.collected().edges if edge.kind is EdgeKind.ANNOUNCEMENT]
    assert said == ([] if is_old else [UNKNOWN_NUMBER])
