"""The drawings of a line: everything lies on the drawing, nothing is drawn that the line does not say."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from lxml import html

from search.reports.bridges import bridge_graph
from search.reports.broadcasts import broadcast_counts, broadcasts_of, with_dated_copies
from search.reports.chart import chart_of
from search.reports.drawing import WIDTH, Box, Drawing, short
from search.reports.line_graph import line_graph
from search.reports.line_views import line_views
from search.reports.render_html import _environment
from search.reports.render_i2 import LINK_COLUMNS
from search.reports.timeline import LEFT, RIGHT, draw
from tests.fakes.phones import number
from tests.unit.search.reports.made_report import LINE, NEXT, whole_report

FLARE: dict[str, Any] = {
    "flare_id": "fl-1", "device_id": "dv-1", "template_id": "t-1", "line_id": "ln-1", "recipient_count": 20,
    "message_count": 20, "time_basis": "stated_utc", "first_record_id": "r-1",
}  # fmt: skip


def line_of(phones: int, numbers: int, relation: str = "received_adverts") -> dict[str, Any]:
    held = [number(place) for place in range(numbers)]
    return {
        "name": "Rico",
        "numbers": [
            {
                "number": key,
                "first_seen_at": f"2024-01-{place + 1:02d}T00:00:00Z",
                "succeeds": held[place - 1] if place else None,
                "announcements": [],
            }
            for place, key in enumerate(held)
        ],
        "devices": [
            {
                "device_id": f"dv-{place}",
                "relation": relation,
                "numbers": held[place % numbers :][:1] if numbers else [],
            }
            for place in range(phones)
        ],
    }


def check(drawing: Drawing) -> None:
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y >= 0
        assert box.bottom <= drawing.height
    rows: dict[float, list[tuple[float, float]]] = {}
    for box in drawing.boxes:
        rows.setdefault(box.y, []).append((box.x, box.x + box.width))
    for held in rows.values():
        ordered = sorted(held)
        assert all(left[1] < right[0] for left, right in pairwise(ordered)), "boxes overlap"
    for tie in drawing.ties:
        assert min(tie.x1, tie.x2) >= 0
        assert max(tie.x1, tie.x2) <= WIDTH


@pytest.mark.parametrize("relation", ["sent_adverts", "received_adverts", "contact_of_line"])
@pytest.mark.parametrize(("phones", "numbers"), [(1, 1), (3, 0), (8, 2), (9, 3), (40, 12)])
def test_any_number_of_phones_and_numbers_fits(phones: int, numbers: int, relation: str) -> None:
    drawing = line_graph(line_of(phones, numbers, relation), {f"dv-{place}": f"HW/{place}" for place in range(phones)})
    assert drawing is not None
    check(drawing)
    shown = [box for box in drawing.boxes if box.kind == "phone"]
    more = [box.label for box in drawing.boxes if box.kind == "more"]
    assert len(shown) == phones or more == [f"and {phones - len(shown)} more"]
    kind = "contact" if relation == "contact_of_line" else "adverts"
    assert {tie.kind for tie in drawing.ties} - {"followed"} <= {kind}


@pytest.mark.parametrize("relation", ["sent_adverts", "received_adverts"])
def test_a_succession_leads_past_a_number_that_stands_between_and_has_no_part_in_it(relation: str) -> None:
    line = line_of(4, 4, relation)
    for place, succeeded in enumerate((None, None, 0, 1)):
        line["numbers"][place]["succeeds"] = None if succeeded is None else number(succeeded)
    drawing = line_graph(line, {f"dv-{place}": f"HW/{place}" for place in range(4)})
    assert drawing is not None
    check(drawing)
    parts = [tie for tie in drawing.ties if tie.kind in {"followed", "past"}]
    assert [tie.kind for tie in parts] == ["past", "past", "followed"] * 2
    assert parts[1].y1 != parts[4].y1, "two ways lie on each other"
    for tie in parts:
        assert min(tie.y1, tie.y2) >= 0
        assert max(tie.y1, tie.y2) <= drawing.height
        for box in drawing.boxes:
            is_beside = max(tie.x1, tie.x2) <= box.x or min(tie.x1, tie.x2) >= box.x + box.width
            assert is_beside or max(tie.y1, tie.y2) <= box.y or min(tie.y1, tie.y2) >= box.bottom


@pytest.mark.parametrize(("numbers", "ties"), [(2, 1), (3, 3)])
def test_a_number_that_another_one_gave_to_customers_is_tied_to_it(numbers: int, ties: int) -> None:
    line = line_of(2, numbers, "sent_adverts")
    for held in line["numbers"]:
        held["succeeds"] = None
    line["numbers"][-1]["announcements"] = [{"said_by": "unclear", "sender": number(0)}]
    drawing = line_graph(line, {f"dv-{place}": f"HW/{place}" for place in range(2)})
    assert drawing is not None
    check(drawing)
    assert [tie.kind for tie in drawing.ties if tie.kind not in {"adverts", "contact"}] == ["past"] * ties
    line["numbers"][-1]["succeeds"] = number(0)
    drawing = line_graph(line, {f"dv-{place}": f"HW/{place}" for place in range(2)})
    assert drawing is not None
    assert sum(tie.kind == "followed" for tie in drawing.ties) == 1
    assert all(tie.y1 <= drawing.height for tie in drawing.ties)


def test_numbers_that_are_not_drawn_are_named_under_the_drawing() -> None:
    drawing = line_graph(line_of(1, 10, "sent_adverts"), {"dv-0": "HW/0"})
    assert drawing is not None
    assert drawing.note.startswith("2 earlier numbers are not drawn: +44 7700 900")
    assert len([box for box in drawing.boxes if box.kind == "number"]) == 8
    drawing = line_graph(line_of(1, 8, "sent_adverts"), {"dv-0": "HW/0"})
    assert drawing is not None
    assert drawing.note == ""


def test_a_mention_draws_no_phone() -> None:
    assert line_graph(line_of(3, 1, "mentions_line"), {}) is None


async def test_the_succession_is_drawn_from_the_old_number_to_the_new_one() -> None:
    report = await whole_report()
    (line,) = [line for line in report["lines"] if LINE in {held["number"] for held in line["numbers"]}]
    labels = {device["device_id"]: device["device_id"] for device in report["devices"]}
    drawing = line_graph(line, labels)
    assert drawing is not None
    check(drawing)
    box_of = {box.label: box for box in drawing.boxes}
    (tie,) = [tie for tie in drawing.ties if tie.kind == "followed"]
    assert (tie.x1, tie.x2) == (box_of[LINE].x + box_of[LINE].width, box_of[NEXT].x)


async def test_phones_of_several_lines_are_drawn_with_their_lines_alone() -> None:
    report = await whole_report()
    labels = {device["device_id"]: device["device_id"] for device in report["devices"]}
    assert bridge_graph(line_views(report, labels), labels) is None
    shared = report["lines"][0]["devices"][0]
    for line in report["lines"][1:]:
        line["devices"].append({**shared, "relation": "contact_of_line"})
    found = bridge_graph(line_views(report, labels), labels)
    assert found is not None
    drawing, count = found
    check(drawing)
    assert count == 1
    assert [box.label for box in drawing.boxes if box.kind == "phone"] == [shared["device_id"]]
    assert len(drawing.ties) == len(report["lines"])


def test_marks_lie_on_the_bar_of_a_line_of_one_morning() -> None:
    flare = {
        **FLARE,
        "sender": LINE,
        "started_at": "2024-01-01T09:00:00Z",
        "ended_at": "2024-01-01T09:20:00Z",
        "direction": "sent",
    }
    held = {
        "number": LINE,
        "first_seen_at": "2024-01-01T09:00:00Z",
        "last_seen_at": "2024-01-01T09:20:00Z",
        "succeeds": None,
    }
    timeline = draw([held], [flare])
    assert timeline is not None
    (row,) = timeline.rows
    (bar,) = row.bars
    (mark,) = row.marks
    assert LEFT <= bar[0] <= mark.x <= bar[0] + bar[1] <= RIGHT


async def test_a_number_that_came_back_is_the_latest_and_its_arrow_leads_to_its_return() -> None:
    report = await whole_report()
    (line,) = [line for line in report["lines"] if LINE in {held["number"] for held in line["numbers"]}]
    labels = {device["device_id"]: device["device_id"] for device in report["devices"]}
    first, second = line["numbers"]
    assert (first["number"], second["succeeds"]) == (LINE, LINE)
    first |= {"succeeds": NEXT, "last_seen_at": "2024-03-01T00:00:00.000Z"}
    (view,) = [view for view in line_views(report, labels) if view.line is line]
    assert [held["number"] for held in view.latest] == [LINE]
    assert view.timeline is not None
    (back,) = [arrow for arrow in view.timeline.arrows if arrow.y1 > arrow.y2]
    assert back.x1 == back.x2, "it leads up from where the other number ended"


def test_a_broadcast_on_ten_phones_is_one_and_the_phones_are_said() -> None:
    def seen(phone: int, hour: str, direction: str = "received") -> dict[str, Any]:
        at = f"2024-01-02T{hour}:00:00.000Z"
        return {**FLARE, "flare_id": f"fl-{phone}-{hour}", "device_id": f"dv-{phone}", "direction": direction,
                "sender": LINE, "started_at": at, "ended_at": at}  # fmt: skip

    flares = [*(seen(phone, "10") for phone in range(10)), seen(3, "18"), seen(11, "10", "sent")]
    drawing = draw([], flares)
    assert drawing is not None
    (row,) = drawing.rows
    assert [mark.title for mark in row.marks] == [
        "2024-01-02: 2 broadcasts received on 10 phones",
        "2024-01-02: 1 broadcast sent",
    ]
    assert broadcast_counts(flares) == {"ln-1": 2}


def test_a_phone_whose_clock_was_wrong_counts_at_the_broadcast_that_it_got_with_the_others() -> None:
    """As in the table of broadcasts; where no other phone shows one, it is not known when that was."""

    def seen(phone: int, at: str, shift: int = 0) -> dict[str, Any]:
        return {**FLARE, "flare_id": f"fl-{phone}-{at}", "device_id": f"dv-{phone}", "direction": "received",
                "sender": LINE, "started_at": at, "ended_at": at, "clock_shift_seconds": shift}  # fmt: skip

    behind, alone = seen(3, "2024-01-03T15:00:00.000Z", -29 * 3600), seen(3, "2024-01-09T15:00:00.000Z", -29 * 3600)
    flares = [*(seen(phone, "2024-01-02T10:00:00.000Z") for phone in range(3)), behind, alone]
    kept = with_dated_copies(flares)
    assert kept == [*flares[:3], behind]
    assert [len(row.received_on) for row in broadcasts_of(kept)] == [4]
    drawing = draw([], kept, ["HW/7", "HW/8"])
    assert drawing is not None
    (row,) = drawing.rows
    assert [mark.title for mark in row.marks] == ["2024-01-02: 1 broadcast received on 4 phones"]
    assert drawing.note == (
        "2 phones that received adverts are not among those of any broadcast, for want of a time: HW/7, HW/8"
    )


def test_a_sender_that_a_phone_shows_by_a_name_is_no_number_of_the_timeline() -> None:
    flare = {**FLARE, "sender": "him", "direction": "received", "started_at": "2024-01-02T10:00:00.000Z",
             "ended_at": "2024-01-02T10:00:00.000Z"}  # fmt: skip
    drawing = draw([], [flare, {**flare, "sender": "+447700900001"}])
    assert drawing is not None
    assert [(row.label, row.note) for row in drawing.rows] == [
        ("+447700900001", "not counted as the line's"), ("“him”", "shown by a name, number not shown"),
    ]  # fmt: skip


def test_a_graph_that_no_eye_can_follow_is_not_drawn() -> None:
    def line_of(phones: int, numbers: int) -> dict[str, Any]:
        held = [f"+44770090000{place}" for place in range(numbers)]
        return {
            "name": "Rico",
            "numbers": [{"number": key, "first_seen_at": f"2024-01-0{place + 1}", "succeeds": None,
                    "announcements": []}
                        for place, key in enumerate(held)],
            "devices": [{"device_id": f"dv-{place}", "relation": "received_adverts", "numbers": held}
                        for place in range(phones)],
        }  # fmt: skip

    labels = {f"dv-{place}": f"A/{place}" for place in range(30)}
    assert line_graph(line_of(6, 7), labels) is None
    drawn = line_graph(line_of(20, 1), labels)
    assert drawn is not None
    phones = [box for box in drawn.boxes if box.kind in {"phone", "more"}]
    assert (len(phones), len({box.y for box in phones})) == (8, 1)
    assert phones[-1].label == "and 13 more"


def test_of_many_ties_those_of_one_to_one_traffic_are_left_out_and_that_is_said() -> None:
    held = [number(place) for place in range(3)]
    numbers = [{"number": key, "first_seen_at": f"2024-01-0{place + 1}", "succeeds": None,
                    "announcements": []}
               for place, key in enumerate(held)]  # fmt: skip
    labels = {f"dv-{place}": f"A/{place}" for place in range(30)}

    def rows(relation: str, places: range) -> list[dict[str, Any]]:
        return [{"device_id": f"dv-{place}", "relation": relation, "numbers": held} for place in places]

    line = {"name": "Dutch", "numbers": numbers}
    few = line_graph(
        {**line, "devices": rows("received_adverts", range(6)) + rows("contact_of_line", range(6, 8))}, labels
    )
    assert few is not None
    assert {tie.kind for tie in few.ties} == {"adverts"}
    assert {box.label for box in few.boxes if box.kind == "phone"} == {f"A/{place}" for place in range(6)}
    assert few.note.startswith("One-to-one texts and calls are not drawn")
    whole = line_graph({**line, "devices": rows("received_adverts", range(8))}, labels)
    assert whole is not None
    assert (len(whole.ties), whole.note) == (24, "")
    small = line_graph({**line, "devices": rows("contact_of_line", range(2))}, labels)
    assert small is not None
    assert (len(small.ties), small.note) == (6, "")


@pytest.mark.parametrize(("kind", "title", "width", "words"), [
    ("line", "Kay (saved name)", 115.0, ("Kay", "saved name")),
    ("line", "Dutch (1 of 2)", 115.0, ("Dutch", "1 of 2")),
    ("line", "Marley Two Coats and", 90.0, ("Marl...and", "")),
    ("phone", "LIVERPOOL/2024/000117/A", 150.0, ("LIVERPOO...00117/A", "")),
    ("phone", "LIVERPOOL/2024/000117/B", 150.0, ("LIVERPOO...00117/B", "")),
    ("phone", "A/1 (case OP LARCH)", 90.0, ("A/1", "OP LARCH")),
    ("number", "+447700900260", 115.0, ("+447700900260", "")),
    ("number", "Telegram account 5000017528", 150.0, ("5000017528", "Telegram account")),
])  # fmt: skip
def test_words_fit_into_their_box(kind: str, title: str, width: float, words: tuple[str, str]) -> None:
    assert Box(0.0, 0.0, width, kind, title, title).words == words


def test_a_label_that_is_cut_twice_has_its_end() -> None:
    title = "LIVERPOOL/2024/000117/A"
    for width in (60.0, 90.0, 120.0, 150.0):
        first, _ = Box(0.0, 0.0, width, "phone", short(title), title).words
        assert first.endswith("/A")
        assert first == short(title, width)


def test_whoever_points_at_a_word_that_is_cut_sees_the_name_in_full() -> None:
    titles = ("LIVERPOOL/2024/000117/A", "A/1")
    boxes = tuple(Box(0.0, 0.0, 150.0, "phone", short(title), title) for title in titles)
    parts = _environment().get_template("parts.html").module
    drawn = html.fromstring(str(parts.graph(Drawing(40.0, boxes, ()), "words")))  # type: ignore[attr-defined]
    (cut,) = drawn.findall("g")
    assert (cut.findtext("title"), cut.findtext("text")) == (titles[0], "LIVERPOO...00117/A")
    assert [word.text for word in drawn.findall("text")] == ["A/1"]


async def test_a_change_of_number_in_a_chart_counts_the_messages_that_announce_it() -> None:
    (edge,) = [edge for edge in chart_of(await whole_report()).edges if edge.kind == "took_over"]
    assert edge.values["record_count"] == 2
    assert "the other two types state no dates" in LINK_COLUMNS["Date"]
    assert "of the other types see Record IDs" in LINK_COLUMNS["Records"]
