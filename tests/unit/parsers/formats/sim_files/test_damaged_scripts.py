"""Scripts of a card's files that lost line ends, or whose records are cut."""

from __future__ import annotations

import re

import pytest

from parsers.reading import ReadResult
from tests.fakes.deliveries import bodies_of, codes_of, contacts_of, is_balanced, read_content
from tests.fakes.golden import FIXTURES

SCRIPT = (FIXTURES / "sim_files" / "card.script").read_text(encoding="utf-8")
WHOLE = read_content(SCRIPT, name="card.script")


def read(script: str) -> ReadResult:
    return read_content(script, name="card.script")


@pytest.mark.parametrize(
    ("lost", "left"),
    [
        ("\nupdate_record", "update_record"),
        ("\nupdate", " update"),
        ("\n#", "#"),
        ("\nselect", "select"),
        ("\n", " "),
        ("\n", ""),
    ],
)
def test_commands_on_one_line_are_each_read(lost: str, left: str) -> None:
    result = read(SCRIPT.replace(lost, left))
    assert [record.record_id[:2] for record in result.records] == [record.record_id[:2] for record in WHOLE.records]
    assert bodies_of(result) == bodies_of(WHOLE)
    assert [contact.numbers for contact in contacts_of(result)] == [contact.numbers for contact in contacts_of(WHOLE)]
    assert {"element_unreadable", "element_not_read"}.isdisjoint(codes_of(result))


@pytest.mark.parametrize("digits", [60, 61, 62, 63])
def test_of_a_text_that_is_cut_the_rest_is_read_and_said_to_be_cut(digits: int) -> None:
    last = list(re.finditer(r"update_record \d+ (07[0-9a-f]{300,})", SCRIPT))[-1]
    result = read(SCRIPT[: last.start(1) + digits])
    assert len(bodies_of(result)) == len(bodies_of(WHOLE))
    assert (bodies_of(WHOLE)[-1] or "").startswith((bodies_of(result)[-1] or "x").rstrip("\ufffd"))
    assert codes_of(result)["body_truncated"] == 1
    assert is_balanced(result)


@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("lost", [1, 2, 40])
def test_a_file_that_ends_in_the_filling_of_a_text_was_cut_off(place: int, lost: int) -> None:
    record = list(re.finditer(r"update_record \d+ (0[0-9a-f]{351})\n", SCRIPT))[place]
    whole = read(SCRIPT[: record.end()])
    result = read(SCRIPT[: record.end(1) - lost])
    assert bodies_of(result) == bodies_of(whole)
    assert codes_of(result) == {**codes_of(whole), "input_truncated": 1}
    assert codes_of(read(SCRIPT[: record.end(1)])) == {**codes_of(whole), "end_unmarked": 1}


@pytest.mark.parametrize("cut", [1, 2, 7, 12])
def test_a_number_whose_record_is_cut_is_no_number(cut: int) -> None:
    """It stands at the end of its record: a shorter one would give other digits."""
    records = [
        (name.ljust(18, b"\xff") + bytes.fromhex("079144770009") + last + b"\xff" * 6).hex()
        for name, last in ((b"Zaro", b"\x10\x32"), (b"Jay", b"\x10\x33"))
    ]
    lines = ["select MF/DF.TELECOM/EF.ADN", f"update_record 1 {records[0]}", f"update_record 2 {records[1][:-cut]}", ""]
    result = read("\n".join(lines))
    assert len(contacts_of(result)) == 1
    assert codes_of(result)["element_unreadable"] == 1
