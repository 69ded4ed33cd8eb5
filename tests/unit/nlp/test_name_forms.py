from __future__ import annotations

import pytest

from nlp.name_forms import name_key
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
        ("Two Tone", "2Tone"),
        ("Cloud Nine", "Cloud 9"),
        ("Twenty2", "22"),
        ("tfive", "T5"),
        ("jayjay", "JJ"),
        ("Jay9", "J9"),
        ("Em Jay", "MJ"),
        ("Seven", "7"),
        ("22s", "22"),
        ("Laterz", "Later"),
        ("Happy Dayz", "Happy Days"),
        ("Mr Pascoe", "Pascoe"),
        ("Linia lui Nelu", "Nelu"),
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
        ("Jay", "J"),
        ("Deen", "DN"),
        ("Stone", "S1"),
        ("Kez 2", "Kez 22"),
        ("Mikey D", "Mikey T"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_key_is_never_empty_for_a_name() -> None:
    assert name_key("The Line")
    assert name_key("s")


def test_a_line_goes_by_the_form_of_most_wordings() -> None:
    shared = SharedNames(0.8)
    for wording, form in enumerate(("Vinny", "Vinnie", "Vinnie", "Frank", "Frankie")):
        shared.add(wording, [Name(form, 0, 5, 4.0, "rule")])
    shared.add(0, [Name("Vinny", 0, 5, 4.0, "rule")])
    assert [shared.name(form) for form in ("Vinny", "Vinnie", "Frank", "Frankie", "Other")] == [
        "Vinnie", "Vinnie", "Frank", "Frankie", "Other",
    ]  # fmt: skip
