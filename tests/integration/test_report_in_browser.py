"""The page of thousands of phones in a browser: whole, self-contained, what is new on its first screen and sheet."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pypdf
import pytest
from playwright.async_api import Page, async_playwright

from search.reports.forms import ReportForm, rendered
from tests.fakes.large_report import PHONES_A_LINE, large_report

LINES = 200
NARROW = 700
"""Up to here a table that is read in columns stands in rows."""
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(rendered(asyncio.run(large_report(LINES)), ReportForm.HTML))
    return path


@pytest.fixture
async def shown(place: Path) -> AsyncIterator[tuple[Page, list[str]]]:
    """The page, and what it asked for or complained about."""
    assert CHROMIUM, "no Chromium on this machine: make system installs it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        seen: list[str] = []
        page.on("request", lambda request: seen.append(request.url))
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        await page.goto(place.as_uri(), wait_until="load")
        yield page, seen
        await browser.close()


async def test_the_page_asks_for_nothing_but_itself(shown: tuple[Page, list[str]], place: Path) -> None:
    page, seen = shown
    assert seen == [place.as_uri()]
    assert await page.locator("section.card").count() == LINES


async def test_the_first_screen_says_what_is_new_and_nothing_is_wider_than_the_page(
    shown: tuple[Page, list[str]],
) -> None:
    page, _ = shown
    box = await page.locator(".news").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900
    assert "since 1 may 2024" in (await page.locator(".news").inner_text()).casefold()
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [390, 800, 1280])
async def test_a_long_name_of_a_phone_runs_over_nothing_on_any_screen(tmp_path: Path, width: int) -> None:
    report = await large_report(2)
    name = "EX/" + "A" * 90
    text = json.dumps(report).replace("A/1-0", name)
    path = tmp_path / "long.html"
    path.write_bytes(rendered(json.loads(text), ReportForm.HTML))
    assert CHROMIUM, "no Chromium on this machine: make system installs it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": width, "height": 900})
        await page.goto(path.as_uri(), wait_until="load")
        await page.add_style_tag(content=".card, .link, .wording, .source { content-visibility: visible !important; }")
        assert name in await page.locator("body").inner_text()
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        wider = "[...document.querySelectorAll('.link > div')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
        assert await page.evaluate(wider) == 0
        cut = "[...document.querySelectorAll('.glance, .phones')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
        assert width > NARROW or await page.evaluate(cut) == 0
        await browser.close()


async def test_the_page_stays_within_what_a_browser_lays_out_at_once(shown: tuple[Page, list[str]]) -> None:
    """How fast it opens is a figure (``make bench``); what makes it slow is how much of it there is."""
    page, _ = shown
    assert await page.evaluate("document.getElementsByTagName('*').length") < 60 * LINES * PHONES_A_LINE
    assert await page.evaluate("document.documentElement.outerHTML.length") < 6_000_000
    assert await page.evaluate("getComputedStyle(document.querySelector('.card')).contentVisibility") == "auto"


async def test_the_way_from_the_first_page_to_the_last_line_works(shown: tuple[Page, list[str]]) -> None:
    page, _ = shown
    link = page.locator("table a[href^='#ln-']").first
    target = await link.get_attribute("href")
    assert target is not None
    await link.click()
    box = await page.locator(f"[id='{target[1:]}']").bounding_box()
    assert box is not None
    assert abs(box["y"]) < 900


async def test_on_paper_the_first_sheet_says_what_is_new_and_every_sheet_has_its_number(
    shown: tuple[Page, list[str]],
) -> None:
    page, _ = shown
    printed = pypdf.PdfReader(io.BytesIO(await page.pdf(prefer_css_page_size=True)))
    first, last = printed.pages[0].extract_text(), printed.pages[-1].extract_text()
    assert "since" in first.casefold()
    assert "all lines, that of the latest advert first" in first.casefold()
    assert f"Page 1 of {len(printed.pages)}" in first
    assert f"Page {len(printed.pages)} of {len(printed.pages)}" in last
