"""Which extractions of a delivery are of one device."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parsers.contract import EMPTY_SIDECAR, ExtractionPart, PartKind, Sidecar
from parsers.part_devices import devices_of

ONE, OTHER = "352099001761481", "490154203237518"
CARD = "8944110065432109874"


def part(
    name: str,
    *imei: str,
    belongs_to: str | None = None,
    iccid: str | None = None,
    exhibit: tuple[str, str] | None = None,
    kind: PartKind = PartKind.HANDSET,
    stated_beside: tuple[str, ...] = (),
) -> ExtractionPart:
    case_ref, exhibit_ref = exhibit or (None, None)
    return ExtractionPart(
        extraction_id=name,
        member=None,
        kind=kind,
        imei=imei,
        iccid=(iccid,) if iccid else (),
        belongs_to=belongs_to,
        case_ref=case_ref,
        exhibit_ref=exhibit_ref,
        stated_beside=stated_beside,
    )


def groups(*parts: ExtractionPart, sidecar: Sidecar = EMPTY_SIDECAR) -> set[frozenset[str]]:
    numbers = devices_of(parts, sidecar)
    return {frozenset(name for name in numbers if numbers[name] == number) for number in numbers.values()}


def alone(names: str) -> set[frozenset[str]]:
    return {frozenset(name) for name in names}


def test_that_two_extractions_came_together_says_nothing() -> None:
    assert groups(part("a"), part("b")) == alone("ab")
    assert groups(part("a", ONE), part("b"), part("c", "35209900176148")) == {frozenset("ac"), frozenset("b")}


def test_two_handsets_are_two_and_take_their_cards_along() -> None:
    assert groups(part("a", ONE), part("b", OTHER), part("c", belongs_to="a"), part("d")) == {
        frozenset("ac"),
        *alone("bd"),
    }
    assert groups(part("a", ONE, iccid=CARD), part("b", OTHER), part("c", iccid=CARD, kind=PartKind.SIM)) == {
        frozenset("ac"),
        frozenset("b"),
    }


def test_a_handset_with_two_imeis_is_one() -> None:
    assert groups(part("a", ONE, OTHER), part("b", OTHER), part("c", "861234050607080")) == {
        frozenset("ab"),
        frozenset("c"),
    }


def test_dummy_imeis_tell_nothing() -> None:
    assert groups(part("a", "000000000000000"), part("b", "000000000000000")) == alone("ab")


def test_the_last_word_on_a_part_holds() -> None:
    assert groups(part("a", ONE), part("b", OTHER), part("b", ONE)) == {frozenset("ab")}


def test_an_exhibit_is_one_device_within_its_case() -> None:
    assert groups(part("a", exhibit=("op", "hw/1")), part("b", exhibit=("Op", "HW/1"))) == {frozenset("ab")}
    assert groups(part("a", exhibit=("op", "hw/1")), part("b", exhibit=("op", "hw/2"))) == alone("ab")


def test_what_is_stated_of_the_delivery_holds_for_its_parts() -> None:
    two = (part("a"), part("b"))
    assert groups(*two, sidecar=Sidecar(case_ref="op", exhibit_ref="HW/1")) == {frozenset("ab")}
    assert groups(*two, sidecar=Sidecar(imei=ONE)) == {frozenset("ab")}
    assert groups(*two, sidecar=Sidecar(case_ref="op")) == alone("ab")
    assert groups(part("a"), part("b", OTHER), sidecar=Sidecar(imei=ONE)) == alone("ab")
    apart = part("b", OTHER, exhibit=("op", "hw/2"), stated_beside=("case_ref", "exhibit_ref"))
    assert groups(part("a"), apart, sidecar=Sidecar(case_ref="op", exhibit_ref="HW/1")) == alone("ab")


@given(st.lists(st.sampled_from(["", ONE, OTHER, "861234050607080"]), min_size=1, max_size=8))
def test_parts_that_share_no_identifier_are_never_one(imeis: list[str]) -> None:
    names = "abcdefgh"[: len(imeis)]
    numbers = devices_of([part(name, *filter(None, [imei])) for name, imei in zip(names, imeis, strict=True)])
    for name, imei in zip(names, imeis, strict=True):
        for other, its in zip(names, imeis, strict=True):
            assert (numbers[name] == numbers[other]) is (name == other or bool(imei and imei == its))
