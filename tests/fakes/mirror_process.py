"""A process that uses the mirror of an index, for tests of two at once and of one that is killed.

``python -m tests.fakes.mirror_process URL PREFIX MIRROR read TIMES``: reads, and fails where two versions of one
extraction stand side by side; ``... kill PORTIONS``: ends as SIGKILL does when so many portions were copied.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from search.backends import elastic_mirror
from search.backends.elastic import ElasticIndex
from search.backends.elastic_settings import ElasticSettings
from search.backends.elastic_standing import Signature
from search.backends.mirror_file import MirrorFile
from search.contract import EdgeKind
from tests.fakes.through_mirror import mirrored


async def read(index: ElasticIndex, times: int) -> None:
    """Read again and again; the labels of an extraction's edges name the version that they are of."""
    for _ in range(times):
        async with mirrored(index) as held:
            versions: dict[str, set[str]] = defaultdict(set)
            counts: dict[str, int] = defaultdict(int)
            async for edge in held.edges(EdgeKind.NUMBER):
                versions[edge.extraction_id].add(edge.label)
                counts[edge.extraction_id] += 1
            assert all(len(found) == 1 for found in versions.values()), versions
            assert len(set(counts.values())) <= 1, counts


def killed_after(portions: int) -> None:
    """Let the process be killed when so many portions are whole, and copy an extraction a portion."""
    done = 0

    class Killed(MirrorFile):
        async def seal(self, signatures: Mapping[str, Signature]) -> None:
            nonlocal done
            if done == portions:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1
            await super().seal(signatures)

    elastic_mirror.MirrorFile = Killed  # type: ignore[misc]  # the process is a test's own
    elastic_mirror._EXTRACTIONS_AT_ONCE = 1


async def main(url: str, prefix: str, mirror: str, what: str, times: str) -> None:
    """Open the index and do what is asked."""
    if what == "kill":
        killed_after(int(times))
    index = ElasticIndex(ElasticSettings(url=url, prefix=prefix, mirror=Path(mirror)))
    await index.open()
    await read(index, 1 if what == "kill" else int(times))
    await index.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:6]))
