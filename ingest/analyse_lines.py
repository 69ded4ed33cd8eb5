"""``trapline analyse``: JSON lines with texts in, JSON lines with findings out, in order.

Clusters, names and what is just an advert or nearly one are of the whole input (``settled_input``), so that answers
are put aside in files until the last text was read; memory grows with the distinct templates alone.
"""

from __future__ import annotations

import gc
import json
import mmap
import struct
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final, NamedTuple, TypeAlias

import msgspec

from config.settings import NlpSettings
from ingest.input_files import existing_file
from ingest.input_rows import InputRows
from ingest.printed.output import flush_result, json_bytes, say, visible, write_result
from nlp.analysis import Analyser, build_analyser
from nlp.analysis_export import analysis_line
from nlp.templates.families import group_templates
from nlp.whole_input.near_adverts import NearAdvert
from nlp.whole_input.settled_input import AdvertRow, SettledInput
from parsers.errors import InputRefused
from parsers.records.findings import TextFinding

_PORTION_LINES: Final = 4000
_PORTION_CODE_POINTS: Final = 4_000_000
"""Lines that are taken together: of bulk traffic few of a portion are new, and many texts at once are read quicker. The
second bounds what long texts take of memory."""
_LINES_AT_ONCE: Final = 64
_BYTES_AT_ONCE: Final = 1_000_000
"""Lines that are decoded together; where one is anything else than plain, each of them is read alone."""
_REMEMBERED_TEXTS: Final = 20_000
"""Distinct texts in one generation of answers that are remembered; there are two."""
_LENGTH: Final = struct.Struct("<I")
_NAMED_FAULTS: Final = 20
"""Faults that are named one by one; further ones are only counted."""
_SHAPE: Final = ' Each line must be an object of its own: {"id": "1", "text": "the text"}'
"""Said once: whoever gives plain text has every line wrong."""


_Answer: TypeAlias = tuple[int, int, str]
"""Where an answer stands: offset and length in bytes; and its template id."""


class _Text(msgspec.Struct, frozen=True, gc=False):
    """A line as nearly all are; decoded in a tenth of the time of any JSON."""

    id: str
    text: str


class _Asked(msgspec.Struct, frozen=True, array_like=True):
    """What a portion asked: the id of each line as JSON, which answer is its own, and the answers, each once."""

    ids: list[bytes]
    which: list[int]
    answers: list[_Answer]


@contextmanager
def open_lines(path: Path | None) -> Iterator[Iterable[bytes]]:
    """Open the lines: a file, or standard input where there is none or ``-``.

    Raises:
        FileMissing: There is no such file.
        InputRefused: It cannot be read.
    """
    if path is None or str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = existing_file(path).open("rb")
    except OSError as exc:
        raise InputRefused("input_unreadable", exc.strerror or "the system gives no reason") from exc
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
    # What was loaded stays: looked through by each full collection, it would cost a tenth of the time of a text.
    gc.freeze()
    faults = _Faults()
    texts = _texts(lines, faults)
    with TemporaryFile() as said, TemporaryFile() as asked, TemporaryFile() as adverts, TemporaryFile() as near:
        beside = SettledInput(analyser, InputRows(adverts, AdvertRow), InputRows(near, NearAdvert))
        answers = _Answers(analyser, said, beside, is_explained=is_explained)
        for portion in _portions(texts):
            packed = msgspec.msgpack.encode(_asked(portion, answers))
            asked.write(_LENGTH.pack(len(packed)))
            asked.write(packed)
        settled = answers.settled()
        _print_all(said, asked, settled, answers.clusters())
    return faults.count


_EACH_ALONE: Final = (
    "trapline: each text is explained by itself. What the texts beside it add (names, and adverts known by them) is "
    "in the JSON (--json) and in the index."
)


def explain_lines(lines: Iterable[bytes], settings: NlpSettings) -> int:
    """Print what is found in each text in plain words, and return how many lines held none.

    Standard error says that each was taken alone: the same text may count as an advert of a line for what stands
    beside it, as in the JSON of this command and in an index.
    """
    analyser = build_analyser(settings.lexicon_dirs)
    faults = _Faults()
    say(_EACH_ALONE)
    for each in _texts(lines, faults):
        head, *rest = analyser.explain(each.text)
        print(f"{visible(each.id)}: {visible(head)}", *map(visible, rest), sep="\n")  # noqa: T201  # a result
    return faults.count


def _asked(portion: Sequence[_Text], answers: _Answers) -> _Asked:
    texts = [each.text for each in portion]
    place_of = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    found = answers.of(list(place_of))
    return _Asked(
        [msgspec.json.encode(each.id) for each in portion],
        [place_of[text] for text in texts],
        [found[text] for text in place_of],
    )


class _Answers:
    """What is said of each distinct text, made once and put aside: everything of a line but its id and its cluster."""

    def __init__(self, analyser: Analyser, said: IO[bytes], beside: SettledInput, *, is_explained: bool) -> None:
        self._analyser = analyser
        self._said = said
        self._beside = beside
        self._is_explained = is_explained
        self._templates: dict[str, str] = {}
        self._uses: Counter[str] = Counter()
        self._young: dict[str, _Answer] = {}
        self._old: dict[str, _Answer] = {}
        self._offset = 0

    def of(self, texts: Sequence[str]) -> Mapping[str, _Answer]:
        """Return where the answer to each text stands, each given once; the result holds others too."""
        if len(self._young) >= _REMEMBERED_TEXTS:
            self._old, self._young = self._young, {}
        young, old = self._young, self._old
        wanted = []
        for text in texts:
            if text not in young:
                if text in old:
                    young[text] = old[text]
                else:
                    wanted.append(text)
        for text, (finding, names) in zip(wanted, self._analyser.find_with_names(wanted), strict=True):
            answer = young[text] = self._put_aside(text, finding)
            self._beside.add(answer[0], text, finding, names)
        return young

    def settled(self) -> dict[int, _Answer]:
        """Return the answers that stand in place of others, by the offset of those, once every text was read."""
        moved: dict[int, _Answer] = {}
        for each in self._beside.settled():
            self._uses[each.before] -= 1
            moved[each.key] = self._put_aside(each.text, each.finding)
        return moved

    def clusters(self) -> dict[str, str]:
        """Return the cluster of each template of the whole input that a text has under the name that stands."""
        return group_templates({each: self._templates[each] for each, uses in self._uses.items() if uses > 0})

    def _put_aside(self, text: str, finding: TextFinding) -> _Answer:
        line = analysis_line("", text, finding)
        del line["id"], line["cluster"]
        if self._is_explained:
            line |= {
                "spans": msgspec.to_builtins(finding.spans),
                "slots": [list(slot) for slot in finding.slots],
                "nlp_version": finding.nlp_version,
                "lexicon_version": finding.lexicon_version,
            }
        packed = json_bytes(line)
        self._said.write(packed)
        answer = (self._offset, len(packed), finding.template_id)
        self._offset += len(packed)
        self._templates[finding.template_id] = finding.template or ""
        self._uses[finding.template_id] += 1
        return answer


def _print_all(said: IO[bytes], asked: IO[bytes], settled: Mapping[int, _Answer], clusters: Mapping[str, str]) -> None:
    """Print the lines in order."""
    said.flush()
    asked.seek(0)
    answers = mmap.mmap(said.fileno(), 0, access=mmap.ACCESS_READ) if said.tell() else b""
    decoder = msgspec.msgpack.Decoder(_Asked)
    while head := asked.read(_LENGTH.size):
        portion = decoder.decode(asked.read(_LENGTH.unpack(head)[0]))
        ends = []
        for alone in portion.answers:
            offset, length, template_id = settled.get(alone[0], alone)
            behind_brace = answers[offset + 1 : offset + length]
            ends.append(b',"cluster":"%b",%b\n' % (clusters[template_id].encode(), behind_brace))
        pieces: list[bytes] = []
        for line_id, which in zip(portion.ids, portion.which, strict=True):
            pieces += (b'{"id":', line_id, ends[which])
        write_result(b"".join(pieces))
    flush_result()


class _Fault(NamedTuple):
    """What is said of lines that hold no text: of one, and of several."""

    of_one: str
    of_several: str


_NO_JSON: Final = _Fault("is not JSON", "are not JSON")
_NO_TEXT: Final = _Fault("is no object with an id and a text", "are no objects with an id and a text")


class _Faults:
    """Counts lines that hold no text, and names the first ones; those that follow one another together."""

    def __init__(self) -> None:
        self.count = 0
        self._told = 0
        self._fault = _NO_JSON
        self._first = self._last = 0

    def add(self, number: int, fault: _Fault) -> None:
        """Count a line; lines come in order."""
        self.count += 1
        if self._first and (number, fault) == (self._last + 1, self._fault):
            self._last = number
            return
        self.tell()
        self._first = self._last = number
        self._fault = fault

    def tell(self) -> None:
        """Name what was counted last: before another fault, and at the end."""
        if not self._first or self._told == _NAMED_FAULTS:
            return
        fault = self._fault
        if self._first == self._last:
            words = f"line {self._first} {fault.of_one}; it was not analysed."
        else:
            words = f"lines {self._first} to {self._last} {fault.of_several}; they were not analysed."
        say(f"trapline: {words}{'' if self._told else _SHAPE}")
        self._told += 1
        self._first = 0


def _portions(texts: Iterator[_Text]) -> Iterator[list[_Text]]:
    portion: list[_Text] = []
    left = _PORTION_CODE_POINTS
    for each in texts:
        portion.append(each)
        left -= len(each.text)
        if len(portion) == _PORTION_LINES or left <= 0:
            yield portion
            portion, left = [], _PORTION_CODE_POINTS
    if portion:
        yield portion


def _texts(lines: Iterable[bytes], faults: _Faults) -> Iterator[_Text]:
    decode_lines = msgspec.json.Decoder(_Text).decode_lines
    for taken in _taken_together(lines):
        plain: list[_Text] = []
        # A line that begins and ends so holds an object or several, and none goes on over its end.
        if all(line.startswith(b"{") and line.endswith((b"}\n", b"}\r\n")) for _, line in taken):
            # Something else among them, or a lone surrogate, which exports of phones hold, goes the slow way.
            with suppress(msgspec.MsgspecError, ValueError, RecursionError):
                plain = decode_lines(b"".join(line for _, line in taken))
        yield from plain if len(plain) == len(taken) else _one_by_one(taken, faults)
    faults.tell()


def _taken_together(lines: Iterable[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    """Yield lines with their numbers, as many together as are decoded at once."""
    taken: list[tuple[int, bytes]] = []
    size = 0
    for number, line in enumerate(lines, 1):
        taken.append((number, line))
        size += len(line)
        if len(taken) == _LINES_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield taken
            taken, size = [], 0
    if taken:
        yield taken


def _one_by_one(numbered: Iterable[tuple[int, bytes]], faults: _Faults) -> Iterator[_Text]:
    for number, line in numbered:
        if not line.strip():
            continue
        try:
            # The standard library's reader: it takes lone surrogates.
            value = json.loads(line)
        except (ValueError, RecursionError):
            faults.add(number, _NO_JSON)
            continue
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or "id" not in value:
            faults.add(number, _NO_TEXT)
            continue
        yield _Text(_without_surrogates(str(value["id"])), _without_surrogates(text))


def _without_surrogates(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
