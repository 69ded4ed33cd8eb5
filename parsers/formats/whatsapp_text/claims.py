"""Tells an exported chat from other text files, by names and by how its first lines start."""

from __future__ import annotations

import re
from typing import Final

from parsers.chat_names import is_chat_name, is_media_name, title_of
from parsers.contract import Claim, Head
from parsers.formats.whatsapp_text.line_bodies import read_rest
from parsers.formats.whatsapp_text.line_starts import LineStart, read_start
from parsers.formats.whatsapp_text.text_lines import encoding_of
from parsers.members.handset_files import handset_root
from parsers.members.neighbours import could_be_delivery
from parsers.members.told_fronts import neighbour_test

_LOOKED_AT_LINES: Final = 400
_FEWEST_STARTS: Final = 5
_NOTE_LINES: Final = 40
_NAMED: Final = re.compile(r"whatsapp|_chat\.txt", re.IGNORECASE)


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.is_folder:
        return _claim_on_folder(head)
    if head.members:
        # Of a chat that a user kept in the storage of a handset the rest of the file system is no media.
        if _holds_chat(head, [name for name in head.members if is_chat_name(name) and handset_root(name) is None]):
            return Claim(score=90, reason="archive with a chat named as WhatsApp names it", is_whole=False)
        return None
    return _claim_on_text(head)


def _claim_on_folder(head: Head) -> Claim | None:
    """A folder is one delivery where the submitter says so, or where it is an unpacked export and nothing else."""
    if head.has_sidecar and _holds_chat(head, [name for name in head.members if is_chat_name(name)]):
        return Claim(score=60, reason="folder with a chat named as WhatsApp names it", is_whole=False)
    chats = [name for name in head.members if is_chat_name(name) and "/" not in name]
    others = [name for name in head.members if name not in chats]
    is_titled = bool(others) or title_of(head.name) is not None
    could_be = neighbour_test(head)
    if len(chats) == 1 and is_titled and not any(could_be(name) and not is_media_name(name) for name in others):
        return Claim(score=90, reason="folder of an exported chat and its media")
    return None


def _holds_chat(head: Head, named: list[str]) -> bool:
    """Whether one of the files that are named as chats begins as one, or nothing else lies there to be read.

    Anybody may call a text so, and other applications' chats are: it must not hide what lies beside it. Where its front
    was not looked at the name alone tells.
    """
    fronts = [head.member_heads.get(name) for name in named]
    if any(front is None or _has_start(front) for front in fronts):
        return True
    return bool(named) and not any(could_be_delivery(name) for name in set(head.members).difference(named))


def _has_start(front: bytes) -> bool:
    return any(read_start(line) is not None for line in _lines_of(front))


def _lines_of(front: bytes) -> list[str]:
    encoding, skipped = encoding_of(front)
    text = front[skipped:].decode(encoding, "replace")
    lines = text.split("\n" if "\n" in text else "\r")[:_LOOKED_AT_LINES]
    return [line.strip("\r") for line in lines if line.strip()]


def _claim_on_text(head: Head) -> Claim | None:
    written = _lines_of(head.first_bytes)
    starts = [(line, start) for line in written if (start := read_start(line)) is not None]
    if not starts:
        return None
    is_named = _NAMED.search(head.name) is not None
    # Somebody may have written a note in front of the chat.
    note_lines = next(place for place, line in enumerate(written) if read_start(line) is not None)
    fewest = 1 if not note_lines or (is_named and note_lines <= _NOTE_LINES) else _FEWEST_STARTS
    if note_lines and (len(starts) < fewest or len(starts) * 5 < len(written) - note_lines * (fewest == 1)):
        return None
    if not is_named and _is_of_another(starts[0][1]):
        return None
    has_sender = any(read_rest(line[start.end :]).sender is not None for line, start in starts)
    if is_named:
        return Claim(score=90, reason="lines start as those of an exported chat, and it is named so")
    if not has_sender:
        return None
    return Claim(score=60 if len(starts) > 1 else 40, reason="lines start as those of an exported chat")


def _is_of_another(start: LineStart) -> bool:
    """Whether the layout is that of tools which export other applications: ``[2019-12-24, 12:23]``.

    Logs of programs begin their lines as an old iPhone did: ``24/03/2014 13:59:59: WARNING: text``.
    """
    layout = start.layout
    if layout.is_before_colon:
        return True
    return layout.is_bracketed and layout.year == "first" and layout.mark == "-" and not layout.has_seconds
