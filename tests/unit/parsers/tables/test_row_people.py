"""Labels that begin with what an application knows its person by."""

from __future__ import annotations

import pytest

from parsers.records.values import Party
from parsers.tables.row_people import with_handle


@pytest.mark.parametrize(
    "handle",
    [
        "jay.k9",
        "jay_k9",
        "_jay_",
        "Jay_K9",
        "live:jay_1",
        "live:jay",
        "8:live:jay",
        "a1b2-grp",
        "JAYK1234",
        "0a1b2c3d-1111-4222-8333-444455556666",
    ],
)
def test_its_form_tells_it(handle: str) -> None:
    assert with_handle(Party(name=f"{handle} Jay K", is_owner=True)) == Party(handle, None, "Jay K", is_owner=True)


@pytest.mark.parametrize(
    "label",
    [
        "Jay K",
        "jay k",
        "Anne-Marie K",
        "anne-marie k",
        "mr. k",
        "St. Jay",
        "Jay2 New",
        "o2 uk",
        "3 Mobile",
        "jay.k9",
        "jay.k9 ",
        "J.K. Jay",
    ],
)
def test_a_name_stays_whole(label: str) -> None:
    assert with_handle(Party(name=label)) == Party(name=label)


def test_what_is_stated_elsewhere_is_one() -> None:
    assert with_handle(Party(name="kay-b Kay"), {"kay-b"}) == Party("kay-b", None, "Kay")
    numbered = Party("07700 900123", "+447700900123", "jay.k9 Jay")
    assert with_handle(numbered) == numbered
