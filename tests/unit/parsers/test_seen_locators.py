"""Locators: every record gets an id of its own, the same in every reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parsers.records import ids
from parsers.seen_locators import SeenLocators, source_id
from tests.unit.parsers.made_records import SHA256, message


def read(locators: list[str]) -> list[tuple[str, str]]:
    seen = SeenLocators(SHA256)
    records = [seen.unique(message(locator)) for locator in locators]
    return [(record.source.locator, record.record_id) for record in records]


def test_the_first_keeps_its_id_and_a_repeat_gets_its_place() -> None:
    found = read(["model A", "model B", "model A", "model A"])
    assert [locator for locator, _ in found] == ["model A", "model B", "model A #2", "model A #3"]
    assert found[2][1] == ids.record_id(SHA256, "report.xml", "message", "model A #2")


def test_a_locator_that_looks_like_a_repeat_takes_no_ones_id() -> None:
    found = read(["model A", "model A #2", "model A"])
    assert len({record_id for _, record_id in found}) == 3


@given(st.lists(st.sampled_from(["model A", "model B", "model A #1", "model A #2", "model A in chat C"]), max_size=12))
def test_ids_are_unique_and_the_same_again(locators: list[str]) -> None:
    found = read(locators)
    assert len({record_id for _, record_id in found}) == len(locators)
    assert read(locators) == found


def test_the_sources_own_id_is_what_stands_before_chat_and_place() -> None:
    assert source_id("model A in chat C") == "model A"
    assert source_id("model A #17") == "model A"
    assert source_id("model A in chat C #17") == "model A"
    assert source_id("model #A") == "model #A"
    assert source_id("kb:message-a #kb:message-b") == source_id("kb:message-a #kb:message-b #17") == "kb:message-a"
