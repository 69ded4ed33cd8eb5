"""The export as CASE/UCO: one bundle of linked data (JSON-LD) that other forensic tools read.

Written as a stream: a head, the nodes of each record, an end. A node has an id that is derived from what it stands
for, so the same record gives the same node in every export; accounts, files and applications stand once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib.metadata import version
from typing import Final

from ingest.export.export_case_nodes import extraction_node, nodes_of, tool_node
from ingest.export.export_case_parts import CONTEXT, Node
from ingest.export.export_records import Exportable
from ingest.printed.output import json_bytes
from search.contract import ExtractionEntry

_HEAD: Final = b'{"@context": '
_GRAPH: Final = b',\n"@graph": [\n'
ENDING: Final = b"\n]}\n"
"""What stands behind the last record."""


class CaseLines:
    """Makes the text of one bundle, portion by portion."""

    def __init__(self) -> None:
        self._written: set[int] = set()

    def __call__(
        self, records: Iterable[Exportable], *, is_first: bool, extraction: ExtractionEntry | None = None
    ) -> Iterator[bytes]:
        """Yield the nodes of the records, each once; the head before the first, and the extraction's before its own."""
        if is_first:
            yield _HEAD + json_bytes(CONTEXT) + _GRAPH
            yield json_bytes(tool_node(version("trapline")))
        if extraction is not None and self._is_new(node := extraction_node(extraction)):
            yield b",\n" + json_bytes(node)
        for record in records:
            for node in nodes_of(record):
                if self._is_new(node):
                    yield b",\n" + json_bytes(node)

    def _is_new(self, node: Node) -> bool:
        """Whether a node has not been written yet: eight bytes of its id are kept of each."""
        digest = int.from_bytes(blake2b(str(node["@id"]).encode(), digest_size=8).digest())
        if digest in self._written:
            return False
        self._written.add(digest)
        return True
