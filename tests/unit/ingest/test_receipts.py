from __future__ import annotations

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from ingest.deliveries import Found
from ingest.outcomes import Receipt
from ingest.receipts import exit_code, renewed, untaken, with_fault
from parsers.errors import InputRefused
from parsers.records.notice_codes import NOTICE_TABLE
from tests.fakes.index_loads import entry

SCHEMA = json.loads(files("parsers.records").joinpath("schemas/receipt.schema.json").read_text("utf-8"))


def receipt(state: str = "complete", *severities: str, **more: object) -> Receipt:
    return {"state": state, "notices": [{"severity": severity} for severity in severities], **more}


@pytest.mark.parametrize(
    ("receipts", "code"),
    [
        ([], 0),
        ([receipt()], 0),
        ([receipt("complete", "assumed", "outside")], 0),
        ([receipt("superseded")], 0),
        ([receipt("complete_with_notices", "skipped")], 4),
        ([receipt("partial", "damaged"), receipt()], 4),
        ([receipt("superseded", "damaged")], 4),
        ([receipt("refused", "skipped")], 3),
        ([receipt("refused", "skipped"), receipt("refused", "skipped")], 3),
        ([receipt("refused", "skipped"), receipt()], 4),
        ([receipt("refused", "skipped"), receipt("partial", "damaged")], 4),
        ([receipt(waits_for_index=True), receipt("partial", "damaged")], 5),
        ([receipt(waits_for_index=True), with_fault(receipt("refused", "damaged"), ["TypeError"])], 70),
    ],
)
def test_the_exit_code_is_the_gravest(receipts: list[Receipt], code: int) -> None:
    assert exit_code(receipts) == code


@pytest.mark.parametrize("code", sorted(NOTICE_TABLE))
def test_every_refusal_makes_a_whole_receipt(code: str) -> None:
    it = untaken(Found(raw_path=b"/drops/\xff.xml"), "2026-11-25T08:30:00.000Z", InputRefused(code, "this"), 0.1)
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(it)))
    assert it["state"] == "refused"
    assert it["reason"]
    assert it["file_name"] == "\\xff.xml"


def test_a_number_that_a_person_corrected_is_told_as_such() -> None:
    assert renewed(entry("ex-1", is_number_corrected=True))["is_number_corrected"] is True
    assert "is_number_corrected" not in renewed(entry("ex-1"))


@pytest.mark.parametrize(("exhibit", "is_told"), [("HW/1", False), (None, True)])
def test_who_stated_case_and_exhibit_is_not_asked_to_state_them(exhibit: str | None, *, is_told: bool) -> None:
    notice = {"code": "identity_missing", "count": 1, "remedy": NOTICE_TABLE["identity_missing"].remedy}
    made = renewed(entry("ex-1", case_ref="OP A", exhibit_ref=exhibit, notices=(notice,)))
    (stated,) = made["notices"]
    assert (stated["code"], bool(stated["remedy"])) == ("identity_missing", is_told)


def test_two_things_that_could_not_be_read_have_two_ids() -> None:
    made = [
        untaken(Found(raw_path=path), "2026-11-25T08:30:00.000Z", InputRefused("input_missing"), 0.1)
        for path in (b"/drops/a", b"/drops/b")
    ]
    assert made[0]["extraction_id"] != made[1]["extraction_id"]
