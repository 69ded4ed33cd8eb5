from __future__ import annotations

from typing import Any

import pytest

from search.reports.alike_names import alike_names, is_alike
from search.reports.page import page_of
from tests.fakes.phones import Phone, campaign, finding, number
from tests.unit.search.reports.test_inferred_senders import report_of

A, B = "+447700900001", "+447700900002"
LABELS = {f"dv-{place}": f"A/{place}" for place in range(9)}
TITLES = {"ln-1": "Kayla", "ln-2": "Kay (saved name)"}


def line(place: int, name: str | None, key: str, *phones: int, conflicts: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "line_id": f"ln-{place}",
        "name": name,
        "numbers": [{"number": key}],
        "devices": [{"device_id": f"dv-{phone}", "relation": "received_adverts"} for phone in phones],
        "conflicts": list(conflicts),
    }


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("Kayla", "Kay", True), ("Kay", "Kayla", True), ("Sonic", "Sonik", True), ("Rico", "Rico", True),
    ("Jo", "Josie", False), ("Kayla", "Frank", False), ("Tiny", "Tony", False),
])  # fmt: skip
def test_names_are_alike_where_one_may_be_the_other(one: str, other: str, *, alike: bool) -> None:
    assert is_alike(one, other) is alike


def test_lines_of_like_names_and_of_the_same_phones_name_each_other() -> None:
    lines = [line(1, "Kayla", A, 1, 2, 3), line(2, "Kay", B, 2, 3, 4)]
    found = alike_names(lines, TITLES, LABELS)
    assert found == {
        "ln-1": (("The line Kay (saved name) (+44 7700 900002) has a name like this one's, and 2 phones have to do "
                 "with both: A/2, A/3. Nothing joins the two."),),
        "ln-2": (("The line Kayla (+44 7700 900001) has a name like this one's, and 2 phones have to do with both: "
                 "A/2, A/3. Nothing joins the two."),),
    }  # fmt: skip


def test_lines_that_share_no_phone_or_are_kept_apart_or_have_no_name_do_not() -> None:
    kayla = line(1, "Kayla", A, 1, 2)
    others = (
        line(2, "Kay", B, 3),
        line(2, "Kay", B, 1, conflicts=(f"{A} and {B} were kept apart.",)),
        line(2, None, B, 1),
        line(2, "Frank", B, 1),
    )
    assert [alike_names([kayla, other], TITLES, LABELS) for other in others] == [{}] * 4


async def test_it_stands_under_what_to_check() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for place, name in enumerate(("Kayla", "Benny")):
        for wording in ("{line} on both 3 for 25", "{line} back on now"):
            campaign(name, number(place + 1), phones, range(5), f"{wording} {place}")
        for phone in phones:
            phone.text(number(place + 1), 1.5, finding("can i get 2"), sent=True)
    report = await report_of(*phones)
    for line in report["lines"]:
        line["name"] = {"Benny": "Kay"}.get(line["name"], line["name"])
    found = {view.title: view.grounds.to_check[0][: len("The line Kayla (")] for view in page_of(report).lines}
    assert found == {"Kay": "The line Kayla (", "Kayla": "The line Kay (+4"}
