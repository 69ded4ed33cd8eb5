"""What the writer writes is read back: bodies to the code point, parties, instants, and nothing lost."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.demo.truth import (
    Handset,
    Holding,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    TextMessage,
    Travel,
    VendorReport,
)
from ingest.demo.writers.xry_text import DAY_FIRST, MONTH_FIRST, XryForm, write_xry_folder, write_xry_zip, xry_views
from parsers.reading import ReadResult
from tests.golden.compare import assert_golden
from tests.unit.parsers.formats.xry_text.export_text import (
    calls_of,
    codes,
    contacts_of,
    is_balanced,
    messages_of,
    read_path,
)

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "xry_text"
JAY = Peer("07700 900456", "+447700900456", "Jay")
LONDON = ZoneInfo("Europe/London")
FORMS = [
    XryForm(),
    XryForm(date_order=MONTH_FIRST),
    XryForm(encoding="utf-8", newer_sides=True),
    XryForm(encoding="utf-16-be", segment_chars=20, has_count=False),
    XryForm(date_order=MONTH_FIRST, segment_chars=67, newer_sides=True),
]
SENTENCES = st.text(st.characters(exclude_characters="\r\x00", codec="utf-16"), max_size=120)
LINES = st.lists(st.sampled_from(["", "To", "Status: ok", "Tel:\t07700 900999", "u about \U0001f602?"]), max_size=4)
BODIES = st.one_of(st.none(), SENTENCES, LINES.map("\n".join))
INSTANTS = st.integers(1_262_304_000, 1_893_456_000).map(lambda second: datetime.fromtimestamp(second, UTC))


def text_of(key: int, body: str | None, at: datetime | None, travel: Travel, *, zoneless: bool) -> TextMessage:
    return TextMessage(key=str(key), at=at, travel=travel, peers=(JAY,), body=body, zoneless=zoneless)


TEXTS = st.lists(
    st.tuples(BODIES, st.one_of(st.none(), INSTANTS), st.sampled_from(list(Travel)), st.booleans()),
    min_size=1,
    max_size=9,
)


def report_of(texts: tuple[TextMessage, ...], **more: object) -> VendorReport:
    holding = Holding(
        handset=Handset(make="Nokia", model="105", imei=("356943000000013",)),
        sim=Sim(iccid="8944110000000000017", imsi="234150000000001", msisdn="+447700900100"),
        read_at=datetime(2024, 3, 31, 12, 0, tzinfo=UTC),
        texts=texts,
        **more,  # type: ignore[arg-type]  # fields of the truth model
    )
    return VendorReport(key="x", holdings=(holding,), case_ref="OP HAZEL", display_zone="Europe/London")


def utc_text(at: datetime | None, *, zoneless: bool) -> str | None:
    if at is None:
        return None
    # Without its offset the repeated hour is read as the earlier one.
    at = at.astimezone(LONDON).replace(fold=0) if zoneless else at
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def read_folder(folder: Path, report: VendorReport, form: XryForm) -> ReadResult:
    target = folder / "export"
    shutil.rmtree(target, ignore_errors=True)
    return read_path(write_xry_folder(target, report, form))


@given(TEXTS, st.sampled_from(FORMS))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_come_back(
    tmp_path: Path, texts: list[tuple[str | None, datetime | None, Travel, bool]], form: XryForm
) -> None:
    plain = [("plain", datetime(2024, 1, 13, 12, tzinfo=UTC), Travel.IN, False)] * 5
    truth = tuple(
        text_of(key, body, at, travel, zoneless=zoneless)
        for key, (body, at, travel, zoneless) in enumerate([*plain, *texts, *plain])
    )
    result = read_folder(tmp_path, report_of(truth), form)
    found = messages_of(result)
    assert [each.body for each in found] == [text.body for text in truth]
    assert [str(each.direction) for each in found] == [str(text.travel) for text in truth]
    assert [each.time.utc for each in found] == [utc_text(text.at, zoneless=text.zoneless) for text in truth]
    for each in found:
        (party,) = [each.from_party] if each.from_party else each.to
        assert party is not None
        assert (party.raw, party.e164, party.name) == (JAY.written, JAY.number, JAY.name)
    assert is_balanced(result)
    assert result.parts[0].imei == ("356943000000013",)


CALLS = tuple(
    PhoneCall(
        key=str(number),
        at=datetime(2024, 2, 14, 12, number, tzinfo=UTC),
        call_type=went,
        peer=JAY,
        duration_seconds=0 if went in {"missed", "rejected"} else 65 * number,
        deleted=went == "rejected",
    )
    for number, went in enumerate(("incoming", "outgoing", "missed", "rejected", "outgoing"))
)
CONTACTS = (
    SavedContact(key="1", name="Jay", numbers=(SavedNumber("07700 900456"), SavedNumber("01632 960001", label="Home"))),
    SavedContact(key="2", name="TopUp", numbers=(SavedNumber("60777", label="General"),), on_sim=True),
    SavedContact(key="3", name="Ash", emails=("ash@example.org",), deleted=True),
)


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
@pytest.mark.parametrize("write", [write_xry_folder, write_xry_zip])
def test_calls_contacts_and_device_come_back(tmp_path: Path, form: XryForm, write: object) -> None:
    report = report_of((), calls=CALLS, contacts=CONTACTS)
    path = tmp_path / "HW7.zip" if write is write_xry_zip else tmp_path / "HW7"
    result = read_path(write(path, report, form))  # type: ignore[operator]  # one of the two above
    assert [(each.call_type, each.duration_seconds, str(each.deleted)) for each in calls_of(result)] == [
        (call.call_type, call.duration_seconds, "deleted" if call.deleted else "unknown") for call in CALLS
    ]
    assert [each.time.utc for each in calls_of(result)] == [utc_text(call.at, zoneless=False) for call in CALLS]
    assert [(each.name, [n.raw for n in each.numbers], each.emails) for each in contacts_of(result)] == [
        (saved.name, [n.written for n in saved.numbers], saved.emails) for saved in CONTACTS
    ]
    assert [each.stored_in for each in contacts_of(result)] == ["phone", "sim", "phone"]
    assert Counter(record.kind for record in result.records) == {"device": 1, "contact": 3, "call": 5}
    assert codes(result) == {}


def test_lost_segments_are_said(tmp_path: Path) -> None:
    long = text_of(1, "0123456789" * 5, datetime(2024, 2, 14, tzinfo=UTC), Travel.IN, zoneless=False)
    result = read_folder(tmp_path, report_of((long,)), XryForm(segment_chars=20, dropped_segments=(2,)))
    assert [each.body for each in messages_of(result)] == ["01234567890123456789" + "0123456789"]
    assert codes(result)["segments_missing"] == 1


def test_a_view_alone_is_a_delivery(tmp_path: Path) -> None:
    text = text_of(1, "u about?", datetime(2024, 2, 14, tzinfo=UTC) + timedelta(hours=3), Travel.IN, zoneless=True)
    views = xry_views(report_of((text,)), XryForm(date_order=DAY_FIRST))
    path = tmp_path / "HW7 texts.txt"
    path.write_bytes(views["Messages-SMS.txt"])
    (only,) = messages_of(read_path(path))
    assert (only.body, only.time.utc, only.time.basis) == ("u about?", "2024-02-14T03:00:00.000Z", "network")


@pytest.mark.parametrize(
    "name", sorted(path.relative_to(FIXTURES).as_posix() for path in FIXTURES.rglob("*.[tz][xi][tp]"))
)
def test_the_records_are_those_of_the_golden_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / Path(name).name
    shutil.copy(FIXTURES / name, path)
    assert_golden(read_path(path), f"xry_text/{Path(name).stem}")
