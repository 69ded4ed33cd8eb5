"""Damage to markup costs the hits that it lies in: what it swallowed is read, or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.outcome import ReadState
from parsers.records.facts import Message
from tests.unit.parsers.formats.axiom_xml.test_axiom_xml import hits
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path


def sectioned(path: Path, *values: dict[str, str]) -> str:
    """Return an export as AXIOM writes it, with its values in CDATA sections."""
    sections = [{name: f"<![CDATA[{text}]]>" for name, text in each.items()} for each in values]
    hits(path, *sections)
    return path.read_text(encoding="utf-8")


THREE = tuple({"Partner": "07700 900456", "Message": f"u about {number}", "Status": "Read"} for number in range(3))


@pytest.mark.parametrize("end", ["]^>", "^]>", "]]^", "]>", "]]", "]\n>"])
@pytest.mark.parametrize("value", ["u about 0", "Read"])
def test_a_hit_that_the_damaged_end_of_a_section_swallowed_is_read(tmp_path: Path, end: str, value: str) -> None:
    path = tmp_path / "a.xml"
    written = sectioned(path, *THREE)
    path.write_text(written.replace(f"{value}]]>", f"{value}{end}", 1), encoding="utf-8")
    result = read_path(path)
    bodies = [message.body for message in of_kind(result, Message)]
    assert bodies[1:] == ["u about 1", "u about 2"]
    assert (bodies[0] or "").removesuffix("^") == "u about 0"
    # What is left of a status may say nothing of a direction.
    assert codes_of(result) | {"direction_unreadable": 1} == {"markup_broken": 1, "direction_unreadable": 1}
    assert result.state is ReadState.PARTIAL or result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_hit_behind_a_swallowed_tag_of_an_artifact_is_of_that_artifact(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    written = sectioned(path, {"Message": "one", "Status": "Read"})
    other = '</Hits></Artifact><Artifact name="Android Call Logs"><Hits>'
    call = '<Hit><Fragment name="Partner"><![CDATA[07700 900456]]></Fragment></Hit>'
    written = written.replace("Read]]>", "Read]]^").replace("</Hits>", f"{other}{call}{call}</Hits>", 1)
    path.write_text(written, encoding="utf-8")
    result = read_path(path)
    assert [record.source.locator for record in result.records] == [
        "Android SMS/MMS 1",
        "Android Call Logs 1",
        "Android Call Logs 2",
    ]
    assert codes_of(result) == {"markup_broken": 1, "direction_untold": 2}


def test_a_hit_that_a_value_swallowed_and_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    written = sectioned(path, *THREE)
    path.write_text(written.replace("Read]]>", "Re", 1), encoding="utf-8")
    result = read_path(path)
    assert [message.body for message in of_kind(result, Message)] == ["u about 0", "u about 2"]
    # Of the status that swallowed it a piece is left, which says nothing of a direction.
    assert codes_of(result) == {"markup_broken": 1, "element_unreadable": 1, "direction_unreadable": 1}
    rows = next(iter(result.tally.values()))
    assert rows["other:Hit in a value"].noticed == 1


def test_markup_that_a_text_may_hold_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    page = "<script><![CDATA[ a ]]]]><![CDATA[> </script></Hit><Hit>"
    path.write_text(sectioned(path, {"Message": page}, {"Message": "]^> </Fragment> two"}), encoding="utf-8")
    result = read_path(path)
    assert [message.body for message in of_kind(result, Message)] == [
        "<script><![CDATA[ a ]]> </script></Hit><Hit>",
        "]^> </Fragment> two",
    ]
    assert codes_of(result) == {}
