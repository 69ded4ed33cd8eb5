"""The report is the same in every process: a set stands in another order in each."""

from __future__ import annotations

import os
import subprocess
import sys

_SCRIPT = """
import asyncio, hashlib
from search.reports.build import build_report, report_bytes
from tests.fakes.phones import Phone, finding, index_of, number, offer
from tests.unit.search.linkage.test_kept import made_up

LINE, ORDER = number(1), "can i get 2 pls"


def two_own_phones():
    one, two, customer = Phone("L/1", 1), Phone("L/2", 1), Phone("A/0", 100)
    for phone, day in ((one, 3), (two, 3.4)):
        phone.text(number(100), day, offer("Ziggy"), sent=True)
        customer.text(LINE, day, offer("Ziggy"), sent=False)
    customer.text(LINE, 3.1, finding(ORDER), sent=True)
    for party in range(300, 302):
        one.text(number(party), 3.2, finding(ORDER), sent=False)
        for at in range(30):
            two.text(number(party), 3.5 + at / 100, finding(f"see you at home {at}"), sent=False)
    return [one, two, customer]


async def digest():
    found = hashlib.sha256()
    for phones in (two_own_phones(), *(made_up(seed, 9) for seed in range(40))):
        index = await index_of(phones)
        report = await build_report(index, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z")
        found.update(report_bytes(report))
    return found.hexdigest()


print(asyncio.run(digest()))
"""


def test_the_report_is_the_same_in_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(digests) == 1
