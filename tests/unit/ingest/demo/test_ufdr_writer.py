"""The writer's forms are those of real reports; what it writes is well-formed and holds the truth."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from ingest.demo.bulk_texts import bulk_report
from ingest.demo.case import PLANS, plan_form, plan_report
from ingest.demo.truth import Handset, Holding, Peer, PhoneCall, SavedContact, Sim, TextMessage, Travel, VendorReport
from ingest.demo.writers.ufdr import DIALECTS, PA_3, PA_7, PA_10, Dialect, ReportForm, report_bytes, write_ufdr

REAL_REPORT = Path(__file__).parents[3] / "fixtures" / "ufdr" / "3gs-report.xml"
NAMESPACE = "{http://pa.cellebrite.com/report/2.0}"
READ_AT = datetime(2024, 3, 31, 0, 30, tzinfo=UTC)


def report_of(*texts: TextMessage, zone: str = "UTC", language: str = "en") -> VendorReport:
    holding = Holding(
        handset=Handset(make="Nokia", model="105", imei=("356943000000013",)), read_at=READ_AT, texts=texts
    )
    return VendorReport(key="t", holdings=(holding,), case_ref="OP & <X>", display_zone=zone, language=language)


def text_of(body: str | None, at: datetime | None = READ_AT, **more: object) -> TextMessage:
    peers = (Peer("07700 900123", "+447700900123", "K1"),)
    return TextMessage(key="1", at=at, travel=Travel.IN, peers=peers, body=body, **more)  # type: ignore[arg-type]  # test fields


def tree_of(report: VendorReport, dialect: Dialect, **form: bool) -> etree._Element:
    return etree.fromstring(report_bytes(report, ReportForm(dialect=dialect, **form)))


def field_of(tree: etree._Element, name: str) -> str | None:
    values = tree.xpath(f"//*[local-name()='field'][@name='{name}']/*[local-name()='value']/text()")
    return values[0] if values else None


def forms(source: bytes) -> set[tuple[str, tuple[str, ...]]]:
    """Every chain of three elements with names and types, and the attributes of the last."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    chain: list[str] = []

    def walk(element: etree._Element) -> None:
        local = etree.QName(element).localname
        named = local.endswith(("ield", "item")) or local == "field"
        chain.append(f"{local}:{element.get('name', '') if named else ''}:{element.get('type', '')}")
        found.add(("/".join(chain[-3:]), tuple(sorted(map(str, element.attrib)))))
        for child in element:
            walk(child)
        chain.pop()

    decoded = etree.fromstring(source).find(f"{NAMESPACE}decodedData")
    assert decoded is not None
    walk(decoded)
    return found


def test_the_early_dialect_has_no_form_that_the_real_report_lacks() -> None:
    """Calls, contacts, texts and their parties, each element with its attributes."""
    people = Peer("07700 900123", "+447700900123", "K1")
    report = VendorReport(
        key="t",
        holdings=(
            Holding(
                handset=Handset(make="Apple", model="iPhone 3GS"),
                read_at=READ_AT,
                texts=(text_of("a"), text_of("b", service="mms")),
                calls=(PhoneCall(key="c", at=READ_AT, call_type="missed", peer=people),),
                contacts=(SavedContact(key="k", name="K1", emails=("k@example.org",)),),
            ),
        ),
    )
    assert forms(report_bytes(report, ReportForm(dialect=PA_3))) - forms(REAL_REPORT.read_bytes()) == set()


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@pytest.mark.parametrize(
    "body", ["", " two  spaces ", "a]]>b]]", "<b>&amp;</b>", "\U0001f44d\u202e\u200b", "line\nline"]
)
def test_a_body_comes_back_to_the_code_point(dialect: Dialect, body: str) -> None:
    assert (field_of(tree_of(report_of(text_of(body)), dialect), "Body") or "") == body


def test_no_body_is_not_an_empty_body() -> None:
    for body, child in ((None, "empty"), ("", "value")):
        tree = tree_of(report_of(text_of(body)), PA_7)
        (found,) = tree.xpath("//*[local-name()='field'][@name='Body']/*")
        assert etree.QName(found).localname == child


@pytest.mark.parametrize(
    ("dialect", "zone", "zoneless", "expected"),
    [
        (PA_3, "UTC", False, "2024-03-31T01:30:00+00:00"),
        (PA_3, "Europe/London", True, "2024-03-31T02:30:00"),
        (PA_7, "Europe/London", False, "2024-03-31T02:30:00.000+01:00"),
        (PA_10, "UTC", False, "2024-03-31T01:30:00.000+00:00"),
        (PA_10, "Europe/London", True, "2024-03-31T02:30:00"),
    ],
)
def test_times_are_written_as_the_dialect_has_them(dialect: Dialect, zone: str, zoneless: bool, expected: str) -> None:  # noqa: FBT001 - a column of the table
    text = text_of("x", datetime(2024, 3, 31, 1, 30, tzinfo=UTC), zoneless=zoneless)
    assert field_of(tree_of(report_of(text, zone=zone), dialect), "TimeStamp") == expected


def test_the_newest_dialect_has_no_text_models() -> None:
    tree = tree_of(report_of(text_of("x")), PA_10, lists_texts_in_chats=True)
    kinds = [element.get("type") for element in tree.iter(f"{NAMESPACE}modelType")]
    assert kinds == ["InstantMessage", "Chat"]
    ids = [model.get("id") for model in tree.iter(f"{NAMESPACE}model") if model.get("type") == "InstantMessage"]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_case_information_is_keyed_by_field_type_in_any_language() -> None:
    tree = tree_of(report_of(text_of("x"), language="pt"), PA_7)
    (field,) = tree.xpath("//*[@fieldType='CaseNumber']")
    assert field.text == "OP & <X>"
    assert field.get("name") == "Número do caso"


def test_the_early_dialect_refuses_two_extractions() -> None:
    both = (Holding(handset=Handset(make="N", model="1"), read_at=READ_AT), Holding(sim=Sim(), read_at=READ_AT))
    with pytest.raises(ValueError, match="no list of extractions"):
        report_bytes(VendorReport(key="t", holdings=both), ReportForm(dialect=PA_3))


def test_archives_are_zip64_and_reproducible(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_ufdr(tmp_path / f"{name}.ufdr", report_of(text_of("x")), ReportForm(dialect=PA_10))
    written = (tmp_path / "a.ufdr").read_bytes()
    assert written == (tmp_path / "b.ufdr").read_bytes()
    assert written[18:26] == b"\xff" * 8
    assert zipfile.ZipFile(tmp_path / "a.ufdr").testzip() is None


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.path)
def test_every_delivery_of_the_case_is_well_formed(plan: object) -> None:
    report = plan_report(plan)  # type: ignore[arg-type]  # parametrize hides the type
    tree = etree.fromstring(report_bytes(report, plan_form(plan)))  # type: ignore[arg-type]  # as above
    ids = [
        model.get("id")
        for model in tree.iter(f"{NAMESPACE}model")
        if model.getparent() is not None and etree.QName(model.getparent()).localname == "modelType"
    ]
    assert len(set(ids)) == len(ids)
    assert len(ids) >= sum(len(tuple(holding.texts)) for holding in report.holdings)


def test_big_reports_have_the_stated_share_of_distinct_texts() -> None:
    (holding,) = bulk_report(1_000).holdings
    bodies = [text.body for text in holding.texts]
    assert len(bodies) == 1_000
    assert len(set(bodies)) == 400
    assert [text.body for text in holding.texts] == bodies
