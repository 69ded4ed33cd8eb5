"""Chats of one delivery tell each other the order of day and month; what shows none and is told none is not guessed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from ingest.demo.writers.container import write_archive
from parsers.contract import Delivery, ReadContext, Sidecar
from parsers.formats.whatsapp_text.lent_orders import agreed_orders
from parsers.reading import ReadResult, read_all
from tests.unit.parsers.formats.whatsapp_text.made_chats import codes_of, messages_of, read_chat

SHORT = ("05/06/2023, 10:00", "06/06/2023, 10:00")
DAY_FIRST, MONTH_FIRST = ("25/12/2023, 14:05",), ("12/25/2023, 14:05",)
FORM = "whatsapp_text - / last"
UNKNOWN, LENT = "day_month_order_unknown", "date_order_of_others"


def member(place: int) -> str:
    """Return the name of a chat in a folder of its own."""
    return f"WhatsApp Chat with Jay {place}/WhatsApp Chat with Jay.txt"


def read(tmp_path: Path, *chats: tuple[str, ...], sidecar: Sidecar | None = None) -> ReadResult:
    """Read an archive of chats; of each the starts without what stands behind them are given."""
    members = {
        member(place): "".join(f"{start} - Jay: text of {start}\n" for start in starts).encode()
        for place, starts in enumerate(chats)
    }
    path = write_archive(tmp_path / "drop.zip", members)
    return read_chat(path) if sidecar is None else read_chat(path, sidecar=sidecar)


def first_instant(result: ReadResult, place: int = 0) -> str | None:
    return next(message.time.utc for message in messages_of(result) if message.source.member == member(place))


@pytest.mark.parametrize(
    ("others", "instant"),
    [
        ((DAY_FIRST,), "2023-06-05T09:00:00.000Z"),
        ((MONTH_FIRST,), "2023-05-06T09:00:00.000Z"),
        ((DAY_FIRST, SHORT, ("26/12/2023, 14:05",)), "2023-06-05T09:00:00.000Z"),
        # The clock is another setting than the date.
        ((("25/12/2023, 2:05 pm",),), "2023-06-05T09:00:00.000Z"),
    ],
)
def test_a_chat_that_shows_no_order_has_that_of_the_others(
    tmp_path: Path, others: tuple[tuple[str, ...], ...], instant: str
) -> None:
    result = read(tmp_path, SHORT, *others)
    assert first_instant(result) == instant
    (notice, *_) = [notice for notice in result.notices if notice.code == LENT]
    assert (notice.count, notice.first_locator) == (1, "line 1")
    assert notice.subject == ("month first" if others == (MONTH_FIRST,) else "day first")
    assert UNKNOWN not in codes_of(result)


@pytest.mark.parametrize(
    "others",
    [
        (),
        (SHORT,),
        (DAY_FIRST, MONTH_FIRST),
        (("25.12.2023, 14:05",),),
        (("25/12/23, 14:05",),),
        (("2023/12/25, 14:05",),),
    ],
    ids=["none", "none that shows one", "two orders", "full stops", "years of two digits", "years in front"],
)
def test_what_nothing_tells_is_not_guessed(tmp_path: Path, others: tuple[tuple[str, ...], ...]) -> None:
    result = read(tmp_path, SHORT, *others)
    assert first_instant(result) is None
    assert UNKNOWN in codes_of(result)
    assert LENT not in codes_of(result)


def test_an_order_that_makes_an_impossible_date_is_not_taken(tmp_path: Path) -> None:
    # A typed line beside one that came late: neither order does better, and month first makes a date of a 25th month.
    starts = ("02/04/2024, 10:00", "02/05/2024, 10:00", "25/12/2023, 09:00", "01/06/2024, 10:00", "02/07/2024, 10:00")
    assert first_instant(read(tmp_path, starts)) is None
    assert first_instant(read(tmp_path, starts, MONTH_FIRST)) is None
    assert first_instant(read(tmp_path, starts, DAY_FIRST)) == "2024-04-02T09:00:00.000Z"


def test_a_date_that_is_the_same_either_way_is_not_counted(tmp_path: Path) -> None:
    assert codes_of(read(tmp_path, ("05/05/2023, 10:00",), DAY_FIRST)) == {}


def test_the_mark_alone_lends_no_order_and_gives_way_to_dates(tmp_path: Path) -> None:
    shown = ("01.05.19, 10:00", "01.20.19, 10:00", "01.30.19, 10:00")
    untold = ("01.05.19, 10:00", "01.06.19, 10:00", "02.01.19, 10:00")
    assert first_instant(read(tmp_path, untold, ("05.04.19, 15:04",))) is None
    assert first_instant(read(tmp_path, untold, ("25.04.19, 15:04",))) == "2019-05-01T09:00:00.000Z"
    result = read(tmp_path, ("05.04.19, 15:04",), shown)
    assert first_instant(result) == "2019-05-04T14:04:00.000Z"
    assert codes_of(result) == {LENT: 1}


def test_what_the_submitter_states_holds(tmp_path: Path) -> None:
    result = read(tmp_path, SHORT, DAY_FIRST, sidecar=Sidecar(date_order="month_first"))
    assert first_instant(result) == "2023-05-06T09:00:00.000Z"
    assert codes_of(result) == {"sidecar_disagrees": 1}


def test_a_start_out_of_order_is_told_in_the_order_of_the_others(tmp_path: Path) -> None:
    days = ("03/05", "05/06", "06/02", "07/06", "06/08")
    starts = tuple(f"{day}/2023, 10:00" for day in days)
    assert len(messages_of(read(tmp_path, starts))) == len(starts)
    result = read(tmp_path, starts, DAY_FIRST)
    bodies = [message.body for message in messages_of(result) if message.source.member == member(0)]
    assert bodies == [f"text of {start}" for start in starts]
    assert codes_of(result) == {LENT: 5, "start_out_of_order": 1}


def read_beside(tmp_path: Path, beside: tuple[tuple[str, str], ...], *chats: tuple[str, ...]) -> ReadResult:
    """Read an archive of chats of which other deliveries of the first one's device show the orders."""
    name = read(tmp_path, *chats).parts[0].extraction_id
    path = tmp_path / "drop.zip"
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256=sha256(path.read_bytes()).hexdigest())
    return read_all(delivery, ReadContext(scratch_dir=tmp_path / "scratch", orders_beside={name: beside}))


def test_other_deliveries_of_the_device_tell_it_too(tmp_path: Path) -> None:
    day_first, month_first = (FORM, "day_first"), (FORM, "month_first")
    result = read_beside(tmp_path, (month_first,), SHORT, SHORT)
    assert first_instant(result) == "2023-05-06T09:00:00.000Z"
    assert first_instant(result, 1) is None, "the other chat is of another device"
    assert first_instant(read_beside(tmp_path, (month_first,), SHORT, DAY_FIRST)) is None
    assert first_instant(read_beside(tmp_path, (day_first, month_first), SHORT)) is None
    assert first_instant(read_beside(tmp_path, (month_first,), DAY_FIRST)) == "2023-12-25T14:05:00.000Z"


def test_a_part_says_what_its_own_dates_show_whatever_is_stated_or_lent(tmp_path: Path) -> None:
    def said(*chats: tuple[str, ...], sidecar: Sidecar | None = None) -> tuple[object, object]:
        part = read(tmp_path, *chats, sidecar=sidecar).parts[0]
        return part.shown_orders, part.untold_forms

    assert said(DAY_FIRST) == (((FORM, "day_first"),), ())
    assert said(SHORT) == said(SHORT, DAY_FIRST) == ((), (FORM,))
    assert said(SHORT, sidecar=Sidecar(date_order="day_first")) == ((), ())
    assert said(DAY_FIRST, sidecar=Sidecar(date_order="month_first")) == (((FORM, "day_first"),), ())
    assert said(DAY_FIRST, sidecar=Sidecar(date_order="day_first")) == (((FORM, "day_first"),), ())
    # By the order of time alone the day would be first; the submitter says otherwise.
    late = ("12/01/2024, 10:00", "01/02/2024, 10:00")
    assert said(late, sidecar=Sidecar(date_order="month_first")) == ((), ())
    assert said(("2023/12/25, 14:05",)) == ((), ())


def test_orders_agree_form_by_form() -> None:
    assert agreed_orders([("a", "day_first"), ("b", "day_first"), ("a", "day_first"), ("b", "month_first")]) == {
        "a": "day_first"
    }


def _lent_in(tmp_path: Path, untold: str, shown: str) -> bool:
    chats = {untold: SHORT, shown: MONTH_FIRST}
    members = {
        name: "".join(f"{start} - {name[-7:-4]}: text of {start}\n" for start in starts).encode()
        for name, starts in chats.items()
    }
    return LENT in codes_of(read_chat(write_archive(tmp_path / "drop.zip", members)))


@pytest.mark.parametrize(
    ("untold", "shown", "is_lent"),
    [
        ("HW8/WhatsApp Chat with Kay.txt", "HW7/WhatsApp Chat with Jay.txt", False),
        ("WhatsApp Chat with Kay.txt", "HW7/WhatsApp Chat with Jay.txt", False),
        ("HW8/WhatsApp Chat - Kay/_chat.txt", "HW7/WhatsApp Chat - Jay/_chat.txt", False),
        ("HW7/WhatsApp Chat - Kay/_chat.txt", "HW7/WhatsApp Chat - Jay/_chat.txt", True),
        ("HW7/WhatsApp Chat with Kay.txt", "HW7/WhatsApp Chat with Jay.txt", True),
    ],
)
def test_an_order_is_lent_within_the_folder_of_one_handset(
    tmp_path: Path, untold: str, shown: str, *, is_lent: bool
) -> None:
    assert _lent_in(tmp_path, untold, shown) is is_lent
