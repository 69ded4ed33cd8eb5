"""Calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.values import Party
from tests.unit.parsers.formats.sms_backup_restore.backup_text import (
    AT_UTC,
    E164,
    PEER,
    backup,
    call,
    calls_of,
    codes,
    read_text,
)


@pytest.mark.parametrize(
    ("number", "went", "is_theirs"),
    [
        ("1", "incoming", True), ("2", "outgoing", False), ("3", "missed", True), ("4", "voicemail", True),
        ("5", "rejected", True), ("6", "rejected", True), ("7", "incoming", True), ("0", "unknown", False),
        ("null", "unknown", False),
    ],
)  # fmt: skip
def test_call_types(tmp_path: Path, number: str, went: str, is_theirs: bool) -> None:  # noqa: FBT001 - a table's column
    (only,) = calls_of(read_text(tmp_path, backup(call(type=number, contact_name="Jay"), root="calls")))
    party = Party(PEER, E164, "Jay")
    assert (only.call_type, only.duration_seconds, only.time.utc) == (went, 66, AT_UTC)
    assert (only.from_party, only.to) == ((party, ()) if is_theirs else (None, (party,)))
    assert (("type", number) in only.extra) == (number in {"0", "6", "7"})


@pytest.mark.parametrize(
    ("values", "party", "extra"),
    [
        ({"number": "", "presentation": "2"}, None, ("presentation", "restricted")),
        ({"number": "-2", "presentation": "3"}, Party("-2"), ("presentation", "unknown")),
        ({"number": "141 07700 900456"}, Party("141 07700 900456", E164), None),
        ({"number": "null", "contact_name": "Jay"}, Party(name="Jay"), None),
        ({"subscription_id": "8944110000000000017"}, Party(PEER, E164), ("subscription_id", "8944110000000000017")),
        ({"duration": "soon"}, Party(PEER, E164), ("duration", "soon")),
        ({"duration": "-5"}, Party(PEER, E164), ("duration", "-5")),
    ],
)
def test_what_is_odd_is_kept(
    tmp_path: Path, values: dict[str, str | None], party: Party | None, extra: tuple[str, str] | None
) -> None:
    (only,) = calls_of(read_text(tmp_path, backup(call(**values), root="calls")))
    assert only.from_party == party
    assert extra is None or extra in only.extra


def test_zero_is_a_stated_duration(tmp_path: Path) -> None:
    first, second = calls_of(read_text(tmp_path, backup(call(duration="0"), call(duration="null"), root="calls")))
    assert (first.duration_seconds, second.duration_seconds) == (0, None)


def test_counts(tmp_path: Path) -> None:
    assert codes(read_text(tmp_path, backup(call(), call(), root="calls"))) == {}
    short = read_text(tmp_path, backup(call(), root="calls", count=3))
    assert [(each.code, each.count, each.subject) for each in short.notices] == [("count_short", 2, "calls")]
    assert short.state == "complete_with_notices"
    more = read_text(tmp_path, backup(call(), call(), root="calls", count=1))
    assert [(each.code, each.count, each.subject) for each in more.notices] == [("count_exceeded", 1, "calls")]
    assert more.state == "complete"
