from __future__ import annotations

import pytest

from nlp.nicknames.name_forms import as_written, name_key
from nlp.nicknames.shared_names import SharedNames
from nlp.readings import Name


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


@pytest.mark.parametrize(
    ("form", "counts", "expected"),
    [
        ("Larder", {"the larder": 4, "larder": 1}, "The Larder"),
        ("Larder", {"the larder": 1}, "Larder"),
        ("Doc", {"the doc": 1, "the d0c": 1, "doc": 1}, "Doc"),
        ("Doc", {"the doc": 1, "the d0c": 1}, "The Doc"),
        ("Larder", {"the larder": 2, "larder": 3}, "Larder"),
        ("Wik", {"w1k": 5}, "W1K"),
        ("Rekin", {"rek1n": 4, "rekin": 1}, "Rek1n"),
        ("Rico", {"r1co": 1, "rico": 4}, "Rico"),
        ("Rico", {}, "Rico"),
    ],
)
def test_a_name_is_written_as_nearly_all_of_its_wordings_write_it(
    form: str, counts: dict[str, int], expected: str
) -> None:
    assert as_written(form, counts) == expected


def test_a_settled_name_keeps_what_its_wordings_write() -> None:
    shared = SharedNames(0.8)
    for wording in range(3):
        shared.add(wording, [Name("Larder", 4, 10, 4.0, "rule", "the larder")])
    assert shared.name("Larder") == "The Larder"
    assert shared.key_of("The Larder") == shared.key_of("Larder")
