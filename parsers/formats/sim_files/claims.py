"""Tells dumps of a card from other files: by commands, by the names of its files, by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from parsers.contract import Claim, Head
from parsers.formats.sim_files.card_files import CardContent, find_file
from parsers.formats.sim_files.card_octets import card_octets, could_be_octets, is_typed
from parsers.formats.sim_files.card_values import is_filling
from parsers.formats.sim_files.dump_binary import file_of_name
from parsers.formats.sim_files.dump_json import looks_like_dump
from parsers.formats.sim_files.dump_text import DumpLines
from parsers.identification import TOLD_OTHERWISE
from parsers.members.handset_files import last_of
from parsers.members.neighbours import could_be_delivery, is_of_a_mac
from parsers.members.told_fronts import AMONG_DELIVERIES, format_told
from parsers.plain_lines import PlainLine, front_lines
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.sim_records import RECORD_OCTETS, is_status, is_unused
from parsers.sms_pdu.stored_sms import read_stored_sms

_LOOKED_AT_LINES: Final = 2_000
_FEWEST_FILES: Final = 2
_PARSER: Final = "sim_files"
_WHOLE: Final = 85
_JUNK: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_JUNK_SUFFIXES: Final = (".txt", ".md", ".pdf", ".htm", ".html", ".csv", ".toml")
_NOTES: Final = (".txt", ".md")
_LARGEST_OWN: Final = 64
_CARD_FOLDER: Final = re.compile(r"3f00|[57]f[0-9a-f]{2}|a0[0-9a-f]{8,30}|mf|[am]?df[._ -].*", re.IGNORECASE)


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.is_folder or head.members:
        return _claim_on_members(head)
    if looks_like_dump(head.first_bytes):
        return Claim(score=90, reason="JSON with the files of a card by their paths")
    return _claim_on_text(head) or _claim_on_octets(head)


def _claim_on_members(head: Head) -> Claim | None:
    """Claim the files of one card: several under names of their own and with octets in them, below one folder.

    A folder without a sidecar is the card's only where they stand at its top: deeper, it is a folder of deliveries.
    So is one in which files lie that are none of the card's and could be deliveries.
    """
    names = [name for name in head.members if not is_of_a_mac(name)]
    own = _read_of_card(head)
    own |= _typed_beside(head, own)
    others = [name for name in names if name not in own and not _is_junk(name)]
    if not _is_card(head, own) or len(others) > len(names) // 2:
        return None
    roots = set(map(_card_root, own))
    if len(roots) > 1 or (head.is_folder and not head.has_sidecar and roots != {""}):
        return None
    is_whole = not any(_is_foreign(head, name) for name in names if name not in own)
    score = _WHOLE if is_whole else AMONG_DELIVERIES
    return Claim(score=score, reason="files that are named as the files of a card", is_whole=is_whole)


def own_members(head: Head) -> tuple[str, ...]:
    """Return the files of the card at the top of a folder in which other deliveries lie. Empty: there is none."""
    read = _read_of_card(head)
    typed = _typed_beside(head, read)
    own = tuple(name for name in head.members if _card_root(name) == "" and (name in typed or _is_of_card(head, name)))
    return own if _is_card(head, (read | typed).intersection(own)) else ()


def _read_of_card(head: Head) -> frozenset[str]:
    """Return the files that are a card's by name and content, and of which records are made."""
    return frozenset(name for name in head.members if file_of_name(name) is not None and _is_of_card(head, name))


def _typed_beside(head: Head, own: Collection[str]) -> frozenset[str]:
    """Return the files that are named as a card's and hold digits alone, beside files of it that can be read.

    They are not understood, and named; they are no reason to leave the others.
    """
    if not any(head.member_heads.get(name) for name in own):
        return frozenset()
    return frozenset(
        name for name in head.members if file_of_name(name) is not None and is_typed(head.member_heads.get(name, b""))
    )


def _is_card(head: Head, own: Collection[str]) -> bool:
    """Whether files are enough to be a card; an empty one says nothing."""
    filled = (file_of_name(name) for name in own if head.member_heads.get(name) != b"")
    return len({file.name for file in filled if file is not None}) >= _FEWEST_FILES


def _is_of_card(head: Head, name: str) -> bool:
    """Whether a file can be one of a card by its name and its front, whether or not records are made from it.

    Where no front was looked at, its name must not say that it is a table, a database, an archive or a picture.
    """
    if file_of_name(name) is None and find_file(last_of(name)) is None:
        return False
    front = head.member_heads.get(name)
    if front is None:
        return could_be_delivery(name) and not name.casefold().endswith(TOLD_OTHERWISE)
    file = file_of_name(name)
    return could_be_octets(front, file.name if file is not None else "") and format_told(head, name) in (None, _PARSER)


def _is_junk(name: str) -> bool:
    """Whether a file is one that a computer or the examiner put beside the card's."""
    last = last_of(name).casefold()
    return last in _JUNK or last.endswith(_JUNK_SUFFIXES)


def _is_foreign(head: Head, name: str) -> bool:
    """Whether a file is none of the card's and could be a delivery; a text is where it is in a format of its own."""
    if _is_of_card(head, name) or not could_be_delivery(name):
        return False
    return not name.casefold().endswith(_NOTES) or format_told(head, name) is not None


def _card_root(name: str) -> str:
    """Return the folder of the card that a file is of: what is left without the card's own folders."""
    folders = name.split("/")[:-1]
    while folders and _CARD_FOLDER.fullmatch(folders[-1]):
        folders.pop()
    return "/".join(folders)


def holds_lines(first_bytes: bytes) -> bool:
    """Whether the front of a file is text with contents of a card's files; octets may hold line ends as well."""
    _, _, contents = _front_contents(first_bytes)
    return bool(contents)


def _front_contents(first_bytes: bytes) -> tuple[DumpLines, int, list[CardContent]]:
    """Return what read the front of a file as lines, how many there are, and the contents that are read."""
    lines = DumpLines()
    contents: list[CardContent] = []
    front = front_lines(first_bytes, _LOOKED_AT_LINES)
    for number, text in enumerate(front, 1):
        contents += lines.contents_of(PlainLine(number, text, 0, is_ended=True))
    contents += lines.rest()
    return lines, len(front), [content for content in contents if content.file.is_known]


def _claim_on_text(head: Head) -> Claim | None:
    lines, total, contents = _front_contents(head.first_bytes)
    names = {content.file.name for content in contents}
    if lines.has_commands and names:
        return Claim(score=92, reason="commands that write the files of a card")
    if len(names) >= _FEWEST_FILES and lines.line_count * 3 >= total:
        return Claim(score=88, reason="lines with the files of a card and their content")
    if names == {"SMS"} and any(map(_is_text, contents)) and lines.line_count * 3 >= total:
        return Claim(score=88, reason="lines of a card's SMS file")
    return None


def _claim_on_octets(head: Head) -> Claim | None:
    file = file_of_name(head.name)
    octets = head.first_bytes
    if file is not None and file.name != "SMS" and len(octets) <= _LARGEST_OWN * RECORD_OCTETS:
        return Claim(score=60, reason="named as a file of a card") if card_octets(octets) == octets else None
    records = [octets[start : start + RECORD_OCTETS] for start in range(0, len(octets), RECORD_OCTETS)]
    if not records or not all(is_status(record[0]) or is_filling(record) for record in records):
        return None
    readable = sum(map(_is_text_record, records))
    if readable and readable + sum(map(is_unused, records)) >= len(records) - 1:
        return Claim(score=85, reason="records of a card's SMS file")
    return None


def _is_text(content: CardContent) -> bool:
    return content.octets is not None and _is_text_record(content.octets)


def _is_text_record(record: bytes) -> bool:
    if len(record) < 2 or not is_status(record[0]) or is_unused(record):
        return False
    try:
        return not read_stored_sms(record[1:]).rest
    except PduMalformed:
        return False


def is_kept_beside(path: str) -> bool:
    """Whether a file is named as one of a card, whether or not anything is read of it."""
    return file_of_name(path) is not None or find_file(last_of(path)) is not None
