"""Finds the exported chats in a delivery: a text file, a zip, or the folder that a zip was unpacked to."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from parsers.archive_guard import Archive, ArchiveMember, open_archive
from parsers.byte_streams import ByteStream
from parsers.chat_names import IOS_NAME, captured_id, is_chat_name, stem_of, tails_of, title_of
from parsers.contract import Delivery, Limits
from parsers.errors import InputRefused
from parsers.folder_files import LINK, files_below
from parsers.part_book import shown_name
from parsers.zip_headers import ZIP_MAGICS

_PERSON_SUFFIX: Final = "@s.whatsapp.net"
_FRONT_BYTES: Final = 64 * 1024
_NAMED_CHATS: Final = 3

AMBIGUOUS: Final = ""
"""Stands for the member where several files have a name and none lies beside the chat."""


class ChatMember(msgspec.Struct, frozen=True, kw_only=True):
    """One exported chat of a delivery.

    Attributes:
        member: Name inside the delivery. None: the delivery is the chat.
        titles: Names that the chat may go by, the likeliest first: those that the application gave, then bare stems.
        is_titled: Whether the first of them is a name in the form that the application gives.
        jid: The other person's or the group's id, where the file's name states it. None: it does not.
    """

    member: str | None
    titles: tuple[str, ...]
    is_titled: bool
    jid: str | None = None


def file_key(name: str) -> str:
    """Return what an attached file is looked for by: its name without folder; archives of some systems decompose it."""
    return unicodedata.normalize("NFC", name.rpartition("/")[2]).casefold()


def handset_folder(member: str | None) -> str:
    """Return the folder of a delivery that the chats of one handset lie in: that of a chat, its own left out.

    Its own has the chat's name as the application gives it: ``HW7/WhatsApp Chat - Jay/_chat.txt`` is of ``HW7``.
    """
    folder = _folder_of(member or "")
    last = _last_of(folder)
    return _folder_of(folder) if title_of(last) is not None or captured_id(last) is not None else folder


class ChatSource:
    """A delivery, opened; each chat of it can be read any number of times, one at a time.

    Attributes:
        chats: In the order of the archive or folder.
        names: Names of everything else in the delivery. None: it is a single file.
        left_out: Notice codes and names of members that cannot be opened.
        has_end: Whether the archive's directory was there.
    """

    def __init__(self, delivery: Delivery, limits: Limits, archive: Archive | None) -> None:
        self._delivery = delivery
        self._limits = limits
        self._archive = archive
        self._members: dict[str, ArchiveMember] = {}
        self.names: tuple[str, ...] | None = None
        self.left_out: tuple[tuple[str, str], ...] = ()
        self.has_end = archive is None or archive.has_end
        if archive is not None:
            self._members = {member.name: member for member in archive.members}
            self.names = tuple(self._members)
            self.left_out = tuple(archive.left_out())
        elif delivery.is_folder:
            links: list[str] = []
            self.names = tuple(files_below(delivery.path, limits, links.append))
            self.left_out = tuple((LINK, name) for name in links)
        self._own_names: dict[str | None, tuple[str, ...]] = {None: ()}
        if self.names is None:
            # Of every chat from iOS the file is called so; the folder that it was unpacked to has the chat's name.
            is_in_named = delivery.name.casefold() == IOS_NAME or captured_id(delivery.name) is not None
            folder = delivery.folder if is_in_named else None
            self.chats: tuple[ChatMember, ...] = (_chat(None, (delivery.name, folder) if folder else (delivery.name,)),)
        else:
            chats = [name for name in self.names if is_chat_name(name)]
            in_folder = Counter(map(_folder_of, chats))
            # The name of an archive or folder is that of its chat only where there is one.
            alone = (delivery.name,) if len(chats) == 1 else ()
            self._own_names = {
                name: (_last_of(name), *((_last_of(folder),) if in_folder[folder] == 1 else ()))
                for name in chats
                for folder in (_folder_of(name),)
            }
            self.chats = tuple(_chat(name, (*self._own_names[name], *alone)) for name in chats)
            self.names = tuple(name for name in self.names if name not in chats)

    def under_any_name(self, chat: ChatMember) -> ChatMember:
        """Return a chat with the names alone that it has whatever the delivery is called."""
        return _chat(chat.member, self._own_names[chat.member])

    def files_of(self, chat: ChatMember) -> dict[str, str] | None:
        """Return the files that a chat may name, by ``file_key``: those beside it first, none beside another chat.

        None: the delivery is a single text file.
        """
        if self.names is None:
            return None
        own = _folder_of(chat.member or "")
        others = {_folder_of(each.member or "") for each in self.chats} - {own}
        files: dict[str, str] = {}
        elsewhere: dict[str, str] = {}
        for name in self.names:
            folder, key = _folder_of(name), file_key(name)
            if folder == own:
                files[key] = name
            elif folder not in others:
                elsewhere[key] = AMBIGUOUS if key in elsewhere else name
        return {**elsewhere, **files}

    def front_of(self, name: str) -> bytes:
        """Return the front of a file beside the chats; nothing where it cannot be opened."""
        try:
            if self._archive is not None:
                return self._archive.open(self._members[name], self._limits).read(_FRONT_BYTES)
            with (self._delivery.path / name).open("rb") as stream:
                return stream.read(_FRONT_BYTES)
        except (InputRefused, OSError):
            return b""

    @contextmanager
    def opened(self, chat: ChatMember) -> Iterator[ByteStream]:
        """Open a chat for reading.

        Raises:
            InputRefused: The member is encrypted, or packed by a method that is not read.
        """
        if chat.member is None:
            with self._delivery.path.open("rb") as stream:
                yield stream
        elif self._archive is not None:
            yield self._archive.open(self._members[chat.member], self._limits)
        else:
            with (self._delivery.path / chat.member).open("rb") as stream:
                yield stream


@contextmanager
def open_chats(delivery: Delivery, limits: Limits) -> Iterator[ChatSource]:
    """Open a delivery for reading.

    Raises:
        InputRefused: The archive is not safe to open, or holds no chat.
    """
    if delivery.is_folder or not _is_archive(delivery.path):
        source = ChatSource(delivery, limits, None)
        if not source.chats:
            raise _without_chat(source)
        yield source
        return
    with open_archive(delivery.path, limits) as archive:
        source = ChatSource(delivery, limits, archive)
        if not source.chats:
            raise _without_chat(source)
        yield source


def _without_chat(source: ChatSource) -> InputRefused:
    """Return why a delivery without a chat that can be opened is not read."""
    refused = Counter(name for code, name in source.left_out if code == "member_refused" and is_chat_name(name))
    twice = [shown_name(name) for name, count in refused.items() if count > 1]
    if twice:
        return InputRefused("archive_refused", f"twice in it, with two contents: {', '.join(twice[:_NAMED_CHATS])}")
    if refused:
        return InputRefused("archive_refused", f"the name is not safe to open: {shown_name(next(iter(refused)))}")
    return InputRefused("format_unknown", "no exported chat in it")


def _chat(member: str | None, names: tuple[str, ...]) -> ChatMember:
    jid = next((found for name in names if (found := captured_id(name)) is not None), None)
    if jid is not None:
        # Cellebrite gives the folder the chat's name in the application's form; any other is an examiner's.
        names = tuple(name for name in names if captured_id(name) is not None or title_of(name) is not None)
    titled = [title for name in names if (title := title_of(name)) is not None]
    stems = [stem for name in names if (stem := stem_of(name)) and name.casefold() != IOS_NAME]
    stems += [tail for stem in stems if title_of(stem) is None for tail in tails_of(stem)]
    numbers = [f"+{jid.partition('@')[0]}"] if jid is not None and is_person(jid) else []
    return ChatMember(
        member=member, titles=tuple(dict.fromkeys((*titled, *numbers, *stems))), is_titled=bool(titled), jid=jid
    )


def is_person(jid: str) -> bool:
    """Whether an id is one person's, not a group's."""
    return jid.casefold().endswith(_PERSON_SUFFIX)


def _folder_of(name: str) -> str:
    return name.rpartition("/")[0]


def _last_of(name: str) -> str:
    return name.rpartition("/")[2]


def _is_archive(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in ZIP_MAGICS
