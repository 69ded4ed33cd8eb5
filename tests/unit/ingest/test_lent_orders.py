"""What must be lent follows from what is held; what was read with anything else is read again."""

from __future__ import annotations

from ingest.lent_orders import DatesRead, of_forms, orders_beside, to_read_again
from parsers.contract import ShownOrder

SLASHES, STOPS = "whatsapp_text - / last", "whatsapp_text - . last"
DAY, MONTH = (SLASHES, "day_first"), (SLASHES, "month_first")


def reading(
    name: str,
    *,
    shown: tuple[ShownOrder, ...] = (),
    untold: tuple[str, ...] = (),
    lent: tuple[ShownOrder, ...] = (),
    device: str = "d",
    delivery: str = "",
) -> DatesRead:
    return DatesRead(
        extraction_id=name, sha256=delivery or f"of {name}", device_id=device, shown=shown, untold=untold, lent=lent
    )


def test_what_others_of_the_device_show_is_lent() -> None:
    short = reading("short", untold=(SLASHES,))
    held = [short, reading("a", shown=(DAY,)), reading("b", shown=(DAY,)), reading("c", shown=(MONTH,), device="e")]
    assert orders_beside(held, [short]) == {"short": (DAY,)}
    assert to_read_again(held) == {"of short"}
    assert orders_beside([*held, reading("d", shown=(MONTH,))], [short]) == {"short": (DAY, MONTH)}


def test_what_was_read_so_is_not_read_again_until_it_is_otherwise() -> None:
    short, lender = reading("short", untold=(SLASHES,), lent=(DAY,)), reading("a", shown=(DAY,))
    assert to_read_again([short, lender]) == frozenset()
    assert to_read_again([short, lender, reading("b", shown=(MONTH,))]) == {"of short"}
    assert to_read_again([short, reading("a", shown=(DAY,), device="e")]) == {"of short"}
    assert to_read_again([short]) == {"of short"}


def test_what_lies_in_its_own_delivery_is_left_to_its_reader() -> None:
    short = reading("short", untold=(SLASHES,), delivery="zip")
    assert to_read_again([short, reading("a", shown=(DAY,), delivery="zip")]) == frozenset()
    assert to_read_again([short, reading("a", shown=(DAY,), delivery="zip"), reading("b", shown=(DAY,))]) == {"zip"}


def test_other_forms_lead_to_no_reading() -> None:
    assert to_read_again([reading("short", untold=(STOPS,)), reading("a", shown=(DAY,))]) == frozenset()
    assert of_forms([MONTH, (STOPS, "day_first"), DAY], (SLASHES,)) == (DAY, MONTH)
