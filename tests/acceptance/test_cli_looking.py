"""The verbs that look: search, show, export, report, status. Their output keeps the schemas and changes nothing."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.cli_process import faults, started
from tests.acceptance.command_line import CommandLine

CASE, EXHIBIT = "OP TAMARISK", "HW/1"


@pytest.fixture
def empty(tmp_path: Path) -> CommandLine:
    """A data folder that is there and holds nothing yet."""
    made = CommandLine(tmp_path)
    (made.data / "vault").mkdir(parents=True)
    return made


def test_every_exported_record_keeps_the_schema(held_case: CommandLine) -> None:
    records = held_case.records()
    assert faults("record", records) == []
    assert {record["kind"] for record in records} >= {"message", "call", "contact", "device", "sim"}
    assert len({record["record_id"] for record in records}) == len(records)
    extraction_ids = [record["extraction_id"] for record in records]
    assert list(dict.fromkeys(extraction_ids)) == sorted(set(extraction_ids))


def test_a_case_that_nothing_is_held_of_yet_ends_whole(empty: CommandLine) -> None:
    finished = empty.run("export", "--case", CASE)
    assert (finished.code, finished.out) == (0, "")


def test_two_exports_are_the_same_bytes(held_case: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    finished = held_case.run("export", "--format", "jsonl", "--out", out)
    assert (finished.code, finished.out) == (0, "")
    assert held_case.run("export").out == out.read_text(encoding="utf-8")


def test_the_tally_of_the_report_is_what_is_exported(held_case: CommandLine) -> None:
    report = json.loads(held_case.run("report", "--format", "json").out)
    exported = Counter(
        (record["extraction_id"], record["kind"], record["duplicate_of"] is None) for record in held_case.records()
    )
    for extraction in report["extractions"]:
        for kind, row in extraction["tally"].items():
            if not kind.startswith("other:"):
                key = (extraction["extraction_id"], kind)
                assert (row["indexed"], row["merged"]) == (exported[*key, True], exported[*key, False])


def test_orders_are_found(held_case: CommandLine) -> None:
    found = held_case.run("search", "is:order", "--json", "--size", 10_000)
    assert found.code == 0, found.err
    records = [hit["record"] for hit in found.rows()[0]["hits"]]
    assert {(record["kind"], record["analysis"]["is_advert"]) for record in records} == {("message", False)}


def test_filters_narrow_the_export(held_case: CommandLine) -> None:
    words = ("--case", CASE, "--exhibit", EXHIBIT, "--kind", "message", "--from", "2024-01-01", "--to", "2024-12-31")
    narrowed = held_case.run("export", *words).rows()
    every = held_case.records()
    expected = [
        record
        for record in every
        if (record["case_ref"], record["exhibit_ref"], record["kind"]) == (CASE, EXHIBIT, "message")
        and (record["time"]["utc"] or "").startswith("2024")
    ]
    assert narrowed == expected
    assert 0 < len(narrowed) < len(every)


def test_the_flat_export_has_a_line_a_record(held_case: CommandLine) -> None:
    finished = held_case.run("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(finished.out, newline="")))
    assert [row["record_id"] for row in rows] == [record["record_id"] for record in held_case.records()]


def test_the_bundle_is_read_back_record_by_record(held_case: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "bundle.jsonld"
    assert held_case.run("export", "--format", "case", "--out", path).code == 0
    other = CommandLine(tmp_path / "other")
    assert other.run("ingest", path, "--json").code == 0
    told = [(record["kind"], record.get("body"), record.get("time")) for record in held_case.records()]
    assert sorted(map(repr, told)) == sorted(
        repr((record["kind"], record.get("body"), record.get("time"))) for record in other.records()
    )


def test_with_nothing_held_everything_is_empty_and_whole(empty: CommandLine) -> None:
    exported = empty.run("export", "--format", "jsonl")
    assert (exported.code, exported.out) == (0, "")
    bundle = empty.run("export", "--format", "case")
    assert (bundle.code, bundle.out) == (0, "")
    assert empty.run("status", "--json").code == 0
    found = empty.run("search", "anything", "--json")
    assert found.code == 0, found.err
    assert found.rows()[0]["total"] == 0
    reported = empty.run("report", "--format", "json")
    assert reported.code == 0, reported.err
    assert faults("report", [json.loads(reported.out)]) == []
    assert empty.strays() == []


def test_the_report_keeps_the_schema_and_is_the_same_twice(held_case: CommandLine) -> None:
    words = ("report", "--format", "json", "--generated-at", "2026-01-02T03:04:05Z")
    first = held_case.run(*words)
    assert first.code == 0, first.err
    report = json.loads(first.out)
    assert faults("report", [report]) == []
    assert report["generated_at"].startswith("2026-01-02T03:04:05")
    assert report["lines"]
    assert held_case.run(*words).out == first.out


def test_the_page_stands_alone(held_case: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    finished = held_case.run("report", "--format", "html", "--out", page)
    assert (finished.code, finished.out) == (0, "")
    text = page.read_text(encoding="utf-8")
    assert text.lstrip().lower().startswith("<!doctype html")
    assert not any(mark in text for mark in ("http://", "https://", "<script", "src=", "@import"))


def test_several_words_need_no_quotes(held_case: CommandLine) -> None:
    words, quoted = (
        held_case.run("search", *query, "--json") for query in (("is:advert", "both"), ("is:advert both",))
    )
    assert words.out == quoted.out
    assert words.rows()[0]["hits"]


def test_a_search_pages_through_everything_once(held_case: CommandLine) -> None:
    seen: list[str] = []
    after: tuple[str, ...] = ()
    while True:
        (page,) = held_case.run("search", "is:advert", "--size", "400", "--json", *after).rows()
        seen += [hit["record"]["record_id"] for hit in page["hits"]]
        if page["next_after"] is None:
            break
        after = ("--after", page["next_after"])
    adverts = [
        record["record_id"]
        for record in held_case.records()
        if record["duplicate_of"] is None and (record.get("analysis") or {"is_advert": False})["is_advert"]
    ]
    assert len(seen) == len(set(seen)) == page["total"]
    assert sorted(seen) == sorted(adverts)


def test_a_hit_is_marked_where_the_query_found_it(held_case: CommandLine) -> None:
    (page,) = held_case.run("search", "bell", "--json", "--facet", "kind", "--facet", "line").rows()
    assert page["hits"]
    assert faults("record", [hit["record"] for hit in page["hits"]]) == []
    for hit in page["hits"]:
        assert hit["highlights"]
        assert all("bell" in hit["text"][start:end].casefold() for start, end in hit["highlights"])
    assert sum(row["count"] for row in page["facets"]["kind"]) == page["total"]


def test_a_search_keeps_to_its_case_and_period(held_case: CommandLine) -> None:
    (every,) = held_case.run("search", "--size", "1", "--json").rows()
    words = ("--case", CASE, "--exhibit", EXHIBIT, "--size", "1000", "--to", "2024-12-31")
    (narrowed,) = held_case.run("search", "--json", *words).rows()
    as_typed = ("--case", CASE.lower().replace(" ", ""), "--exhibit", EXHIBIT.lower(), "--size", "1000")
    assert held_case.run("search", "--json", *as_typed, "--to", "31/12/2024").rows() == [narrowed]
    assert 0 < narrowed["total"] < every["total"]
    assert {(hit["record"]["case_ref"], hit["record"]["exhibit_ref"]) for hit in narrowed["hits"]} == {(CASE, EXHIBIT)}


def test_a_query_that_cannot_be_read_points_at_its_column(held_case: CommandLine) -> None:
    finished = held_case.run("search", 'rico AND (line OR "')
    assert finished.code == 2
    assert "column" in finished.err
    assert finished.out == ""


@pytest.mark.parametrize(
    "words", [("--from", "yesterday"), ("--to", "31/02/2020"), ("--kind", "letter"), ("--size", "0")]
)
def test_a_filter_that_is_nonsense_is_a_usage_error(held_case: CommandLine, words: tuple[str, str]) -> None:
    assert held_case.run("search", "x", *words).code == 2


def test_a_record_is_shown_with_where_it_stands(held_case: CommandLine) -> None:
    record = next(
        record for record in held_case.records() if record["kind"] == "message" and record["analysis"]["flare_id"]
    )
    (shown,) = held_case.run("show", record["record_id"], "--json").rows()
    assert shown["record"] == record
    assert shown["delivery"]["sha256"] == record["source"]["file_sha256"]
    assert shown["finding"]["template_id"]
    text = held_case.run("show", record["record_id"]).out
    source = record["source"]
    for part in (
        record["exhibit_ref"],
        source["file_sha256"],
        source["locator"],
        record["time"]["raw"],
        record["time"]["utc"],
    ):
        assert part in text
    assert "opinion, not evidence" in text


def test_a_record_that_is_not_held_is_a_usage_error(held_case: CommandLine) -> None:
    finished = held_case.run("show", "r-00000000000000000000")
    assert finished.code == 2
    assert "r-00000000000000000000" in finished.err


@pytest.mark.parametrize("words", [("--case", "OP TAMARISKS"), ("--case", CASE, "--exhibit", "hw/1x")])
@pytest.mark.parametrize("verb", [("search", "white"), ("report",), ("export",)])
def test_what_nothing_held_has_is_a_usage_error(
    held_case: CommandLine, tmp_path: Path, verb: tuple[str, ...], words: tuple[str, ...]
) -> None:
    out = tmp_path / "out.json"
    to = () if verb[0] == "search" else ("--out", out)
    finished = held_case.run(*verb, *words, *to)
    assert (finished.code, finished.out) == (2, "")
    assert f"Nothing is held of {'case' if len(words) < 3 else 'exhibit'} {words[-1]}." in finished.err
    assert (CASE if len(words) < 3 else EXHIBIT) in finished.err
    assert not out.exists()


def test_the_status_counts_what_is_held(held_case: CommandLine) -> None:
    (status,) = held_case.run("status", "--json").rows()
    records = held_case.records()
    assert {row["extraction_id"] for row in status["extractions"]} == {record["extraction_id"] for record in records}
    assert (status["waiting_count"], status["unfinished_count"]) == (0, 0)
    (narrowed,) = held_case.run("status", "--json", "--exhibit", EXHIBIT).rows()
    assert {row["exhibit_ref"] for row in narrowed["extractions"]} == {EXHIBIT}
    assert held_case.run("status").code == 0


def test_a_reader_that_has_seen_enough_is_no_error(held_case: CommandLine) -> None:
    with started(held_case, "export", "--data", held_case.data) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_looking_writes_nowhere_but_into_the_data_folder(held_case: CommandLine) -> None:
    assert held_case.strays() == []
    assert not (held_case.data / "trapline.log").exists()
