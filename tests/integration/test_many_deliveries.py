"""One handset in many small deliveries: what is read for the next one does not grow with those that are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from ingest import resolving
from ingest.assemble import Workspace, open_workspace
from ingest.demo.truth import ChatThread, Peer, TextMessage, Travel
from ingest.demo.writers.whatsapp_text import ANDROID_UK, write_chat
from ingest.errors import SegmentDamaged
from ingest.export import facts_elsewhere
from ingest.journal import ExtractionRow, Journal
from ingest.segment_store.finding_segments import FindingSegment
from ingest.segment_store.segment_file import FrameRef, SegmentFile
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.sidecar_names import SIDECAR_SUFFIX
from search.linkage.devices.superseding import HeldFacts, Superseding
from tests.fakes.drops import STARTS_AT, drop, exported_from, settings_for, taken
from tests.fakes.quick_analysis import VERSIONS

pytestmark = pytest.mark.usefixtures("quick_analysis")

CHATS = 9
HALF = 4


def chat(folder: Path, place: int) -> Path:
    """Write a chat of the one handset with somebody, and a sidecar that says whose it is."""
    folder.mkdir(exist_ok=True)
    peer = Peer(f"+44770090{place:04}", f"+44770090{place:04}", f"Sam {place}")
    texts = tuple(
        TextMessage(
            key=str(n),
            at=STARTS_AT + timedelta(hours=place, minutes=n),
            travel=Travel.IN if n % 2 else Travel.OUT,
            peers=(peer,),
            body=f"{place} {n}",
            service="whatsapp",
        )
        for n in range(6)
    )
    thread = ChatThread(
        key=str(place), service="whatsapp", account="kit", participants=(peer,), messages=texts, name=peer.name
    )
    path = write_chat(folder / f"WhatsApp Chat with Sam {place}.txt", thread, ANDROID_UK)
    stated = 'case_ref = "OP TEST"\nexhibit_ref = "T/1"\n'
    path.with_name(path.name + SIDECAR_SUFFIX).write_text(stated, encoding="utf-8")
    return path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """What this process reads of segments, by kind and frame."""
    counts: dict[str, int] = {}
    frame, contents = SegmentFile.frame, SegmentFile._contents

    def count(name: str) -> None:
        counts[name] = counts.get(name, 0) + 1

    def counted_frame(self: SegmentFile[RecordSegment], ref: FrameRef) -> bytes:
        count(f"{type(self).__name__} {ref.name}")
        return frame(self, ref)

    def counted_contents(self: SegmentFile[FindingSegment], magic: bytes) -> object:
        count(type(self).__name__)
        return contents(self, magic)

    monkeypatch.setattr(SegmentFile, "frame", counted_frame)
    monkeypatch.setattr(SegmentFile, "_contents", counted_contents)
    return counts


async def test_what_is_read_for_a_delivery_does_not_grow_with_those_held(tmp_path: Path, reads: dict[str, int]) -> None:
    read: list[Mapping[str, int]] = []
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        await taken(workspace, drop(tmp_path / "drops", "report"))
        for place in range(CHATS):
            reads.clear()
            (receipt,) = await taken(workspace, chat(tmp_path / "drops", place))
            assert receipt["state"] != "refused"
            read.append(dict(reads))
        devices = {device_of(row.entry) for row in workspace.journal.extractions() if row.entry}
        assert len(devices) == 1
    # From the second on each has others of its kind. Of the fullest of all less is read, and which that is may change.
    read = read[1:]
    for name in read[-1]:
        assert max(each[name] for each in read[-HALF:]) <= max(each[name] for each in read[:-HALF]), name
    assert read[-1]["RecordSegment records"] > 0


async def test_what_is_kept_and_what_is_read_anew_come_to_the_same(tmp_path: Path, reads: dict[str, int]) -> None:
    paths = [drop(tmp_path / "drops", "older"), drop(tmp_path / "drops", "newer", bodies=("on my way", "ok", "yes"))]
    paths += [chat(tmp_path / "drops", place) for place in range(3)]
    settings = settings_for(tmp_path / "together")
    async with open_workspace(settings, is_writer=True) as workspace:
        await taken(workspace, *paths)
        kept = targets(workspace)
        reads.clear()
        assert targets(workspace) == kept
        assert not reads
    async with open_workspace(settings, is_writer=True) as workspace:
        assert targets(workspace) == kept
        assert reads
    for path in paths:
        async with open_workspace(settings_for(tmp_path / "one by one"), is_writer=True) as workspace:
            await taken(workspace, path)
    assert await exported_from(tmp_path / "together") == await exported_from(tmp_path / "one by one")


async def test_an_export_decides_once_a_device_which_facts_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [drop(tmp_path / "drops", "older"), drop(tmp_path / "drops", "newer", bodies=("on my way", "ok", "yes"))]
    paths += [chat(tmp_path / "drops", place) for place in range(6)]
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        await taken(workspace, *paths)
    decided, looked_through = [], []
    decide, extractions = facts_elsewhere.decide_superseding, Journal.extractions

    def deciding(facts: Iterable[HeldFacts]) -> Superseding:
        decided.append(1)
        return decide(facts)

    def looking_through(self: Journal, sha256: str | None = None) -> list[ExtractionRow]:
        looked_through.append(sha256)
        return extractions(self, sha256)

    monkeypatch.setattr(facts_elsewhere, "decide_superseding", deciding)
    monkeypatch.setattr(Journal, "extractions", looking_through)
    assert any(record["duplicate_of"] for record in await exported_from(tmp_path / "data"))
    assert len(decided) == 1
    assert looked_through.count(None) < len(paths)


async def test_an_export_decides_anew_where_segments_were_put_in_the_place_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a writer beside it, while the export goes on."""
    paths = [drop(tmp_path / "drops", "older"), drop(tmp_path / "drops", "newer", bodies=("on my way", "ok", "yes"))]
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        await taken(workspace, *paths)
    expected = await exported_from(tmp_path / "data")
    held_facts, gone = facts_elsewhere.held_facts, [True]

    def once_gone(store: SegmentStore, rows: Iterable[ExtractionRow]) -> list[HeldFacts]:
        if gone and gone.pop():
            raise SegmentDamaged("x.seg", "it is gone")
        return held_facts(store, rows)

    monkeypatch.setattr(facts_elsewhere, "held_facts", once_gone)
    assert await exported_from(tmp_path / "data") == expected
    assert not gone


def device_of(entry: bytes) -> str:
    """Return the device of a stored catalogue entry."""
    return str(resolving.ENTRY_DECODER.decode(entry).device_id)


def targets(workspace: Workspace) -> list[resolving.Target]:
    """Return what every extraction must become now."""
    versions = resolving.Versions(
        nlp_version=VERSIONS.nlp_version, lexicon_version=VERSIONS.lexicon_version, region="GB"
    )
    names = {row.extraction_id for row in workspace.journal.extractions()}
    return resolving.resolve(workspace.journal, workspace.segments, {}, versions, names).targets
