"""Of which lines the messages of a wording are; what no line uses has a name, and no line's."""

from __future__ import annotations

from typing import Any

from search.reports.frames import with_neutral_slots
from search.reports.wording_shares import wording_shares

TITLES = {"ln-1": "Rico", "ln-2": "Jay"}


def template(count: int, *line_ids: str) -> dict[str, Any]:
    return {"template_id": "t-1", "message_count": count, "line_ids": list(line_ids)}


def line(line_id: str, count: int) -> dict[str, Any]:
    return {"line_id": line_id, "wordings": [{"template_id": "t-1", "message_count": count}]}


def shares(held: dict[str, Any], *lines: dict[str, Any]) -> str:
    return wording_shares([held], lines, TITLES)["t-1"]


def test_messages_of_nobody_in_a_wording_of_a_line_are_counted_apart() -> None:
    assert shares(template(282, "ln-1"), line("ln-1", 266)) == "266 of line Rico, 16 counted as no line's"
    both = shares(template(30, "ln-1", "ln-2"), line("ln-1", 10), line("ln-2", 12))
    assert both == "10 of line Rico, 12 of line Jay, 8 counted as no line's"


def test_a_wording_that_is_a_lines_alone_has_no_counts() -> None:
    assert shares(template(20, "ln-1"), line("ln-1", 20)) == "line Rico"
    assert shares(template(20), line("ln-1", 20)) == "no line's"


def test_a_share_that_is_not_known_leaves_nothing_to_tell_of_the_rest() -> None:
    assert shares(template(20, "ln-1", "ln-2"), line("ln-1", 12)) == "line Rico, Jay"
    assert shares(template(20, "ln-1", "ln-2"), line("ln-1", 20), line("ln-2", 20)) == "line Rico, Jay"
    assert shares(template(20, "ln-9"), line("ln-9", 12)) == "no line's"


def test_who_signs_a_wording_of_no_line_has_a_name() -> None:
    held = {"text": "{line} deal {deal}", "slots": [{"name": "line", "values": []}, {"name": "deal", "values": []}]}
    shown = with_neutral_slots({**held, "line_ids": []})
    assert (shown["text"], [slot["name"] for slot in shown["slots"]]) == ("{name} deal {deal}", ["name", "deal"])
    assert with_neutral_slots({**held, "line_ids": ["ln-1"]})["text"] == "{line} deal {deal}"
