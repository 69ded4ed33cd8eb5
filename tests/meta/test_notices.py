"""Rules about the notice table: complete, used, and worded for an investigator."""

from __future__ import annotations

import re

from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from tests.meta.repository import ROOT, modules

CODE = re.compile(r'"([a-z]+(?:_[a-z]+)+)"')


def words_in_code() -> set[str]:
    """Every snake_case string literal outside the table."""
    tables = {ROOT / "parsers" / "records" / f"{name}_codes.py" for name in ("notice", "damage", "refusal")}
    return {word for path in modules() if path not in tables for word in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_of_the_table_is_used() -> None:
    assert sorted(set(NOTICE_TABLE) - words_in_code()) == []


def test_every_code_that_is_used_stands_in_the_table() -> None:
    calls = re.compile(r'(?:Notice\(\s*(?:code\s*=\s*)?|InputRefused\(\s*|refusal\s*=\s*)"([a-z_]+)"')
    used = {code for path in modules() for code in calls.findall(path.read_text(encoding="utf-8"))}
    assert used
    assert sorted(used - set(NOTICE_TABLE)) == []


def test_no_code_stands_in_two_tables() -> None:
    """The later one would give its sentence to what the other is about."""
    entry = re.compile(r'^    "([a-z_]+)": NoticeEntry\(', re.MULTILINE)
    tables = (ROOT / "parsers" / "records").glob("*_codes.py")
    codes = [code for path in tables for code in entry.findall(path.read_text(encoding="utf-8"))]
    assert len(codes) > len(NOTICE_TABLE) // 2
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []


def test_every_sentence_is_a_sentence() -> None:
    for code, entry in NOTICE_TABLE.items():
        assert entry.sentence[0].isupper() or entry.sentence.startswith("{subject}"), code
        assert entry.sentence.endswith("."), code
        assert entry.remedy is None or entry.remedy.endswith("."), code


def test_what_is_missing_or_broken_says_what_to_do() -> None:
    """A refusal without a remedy leaves the examiner alone at five in the afternoon."""
    silent = [
        code for code, entry in NOTICE_TABLE.items() if entry.severity is Severity.DAMAGED and entry.remedy is None
    ]
    assert silent == []
