"""Documents for the benches of the indexes: made on the fly, so that they cost no memory; all of it invented."""

from __future__ import annotations

import os
import platform
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from search.contract import Edge, ExtractionEntry, Flare, RecordDocument, TemplateEntry
from tests.fakes.index_loads import entry

DISTINCT_SHARE = 0.4
BATCH = 1_000
WORDS = (
    *("yo", "safe", "bro", "mum", "home", "later", "bell", "me", "on", "this", "number", "best", "of", "both", "back"),
    *(
        "deals",
        "fast",
        "drop",
        "need",
        "lift",
        "tonight",
        "you",
        "about",
        "cheers",
        "send",
        "it",
        "man",
        "where",
        "are",
    ),
    *("ring", "when", "ready", "wait", "outside", "five", "minutes", "park", "shop", "station", "deliver", "delivery"),
)
LINES = ("Rico", "Tony", "Jay")
START = datetime(2020, 1, 1, tzinfo=UTC)


class BenchLoad:
    """One extraction of any size: two fifths of its texts are distinct, one in ten is an advert."""

    def __init__(self, extraction_id: str, documents: int) -> None:
        self.entry: ExtractionEntry = entry(extraction_id)
        self.document_count = documents
        self._held: tuple[Sequence[RecordDocument], ...] = ()
        self._record = os.urandom(150)
        self._finding = os.urandom(90)
        self.crc_sum = sum(zlib.crc32(b"%d" % ordinal) for ordinal in range(documents))

    def held(self) -> BenchLoad:
        """Make the documents now and keep them, so that making them is not measured."""
        self._held = tuple(self.batches())
        return self

    def batches(self) -> Iterator[Sequence[RecordDocument]]:
        if self._held:
            yield from self._held
            return
        distinct = max(1, int(self.document_count * DISTINCT_SHARE))
        for first in range(0, self.document_count, BATCH):
            yield [self._document(at, distinct) for at in range(first, min(first + BATCH, self.document_count))]

    def edges(self) -> Iterable[Edge]:
        return ()

    def flares(self) -> Iterable[Flare]:
        return ()

    def templates(self) -> Iterable[TemplateEntry]:
        return ()

    def making_seconds(self) -> float:
        """Return what making the documents costs by itself."""
        began = time.perf_counter()
        for _ in self.batches():
            pass
        return time.perf_counter() - began

    def _document(self, ordinal: int, distinct: int) -> RecordDocument:
        which = (ordinal * 2_654_435_761) % distinct
        advert = which % 10 == 0
        line = LINES[which % len(LINES)] if advert else None
        body = " ".join(WORDS[(which // step + step) % len(WORDS)] for step in (1, 3, 7, 11, 13, 17, 19, 23, 29, 31))
        text = f"{line or 'hi'} {body} {which} \u00a320" if which % 4 else f"{line or 'hi'} {body} {which} \U0001f525"
        return RecordDocument(
            record_id=f"r-{(ordinal * 11_400_714_819_323_198_485) % 2**64:020x}",
            extraction_id=self.entry.extraction_id,
            ordinal=ordinal,
            crc=zlib.crc32(b"%d" % ordinal),
            kind="message",
            utc=f"{(START + timedelta(seconds=37 * ordinal)).replace(tzinfo=None).isoformat()}.000Z",
            direction="outgoing" if ordinal % 3 else "incoming",
            service="sms",
            deleted="intact",
            text=text,
            numbers=(f"+447700900{ordinal % 1000:03}",),
            is_advert=advert,
            line=line,
            template_id=f"t-{which % 500}" if advert else None,
            drugs=("heroin", "crack cocaine") if advert else (),
            record=b"%d" % ordinal + self._record,
            finding=b"%d" % which + self._finding,
        )


def machine() -> str:
    """Return the machine and the date, for the head of a table."""
    today = datetime.now(UTC).date()
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {today}"
