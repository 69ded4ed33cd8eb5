"""Which extractions of a delivery are of one device."""

from __future__ import annotations

from parsers.contract import ExtractionPart
from parsers.part_devices import devices_of

ONE, OTHER = "352099001761481", "490154203237518"


def part(name: str, *imei: str, belongs_to: str | None = None, unit: str | None = None) -> ExtractionPart:
    return ExtractionPart(extraction_id=name, member=None, imei=imei, belongs_to=belongs_to, unit=unit)


def groups(*parts: ExtractionPart) -> set[frozenset[str]]:
    numbers = devices_of(parts)
    return {frozenset(name for name in numbers if numbers[name] == number) for number in numbers.values()}


def test_a_report_of_one_handset_is_one_device() -> None:
    assert groups(part("a", ONE), part("b"), part("c", "35209900176148")) == {frozenset("abc")}
    assert groups(part("a"), part("b")) == {frozenset("ab")}


def test_two_handsets_are_two_and_take_their_cards_along() -> None:
    assert groups(part("a", ONE), part("b", OTHER), part("c", belongs_to="a"), part("d")) == {
        frozenset("ac"),
        frozenset("b"),
        frozenset("d"),
    }


def test_a_handset_with_two_imeis_is_one() -> None:
    assert groups(part("a", ONE, OTHER), part("b", OTHER), part("c", "861234050607080")) == {
        frozenset("ab"),
        frozenset("c"),
    }


def test_dummy_imeis_tell_nothing() -> None:
    assert groups(part("a", "000000000000000"), part("b", ONE)) == {frozenset("ab")}


def test_the_last_word_on_a_part_holds() -> None:
    assert groups(part("a", ONE), part("b", OTHER), part("b", ONE)) == {frozenset("ab")}


def test_members_that_are_deliveries_of_their_own_are_one_device_only_by_their_imei() -> None:
    first, second, third = (
        part("a", ONE, unit="x.ufdr"),
        part("c", unit="y.csv"),
        part("d", "35209900176148", unit="z.ufdr"),
    )
    sim = part("b", belongs_to="a", unit="x.ufdr")
    assert groups(first, sim, second, third) == {frozenset("abd"), frozenset("c")}
    assert groups(part("a", unit="x.csv"), part("b", unit="y.csv")) == {frozenset("a"), frozenset("b")}
    two = (part("e", ONE, unit="w.ufdr"), part("f", OTHER, unit="w.ufdr"), part("g", unit="w.ufdr"))
    assert groups(first, *two) == {frozenset("ae"), frozenset("f"), frozenset("g")}
