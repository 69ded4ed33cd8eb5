"""A report with everything in it that a form can stumble over: hostile text, emoji, scripts, decisions, news."""

from __future__ import annotations

import json
from typing import Any

from search.linkage.decisions import Decision, LineKey, PhoneKey, SenderKey, Verdict
from search.reports.build import build_report, report_bytes
from search.reports.news import news_of
from tests.fakes.phones import Phone, campaign, finding, moved_to, number
from tests.unit.search.reports.recorded import recorded

MADE = "2024-06-01T12:00:00Z"
FORMULA = '=HYPERLINK("http://x","y")'
HOSTILE = (
    f"{FORMULA} <script>&#x41;</script> #panic() \u202eback\u202c *bold* @user "
    'żółw 💊🔥 مرحبا 你好 \x00\x07 "quoted", done'
)
NAME = "+Rico💊"
LINE, NEXT, OTHER = number(1), number(2), number(3)
SINCE = {"at": "2024-05-01T00:00:00.000Z", "generated_at": None, "sha256": None}


def phones() -> list[Phone]:
    """Return the phones of the report: a line that changes its number, another one, and a bystander."""
    own = Phone("=HW/7", 9, imei="356938035643809")
    own.iccid = ("8944100000000000001",)
    for day in range(3):
        for place in range(12):
            own.text(number(100 + place), day + place / 1440, finding(HOSTILE, template="{line} on {deal}", line=NAME,
                     advert=True), sent=True)  # fmt: skip
    customers = [Phone("JB/1", 101, case="OP 💊"), Phone("JB/2", 102)]
    for wording in ("{line} on both 3 for 25", "{line} back with the best"):
        campaign(NAME, LINE, customers, range(3), wording)
        campaign(NAME, NEXT, customers, range(5, 9), wording)
    for customer in customers:
        customer.text(LINE, 1, finding("can i get 2"), sent=True)
        customer.text(LINE, 4, moved_to(NEXT, NAME), sent=False)
    others = [Phone("JB/2 of OP/2", 111, case="OP/2"), Phone("KL/1", 112, case="OP/2")]
    others[0].device_id, others[0].extraction_id = "dv-other", "ex-other"
    campaign("Benny", OTHER, others, range(6), "{line} live and direct best of both")
    campaign("Benny", OTHER, others, range(6), "{line} open til late")
    others[0].text(OTHER, 2, finding("can i get 2"), sent=True)
    others[0].name = "JB/2"
    bystander = Phone("MS/1", None, case="OP/3")
    bystander.text("101", None, finding("see you at six"), sent=True)
    return [own, *customers, *others, bystander]


def decisions(held: list[Phone]) -> tuple[Decision, ...]:
    """Return decisions about a link and a line, with notes that no form may take for more than text."""
    keys = tuple(PhoneKey(extraction_ids=(phone.extraction_id,), label=phone.name) for phone in held[1:3])
    common = {"note": f"{FORMULA} 💊", "decided_at": "2024-05-20T10:00:00.000Z", "decided_by": "dc 1234"}
    return (
        Decision(decision_id="dc-1", verdict=Verdict.REJECT, phones=keys, **common),
        Decision(
            decision_id="dc-2",
            verdict=Verdict.CONFIRM,
            lines=(LineKey(senders=(SenderKey(sender=OTHER),), label="Benny"),),
            **common,
        ),
    )


async def report_of(held: list[Phone], said: tuple[Decision, ...] = ()) -> dict[str, Any]:
    """Return the report of phones, as it comes out of its JSON."""
    report = await build_report(await recorded(held), software={"version": "0.1.0"}, generated_at=MADE, decisions=said)
    return dict(json.loads(report_bytes(report)))


async def whole_report(*, is_reversed: bool = False) -> dict[str, Any]:
    """Return the report with decisions and news; the phones dropped in one order or the other."""
    held = phones()
    said = decisions(held)
    report = await report_of(held[::-1] if is_reversed else held, said)
    report["new"] = news_of(await report_of(held[:2]), report, SINCE)
    return report
