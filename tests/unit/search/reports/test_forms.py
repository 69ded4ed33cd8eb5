"""Each form of the report is read back by a reader of somebody else, and gives the same bytes for the same report."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any

import networkx as nx
import openpyxl
import pypdf
import pytest

from search.linkage.decisions import Decision, LineKey, SenderKey, Verdict
from search.reports.caveats import SCORE_CAVEAT
from search.reports.forms import ReportForm, rendered, rendered_files
from search.reports.news import news_of
from search.reports.page_text import grouped, with_zone
from search.reports.print_text import printable
from search.reports.render_i2 import ENTITY_COLUMNS, LINK_COLUMNS
from search.reports.table_columns import tables_of
from tests.unit.search.reports.made_report import (
    FORMULA,
    HOSTILE,
    LINE,
    NAME,
    NEXT,
    SINCE,
    decisions,
    phones,
    report_of,
    whole_report,
)

FORMS = list(ReportForm)
PRINTED = (
    "A phone sent a text, not a person",
    "Receipt of an advert shows receipt, not purchase.",
    "Page 1 of",
    "took over from",
    "Rejected by a person on 20 May 2024",
    "Confirmed by a person",
    "[U+202E]back[U+202C]",
    "[U+4F60][U+597D]",
    "[U+0000][U+0007]",
    "#panic()",
    "*bold*",
    "żółw 💊",
    NAME,
)


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("form", FORMS)
async def test_the_bytes_are_a_function_of_drops_decisions_and_since_whatever_the_order(form: ReportForm) -> None:
    one, other = await whole_report(), await whole_report(is_reversed=True)
    assert rendered(one, form) == rendered(other, form)


@pytest.mark.parametrize("form", FORMS)
async def test_an_empty_report_has_every_form(form: ReportForm) -> None:
    assert rendered(await report_of([]), form)


@pytest.mark.parametrize("form", [form for form in FORMS if form.has_several_files])
async def test_several_files_travel_as_a_zip_that_states_no_time(form: ReportForm) -> None:
    report = await whole_report()
    with zipfile.ZipFile(io.BytesIO(rendered(report, form))) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {name: archive.read(name) for name in archive.namelist()} == rendered_files(report, form)


async def test_csv_holds_every_item_of_the_data_and_no_cell_is_a_formula() -> None:
    report = await whole_report()
    files = rendered_files(report, ReportForm.CSV)
    for key in ("lines", "links", "rejected_links", "decisions", "flares", "templates", "devices", "extractions"):
        assert len(rows_of(files[f"{key}.csv"])) == len(report[key]) > 0, key
    cells = [cell for name in files for row in rows_of(files[name]) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]
    # telephone numbers, or a weight
    signed = re.compile(r"[+-][0-9 ]+(?:\.[0-9]+)?|\+[0-9]+(?:; \+[0-9]+)+")
    assert not [cell for cell in cells if cell.startswith(("+", "-")) and signed.fullmatch(cell) is None]
    assert f"'{FORMULA} 💊" in cells
    assert {row["number"] for row in rows_of(files["line_numbers.csv"])} >= {LINE, NEXT}


async def test_csv_says_why_a_line_is_one_and_what_a_new_decision_is_about() -> None:
    report = await whole_report()
    files = rendered_files(report, ReportForm.CSV)
    for line, row in zip(report["lines"], rows_of(files["lines.csv"]), strict=True):
        shown = {*row["rests_on"].lstrip("'").split("; "), *row["against"].lstrip("'").split("; ")} - {""}
        assert all(any(with_zone(held["sentence"]).startswith(part) for part in shown) for held in line["evidence"])
    decided = {row["id"]: row["called"] for row in rows_of(files["new.csv"]) if row["what"] == "decision"}
    assert decided == {"dc-1": "reject link: JB/1 and JB/2", "dc-2": "confirm line: Benny"}


async def test_csv_explains_its_columns_and_puts_the_caveat_at_the_score() -> None:
    files = rendered_files(await whole_report(), ReportForm.CSV)
    explained = {(row["table"], row["column"]): row["meaning"] for row in rows_of(files["columns.csv"])}
    assert "dtype=str" in explained.pop(("", ""))
    headings = {
        (name.removesuffix(".csv"), heading)
        for name, content in files.items()
        if name != "columns.csv"
        for heading in content.decode("utf-8-sig").splitlines()[0].split(",")
    }
    assert set(explained) == headings
    assert all(explained.values())
    assert explained["links", "score"] == SCORE_CAVEAT


async def test_csv_has_times_in_utc_and_uk_time() -> None:
    report = await whole_report()
    row = rows_of(rendered_files(report, ReportForm.CSV)["decisions.csv"])[0]
    assert (row["decided_utc"], row["decided_uk"]) == ("2024-05-20T10:00:00.000Z", "2024-05-20 11:00:00 BST")


async def test_a_workbook_has_a_sheet_a_table_with_the_same_cells_and_no_formula() -> None:
    report = await whole_report()
    book = openpyxl.load_workbook(io.BytesIO(rendered(report, ReportForm.XLSX)))
    tables = tables_of(report)
    assert book.sheetnames == [table.name for table in tables]
    for table in tables:
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == [column.heading for column in table.columns]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        read = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        assert len(read) == len(list(table.rows())) or not table.items
    notes = [row[0].value for row in book["decisions"].iter_rows(min_row=2, min_col=5, max_col=5)]
    assert f"{FORMULA} 💊" in notes
    caveat = next(cell.comment for cell in book["links"][1] if cell.value == "score")
    assert SCORE_CAVEAT in caveat.text


async def test_graphml_is_read_with_devices_numbers_lines_and_their_ties() -> None:
    report = await whole_report()
    graph = nx.read_graphml(io.BytesIO(rendered(report, ReportForm.GRAPHML)))
    kinds = nx.get_node_attributes(graph, "kind")
    assert sorted(key for key, kind in kinds.items() if kind == "device") == [
        f"device:{device['device_id']}" for device in report["devices"]
    ]
    assert {key for key, kind in kinds.items() if kind == "number"} >= {f"number:{LINE}", f"number:{NEXT}"}
    assert len([kind for kind in kinds.values() if kind == "line"]) == len(report["lines"]) > 0
    edges = list(graph.edges(data=True))
    assert [(a, b) for a, b, data in edges if data["kind"] == "took_over"] == [(f"number:{LINE}", f"number:{NEXT}")]
    links = {frozenset((a, b)): data for a, b, data in edges if data["kind"] == "link"}
    assert len(links) == len(report["links"]) > 0
    for link in report["links"]:
        data = links[frozenset((f"device:{link['a_device_id']}", f"device:{link['b_device_id']}"))]
        assert (data["score"], data["band"], data["directed"]) == (link["score"], link["band"], False)
    assert graph.graph["score_caveat"] == SCORE_CAVEAT


async def test_the_i2_pair_fits_together_and_shows_bands_and_no_score() -> None:
    report = await whole_report()
    files = rendered_files(report, ReportForm.I2)
    entities, links = rows_of(files["entities.csv"]), rows_of(files["links.csv"])
    assert list(entities[0]) == list(ENTITY_COLUMNS)
    assert list(links[0]) == list(LINK_COLUMNS)
    ids = [row["Entity ID"] for row in entities]
    assert len(set(ids)) == len(ids)
    assert {row[end] for row in links for end in ("From Entity ID", "To Entity ID")} <= set(ids)
    assert len({row["Link ID"] for row in links}) == len(links)
    assert {row["Link Type"] for row in links} == {
        "Relation to line", "Number of line", "Number followed by", "Linked phones",
    }  # fmt: skip
    assert {row["Band"] for row in links if row["Link Type"] == "Linked phones"} <= {"strong", "moderate", "weak"}
    assert "Score" not in LINK_COLUMNS
    dated = [row for row in links if row["Date"]]
    assert dated
    assert all(len(row["Date"]) == 10 and row["Date"][2] == row["Date"][5] == "/" for row in dated)
    assert len(rows_of(files["columns.csv"])) == len(ENTITY_COLUMNS) + len(LINK_COLUMNS) + 1


async def test_the_pdf_says_on_its_first_page_what_is_new_and_what_was_found_and_every_text_can_be_searched() -> None:
    report = await whole_report()
    content = rendered(report, ReportForm.PDF)
    pages = pages_of(content)
    assert pages[0].index("NEW BY WHAT WAS TAKEN IN OR DECIDED SINCE 1 MAY 2024") < pages[0].index("WHAT WAS FOUND")
    assert "+44 7700 900002" in pages[0]
    assert "UTC" in pages[0]
    assert "UK" in pages[0]
    every = " ".join(" ".join(pages).split())
    assert [words for words in PRINTED if words not in every] == []
    for link in report["links"]:
        assert str(link["score"]) not in every
        assert all(grouped(reason["sentence"].split(",")[0]) in every for reason in link["reasons"][:1])
    assert pypdf.PdfReader(io.BytesIO(content)).metadata["/CreationDate"] == "D:20240601120000Z"


async def test_a_long_word_breaks_on_paper_and_can_be_searched_for() -> None:
    held = phones()
    held[1].name = "EX/" + "A1" * 60
    report = await report_of(held)
    text = rendered(report, ReportForm.PDF)
    lines = [line for page in pages_of(text) for line in page.splitlines()]
    assert max(line.count("A1") for line in lines) < 60
    assert held[1].name in "".join("".join(lines).split())


async def test_the_pdf_shows_what_people_decided_as_the_page_does() -> None:
    held = phones()
    rejected = Decision(
        decision_id="dc-3", verdict=Verdict.REJECT, note="a takeaway", decided_at="2024-05-21T10:00:00.000Z",
        decided_by="dc 1234", lines=(LineKey(senders=(SenderKey(sender=NEXT),), label="Rico"),),
    )  # fmt: skip
    report = await report_of(held, (*decisions(held), rejected))
    report["new"] = news_of(await report_of(held), report, SINCE)
    (line,) = report["rejected_lines"]
    assert (line["numbers"], line["numbers_not_decided"]) == ([LINE, NEXT], [LINE])
    pages = pages_of(rendered(report, ReportForm.PDF))
    first, every = " ".join(pages[0].split()), " ".join(" ".join(pages).split())
    page = rendered(report, ReportForm.HTML).decode()
    assert "dc 1234 rejected the line Rico on 2024-05-21: it holds (dc-3)." in first
    assert "rejected by a person" in every
    assert "Rejected by a person on 21 May 2024 (dc 1234): a takeaway" in every
    assert "not named in the decision: +44 7700 900001" in every
    assert "not named in the decision" in page
    report = await whole_report()
    (link,) = report["rejected_links"]
    for shown in (rendered(report, ReportForm.HTML).decode(), "".join(pages_of(rendered(report, ReportForm.PDF)))):
        assert f"the evidence alone: {link['band']}" in shown


async def test_the_pdf_says_which_phone_has_to_do_with_which_line_and_that_days_are_in_utc() -> None:
    every = " ".join(" ".join(pages_of(rendered(await whole_report(), ReportForm.PDF))).split())
    assert "WHICH PHONE HAS TO DO WITH WHICH LINE" in every
    assert "S sent its adverts" in every
    assert "a day without a time is one in UTC" in every


async def test_the_pdf_has_nothing_that_runs_or_leads_outside() -> None:
    content = rendered(await whole_report(), ReportForm.PDF)
    for mark in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        assert mark not in content


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain £5", "plain £5"),
        ("👨\u200d👩 5️⃣", "👨\u200d👩 5️⃣"),
        ("a\u200db", "a[U+200D]b"),
        ("one\r\ntwo", "one \u23ce two"),
        ("\ud800", "[U+D800]"),
        ("e\u0301", "e\u0301"),
        (None, "not stated"),
        ("x" * 2001, "x" * 2000 + " [1 more characters]"),
    ],
)
def test_printable(text: str | None, shown: str) -> None:
    assert printable(text) == shown


async def test_hostile_text_reaches_json_and_graphml_as_it_is() -> None:
    report = await whole_report()
    data: dict[str, Any] = json.loads(rendered(report, ReportForm.JSON))
    assert HOSTILE in {example["text"] for template in data["templates"] for example in template["examples"]}
    assert NAME in {line["name"] for line in data["lines"]}
