"""A mapping in the sidecar: what it states is read, and what does not fit is refused with the reason."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ingest.demo.writers.table import write_table_workbook
from parsers.contract import Limits, Sidecar
from parsers.errors import InputRefused
from parsers.mapping_proposal import propose, render
from parsers.records.facts import Direction
from parsers.sidecar import read_sidecar
from parsers.table_mapping import TableMapping, read_mappings
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_file, read_text, report

UNKNOWN = (
    "alpha,beta,gamma,delta\n03/04/2024 10:00,1,07700900123,hello you\n03/04/2024 10:01,2,07700900123,hello yourself\n"
)


def mapping(**more: object) -> TableMapping:
    columns = {"time": ["alpha"], "direction": ["beta"], "number": ["Gamma"], "body": ["delta"]}
    stated = {"kind": "message", "service": "sms", "columns": columns, "date_order": "day_first"}
    stated |= {"values": {"direction": {"1": "incoming", "2": "outgoing"}}}
    return read_mappings([stated | more])[0]


def test_a_mapping_says_what_the_columns_hold(tmp_path: Path) -> None:
    result = read_text(tmp_path, UNKNOWN, name="x.dat", sidecar=Sidecar(table=(mapping(),)))
    found = messages_of(result)
    assert [message.direction for message in found] == [Direction.INCOMING, Direction.OUTGOING]
    assert [message.body for message in found] == ["hello you", "hello yourself"]
    assert found[0].time.utc == "2024-04-03T09:00:00.000Z"
    assert found[0].service == "sms"
    assert found[0].extra == (("beta", "1"),)
    assert codes_of(result) == {"zone_assumed": 2}


def test_a_table_without_headings_is_mapped_by_letters(tmp_path: Path) -> None:
    columns = {"time": ["A"], "direction": ["b"], "number": ["C"], "body": ["D"]}
    headless = UNKNOWN.split("\n", 1)[1]
    result = read_text(tmp_path, headless, sidecar=Sidecar(table=(mapping(header_row=0, columns=columns),)))
    assert [message.source.locator for message in messages_of(result)] == ["row 1", "row 2"]
    assert [message.body for message in messages_of(result)] == ["hello you", "hello yourself"]


def test_day_and_time_are_joined_in_the_order_that_is_stated(tmp_path: Path) -> None:
    content = "clock,day,who,said\n16:49:42,14/09/2023,07700900123,hi\n"
    columns = {"time": ["day", "clock"], "number": "who", "body": ["said"]}
    (message,) = messages_of(read_text(tmp_path, content, sidecar=Sidecar(table=(mapping(columns=columns),))))
    assert message.time.raw == "14/09/2023 16:49:42"


def test_a_mapping_is_over_headings_that_are_known(tmp_path: Path) -> None:
    content = "Time,Number,Message,Text\n2024-01-02 10:00:00,07700900123,not this,this\n"
    columns = {"time": ["Time"], "number": ["Number"], "body": ["Text"]}
    (message,) = messages_of(read_text(tmp_path, content, sidecar=Sidecar(table=(mapping(columns=columns),))))
    assert message.body == "this"
    assert message.extra == (("Message", "not this"),)


def test_one_sheet_of_a_workbook_is_mapped_and_the_others_are_read_by_their_headings(tmp_path: Path) -> None:
    path = write_table_workbook(tmp_path / "HW7.xlsx", report().holdings[0])
    columns = {"time": ["Date/Time"], "number": ["Number"], "body": ["Status"]}
    stated = mapping(sheet="Texts", columns=columns, header_row=1)
    result = read_file(path, sidecar=Sidecar(table=(stated,)))
    assert {message.body for message in messages_of(result)} == {"Read", "Sent"}
    assert len(calls_of(result)) == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"columns": {"time": ["omega"], "body": ["delta"]}}, "has no row with the headings"),
        ({"columns": {"time": ["omega"], "body": ["delta"]}, "header_row": 1}, "has no column 'omega' in row 1"),
        ({"header_row": 9}, "has no row with the headings"),
        ({"sheet": "Sheet9"}, "there is no sheet 'Sheet9'"),
        ({"header_row": 0}, "has no headings; 'alpha' is no letter of a column"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path, more: dict[str, object], said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_text(tmp_path, UNKNOWN, sidecar=Sidecar(table=(mapping(**more),)))
    assert refused.value.code == "mapping_refused"
    assert said in str(refused.value.subject)
    assert "07700900123" not in str(refused.value.subject)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("table = 3", "table 1 is no section"),
        ("[[table]]\nkind = 'message'", "has no columns"),
        ("[[table]]\nkind = 'letter'\n[table.columns]\nbody = ['x']", "kind is none of"),
        ("[[table]]\nkind = 'message'\nfoo = 1\n[table.columns]\nbody = ['x']", "holds a key that is not known"),
        ("[[table]]\nkind = 'message'\n[table.columns]\nletter = ['x']", "holds a field that is not known"),
        ("[[table]]\nkind = 'message'\n[table.columns]\nbody = [1]", "columns.body is no list of headings"),
        ("[[table]]\nkind = 'message'\nheader_row = true\n[table.columns]\nbody = ['x']", "header_row is no number"),
        ("[[table]]\nkind = 'message'\ndate_order = 'x'\n[table.columns]\nbody = ['x']", "date_order is neither"),
        (
            "[[table]]\nkind = 'message'\ntime_zone = 'Mars'\n[table.columns]\nbody = ['x']",
            "time_zone is not a time zone",
        ),
        (
            "[[table]]\nkind = 'message'\n[table.columns]\nbody = ['x']\n[table.values.body]\na = 'b'",
            "another field than",
        ),
        (
            "[[table]]\nkind = 'message'\n[table.columns]\nbody = ['x']\n[table.values.type]\na = 'b'",
            "none of incoming",
        ),
    ],
)
def test_a_section_that_cannot_be_used_is_refused(tmp_path: Path, section: str, said: str) -> None:
    path = tmp_path / "x.trapline.toml"
    path.write_text(f'case_ref = "OP HAZEL"\n{section}\n')
    with pytest.raises(InputRefused) as refused:
        read_sidecar(path, "GB")
    assert refused.value.code == "sidecar_refused"
    assert said in str(refused.value.subject)


@pytest.mark.parametrize(
    "content",
    [
        UNKNOWN,
        UNKNOWN.split("\n", 1)[1],
        "Time,Number,Message\n2024-01-02 10:00:00,07700900123,hi\n",
        "Time,Number,Message,=1\x7f\n2024-01-02 10:00:00,07700900123,hi,no\n",
    ],
)
def test_what_is_proposed_can_be_used_as_it_stands(tmp_path: Path, content: str) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(content)
    text = render(propose(path, Limits()))
    stated = read_mappings(tomllib.loads(text)["table"])
    result = read_file(path, sidecar=Sidecar(table=stated))
    assert next(message.body for message in messages_of(result)) in {"hello you", "hi"}
    assert all(message.to or message.from_party for message in messages_of(result))


def test_a_proposal_says_what_it_could_not_tell(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(UNKNOWN)
    (table,) = propose(path, Limits())
    assert not table.is_known
    assert table.date_order == "not told"
    assert "state date_order" in render([table])
    assert [(column.letter, column.heading, column.field) for column in table.columns] == [
        ("A", "alpha", "time"),
        ("B", "beta", None),
        ("C", "gamma", "number"),
        ("D", "delta", "body"),
    ]


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (
            ("Seq,When sent,Their number,What was said,Way\n1,14/09/2023 16:49,07700 900123,u about,IN\n"
            "2,14/09/2023 16:50,07700 900124,yes mate,OUT\n"),
            [None, "time", "number", "body", "direction"],
        ),
        ("1;2023-09-14 16:49;+447700900123;in;hello\n2;2023-09-14 16:51;+447700900123;out;there\n",
         [None, "time", "number", "direction", "body"]),
        ("Jour J,Heure H,Qui,Mots\n14/09/2023,16:49,07700900123,salut\n15/09/2023,17:05,07700900123,ok\n",
         ["time", "time", "number", "body"]),
        ("Date,Zeit A,Wer,Worte\n14/09/2023,16:49,07700900123,hallo du\n", ["time", "time", "number", "body"]),
        (("Data,Ora,Chi,Parole\n14.09.2023,16:49:42(UTC+1),07700900123,ci sei\n"
          "15.09.2023,00:05:10 (UTC+1),07700900123,ok\n"),
         ["time", "time", "number", "body"]),
        ("Wann,Wer,Was,R\n14.09.2023 16:49:00,07700900123,on way,<-\n14.09.2023 16:50:00,07700900123,ok m8,->\n",
         ["time", "number", "body", None]),
    ],
)  # fmt: skip
def test_a_proposal_by_the_cells(tmp_path: Path, content: str, fields: list[str | None]) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content)
    (table,) = propose(path, Limits())
    assert [column.field for column in table.columns] == fields


def test_two_sides_and_a_time_are_proposed_as_records(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(
        "Originating MSISDN,Terminating MSISDN,Event Start,Cell\n447700900123,447700900124,14/09/2023 16:33,x\n"
    )
    (table,) = propose(path, Limits())
    assert [column.field for column in table.columns][:3] == ["from", "to", "time"]
    assert table.mapping is not None


def test_headings_of_any_text_survive_the_way_through_toml(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text('"al""pha\\ \u007f",Number,"Mess\nage"\n2024-01-02 10:00:00,07700900123,hi there you all\n')
    text = render(propose(path, Limits()))
    stated = read_mappings(tomllib.loads(text)["table"])
    assert stated[0].columns["time"] == ('al"pha\\ \u007f',)
    assert len(messages_of(read_file(path, sidecar=Sidecar(table=stated)))) == 1
