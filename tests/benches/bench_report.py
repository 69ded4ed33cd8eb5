"""The report of 2,000 phones: each form, and how long its page takes to open in Chromium (goal: under 2 s).

Run: ``python -m tests.benches.bench_report [LINES]``; ten phones a line.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import async_playwright

from search.reports.forms import ReportForm, rendered
from tests.benches.made_documents import machine
from tests.fakes.large_report import PHONES_A_LINE, large_report

ROUNDS = 7
BLANK = "<!DOCTYPE html><html lang='en'><head><title>blank</title></head><body><p>blank</p></body></html>"
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


async def opened(paths: dict[str, Path]) -> dict[str, list[float]]:
    """Return seconds from the request of each page to its second frame, the pages in turns."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    seconds: dict[str, list[float]] = {name: [] for name in paths}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(ROUNDS):
            for name, path in paths.items():
                page = await browser.new_page(viewport={"width": 1280, "height": 900})
                began = time.perf_counter()
                await page.goto(path.as_uri(), wait_until="load")
                await page.evaluate(TWO_FRAMES)
                seconds[name].append(time.perf_counter() - began)
                await page.close()
        await browser.close()
    return seconds


def main() -> None:
    """Print the table."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 200
    report = asyncio.run(large_report(lines))
    print(f"The report of {lines * PHONES_A_LINE:,} phones   ({machine()})")
    with tempfile.TemporaryDirectory() as folder:
        page, blank = Path(folder) / "report.html", Path(folder) / "blank.html"
        blank.write_text(BLANK, encoding="utf-8")
        for form in ReportForm:
            began = time.perf_counter()
            content = rendered(report, form)
            print(f"{form:10} {time.perf_counter() - began:8.2f} s {len(content) / 2**20:8.1f} MB")
            if form is ReportForm.HTML:
                page.write_bytes(content)
        for name, seconds in asyncio.run(opened({"a blank page": blank, "the report": page})).items():
            print(f"{name:14} opens in {statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")


if __name__ == "__main__":
    main()
