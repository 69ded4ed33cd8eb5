"""Clocks that were wrong, as broadcasts and first messages of phones show."""

from __future__ import annotations

import pytest

from search.contract import Flare
from search.linkage.model import ClockShift, PlacedFlare
from search.reports.caveats import CAVEATS
from search.reports.print_parts import print_source
from search.reports.shown_clocks import clock_sentences, clock_words_of, clocks_of_flares, with_flares
from search.reports.source_groups import source_groups
from search.reports.summary_words import unset_clock_words

UNSET = "2000-01-01T00:04:00.000Z"


def placed(seconds: int, direction: str = "received", extraction_id: str = "ex-1") -> PlacedFlare:
    flare = Flare(
        flare_id=f"fl-{seconds}", extraction_id=extraction_id, direction=direction, sender="+447700900001",
        template_id="t-1", has_advert=True, started_at=UNSET, ended_at=UNSET, time_basis="device_local",
        recipient_count=1, message_count=1, variant_count=1, first_record_id="r-1", last_record_id="r-1",
    )  # fmt: skip
    return PlacedFlare(flare=flare, device_id="dv-1", line_id=None, clock_seconds=seconds)


def test_broadcasts_that_are_moved_show_by_how_much_a_clock_was_wrong() -> None:
    shown = clocks_of_flares([placed(3500), placed(3502), placed(3510), placed(0), placed(-60, "sent", "ex-2")])
    assert shown == {
        "dv-1": [(ClockShift("ex-1", 3502, is_of_received=True), 3), (ClockShift("ex-2", -60, is_of_received=False), 1)]
    }
    known = [ClockShift("ex-1", 3600, is_of_received=True)]
    assert with_flares(known, shown["dv-1"]) == [*known, ClockShift("ex-2", -60, is_of_received=False)]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (779_992_519, "9,027 days and 17 hours behind"),
        (-3655, "1 hour ahead"),
        (86_347, "1 day behind"),
        (120, "2 minutes behind"),
    ],
)
def test_what_is_wrong_is_said_in_words(seconds: int, said: str) -> None:
    shown = [(ClockShift("ex-1", seconds, is_of_received=True), 40)]
    assert list(clock_sentences((), shown, None)) == [
        f"The clock was wrong, about {said}: 40 broadcasts that it got and other phones hold too are so dated."
    ]
    assert not list(clock_sentences([shown[0][0]], shown, "2024-01-01T00:00:00.000Z"))


def test_a_phone_whose_first_message_is_of_a_clock_that_was_not_set_says_so_and_is_on_the_first_page() -> None:
    (said,) = clock_sentences((), (), UNSET)
    assert said.startswith("The first message is dated 2000-01-01, as by a clock that was not set")
    devices = [
        {"device_id": "dv-1", "first_message_at": UNSET},
        {"device_id": "dv-2", "first_message_at": "2024-01-01T00:00:00.000Z"},
        {"device_id": "dv-3", "first_message_at": None},
    ]
    labels = {"dv-1": "ELS/33", "dv-2": "ELS/1", "dv-3": "ELS/2"}
    assert unset_clock_words(devices, labels) == "; 1 phone with messages of a clock that was not set: ELS/33"
    assert unset_clock_words(devices[1:], labels) == ""


def test_sources_name_the_wrong_clocks_of_an_exhibit() -> None:
    def device(name: str, first_at: str | None, *clocks: tuple[int, bool]) -> dict[str, object]:
        wrong = [{"extraction_id": "ex-1", "shift_seconds": each, "is_of_received": got} for each, got in clocks]
        return {
            "device_id": name, "extraction_ids": ["ex-1", "ex-2"], "first_message_at": first_at, "wrong_clocks": wrong,
        }  # fmt: skip

    both = clock_words_of([device("dv-1", None, (3600, True), (3605, False))])
    assert both == {"ex-1": ("clock about 1 hour behind",)}
    assert clock_words_of([device("dv-1", None)]) == {}
    told = clock_words_of([device("dv-1", UNSET, (-3600, True))])
    assert told == {
        "ex-1": ("clock about 1 hour ahead for what it got", "clock not set at first"),
        "ex-2": ("clock not set at first",),
    }
    entries = [
        {
            **dict.fromkeys(("exhibit_ref", "case_ref", "tool", "tool_version", "superseded_by")),
            **dict.fromkeys(("extraction_id", "file_name", "sha256"), name),
            "device_id": "dv-1",
            "size_bytes": 1,
            "format": "xry_text",
            "state": "complete",
            "tally": {},
            "notices": [],
        }
        for name in ("ex-1", "ex-2")
    ]
    (group,) = source_groups(entries, {"dv-1": "ELS/1"}, clocks=told).items
    assert group.clocks == "clock about 1 hour ahead for what it got, clock not set at first"
    assert str(print_source(group)["words"]).endswith(f" \u00b7 {group.clocks}")
    assert not source_groups(entries, {"dv-1": "ELS/1"}).items[0].clocks


def test_the_caveat_says_where_wrong_clocks_are_found() -> None:
    assert any("found only where other phones hold the same broadcasts" in caveat for caveat in CAVEATS)
