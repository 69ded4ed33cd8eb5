"""A receipt as a person reads it: everything that the JSON line says, and no control sequence of a file's name."""

from __future__ import annotations

from ingest.outcomes import Receipt
from ingest.printed.receipt_text import next_lines, receipt_lines, summary_lines
from ingest.receipts import UNKNOWN_SHA256


def receipt(sha256: str = "a" * 64, path: str = "/drops/HW-7.ufdr", **more: object) -> Receipt:
    custody = {
        "sha256": sha256,
        "received_at": "2026-01-02T03:04:05.000Z",
        "stored_as": "vault/x",
        "original_path": path,
    }
    return {
        "extraction_id": "ex-1",
        "file_name": path.rpartition("/")[2],
        "sha256": sha256,
        "size_bytes": 1_234_567,
        "format": "ufdr",
        "tool": "UFED Physical Analyzer",
        "tool_version": "7.33",
        "case_ref": "OP TAMARISK",
        "exhibit_ref": "HW/7",
        "device_id": "d-1",
        "state": "complete",
        "superseded_by": None,
        "tally": {
            "message": {"seen": 12, "indexed": 9, "merged": 2, "noticed": 1},
            "other:Location": {"seen": 4, "indexed": 0, "merged": 0, "noticed": 4},
        },
        "notices": [
            {
                "code": "zone_assumed",
                "severity": "assumed",
                "count": 9,
                "sentence": "As London.",
                "remedy": "State it.",
            },
            {"code": "input_truncated", "severity": "damaged", "count": 1, "sentence": "It ends.", "remedy": None},
        ],
        "custody": custody,
        **more,
    }


def test_a_corrected_number_of_the_owner_stands_below_what_the_submitter_stated() -> None:
    stated = {"owner_number": "07700 900501"}
    text = text_of(receipt(stated_by_submitter=stated, msisdn=["+447700900599"], is_number_corrected=True))
    assert "owner's number, corrected by a person: +447700900599" in text
    assert "corrected" not in text_of(receipt(stated_by_submitter=stated, msisdn=["+447700900501"]))


def text_of(*receipts: Receipt) -> str:
    befores = (None, *receipts[:-1])
    return "\n".join(
        line for each, before in zip(receipts, befores, strict=True) for line in receipt_lines(each, before)
    )


def test_the_hashes_of_the_parts_of_an_archive_are_said() -> None:
    made = receipt()
    parts = [{"name": f"HW7.zip.00{number}", "sha256": str(number) * 64, "size_bytes": 9} for number in (1, 2)]
    assert isinstance(made["custody"], dict)
    text = text_of({**made, "custody": {**made["custody"], "parts": parts}})
    assert f"HW7.zip.002  SHA-256 {'2' * 64}" in text


def test_a_receipt_says_what_it_is_and_what_it_held() -> None:
    text = text_of(receipt())
    for part in ("HW-7.ufdr", "a" * 64, "1.2 MB", "case OP TAMARISK", "exhibit HW/7", "device d-1", "7.33", "complete"):
        assert part in text
    row = next(line for line in text.splitlines() if line.split()[:1] == ["message"])
    assert row.split() == ["message", "12", "9", "2", "1"]
    assert "Location" in text


def test_a_receipt_says_what_the_submitter_stated() -> None:
    text = text_of(receipt(stated_by_submitter={"owner_number": "07700 900123", "notes": "found in\na drawer"}))
    assert "stated by the submitter: owner_number 07700 900123; notes found in \u23ce a drawer" in text
    assert "stated by" not in text_of(receipt(stated_by_submitter={}))
    assert "stated by" not in text_of(receipt(stated_by_submitter={"table": [], "notes": None}))
    assert "submitter: table (2)" in text_of(receipt(stated_by_submitter={"table": [{"kind": "message"}, {}]}))


def test_what_to_do_about_a_notice_is_said_once_a_run() -> None:
    told: set[str] = set()
    first, second = ("\n".join(receipt_lines(receipt(path=path), None, told)) for path in ("/a", "/b"))
    assert "As London. (9 times) State it." in first
    assert "As London. (9 times)" in second
    assert "State it." not in second


def test_one_sentence_of_several_elements_is_one_line_with_its_first_places() -> None:
    notice = {"code": "element_not_read", "severity": "skipped", "sentence": "Rows are not read.", "remedy": "Look."}
    counts = ((2, "row 4"), (1, None), (3, "row 9"), (1, "row 4"), (1, "row 11"), (1, "row 12"), (1, "row 13"))
    notices = [{**notice, "count": count, "first_locator": place} for count, place in counts]
    other = {**notice, "code": "element_unreadable", "count": 1, "first_locator": "row 1"}
    text = text_of(receipt(notices=[*notices, other]))
    assert "skipped: Rows are not read. (10 times; first at row 4, row 9, row 11 and 2 more) Look." in text
    assert text.count("Rows are not read.") == 2
    assert "first at" not in text_of(receipt(notices=[{**notice, "count": 4, "first_locator": "row 4"}]))


def test_the_count_of_records_that_are_missing_says_so() -> None:
    notice = {"code": "count_short", "severity": "skipped", "sentence": "More are stated.", "remedy": None}
    told = [text_of(receipt(notices=[{**notice, "count": count}])) for count in (1, 5)]
    assert "More are stated. (1 missing)" in told[0]
    assert "More are stated. (5 missing)" in told[1]


def test_a_file_in_which_two_parts_are_cut_off_is_one_file() -> None:
    notice = {"code": "input_truncated", "severity": "damaged", "sentence": "The file is cut off.", "remedy": None}
    assert "The file is cut off. (2 of its parts)" in text_of(receipt(notices=[{**notice, "count": 2}]))
    assert "damaged: The file is cut off.\n" in text_of(receipt(notices=[{**notice, "count": 1}])) + "\n"


def test_what_was_not_there_has_no_hash() -> None:
    text = text_of(receipt(sha256=UNKNOWN_SHA256, state="refused", reason="Nothing is there.", size_bytes=0))
    assert "SHA-256" not in text
    assert "Nothing is there." in text


def test_the_gravest_notice_comes_first() -> None:
    text = text_of(receipt())
    assert text.index("damaged: It ends.") < text.index("assumed: As London. (9 times) State it.")


def test_several_extractions_of_a_delivery_share_one_custody() -> None:
    text = text_of(receipt(), receipt(extraction_id="ex-2"))
    assert text.count("SHA-256") == 1
    assert "ex-1" in text
    assert "ex-2" in text


def test_a_refusal_says_why_and_what_to_do() -> None:
    text = text_of(receipt(state="refused", reason="No reader knows it.", remedy="Export it again."))
    assert "REFUSED" in text
    assert "No reader knows it." in text
    assert "Export it again." in text


def test_a_name_cannot_act_on_the_terminal() -> None:
    assert "\x1b" not in text_of(receipt(path="/drops/\x1b[2Jevil\u202e.ufdr"))


def test_where_to_look_next_waits_for_something_that_was_read() -> None:
    assert list(next_lines([receipt(state="refused")], "d")) == []
    assert any("--data 'my data'" in line for line in next_lines([receipt()], "my data"))
    assert any("rebuild" in line for line in next_lines([receipt(waits_for_index=True)], "d"))


def test_each_delivery_has_its_own_custody() -> None:
    text = text_of(receipt("a", "/1"), receipt("b", "/2"), receipt("b", "/3"))
    assert text.count("SHA-256") == 3
    assert text.count("\n\n") == 2


def test_the_last_line_of_a_run_counts_its_ends_and_names_what_is_not_whole() -> None:
    """What was partial has scrolled away by then."""
    partial = receipt(path="/d/p40a_Report.xml", state="partial")
    whole = [receipt(path=f"/d/{place}.csv", notices=[]) for place in range(10)]
    assert list(summary_lines([*whole, partial])) == [
        "",
        "10 complete, 1 partial (p40a_Report.xml), 0 refused. Exit code 4.",
    ]
    assert list(summary_lines(whole))[-1] == "10 complete, 0 partial, 0 refused."
    refused = [receipt(path=f"/d/\x1b{place}.pdf", state="refused") for place in range(10)]
    (_, line) = summary_lines([*refused, receipt(state="superseded", notices=[], waits_for_index=True)])
    assert line.startswith("0 complete, 1 superseded, 0 partial, 10 refused (\\x1b0.pdf, ")
    assert line.endswith("\\x1b7.pdf and 2 more), 1 waiting for the index. Exit code 5.")
    assert list(summary_lines([])) == []


def test_of_what_is_superseded_the_last_line_names_what_was_not_read_without_loss() -> None:
    """Whoever superseded it may not hold what it lost."""
    older = receipt(path="/d/older.xml", state="superseded", notices=[])
    (_, line) = summary_lines([older, receipt(path="/d/damaged.ufdr", state="superseded")])
    assert line.startswith("0 complete, 2 superseded (not read without loss: damaged.ufdr), 0 partial, 0 refused.")


def test_a_receipt_says_which_partial_reading_it_replaces() -> None:
    held = {"extraction_id": "ex-0", "file_name": "cut.xml", "message_count": 58, "was_partial": True}
    text = text_of(receipt(supersedes=[held, {**held, "file_name": "old.xml", "was_partial": False}]))
    assert "replaces cut.xml (ex-0), which was read only in part (58 messages)" in text
    assert "replaces old.xml (ex-0), read before (58 messages)" in text
