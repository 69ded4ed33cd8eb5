"""Printing: results to standard output, everything else to standard error.

Evidence strings are shown through ``visible``: a text message can hold control sequences that rewrite a terminal, and
marks that turn the direction of reading.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ingest.command_errors import OutputRefused

_COUNT = re.compile(r"[\d,]+")
_WIDE = frozenset({"W", "F"})
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# Joins emoji; harmless alone.
_KEPT = frozenset({"\u200d"})


def visible(text: str) -> str:
    """Return the text on one line, with everything that a terminal would act on written as an escape."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\n":
        return " ⏎ "
    if character in _KEPT or not (unicodedata.category(character) in _HIDDEN or _is_no_character(character)):
        return character
    return character.encode("unicode_escape").decode("ascii")


def _is_no_character(character: str) -> bool:
    """Whether it is one of the 66 places that Unicode keeps free of characters; others may be assigned by now."""
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def json_bytes(value: object) -> bytes:
    """Return the value as one line of UTF-8 JSON, without the line feed.

    A lone surrogate (a file name that is no UTF-8) becomes U+FFFD: JSON that other programs read holds none.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(msgspec.to_builtins(value)))


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encodable(inner) for inner in value]
    return value


def print_json(value: object) -> None:
    """Print one JSON document on a line of its own, at once."""
    write_result(json_bytes(value) + b"\n")
    flush_result()


def print_line(text: str = "") -> None:
    """Print one line of a result. The caller passes evidence through ``visible``."""
    write_result(text.encode("utf-8", "replace") + b"\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of a result, at once."""
    for line in lines:
        print_line(line)
    flush_result()


def write_result(content: bytes) -> None:
    """Write a piece of a result to standard output.

    Raises:
        OutputRefused: It cannot be written: the file that it leads to lies on a full disk, and that may not be ours.
        BrokenPipeError: Who read it has gone.
    """
    try:
        sys.stdout.buffer.write(content)
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise _of_standard_output(exc) from exc


def flush_result() -> None:
    """Write what is held back of a result; errors as ``write_result``."""
    try:
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise _of_standard_output(exc) from exc


def _of_standard_output(error: OSError) -> OutputRefused:
    # What is left in the buffer would be tried once more when the interpreter ends.
    close_result()
    return OutputRefused("Standard output", error.strerror or "unknown reason")


def say(text: str) -> None:
    """Tell the user something that is no result, on standard error."""
    sys.stderr.write(visible_lines(text) + "\n")
    sys.stderr.flush()


def visible_lines(text: str) -> str:
    """As ``visible``, with line feeds kept."""
    return "\n".join(visible(line) for line in text.split("\n"))


def result_is_on_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def notes_are_on_terminal() -> bool:
    """Whether a person reads standard error."""
    return sys.stderr.isatty()


def emphasised(text: str) -> str:
    """Return the text in bold on a terminal, and as it is elsewhere."""
    return f"\x1b[1m{text}\x1b[0m" if result_is_on_terminal() else text


def width_of(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in _WIDE else 1
        for character in text
    )


def table_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table as aligned lines, counts to the right. Cells are made visible here."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [
        max(width_of(heading), *(width_of(row[place]) for row in shown), 0) for place, heading in enumerate(headings)
    ]
    counts = [bool(shown) and all(_COUNT.fullmatch(row[place]) for row in shown) for place in range(len(headings))]
    for cells in ([*headings], *shown):
        yield "  ".join(
            _padded(cell, widths[place], is_count=counts[place]) for place, cell in enumerate(cells)
        ).rstrip()


def _padded(cell: str, width: int, *, is_count: bool) -> str:
    space = " " * (width - width_of(cell))
    return space + cell if is_count else cell + space


def close_result() -> None:
    """Send what is still printed nowhere: the reader of standard output has gone."""
    # The interpreter flushes standard output once more when it ends, and would complain about the closed pipe.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
