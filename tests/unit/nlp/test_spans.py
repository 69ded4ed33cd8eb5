"""What is marked in a text, form by form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import NumberChangeRole, SpanKind, TextFinding

SPELLED = "oh seven seven double oh nine double oh one two three"

Find = Callable[[str], TextFinding]


def surfaces(finding: TextFinding, kind: SpanKind) -> list[str]:
    return [span.surface for span in finding.spans if span.kind is kind]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("Rico line on 3 for 25 bell me", ["3 for 25"]),
        ("Rico line on 3for25 bell me", ["3for25"]),
        ("Rico line on 3 4 \u00a325 bell me", ["3 4 \u00a325"]),
        ("Rico line on 2x15 bell me", ["2x15"]),
        ("Rico line on 2-50 bell me", ["2-50"]),
        ("Rico line on 2 - 50\u00a3 bell me", ["2 - 50\u00a3"]),
        ("Rico line on 7for50 bell me", ["7for50"]),
        ("Rico line on six for forty bell me", ["six for forty"]),
        ("Rico line on 1 4 55 2 4 100 bell me", ["1 4 55", "2 4 100"]),
        ("Rico line pay 4 get 5 today", ["pay 4 get 5"]),
        ("Rico line buy 6 get 1 free", ["buy 6 get 1 free"]),
        ("Rico line 5 for the price of 4", ["5 for the price of 4"]),
        ("Rico line on, tenners only", ["tenners"]),
        ("Rico line on, \u00a315 a pop", ["\u00a315 a pop"]),
        ("Rico line on, 10s 15s and 20s", ["10s", "15s", "20s"]),
        ("Rico line open 10-4 bell me", []),
        ("Rico line on 24/7 bell me", []),
        ("Rico line on, 20% off today", []),
        ("Rico line on, no tick, u owe me \u00a320", []),
        ("i owe u 20 quid", []),
        ("back at 2 for 7.30", []),
    ],
)
def test_prices(find: Find, text: str, prices: list[str]) -> None:
    assert surfaces(find(text), SpanKind.PRICE) == prices


@pytest.mark.parametrize(
    ("text", "number", "e164"),
    [
        ("call 07700 900123 now", "07700 900123", "+447700900123"),
        ("call O77OO 9OO 321 now", "O77OO 9OO 321", "+447700900321"),
        ("new mobile 07700 9OO I23 ring", "07700 9OO I23", "+447700900123"),
        ("ring 07700-900-123.", "07700-900-123", "+447700900123"),
        ("ring (01632) 960 123", "(01632) 960 123", "+441632960123"),
        ("its +44 7700 900123 ok", "+44 7700 900123", "+447700900123"),
        ("its 447700900123 ok", "447700900123", "+447700900123"),
        (f"its {SPELLED}", SPELLED, "+447700900123"),
        ("07700900123 24 7", "07700900123", "+447700900123"),
        ("its 07700/900/123 now", "07700/900/123", "+447700900123"),
        ("text O77OO (9OO) l23 x", "O77OO (9OO) l23", "+447700900123"),
        ("07700 900 123 lol", "07700 900 123", "+447700900123"),
        ("safer number now O77OO9OOO78", "O77OO9OOO78", "+447700900078"),
    ],
)  # fmt: skip
def test_numbers(find: Find, text: str, number: str, e164: str) -> None:
    spans = [span for span in find(text).spans if span.kind is SpanKind.NUMBER]
    assert [(span.surface, span.canonical) for span in spans] == [(number, e164)]


@pytest.mark.parametrize(
    "text",
    [
        "10 15 20 25 30 35 40",
        "Your code is 7719042. Valid for 10 minutes.",
        "ref 01632960111",
        "05/06/2018 10:30",
        "05.06.2018 10.30",
        "07/12/2025 10/30",
        "3/25 7/50 10/70 15/100",
        "text 87121 to win",
        "sort code 20-00-00 account 12345678",
        "1234567890123456789012345678901234567890",
        "MD crystals 0.5 20 1 35 7 180",
    ],
)
def test_other_digits_are_no_numbers(find: Find, text: str) -> None:
    assert surfaces(find(text), SpanKind.NUMBER) == []


def test_two_numbers_side_by_side_are_two(find: Find) -> None:
    assert surfaces(find("07700 900123 07700 900124"), SpanKind.NUMBER) == ["07700 900123", "07700 900124"]


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Rico line on both bell me", [("heroin", "both"), ("crack cocaine", "both")]),
        ("Rico line B&W bell me", [("heroin", "B&W"), ("crack cocaine", "B&W")]),
        ("Rico line brown n white bell me", [("heroin", "brown n white"), ("crack cocaine", "brown n white")]),
        ("Rico line, brown 3 for 25, white 2 for 20", [("heroin", "brown"), ("crack cocaine", "white")]),
        ("Rico line on, white only, bell me", [("crack cocaine", "white")]),
        ("Rico line on, white 80 a g, bell me", [("cocaine", "white")]),
        ("Rico line on, weed n ket, bell me", [("cannabis", "weed"), ("ketamine", "ket")]),
        ("he was caught with heroin", [("heroin", "heroin")]),
        ("brown and white bread, 2 loaves for \u00a33", []),
        ("can you bring both kids", []),
        ("Rico line on, new food, bell me", []),
    ],
)
def test_drugs(find: Find, text: str, drugs: list[tuple[str, str]]) -> None:
    spans = [span for span in find(text).spans if span.kind is SpanKind.DRUG]
    assert sorted((span.canonical or "", span.surface) for span in spans) == sorted(drugs)


def test_stock_words_are_marked_apart(find: Find) -> None:
    assert surfaces(find("Rico line on, new food, bell me"), SpanKind.STOCK) == ["food"]


def test_offers_without_a_quantity_for_money_are_no_prices(find: Find) -> None:
    finding = find("Rico line on, one free on your birthday, bell me")
    assert surfaces(finding, SpanKind.PRICE) == []
    assert surfaces(finding, SpanKind.OFFER) == ["one free on your birthday"]


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("Its Rico new number delete the old one", "new", None),
        ("new number 07700 900123 save it", "new", "07700 900123"),
        ("old number 07700 900222 is finished, ring this", "old", "07700 900222"),
        ("delete 07700 900111, new one is 07700 900222", "new", "07700 900222"),
        ("this is the rico line now on 07700 900010", "new", "07700 900010"),
        ("Golden Wok open til 11, call 01632 960123 to order", "none", None),
        ("same number as always", "none", None),
        ("Wrong number mate", "none", None),
        ("Hi mum this is my new number", "new", None),
    ],
)
def test_number_changes(find: Find, text: str, role: str, number: str | None) -> None:
    change = find(text).number_change
    assert (change.role, change.number) == (NumberChangeRole(role), number)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Rico line on til 11", ["til 11"]),
        ("Rico line open 9am-11pm", ["9am-11pm"]),
        ("Rico line on 24/7", ["24/7"]),
        ("Rico line on all night", ["all night"]),
        ("Rico line 10 till late", ["10 till late"]),
        ("Rico line 2-15 5-40", []),
    ],
)
def test_hours(find: Find, text: str, hours: list[str]) -> None:
    assert surfaces(find(text), SpanKind.HOURS) == hours
