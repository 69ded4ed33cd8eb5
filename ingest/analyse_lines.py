"""``trapline analyse``: JSON lines with texts in, JSON lines with findings out, in order and with flat memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from config.settings import NlpSettings
from ingest.output import json_bytes, say
from nlp.analysis import build_analyser
from nlp.analysis_export import analysis_line
from parsers.errors import InputRefused

_PORTION_LINES: Final = 1000
_NAMED_FAULTS: Final = 20
"""Faults that are named one by one; further ones are only counted."""


class _Text(msgspec.Struct, frozen=True):
    id: str
    text: str


@contextmanager
def open_lines(path: Path | None) -> Iterator[Iterable[bytes]]:
    """Open the lines: a file, or standard input where there is none or ``-``.

    Raises:
        InputRefused: There is no such file.
    """
    if path is None or str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except OSError as exc:
        raise InputRefused("input_missing", path.name) from exc
    with file:
        yield file


def analyse_lines(lines: Iterable[bytes], settings: NlpSettings, *, is_explained: bool) -> int:
    """Print a line for each text, and return how many lines held none.

    Args:
        lines: One JSON object each, with ``id`` and ``text``. Blank lines are passed over.
        settings: Where the lexicons of the force lie.
        is_explained: Add every marked span, with the rule that marked it, and the versions.
    """
    analyser = build_analyser(settings.lexicon_dirs)
    faults = _Faults()
    texts = _texts(lines, faults)
    while portion := list(islice(texts, _PORTION_LINES)):
        distinct = list(dict.fromkeys(each.text for each in portion))
        findings = dict(zip(distinct, analyser.find(distinct), strict=True))
        for each in portion:
            line = analysis_line(each.id, each.text, findings[each.text])
            if is_explained:
                finding = findings[each.text]
                line |= {
                    "spans": msgspec.to_builtins(finding.spans),
                    "slots": [list(slot) for slot in finding.slots],
                    "nlp_version": finding.nlp_version,
                    "lexicon_version": finding.lexicon_version,
                }
            sys.stdout.buffer.write(json_bytes(line) + b"\n")
        sys.stdout.buffer.flush()
    return faults.count


class _Faults:
    """Counts lines that hold no text, and names the first ones."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, number: int, what: str) -> None:
        self.count += 1
        if self.count <= _NAMED_FAULTS:
            say(f"trapline: line {number} {what}; it was not analysed.")


def _texts(lines: Iterable[bytes], faults: _Faults) -> Iterator[_Text]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            # The standard library's reader: it takes lone surrogates, which exports of phones hold.
            value = json.loads(line)
        except (ValueError, RecursionError):
            faults.add(number, "is not JSON")
            continue
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or "id" not in value:
            faults.add(number, "is no object with an id and a text")
            continue
        yield _Text(str(value["id"]), _without_surrogates(text))


def _without_surrogates(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
