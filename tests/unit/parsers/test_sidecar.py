"""Sidecars: a statement is used, or refused with the key that is wrong; never dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.contract import EMPTY_SIDECAR, Sidecar
from parsers.errors import InputRefused
from parsers.sidecar import read_sidecar

WHOLE = """
case_ref = "OP TAMARISK"
exhibit_ref = "HW/7"
owner_number = "07700 900123"
imei = "35 209900 176148 1"
iccid = "8944110068162711902F"
make = "Nokia"
model = "105"
time_zone = "Europe/London"
date_order = "day_first"
legal_power = "PACE s19"
notes = '''
Seized with its charger.
\tScreen broken.'''
"""


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "handset.ufdr.trapline.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_whole_sidecar_is_read_as_it_is_written(tmp_path: Path) -> None:
    sidecar, notices = read_sidecar(written(tmp_path, WHOLE), "GB")
    assert notices == ()
    assert sidecar == Sidecar(
        case_ref="OP TAMARISK",
        exhibit_ref="HW/7",
        owner_number="07700 900123",
        imei="35 209900 176148 1",
        iccid="8944110068162711902F",
        make="Nokia",
        model="105",
        time_zone="Europe/London",
        date_order="day_first",
        legal_power="PACE s19",
        notes="Seized with its charger.\n\tScreen broken.",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", [("sidecar_blank", "anything")]),
        ("# nothing\n", [("sidecar_blank", "anything")]),
        (b"\xef\xbb\xbf", [("sidecar_blank", "anything")]),
        (
            'case_ref = ""\nexhibit_ref = "  "\n',
            [("sidecar_blank", "case_ref"), ("sidecar_blank", "exhibit_ref")],
        ),
    ],
)
def test_what_states_nothing_is_empty_and_noticed(
    tmp_path: Path, content: str | bytes, said: list[tuple[str, str | None]]
) -> None:
    sidecar, notices = read_sidecar(written(tmp_path, content), "GB")
    assert sidecar == EMPTY_SIDECAR
    assert [(notice.code, notice.subject) for notice in notices] == said


@pytest.mark.parametrize(
    ("imei", "is_doubted"),
    [("352099001761481", False), ("352099001761480", False), ("35209900176148", False), ("35 209900 176148 5", True)],
)
def test_a_check_digit_that_does_not_agree_is_noticed_and_the_number_used(
    tmp_path: Path, imei: str, *, is_doubted: bool
) -> None:
    sidecar, notices = read_sidecar(written(tmp_path, f'imei = "{imei}"'), "GB")
    assert sidecar.imei == imei
    assert [notice.code for notice in notices] == ["sidecar_check_digit"] * is_doubted


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "right/Europe/London", "Factory"])
def test_a_zone_that_is_no_place_is_refused(tmp_path: Path, zone: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_sidecar(written(tmp_path, f'time_zone = "{zone}"'), "GB")
    assert "IANA" in str(refused.value.subject)


@pytest.mark.parametrize("line", ["case_ref = OP", "case_ref = \u201cOP\u201d", 'case_ref: "OP"'])
def test_what_is_no_toml_is_refused_with_what_toml_wants(tmp_path: Path, line: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_sidecar(written(tmp_path, f'exhibit_ref = "HW/7"\n{line}\n'), "GB")
    assert str(refused.value.subject).startswith('line 2 is not TOML (write one statement a line: key = "value"')


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    sidecar, _ = read_sidecar(written(tmp_path, b'\xef\xbb\xbfcase_ref = "C1"\r\n'), "GB")
    assert sidecar.case_ref == "C1"


def test_unknown_keys_are_noticed_by_name(tmp_path: Path) -> None:
    long = "k" * 200
    sidecar, notices = read_sidecar(
        written(tmp_path, f'case_ref = "C1"\nexhibit = "HW/7"\n{long} = 1\n[officer]\nn = 1\n'), "GB"
    )
    assert sidecar == Sidecar(case_ref="C1")
    assert [notice.code for notice in notices] == ["sidecar_key_unknown"] * 3
    assert [notice.subject for notice in notices] == ["exhibit", "k" * 80 + "...", "officer"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("exhibit_ref = 7", "exhibit_ref"),
        ('imei = ["352099001761481"]', "imei"),
        ("imei = 352099001761481", "imei"),
        ("notes = 2020-05-18", "notes"),
        ('time_zone = "Europe/Lundon"', "time_zone"),
        ('time_zone = "Europe"', "time_zone"),
        ('time_zone = "../../etc/passwd"', "time_zone"),
        ('time_zone = "BST"', "time_zone"),
        ('date_order = "dmy"', "date_order"),
        ('owner_number = "Jay"', "owner_number"),
        ('owner_number = "60070"', "owner_number"),
        ('owner_number = "07700 90012"', "owner_number"),
        ('imei = "12345"', "imei"),
        ('imei = "000000000000000"', "imei"),
        ('iccid = "none"', "iccid"),
        ('case_ref = "A\\u0007B"', "case_ref"),
        ('exhibit_ref = "HW/7\\nHW/8"', "exhibit_ref"),
        ('exhibit_ref = "HW/7\\u202e"', "exhibit_ref"),
        ('case_ref = "C1"\nexhibit_ref = HW/7\n', "line 2"),
        ('case_ref = "C1"\ncase_ref = "C2"\n', "line 2"),
        (b"\xff\xfec\x00a\x00", "UTF-8"),
        (b"\x00\x01", "TOML"),
        ("x = " + "[" * 5_000, "TOML"),
        ("#" * 70_000, "64 KiB"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, content: str | bytes, named: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read_sidecar(written(tmp_path, content), "GB")
    assert caught.value.code == "sidecar_refused"
    assert named in (caught.value.subject or "")


def test_a_number_without_its_country_code_is_of_the_region(tmp_path: Path) -> None:
    ours, theirs = written(tmp_path, 'owner_number = "07700 900123"'), tmp_path / "fr.trapline.toml"
    theirs.write_text('owner_number = "01 99 00 12 34"')
    assert read_sidecar(ours, "GB")[0].owner_number == "07700 900123"
    assert read_sidecar(theirs, "FR")[0].owner_number == "01 99 00 12 34"
    for path, region in ((ours, "FR"), (theirs, "GB")):
        with pytest.raises(InputRefused, match="owner_number"):
            read_sidecar(path, region)


def test_a_refusal_repeats_no_value(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as caught:
        read_sidecar(written(tmp_path, 'owner_number = "Jay from number nine"'), "GB")
    assert "Jay" not in str(caught.value)


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_sidecar_or_refused(tmp_path: Path, content: bytes) -> None:
    codes = set()
    try:
        read_sidecar(written(tmp_path, content), "GB")
    except InputRefused as refused:
        codes.add(refused.code)
    assert codes <= {"sidecar_refused"}
