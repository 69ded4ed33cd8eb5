"""The watched folder, with a clock of the test's own: nothing here waits for time to pass."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from ingest import finding
from ingest.assemble import Workspace, open_workspace, utc_now
from ingest.command_errors import OutputRefused
from ingest.completeness import last_changed_at
from ingest.data_paths import DataPaths
from ingest.deliveries import Found
from ingest.demo.writers.ufdr import write_folder, write_ufdr
from ingest.errors import DataFolderRefused
from ingest.finding import find_at
from ingest.intake import Intake, watch_folders
from ingest.outbox import Outbox
from ingest.outcomes import Receipt
from ingest.printed.status_text import status_lines
from ingest.worker import status
from tests.fakes.drops import drop, made_report, settings_for

pytestmark = pytest.mark.usefixtures("quick_analysis")

QUIET = 10.0
GIVE_UP_SECONDS = 60


class Watcher:
    """Runs the watch one look at a time: each look comes when the test lets time pass."""

    def __init__(self, workspace: Workspace, folder: Path, outbox: Path | None) -> None:
        self.workspace = workspace
        self.now = 1000.0
        self.receipts: list[Receipt] = []
        self.told: list[str] = []
        self.unwritten: list[str] = []
        self.stop = asyncio.Event()
        self._looks = asyncio.Queue[float]()
        self._asleep = asyncio.Event()
        workspace.sleep = self._sleep
        self._task = asyncio.create_task(self._watch(workspace, folder, outbox))

    async def _sleep(self, _seconds: float) -> None:
        self._asleep.set()
        self.now += await self._looks.get()

    async def _watch(self, workspace: Workspace, folder: Path, outbox: Path | None) -> None:
        watched = watch_folders(
            workspace,
            [folder],
            stop=self.stop,
            outbox=outbox,
            monotonic=lambda: self.now,
            tell=self.told.append,
            on_unwritten=self.unwritten.extend,
        )
        async for receipt in watched:
            self.receipts.append(receipt)

    async def look(self, seconds: float = 0.0) -> list[Receipt]:
        """Let so much time pass and the folder be looked at; returns the receipts that came of it."""
        before = len(self.receipts)
        await self._rest()
        self._asleep.clear()
        self._looks.put_nowait(seconds)
        await self._rest()
        return self.receipts[before:]

    async def _rest(self) -> None:
        async with asyncio.timeout(GIVE_UP_SECONDS):
            while not self._asleep.is_set():
                if self._task.done():
                    await self._task
                await asyncio.sleep(0.01)

    async def end(self) -> None:
        self.stop.set()
        async with asyncio.timeout(GIVE_UP_SECONDS):
            await self._task


@asynccontextmanager
async def watching(
    tmp_path: Path, clock: Callable[[], datetime] = utc_now, **overrides: object
) -> AsyncIterator[Watcher]:
    drops = tmp_path / "drops"
    drops.mkdir(exist_ok=True)
    settings = settings_for(
        tmp_path / "data", **{"watch.quiet_seconds": QUIET, "watch.incomplete_seconds": 100.0, **overrides}
    )
    async with open_workspace(settings, clock=clock) as workspace:
        watcher = Watcher(workspace, drops, tmp_path / "outbox")
        try:
            yield watcher
        finally:
            await watcher.end()


def names(receipts: list[Receipt]) -> list[object]:
    return [receipt["file_name"] for receipt in receipts]


async def test_a_drop_is_taken_when_it_is_quiet_and_not_before(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops", "one")
        assert await watcher.look() == []
        assert await watcher.look(QUIET - 1) == []
        os.utime(path, ns=(1, 1))
        assert await watcher.look(2) == [], "a change begins the wait anew"
        assert names(await watcher.look(QUIET)) == ["one.xml"]
        assert await watcher.look(QUIET) == []
    assert path.exists()


async def test_a_drop_that_is_not_whole_is_not_taken_however_quiet_it_is(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        content = write_ufdr(tmp_path / "x", made_report("x")).read_bytes()
        path = tmp_path / "drops" / "x.ufdr"
        path.write_bytes(content[:-30])
        await watcher.look()
        assert await watcher.look(5 * QUIET) == []
        path.write_bytes(content)
        await watcher.look()
        assert [receipt["state"] for receipt in await watcher.look(QUIET)] == ["complete"]


@pytest.mark.parametrize("suffix", [".filepart", ".CRDOWNLOAD"])
async def test_what_has_the_name_of_an_unfinished_copy_waits_until_it_is_renamed(tmp_path: Path, suffix: str) -> None:
    async with watching(tmp_path, **{"watch.unfinished_seconds": 50.0}) as watcher:
        path = drop(tmp_path / "drops", "one")
        copying = path.rename(path.with_name(f"one.xml{suffix}"))
        await watcher.look()
        assert await watcher.look(3 * QUIET) == []
        assert [told.split(":")[0] for told in watcher.told] == [f"{copying} waits"]
        assert await watcher.look(20) == []
        assert await watcher.look(QUIET) == []
        assert [told.split(":")[0] for told in watcher.told[1:]] == [f"{copying} still waits after 50 s"]
        copying.rename(path)
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["one.xml"]
        assert len(watcher.told) == 2


async def test_a_folder_in_which_a_copy_is_unfinished_is_not_taken(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops" / "case", "one")
        copying = drop(tmp_path / "drops" / "case", "two").rename(path.with_name("two.xml.filepart"))
        await watcher.look()
        assert await watcher.look(QUIET) == []
        copying.rename(path.with_name("two.xml"))
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["one.xml", "two.xml"]


async def test_what_systems_leave_in_a_watched_folder_is_no_drop(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        drop(tmp_path / "drops", "one")
        (tmp_path / "drops" / "Thumbs.db").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["one.xml"]
        assert await watcher.look(100) == []
        assert [told.split(" is ")[0] for told in watcher.told] == [str(tmp_path / "drops" / "Thumbs.db")]
        assert not list((tmp_path / "outbox").glob("*.reason.txt"))


async def test_what_stays_incomplete_is_taken_in_the_end_and_said_to_be(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        content = write_ufdr(tmp_path / "x", made_report("x", bodies=["text"] * 99)).read_bytes()
        (tmp_path / "drops" / "x.ufdr").write_bytes(content[: len(content) // 2])
        await watcher.look()
        assert [receipt["state"] for receipt in await watcher.look(100)] == ["partial"]


async def test_the_time_after_which_what_is_cut_off_is_taken_does_not_begin_anew_with_the_watch(tmp_path: Path) -> None:
    content = write_ufdr(tmp_path / "x", made_report("x", bodies=["text"] * 99)).read_bytes()
    path = tmp_path / "drops" / "x.ufdr"
    path.parent.mkdir()
    path.write_bytes(content[: len(content) // 2])
    async with watching(tmp_path, lambda: utc_now() + timedelta(seconds=60)) as watcher:
        await watcher.look()
        assert await watcher.look(QUIET) == []
        path.write_bytes(content[: len(content) // 2 + 1])
        await watcher.look()
        assert await watcher.look(60) == [], "it changed before our eyes"
    async with watching(tmp_path, lambda: utc_now() + timedelta(seconds=200)) as watcher:
        assert await watcher.look() == [], "it is looked at for a while all the same"
        assert [receipt["state"] for receipt in await watcher.look(QUIET)] == ["partial"]


async def test_what_comes_while_we_watch_is_timed_by_our_own_clock(tmp_path: Path) -> None:
    content = write_ufdr(tmp_path / "x", made_report("x", bodies=["text"] * 99)).read_bytes()
    # A share whose clock is behind: what is copied to it right now looks old.
    async with watching(tmp_path, lambda: utc_now() + timedelta(seconds=3660)) as watcher:
        await watcher.look()
        (tmp_path / "drops" / "x.ufdr").write_bytes(content[: len(content) // 2])
        await watcher.look()
        assert await watcher.look(QUIET) == []
        assert [receipt["state"] for receipt in await watcher.look(100)] == ["partial"]


@pytest.mark.parametrize("lay_seconds", [-3660, QUIET / 2])
async def test_what_changed_a_moment_before_the_watch_began_has_its_whole_time(
    tmp_path: Path, lay_seconds: float
) -> None:
    content = write_ufdr(tmp_path / "x", made_report("x", bodies=["text"] * 99)).read_bytes()
    path = tmp_path / "drops" / "x.ufdr"
    path.parent.mkdir()
    path.write_bytes(content[: len(content) // 2])
    at = datetime.fromtimestamp(last_changed_at(path) + lay_seconds, UTC)
    async with watching(tmp_path, lambda: at) as watcher:
        await watcher.look()
        assert await watcher.look(99) == []
        assert [receipt["state"] for receipt in await watcher.look(QUIET)] == ["partial"]


async def test_what_ends_before_its_end_is_told_of_and_named_by_the_status_until_it_is_taken(tmp_path: Path) -> None:
    content = write_ufdr(tmp_path / "x", made_report("x", bodies=["text"] * 99)).read_bytes()
    path, empty = tmp_path / "drops" / "x.ufdr", tmp_path / "drops" / "empty.xml"
    async with watching(tmp_path) as watcher:
        path.write_bytes(content[: len(content) // 2])
        empty.touch()
        await watcher.look()
        assert watcher.told == [], "it may still be copied"
        await watcher.look(QUIET)
        await watcher.look(QUIET)
        assert [told.split(". It is taken as it is on ")[0] for told in watcher.told] == [
            f"{empty} waits: it is empty",
            f"{path} waits: it is cut off",
        ]
        held = await status(watcher.workspace)
        assert [drop.path for drop in held.waiting_drops] == [str(empty), str(path)]
        assert list(status_lines(held))[-1] == "Nothing is held yet.", "nobody has to take in what is being watched"
        assert watcher.told[1] in list(status_lines(held))
        empty.unlink()
        await watcher.look(QUIET)
        assert [drop.path for drop in (await status(watcher.workspace)).waiting_drops] == [str(path)]
        assert [receipt["state"] for receipt in await watcher.look(100)] == ["partial"]
        assert (await status(watcher.workspace)).waiting_drops == ()
        assert len(watcher.told) == 2
        path.with_name("y.ufdr").write_bytes(content[:-9])
        await watcher.look()
        await watcher.look(QUIET)
        assert len(list((tmp_path / "data").glob("waiting-*.json"))) == 1
    assert not list((tmp_path / "data").glob("waiting-*.json"))


async def test_a_watch_that_is_stopped_says_what_it_leaves(tmp_path: Path) -> None:
    content = write_ufdr(tmp_path / "x", made_report("x", bodies=["text"] * 99)).read_bytes()
    path = tmp_path / "drops" / "x.ufdr"
    async with watching(tmp_path) as watcher:
        drop(tmp_path / "drops", "one")
        path.write_bytes(content[: len(content) // 2])
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["one.xml"]
        late = path.with_name("late.csv")
        late.write_text("a", encoding="ascii")
    assert watcher.told[-1] == f"Stopped. Not taken yet, and left to the next watch: {late}, {path}."
    path.unlink()
    part = late.rename(late.with_name("late.csv.part"))
    async with watching(tmp_path) as watcher:
        await watcher.look()
    assert watcher.told[-1] == f"Stopped. Under the name of an unfinished copy, until renamed: {part}."
    part.unlink()
    async with watching(tmp_path) as watcher:
        await watcher.look()
    assert not any(told.startswith("Stopped.") for told in watcher.told)


async def test_a_folder_is_taken_as_a_whole(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        folder = write_folder(tmp_path / "drops" / "case", made_report("case"))
        await watcher.look()
        (folder / "late.jpg").write_bytes(b"late")
        assert await watcher.look(QUIET) == [], "something came late"
        assert names(await watcher.look(QUIET)) == ["case"]


async def test_a_sidecar_belongs_to_its_drop(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops", "one")
        path.with_name("one.xml.trapline.toml").write_text('exhibit_ref = "S/1"', encoding="utf-8")
        await watcher.look()
        assert [receipt["exhibit_ref"] for receipt in await watcher.look(QUIET)] == ["S/1"]


async def test_receipts_and_the_report_go_to_the_outbox(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        drop(tmp_path / "drops", "one", with_sim=True)
        await watcher.look()
        receipts = await watcher.look(QUIET)
    outbox = tmp_path / "outbox"
    kept = [json.loads(path.read_bytes()) for path in sorted(outbox.glob("one.xml-*.receipt.json"))]
    assert sorted(map(str, kept)) == sorted(map(str, json.loads(json.dumps(receipts))))
    (report,) = outbox.glob("one.xml-*.report.json")
    assert json.loads(report.read_bytes())["schema"] == "trapline.linkage-report/1"
    assert json.loads(report.read_bytes())["new"]["extraction_ids"] == sorted(row["extraction_id"] for row in receipts)
    (page,) = outbox.glob("one.xml-*.report.html")
    assert b"</html>" in page.read_bytes()
    assert (tmp_path / "data" / "reports" / "linkage-report.json").read_bytes() == report.read_bytes()
    assert not list(outbox.glob(".*"))


@pytest.mark.parametrize("place", ["outbox", "outbox/of/watch"])
async def test_an_outbox_that_cannot_be_written_is_refused_when_the_watch_begins(tmp_path: Path, place: str) -> None:
    (tmp_path / "drops").mkdir()
    (tmp_path / "outbox").write_bytes(b"no folder")
    stop = asyncio.Event()
    stop.set()
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        with pytest.raises(OutputRefused, match=r"^The outbox /.* cannot be written: "):
            async for _ in watch_folders(workspace, [tmp_path / "drops"], stop=stop, outbox=tmp_path / place):
                pass


async def test_an_outbox_is_made_and_left_empty_when_the_watch_begins(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        await watcher.look()
        assert list((tmp_path / "outbox").iterdir()) == []


def take_away(outbox: Path) -> None:
    """Put a file where the outbox was: what a share that went away is to those who write."""
    outbox.rename(outbox.with_name("put-by"))
    outbox.write_bytes(b"no folder")


def give_back(outbox: Path) -> None:
    outbox.unlink()
    outbox.with_name("put-by").rename(outbox)


async def test_drops_are_taken_while_the_outbox_is_away_and_get_their_files_when_it_is_back(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    async with watching(tmp_path) as watcher:
        await watcher.look()
        take_away(outbox)
        for name in ("one", "two"):
            drop(tmp_path / "drops", name)
            await watcher.look()
            assert names(await watcher.look(QUIET)) == [f"{name}.xml"]
        (told,) = watcher.told
        assert told.startswith(f"The outbox {outbox} cannot be written: it is no folder.")
        give_back(outbox)
        # An event of the file system may have ended the wait, and a look then tells of the one before.
        for _ in range(3):
            await watcher.look()
        assert watcher.told[1:] == [f"The outbox {outbox} can be written again; all that waited for it is there."]
        written = [path.name.split("-ex-")[0] for path in outbox.iterdir()]
        assert sorted(written) == ["one.xml"] * 3 + ["two.xml"] * 3
    assert len(watcher.told) == 2
    assert watcher.unwritten == []


async def test_a_receipt_that_waits_gives_way_to_a_later_one_of_its_name(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    async with watching(tmp_path) as watcher:
        await watcher.look()
        take_away(outbox)
        path = drop(tmp_path / "drops", "one")
        for _ in range(2):
            await watcher.look()
            assert names(await watcher.look(QUIET)) == ["one.xml"]
            os.utime(path, (1, 1))
        give_back(outbox)
    (receipt,) = outbox.glob("*.receipt.json")
    first, second = json.loads(json.dumps(watcher.receipts))
    assert first != second
    assert json.loads(receipt.read_bytes()) == second


async def test_a_file_that_cannot_be_written_keeps_no_other_from_the_outbox(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops", "one")
        await watcher.look()
        await watcher.look(QUIET)
        (receipt,) = (tmp_path / "outbox").glob("*.receipt.json")
        receipt.unlink()
        receipt.mkdir()
        os.utime(path, (1, 1))
        drop(tmp_path / "drops", "two")
        await watcher.look()
        await watcher.look(QUIET)
        assert len(list((tmp_path / "outbox").glob("two.xml-*"))) == 3
    assert watcher.unwritten == [receipt.name]


async def test_what_waits_for_the_outbox_at_the_end_is_named(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    async with watching(tmp_path) as watcher:
        await watcher.look()
        take_away(outbox)
        drop(tmp_path / "drops", "one")
        await watcher.look()
        (receipt,) = await watcher.look(QUIET)
    stem = f"one.xml-{receipt['extraction_id']}"
    assert sorted(watcher.unwritten) == [f"{stem}.receipt.json", f"{stem}.report.html", f"{stem}.report.json"]
    assert watcher.told[-1].startswith(f"Not written to the outbox {outbox}: {', '.join(watcher.unwritten)}. ")


async def test_a_quarantine_that_cannot_be_written_is_said_of_the_data_folder(tmp_path: Path) -> None:
    quarantine = tmp_path / "data" / "quarantine"
    async with watching(tmp_path) as watcher:
        (tmp_path / "drops" / "noise.bin").write_bytes(Random(2).randbytes(2000))
        await watcher.look()
        receipts = await watcher.look(QUIET)
        quarantine.rename(tmp_path / "put-by")
        quarantine.write_bytes(b"no folder")
        with pytest.raises(DataFolderRefused, match="quarantine"):
            await Outbox(watcher.workspace, None).put(receipts)


async def test_the_receipt_of_a_file_is_named_after_the_file_that_was_dropped(tmp_path: Path) -> None:
    """What was held before has the name of then, which those who drop it may never have seen."""
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops", "one")
        await watcher.look()
        await watcher.look(QUIET)
        for each in (tmp_path / "outbox").iterdir():
            each.unlink()
        path.rename(path.with_name("slow.xml"))
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["one.xml"]
    written = sorted(each.name for each in (tmp_path / "outbox").iterdir())
    assert [name.split("-ex-")[0] for name in written] == ["slow.xml"] * 3


async def test_each_report_says_what_is_new_since_the_one_before(tmp_path: Path) -> None:
    latest = tmp_path / "data" / "reports" / "linkage-report.json"
    async with watching(tmp_path) as watcher:
        reports = []
        for name in ("one", "two"):
            drop(tmp_path / "drops", name)
            await watcher.look()
            receipts = await watcher.look(QUIET)
            reports.append((latest.read_bytes(), {receipt["extraction_id"] for receipt in receipts}))
    (first, _), (second, ids) = reports
    news = json.loads(second)["new"]
    assert news["since"]["sha256"] == hashlib.sha256(first).hexdigest()
    assert set(news["extraction_ids"]) == ids
    latest.write_bytes(b"{")
    async with watching(tmp_path) as watcher:
        drop(tmp_path / "drops", "three")
        await watcher.look()
        (receipt,) = await watcher.look(QUIET)
    news = json.loads(latest.read_bytes())["new"]
    assert news["extraction_ids"] == [receipt["extraction_id"]]
    assert news["since"]["at"] is not None


async def test_a_bad_drop_gets_a_reason_and_stays_where_it_is(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        path = tmp_path / "drops" / "noise.bin"
        path.write_bytes(Random(2).randbytes(2000))
        good = drop(tmp_path / "drops", "one")
        await watcher.look()
        receipts = await watcher.look(QUIET)
        assert sorted(str(receipt["state"]) for receipt in receipts) == ["complete", "refused"]
    assert path.exists()
    assert good.exists()
    for folder in (tmp_path / "outbox", tmp_path / "data" / "quarantine"):
        (reason,) = folder.glob("noise.bin-*.reason.txt")
        text = reason.read_text(encoding="utf-8")
        assert "No reader knows this format" in text
        assert str(path) in text


async def test_a_restart_takes_nothing_twice(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops", "one")
        await watcher.look()
        await watcher.look(QUIET)
    async with watching(tmp_path) as watcher:
        await watcher.look()
        assert await watcher.look(QUIET) == []
        drop(tmp_path / "drops", "two", place=2)
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["two.xml"]
        drop(tmp_path / "drops", "one", place=3)
        assert path.exists()
        await watcher.look()
        assert [receipt["already_held"] for receipt in await watcher.look(QUIET)] == [False], "it is another one now"


async def test_links_and_pipes_are_refused_and_hold_nothing_up(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        os.mkfifo(tmp_path / "drops" / "pipe")
        (tmp_path / "drops" / "link").symlink_to(tmp_path)
        drop(tmp_path / "drops", "one")
        await watcher.look()
        await watcher.look(QUIET)
        receipts = [*watcher.receipts, *await watcher.look(100)]
        assert {str(receipt["file_name"]): receipt["state"] for receipt in receipts} == {
            "one.xml": "complete",
            "link": "refused",
            "pipe": "refused",
        }


async def test_the_outbox_and_the_data_folder_are_no_drops(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    settings = settings_for(drops / "data", **{"watch.quiet_seconds": QUIET})
    async with open_workspace(settings) as workspace:
        watcher = Watcher(workspace, drops, drops / "outbox")
        drop(drops, "one")
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["one.xml"]
        await watcher.look()
        assert await watcher.look(QUIET) == []
        await watcher.end()


async def test_another_writer_keeps_a_drop_waiting_and_no_longer(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        drop(tmp_path / "drops", "one")
        await watcher.look()
        async with open_workspace(settings_for(tmp_path / "data"), is_writer=True):
            assert await watcher.look(QUIET) == []
        assert names(await watcher.look()) == ["one.xml"]


async def test_what_was_not_finished_is_finished_when_the_watch_begins(tmp_path: Path) -> None:
    path = drop(tmp_path / "elsewhere", "one")
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        workspace.journal.begin_arrival(path)
    async with watching(tmp_path) as watcher:
        await watcher.look()
        assert names(watcher.receipts) == ["one.xml"]
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        assert (await status(workspace)).unfinished_count == 0


async def test_events_of_the_file_system_shorten_the_wait(tmp_path: Path) -> None:
    """With nothing there the next look is a minute away; a drop is noticed at once all the same."""
    (tmp_path / "drops").mkdir()
    settings = settings_for(tmp_path / "data", **{"watch.quiet_seconds": 0.2, "watch.poll_seconds": 0.1})
    stop = asyncio.Event()
    async with open_workspace(settings) as workspace, asyncio.timeout(GIVE_UP_SECONDS / 2):

        async def later() -> None:
            await asyncio.sleep(0.5)
            drop(tmp_path / "drops", "one")

        task = asyncio.create_task(later())
        async for receipt in watch_folders(workspace, [tmp_path / "drops"], stop=stop):
            assert receipt["file_name"] == "one.xml"
            stop.set()
        await task


async def test_the_report_of_a_folder_is_named_after_the_folder(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        drop(tmp_path / "drops" / "OP HAZEL", "one")
        await watcher.look()
        assert names(await watcher.look(QUIET)) == ["one.xml"]
    written = sorted(path.name for path in (tmp_path / "outbox").iterdir())
    assert [name.split("-ex-")[0] for name in written] == ["OP HAZEL", "OP HAZEL", "one.xml"]


async def test_a_long_name_in_any_script_gets_its_receipt_and_its_report(tmp_path: Path) -> None:
    """A file system counts bytes, and a name of eighty Chinese characters has 240 without anything behind it."""
    name = "\u8bc1" * 80
    async with watching(tmp_path) as watcher:
        drop(tmp_path / "drops", name[:70])
        (tmp_path / "drops" / name).write_bytes(b"rubbish")
        await watcher.look()
        assert sorted(str(receipt["state"]) for receipt in await watcher.look(QUIET)) == ["complete", "refused"]
    endings = sorted(path.name.split(".", 1)[1] for path in (tmp_path / "outbox").iterdir())
    assert endings == ["reason.txt", "receipt.json", "receipt.json", "report.html", "report.json"]


async def test_a_reason_is_of_one_drop_whatever_its_name_holds(tmp_path: Path) -> None:
    """A line feed in a name writes no line of its own, and what was not read has no hash."""
    async with watching(tmp_path) as watcher:
        os.mkfifo(tmp_path / "drops" / "x\nRefused:   nothing")
        await watcher.look()
        await watcher.look(100)
    (reason,) = (tmp_path / "outbox").glob("*.reason.txt")
    lines = reason.read_text(encoding="utf-8").splitlines()
    assert [line.split(":")[0] for line in lines] == ["Delivery", "Path", "SHA-256", "Received", "Refused", "To do"]
    assert lines[2] == "SHA-256:   none: it was not read"


async def test_a_drop_that_is_moved_away_and_back_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes back looking as it did when it could not be taken."""
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops", "one")

        async def find_moved(workspace: Workspace, place: Path) -> tuple[Found, ...]:
            monkeypatch.setattr(finding, "find_at", find_at)
            path.rename(tmp_path / "away.xml")
            return await find_at(workspace, place)

        monkeypatch.setattr(finding, "find_at", find_moved)
        await watcher.look()
        assert [receipt["state"] for receipt in await watcher.look(QUIET)] == ["refused"]
        assert await watcher.look(QUIET) == []
        (tmp_path / "away.xml").rename(path)
        await watcher.look()
        assert [receipt["state"] for receipt in await watcher.look(QUIET)] == ["complete"]


@pytest.mark.parametrize(
    ("refusal", "subject"), [("input_unreadable", "Permission denied"), ("finder_lost", "killed by signal 9")]
)
async def test_a_drop_that_could_not_be_read_is_tried_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: str, subject: str
) -> None:
    """Given to another owner, on a share that is back, or with memory to spare, it looks as before."""
    async with watching(tmp_path) as watcher:
        path = drop(tmp_path / "drops", "one")

        async def find_none(_workspace: Workspace, place: Path) -> tuple[Found, ...]:
            monkeypatch.setattr(finding, "find_at", find_at)
            return (Found(raw_path=os.fsencode(place), refusal=refusal, subject=subject),)

        monkeypatch.setattr(finding, "find_at", find_none)
        await watcher.look()
        assert [receipt["state"] for receipt in await watcher.look(QUIET)] == ["refused"]
        assert await watcher.look(QUIET) == [], "not again and again"
        assert [receipt["state"] for receipt in await watcher.look(100)] == ["complete"]
        assert path.exists()


@pytest.mark.parametrize("place", [".", "case/outbox", "linked"])
async def test_an_outbox_that_would_be_taken_for_a_drop_is_refused(tmp_path: Path, place: str) -> None:
    """Each receipt in it would be a drop, and have a receipt."""
    drops = tmp_path / "drops"
    drops.mkdir()
    (tmp_path / "other").symlink_to(drops)
    outbox = tmp_path / "other" if place == "linked" else drops / place
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        with pytest.raises(OutputRefused):
            await anext(watch_folders(workspace, [drops], stop=asyncio.Event(), outbox=outbox))


@pytest.mark.parametrize("place", [".", "case/data", ".."])
async def test_a_data_folder_that_would_be_taken_for_a_drop_is_refused(tmp_path: Path, place: str) -> None:
    drops = tmp_path / "x" / "drops"
    async with open_workspace(settings_for((drops / place).resolve())) as workspace:
        drops.mkdir(parents=True, exist_ok=True)
        with pytest.raises(DataFolderRefused):
            await anext(watch_folders(workspace, [drops], stop=asyncio.Event()))


def test_a_folder_that_goes_away_is_no_error(tmp_path: Path) -> None:
    class Nothing:
        settings = settings_for(tmp_path / "data")
        paths = DataPaths(tmp_path / "data")
        now = staticmethod(utc_now)

    looking = Intake(Nothing(), [tmp_path / "gone"], set(), lambda: 0.0)  # type: ignore[arg-type]  # a stand-in
    assert looking.ready() == []
