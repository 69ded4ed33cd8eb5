"""What phones hold of a wording that many send is looked up about the instants of one handset, never as a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from search.contract import Flare
from search.linkage.attribution import held_copies
from search.linkage.attribution.held_copies import HeldCopies, HeldOfOne
from search.linkage.attribution.proven_numbers import proven_numbers
from search.linkage.attribution.shown_senders import Shown
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.instants import to_seconds
from search.linkage.kept import Kept
from tests.fakes.phones import number

_BEGIN = datetime(2024, 12, 25, 8, tzinfo=UTC)


def flare(place: int, direction: str, minutes: float, sender: str | None = None) -> Flare:
    at = (_BEGIN + timedelta(minutes=minutes)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Flare(
        flare_id=f"f{direction}{place}-{minutes}", extraction_id=f"e{place}", direction=direction, sender=sender,
        template_id="t-greeting", started_at=at, ended_at=at, time_basis="device", recipient_count=12,
        message_count=12, variant_count=1, first_record_id="a", last_record_id="b",
    )  # fmt: skip


def shown_on(phones: int, sent: Flare) -> dict[str, Shown]:
    shown = Shown(
        flare_id=sent.flare_id,
        number=number(1),
        began=0.0,
        ended=0.0,
        phones=phones,
        is_sure=True,
        is_listed=True,
        device_ids=frozenset(),
    )
    return {sent.flare_id: shown}


def test_only_copies_about_the_instants_are_given_each_once_and_in_order() -> None:
    sent = flare(0, SENT, 0)
    received = [flare(1, RECEIVED, minutes, number(1)) for minutes in (9, 0.5, 0, -5)]
    placed = [("d0", sent, number(1)), *(("d1", each, number(1)) for each in received)]
    held = HeldCopies(placed, {"d0": {number(1): [sent]}}, {"d0": (), "d1": ()}).of_one("d0", {number(1): [sent]})
    begin = to_seconds(sent.started_at)
    found = held.near([begin + 20, begin, begin + 10], "d0")
    assert [copy.second - begin for copy in found["d1"]] == [0, 30]
    assert not held.near([begin], "d1")


def test_what_lies_about_many_instants_at_once_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = flare(0, SENT, 0)
    received = [flare(1, RECEIVED, minutes, number(1)) for minutes in (-2, -1, 3, 8, 9.5, 30)]
    placed = [("d0", sent, number(1)), *(("d1", each, number(1)) for each in received)]
    held = HeldCopies(placed, {"d0": {number(1): [sent]}}, {"d0": (), "d1": ()}).of_one("d0", {number(1): [sent]})
    looked: list[float] = []

    def looked_up(seconds: Sequence[float], end: float, lo: int) -> int:
        looked.append(end)
        return bisect_left(seconds, end, lo=lo)

    monkeypatch.setattr(held_copies, "bisect_left", looked_up)
    begin = to_seconds(sent.started_at)
    found = held.near([begin + 60 * minute for minute in (0, 1, 2, 3, 4.5, 9)], "d0")
    assert [(copy.second - begin) / 60 for copy in found["d1"]] == [-1, 3, 8, 9.5]
    assert [(at - begin) / 60 for at in looked] == [-1, 8]


@pytest.mark.parametrize(("phones", "is_asked"), [(4, False), (5, True)])
def test_handsets_of_one_greeting_to_friends_are_not_asked_about(
    phones: int, is_asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def collect(*given: object) -> dict[str, object]:
        asked.append(given[-1])
        return {}

    monkeypatch.setattr(HeldOfOne, "near", collect)
    sent = flare(0, SENT, 0)
    assert not proven_numbers([("d0", sent, number(1))], shown_on(phones, sent), (), {}, {"d0": ()})
    assert asked == (["d0"] if is_asked else [])


def test_a_handset_is_asked_about_anew_only_where_something_is_held_that_tells_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def collect(*given: object) -> dict[str, object]:
        asked.append(given[-1])
        return {}

    monkeypatch.setattr(HeldOfOne, "near", collect)
    sent, kept = flare(0, SENT, 0), Kept()
    shown, own = shown_on(5, sent), {"d0": (), "d1": (), "d2": ()}
    placed = [("d0", sent, number(1)), ("d1", flare(1, RECEIVED, 0, number(1)), number(1))]
    another = msgspec.structs.replace(flare(2, RECEIVED, 0, number(2)), template_id="t-another")
    for held in (placed, [*placed, ("d2", another, number(2))]):
        proven_numbers(held, shown, (), {}, own, kept)
        kept.end()
        assert asked == ["d0"]
    proven_numbers([*placed, ("d2", flare(2, RECEIVED, 5, number(2)), number(2))], shown, (), {}, own, kept)
    assert asked == ["d0", "d0"]
