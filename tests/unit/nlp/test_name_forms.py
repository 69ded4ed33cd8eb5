from __future__ import annotations

import pytest

from nlp.name_forms import long_forms, name_key
from nlp.readings import Name
from nlp.shared_names import SharedNames


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bennys", "benny"),
        ("2 Tone", "2Tone"),
        ("Kezz", "Kez"),
        ("Vinnie", "Vinny"),
        ("Mikkey", "Mikey"),
        ("the Doc", "Doc"),
        ("T Five", "T5"),
        ("Cee Jay", "CJ"),
        ("Thirty Eight", "38"),
        ("linia Dacia", "Dacia"),
        ("Boro Gaz", "BoroGaz"),
    ],
)
def test_forms_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Frank", "Frankie"),
        ("Jay", "Ray"),
        ("Len", "Lenny"),
        ("Kez", "Kez 2"),
        ("J", "JJ"),
        ("Umbro", "Umbro2"),
        ("Rico", "Nico"),
        ("Mick", "Nick"),
        ("Big Gaz", "Gaz"),
        ("Two Tone", "Tone"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_key_is_never_empty_for_a_name() -> None:
    assert name_key("The Line")
    assert name_key("s")


def test_a_short_form_is_one_with_the_long_form_of_its_wording() -> None:
    forms = {name_key(form): form for form in ("Gaz", "Boro Gaz", "Ken", "Salop Ken", "Big Ken")}
    gaz, boro, ken, salop, big = forms
    together = {gaz: {"x", "y"}, boro: {"y"}, ken: {"z"}, salop: {"z"}, big: {"w"}}
    assert long_forms(together, forms) == {gaz: boro}
    assert long_forms({**together, boro: {"w"}}, forms) == {}


def test_a_line_goes_by_the_form_of_most_wordings() -> None:
    shared = SharedNames(0.8)
    for wording, form in enumerate(("Vinny", "Vinnie", "Vinnie", "Frank", "Frankie")):
        shared.add(wording, [Name(form, 0, 5, 4.0, "rule")])
    shared.add(1, [Name("Vinny", 0, 5, 4.0, "rule")])
    assert [shared.name(form) for form in ("Vinny", "Vinnie", "Frank", "Frankie", "Other")] == [
        "Vinnie", "Vinnie", "Frank", "Frankie", "Other",
    ]  # fmt: skip
