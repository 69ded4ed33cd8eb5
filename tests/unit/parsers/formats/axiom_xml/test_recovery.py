"""Behind a malformed place an export is read on: each hit once, of its own artifact, and the gap is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.reading import ReadResult
from parsers.records.facts import Call, Contact, Message
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

SHARED = {"Source": "mmssms.db", "Recovery Method": "Parsing", "Evidence number": "HW/7"}
ARTIFACTS = {
    "Android SMS/MMS": [{"Partner": "07700 900456", "Message": f"id{n}", "Status": "Read"} for n in range(5)],
    "Android Call Logs": [{"Partner": "07700 900456", "Duration": "7", "Call Type": f"id{n}"} for n in range(5, 9)],
    "Android Contacts": [{"Name": f"id{n}", "Phone Number(s)": "07700 900456"} for n in range(9, 12)],
}


def export(*, has_sections: bool, is_compact: bool) -> bytes:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<Artifacts>"]
    for name, rows in ARTIFACTS.items():
        lines += [f'  <Artifact name="{name}">', "    <Hits>"]
        for row in rows:
            values = ((key, f"<![CDATA[{text}]]>" if has_sections else text) for key, text in {**row, **SHARED}.items())
            lines += ["      <Hit>", *(f'        <Fragment name="{key}">{text}</Fragment>' for key, text in values)]
            lines.append("      </Hit>")
        lines += ["    </Hits>", "  </Artifact>"]
    lines.append("</Artifacts>")
    return "".join(line.strip() for line in lines).encode() if is_compact else "\n".join([*lines, ""]).encode()


FORMS = [export(has_sections=sections, is_compact=tight) for sections in (False, True) for tight in (False, True)]


def read(tmp_path: Path, content: bytes) -> ReadResult:
    path = tmp_path / "HW7 Export.xml"
    path.write_bytes(content)
    result = read_path(path)
    assert all(row.is_balanced for rows in result.tally.values() for row in rows.values())
    return result


def told(result: ReadResult) -> dict[str, list[int]]:
    """Numbers of the hits by what they were read as."""
    found: dict[str, list[int]] = {}
    for record in result.records:
        for number in set(re.findall(r"id([0-9]+)", str(record))):
            found.setdefault(record.kind, []).append(int(number))
    return found


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.integers(0, 3),
    place=st.floats(0, 1),
    damage=st.sampled_from(["flip", "lost", "put", "zeros"]),
    octet=st.integers(0, 7),
    put=st.sampled_from([b"<", b">", b'"', b"&", b"x", b"</Hit>"]),
)
def test_every_hit_that_no_damage_touches_is_read_once(
    tmp_path: Path, form: int, place: float, damage: str, octet: int, put: bytes
) -> None:
    content = FORMS[form]
    # What stands before tells the format, and what the hits of an artifact are called.
    first = content.index(b"</Hit>")
    at = first + int(place * (len(content) - first - len("</Hits></Artifact></Artifacts>") - 8))
    end = at + {"put": 0, "zeros": 64}.get(damage, 1)
    new = {"flip": bytes((content[at] ^ 1 << octet,)), "put": put, "zeros": bytes(end - at), "lost": b""}[damage]
    result = read(tmp_path, content[:at] + new + content[end:])
    assert not {"reader_failed", "tally_differs"} & codes_of(result).keys()
    if re.search(rb'name="[^"]*$|id[0-9]*$', content[:at]) or re.match(rb"[^<>]*\"", content[at : end + 40]):
        return
    if any(tag.start() < end and at < tag.end() for tag in re.finditer(rb"<Artifact [^>]*>", content)):
        return  # what its hits are called is gone with it
    found = told(result)
    for hit in re.finditer(rb"<Hit>.*?</Hit>", content, re.DOTALL):
        number = int(re.search(rb"id([0-9]+)", hit[0])[1])  # type: ignore[index]
        if hit.end() <= at or hit.start() >= end:
            kinds = [kind for kind, numbers in found.items() if number in numbers]
            wanted = ["message" if number < 5 else "call" if number < 9 else "contact"]
            is_named = {"element_unreadable", "element_not_read"} & codes_of(result).keys()
            # What a value has swallowed that cannot be taken out of it is counted, and is text of another hit.
            is_swallowed = any("other:Hit in a value" in rows for rows in result.tally.values())
            assert kinds == wanted or (is_named and (not kinds or is_swallowed)), (number, kinds)


def test_a_gap_is_told_with_its_place(tmp_path: Path) -> None:
    content = FORMS[0].replace(b'<Fragment name="Message">id2', b'<Fragment name=Message">id2')
    result = read(tmp_path, content)
    assert told(result)["message"] == [0, 1, 3, 4]
    assert codes_of(result) == {"stretch_malformed": 1, "element_unreadable": 1, "direction_untold": 4}
    gap = next(notice for notice in result.notices if notice.code == "stretch_malformed")
    offset, length = map(int, re.findall(r"[0-9]+", gap.first_locator or ""))
    assert content[offset:].startswith(b"<Fragment name=Message")
    assert content[offset + length :].startswith(b"<Hit>")
    assert (len(of_kind(result, Call)), len(of_kind(result, Contact))) == (4, 3)


def test_a_hit_behind_a_lost_start_of_an_artifact_is_not_taken_for_one_of_another(tmp_path: Path) -> None:
    begin, end = FORMS[0].index(b"</Hit>\n    </Hits>"), FORMS[0].index(b'"Android Call Logs"')
    result = read(tmp_path, FORMS[0][:begin] + b"\0" * (end - begin) + FORMS[0][end:])
    assert told(result).get("message") == [0, 1, 2, 3]
    assert len(of_kind(result, Message)) == 4
    assert codes_of(result)["element_unreadable"] >= 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_file_with_much_damage(tmp_path: Path, encoding: str) -> None:
    rows = "".join(
        f'<Hit><Fragment name="Partner">07700 900456</Fragment><Fragment name="Message">id{n}{"<" * (n % 50 == 7)}'
        "</Fragment></Hit>\n"
        for n in range(4_000)
    )
    content = f'<Artifacts><Artifact name="Android SMS/MMS"><Hits>{rows}</Hits></Artifact></Artifacts>'
    result = read(tmp_path, content.encode(encoding))
    assert len(of_kind(result, Message)) == 3_920
    assert codes_of(result) == {"stretch_malformed": 80, "element_unreadable": 80, "direction_untold": 3_920}
