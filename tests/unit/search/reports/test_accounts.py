"""Accounts of applications on pages and in charts: told from telephone numbers, and one however it is written."""

from __future__ import annotations

from typing import Any

import pytest

from search.reports.accounts import (
    account_names,
    is_named_account,
    on_their_numbers,
    with_accounts,
    with_accounts_said,
)
from search.reports.chart import _numbers
from search.reports.number_views import announcements_of, said_words
from search.reports.timeline import draw
from search.reports.to_check import to_check
from tests.unit.search.reports.test_line_parts import A, B, held, line, said

ID, OTHER = "5000017528", "5000007571"
NAME, OTHER_NAME = f"Telegram account {ID}", f"Telegram account {OTHER}"
BOUND = f"Telegram {OTHER}, stated with {A} as its owner's own on 1 phone, counts as this number."


def flare(sender: str, place: int = 1, **more: Any) -> dict[str, Any]:
    at = f"2024-01-0{place}T10:00:00.000Z"
    return {
        "flare_id": f"fl-{place}", "device_id": "dv-1", "direction": "received", "sender": sender, "template_id": "t",
        "line_id": "ln-1", "sender_is_inferred": False, "started_at": at, "ended_at": at, "recipient_count": 1,
        "message_count": 1, "first_record_id": "r-1", "time_basis": "network", **more,
    }  # fmt: skip


def report(*numbers: dict[str, Any], flares: tuple[dict[str, Any], ...] = (), **more: Any) -> dict[str, Any]:
    return {"lines": [line(*numbers)], "flares": list(flares), **more}


def test_an_account_is_named_with_its_application_where_the_report_shows_it() -> None:
    shown = report(held(ID, "01-01", "01-03"), flares=(flare(f"channel{ID}"), flare("him"), flare(A)))
    assert account_names(shown) == {ID: NAME}
    assert account_names(report(held(A, "01-01", "01-03", basis=[BOUND]), flares=(flare(OTHER),))) == {
        OTHER: OTHER_NAME
    }
    assert account_names(report(held(ID, "01-01", "01-03"))) == {ID: f"account {ID}"}, "no application is guessed"


def test_keys_and_sentences_bear_the_name_and_a_text_stays_as_it_is() -> None:
    said_of = {"at": None, "said_by": "old", "sender": ID, "text": f"not {ID} no more"}
    number = held(A, "01-01", "01-03", basis=[f"{A} is new after {ID}.", f"{ID} posted."], announcements=[said_of])
    shown = report(number, flares=(flare(f"user{ID}"),))
    told = with_accounts(shown, account_names(shown))
    (line_told,), (flare_told,) = told["lines"], told["flares"]
    (first,) = line_told["numbers"]
    assert first["basis"] == [f"{A} is new after {NAME}.", f"{NAME} posted."]
    assert (first["announcements"][0]["sender"], first["announcements"][0]["text"]) == (NAME, said_of["text"])
    assert flare_told["sender"] == NAME
    (kept,) = with_accounts_said(shown, account_names(shown))["flares"]
    assert kept["sender"] == f"user{ID}", "data keeps its keys"


def test_a_sentence_begins_with_a_capital_letter() -> None:
    shown = report(held(ID, "01-01", "01-03", basis=[f"{ID} posted after {ID}."]))
    (told,) = with_accounts(shown, account_names(shown))["lines"]
    assert told["numbers"][0]["basis"] == [f"Account {ID} posted after account {ID}."]


@pytest.mark.parametrize(
    ("words", "is_one"), [(NAME, True), (f"account {ID}", True), (ID, False), (A, False), ("him", False)]
)
def test_a_named_account_is_told_from_a_name(words: str, *, is_one: bool) -> None:
    assert is_named_account(words) is is_one


def test_an_account_is_one_row_of_the_timeline_however_it_is_written() -> None:
    shown = report(held(ID, "01-01", "01-03"), flares=(flare(f"channel{ID}", 1), flare(ID, 2), flare(f"user{OTHER}")))
    told = with_accounts(shown, account_names(shown))
    drawing = draw(told["lines"][0]["numbers"], told["flares"])
    assert drawing is not None
    assert [(row.label, row.note, len(row.marks)) for row in drawing.rows] == [
        (f"Telegram {ID}", "", 2),
        (f"Telegram {OTHER}", "not counted as the line's", 1),
    ]


def test_an_account_that_counts_as_a_number_is_drawn_and_checked_as_that_number() -> None:
    numbers = [held(A, "01-01", "01-03", basis=[BOUND])]
    shown = report(*numbers, flares=(flare(f"user{OTHER}"), flare(OTHER, 2)))
    told = with_accounts(shown, account_names(shown))
    flares = on_their_numbers(told["flares"], told["lines"][0]["numbers"])
    assert [each["sender"] for each in flares] == [A, A]
    assert to_check(told["lines"][0], flares, {"dv-1": "A/1"}) == ()
    assert to_check(told["lines"][0], told["flares"], {"dv-1": "A/1"}) != (), "else it is a sender of its own"


def test_an_account_counts_as_a_number_until_another_was_announced() -> None:
    until = BOUND.replace(".", " until another was announced on 2024-01-02.")
    shown = report(held(A, "01-01", "01-03", basis=[until]), flares=(flare(OTHER, 2), flare(OTHER, 3)))
    told = with_accounts(shown, account_names(shown))
    senders = [each["sender"] for each in on_their_numbers(told["flares"], told["lines"][0]["numbers"])]
    assert senders == [A, OTHER_NAME]


def test_an_account_that_announces_is_no_old_number() -> None:
    (said_it,) = announcements_of([said("its 07700 900002", 2, sender=NAME)])
    assert said_words(said_it, B) == f"announced, 1 Feb 2024 09:00 UTC (09:00 UK), by {NAME}"


def test_charts_have_accounts_of_their_own_kind() -> None:
    nodes = list(_numbers(report(held(A, "01-01", "01-03"), held(ID, "01-01", "01-03")), {ID: NAME}))
    assert [(node.node_id, node.kind, node.label) for node in nodes] == [
        (f"number:{A}", "number", A),
        (f"number:{ID}", "account", NAME),
    ]
