"""Each decision that was made or taken back since is said in one sentence, and once."""

from __future__ import annotations

import msgspec

from search.linkage.decisions import Revocation, Verdict
from search.reports.news import news_of
from search.reports.page import page_of
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from tests.fakes.phones import number
from tests.unit.search.linkage.test_decisions import about_line, one_line_of_two_numbers, two_lines
from tests.unit.search.reports.test_decided_lines import SINCE, report_of

A, B = number(1), number(2)


async def test_a_confirmation_that_is_taken_back_is_news_as_the_confirmation_was() -> None:
    phones = two_lines()
    confirmed = about_line(Verdict.CONFIRM, A)
    revoked = msgspec.structs.replace(
        confirmed, revoked=Revocation(revoked_at="2024-06-03T00:00:00.000Z", revoked_by="dc 77", note="wrong line")
    )
    before, on, off = await report_of(phones), await report_of(phones, confirmed), await report_of(phones, revoked)
    on["new"], off["new"] = news_of(before, on, SINCE), news_of(on, off, SINCE)
    assert page_of(on).new_decisions.items == (
        "dc 1234 confirmed the line Rico on 2024-06-01: it holds (dc-confirm-1).",
    )
    # Not a second time under its line.
    assert page_of(on).new_lines.total == 0
    said = "dc 77 took back on 2024-06-03 that dc 1234 confirmed the line Rico (dc-confirm-1)."
    assert page_of(off).new_decisions.items == (said,)
    assert said in render_html(off)
    assert said in print_data(off)["news"]["sentences"]


async def test_a_split_is_news_once_and_not_under_each_of_its_halves() -> None:
    phones = await one_line_of_two_numbers()
    whole, parted = await report_of(phones), await report_of(phones, about_line(Verdict.SPLIT, A, B))
    parted["new"] = news_of(whole, parted, SINCE)
    (said,) = page_of(parted).new_decisions.items
    assert said == f"dc 1234 kept the lines {A} and {B} apart on 2024-06-01: it holds (dc-split-1)."
    assert render_html(parted).count("(dc-split-1)") == 1
    assert sum("(dc-split-1)" in words for words in print_data(parted)["news"]["sentences"]) == 1


async def test_a_decision_that_another_replaced_or_that_fits_no_longer_is_said_so() -> None:
    phones = two_lines()
    confirmed, rejected = about_line(Verdict.CONFIRM, A), about_line(Verdict.REJECT, A, day=2)
    earlier, report = await report_of(phones, confirmed), await report_of(phones, confirmed, rejected)
    report["new"] = news_of(earlier, report, SINCE)
    assert page_of(report).new_decisions.items == (
        "That dc 1234 confirmed the line Rico is replaced by a later decision (dc-confirm-1).",
        "dc 1234 rejected the line Rico on 2024-06-02: it holds (dc-reject-2).",
    )
    report["decisions"][0]["state"] = "no_longer_fits"
    assert page_of(report).new_decisions.items[0].endswith("fits nothing that is held now (dc-confirm-1).")
