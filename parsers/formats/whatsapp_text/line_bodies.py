"""What stands behind a start: sender and text, or a line of the application itself; media lines, deleted messages.

A line of the application has no sender and so no ``: ``, but it may quote one (``Jay changed the subject to "x: y"``).
On iOS it has the chat's name in front, or that of whom it tells of, and a mark of no width before its words. Its words
are in the exporter's language; the English ones are known here, and of others the line with which every chat begins.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import Final

import msgspec

from parsers.deleted_lines import MARK, is_deleted
from parsers.formats.whatsapp_text.chat_openings import names_application, opens_chat, tells_of_code

_SEPARATOR: Final = ": "
_SEPARATORS: Final = re.compile(":[ \u00a0\u2000-\u200a\u202f\u205f\u3000]")
"""Editors and mails make a no-break space of the blank."""

_COLON_IN_FILE_NAME: Final = "[-_:]"
_QUOTE = re.compile("[\u201c-\u201e\u00ab\u00bb]")
_CLOSED_BY: Final = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb"}
# Longer than any name that the application takes (100 characters), in the longest script.
_NAME_CHARS: Final = 256

_OF_APPLICATION = re.compile(
    r"""messages\ (?:you\ send\ )?(?:and\ calls\ )?(?:(?:to|in)\ this\ (?:chat|group)\ (?:and\ calls\ )?)?
        are\ (?:now\ )?(?:secured|end-to-end)
    | .{0,100}\ created\ (?:this\ )?(?:group|community|channel)
    | .{0,100}\ changed\ (?:the\ (?:subject|group|settings|disappearing)|this\ group|their\ phone\ number
        |to\ \+|your\ security)
    | .{0,100}\ (?:added|removed)\ .{1,100} | .{0,100}\ (?:left|joined(?:\ using.*)?)$
    | you(?:'re|\u2019re)\ now\ an\ admin | your\ security\ code\ with | you\ (?:un)?blocked\ this
    | .{0,100}\ turned\ (?:on|off)\ disappearing | .{0,100}\ pinned\ a\ message
    | waiting\ for\ this\ message | this\ business\  | disappearing\ messages""",
    re.VERBOSE | re.IGNORECASE,
)
# What the application tells the exporter of their own doings, or of the chat, stands under the other one's name on iOS.
_TO_OWNER = re.compile(
    r"you (?!deleted |received )(?:[a-z]+ed|left|sent|are (?:now|no longer)) |this (?:chat|group) (?:is|was) ",
    re.IGNORECASE,
)
_TO_BE_SEEN_ONCE = re.compile("you received a view once", re.IGNORECASE)
_OF_PAIR = re.compile(r"missed (?:voice|video) call|this chat is with|(?:null)?$", re.IGNORECASE)
# What the application says of somebody where a name would stand, with the new value behind a colon.
_CHANGED = re.compile(
    r".{1,100} (?:changed (?:the (?:subject|group name|group description)|this group's [a-z]+)|created (?:the )?group)"
    r"(?: from .*| to)?",
    re.IGNORECASE | re.DOTALL,
)
_OF_GROUP = re.compile(
    r" created (?:this )?group| (?:added|removed) |you were added| left$| joined using|group's|the subject|group name|"
    r"group icon|now an admin",
    re.IGNORECASE,
)

_FILE = r"[^\r\n<>:\"/\\|?*\x00]{1,240}\.[A-Za-z0-9]{1,8}"
# Where the application did not know the kind, nothing stands behind the full stop.
_NAMED_FILE = r"(?:IMG|VID|AUD|PTT|DOC|STK)-[0-9]{8}-WA[0-9]{4}\.[A-Za-z0-9]{0,5}"
_IN_BRACKETS: Final = (
    *("attached", "anhang", "adjunto", "archivo adjunto", "pièce jointe", "anexado", "anexo", "bijgevoegd", "bijlage"),
    *("allegato", "bifogad", "załącznik", "ek", "lampiran", "прикрепленный"),
)
_BEHIND: Final = (
    *("file attached", "datei angehängt", "archivo adjunto", "fichier joint", "bestand bijgevoegd", "arquivo anexado"),
    *("file allegato", "bifogad fil", "plik w załączniku", "dosya ekli", "berkas terlampir", "файл добавлен"),
)
_ATTACHED = re.compile(
    rf"<(?:{'|'.join(_IN_BRACKETS)})\s?:\s({_FILE})>|({_FILE})\s\((?:{'|'.join(_BEHIND)})\)|({_NAMED_FILE})\s\([^()]{{1,40}}\)",
    re.IGNORECASE,
)
# On iOS the file stands behind its caption, marked (``list.pdf • <mark>2 pages <mark><attached: 00000012-list.pdf>``);
# before 2018 its name stood in front (``2015-08-04-PHOTO-00004762.jpg <attached>``).
# Marked, and named as iOS numbers its files, it is one in any language.
_NUMBERED_FILE: Final = rf"(?=[0-9]{{8}}-){_FILE}"
_ATTACHED_BEHIND = re.compile(
    rf"{MARK}<(?:{'|'.join(_IN_BRACKETS)})\s?:\s({_FILE})>"
    rf"|{MARK}<[^<>:\r\n]{{1,40}}:\s({_NUMBERED_FILE})>"
    rf"|\A([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-[A-Z]{{3,12}}-[0-9]{{4,12}}\.[A-Za-z0-9]{{1,5}})\s<{MARK}?(?:{'|'.join(_IN_BRACKETS)})>",
    re.IGNORECASE,
)
_NAMED_DATE = re.compile(r"-(20[0-9]{2})-?([0-9]{2})-?([0-9]{2})-")
_MEDIA: Final = "(?:m[eé]di[aeou]|media|medya|médi[ao]|мультимед|медиа|медіа|мултимед|πολυμέσ|وسائط|מדיה)"
_NOT_EXPORTED: Final = (
    *(
        "media omitted",
        "view once [a-z ]{4,20} omitted",
        "medien ausgeschlossen",
        "medien weggelassen",
        "multimedia omitido",
        "archivo omitido",
    ),
    *("médias omis", "média omis", "media weggelaten", "mídia oculta", "mídia omitida", "media omesso"),
    *("media utelämnat", "pominięto multimedia", "medya dahil edilmedi", "без медиафайлов", "media jätettiin pois"),
    # In any language two words and more, one of them for media, in brackets.
    rf"(?:[^<>:\r\n]{{0,30}} )?[^<>: \r\n]{{0,8}}{_MEDIA}[^<>: \r\n]{{0,12}} [^<>:\r\n]{{1,30}}",
    rf"[^<>:\r\n]{{1,30}} [^<>: \r\n]{{0,8}}{_MEDIA}[^<>: \r\n]{{0,12}}",
)
# On iOS what kind of file it was stands there, without brackets.
_KIND = (
    r"bild|bilder|foto|image|imagen|imagem|immagine|afbeelding|v[ií]d[eé]o|[aá]udio|sticker|figurinha|gif|dokument"
    r"|documento?|kontaktkarte|contactkaart|tarjeta de contacto|cartão de contato|fiche contact|scheda contatto"
)
_FURTHER_KIND = r"ficheiro de áudio|contacto|изображение|видео|аудиофайл|карточка контакта|стикер|документ"
_LEFT_OUT = (
    r"weggelassen|weggelaten|omitid[oa]|ocultad[oa]|omess[oa]|esclus[oa]|non inclus[oa]|absente?|omise?|manquante?"
)
_FURTHER_LEFT_OUT = r"ausgelassen|não revelad[oa]|отсутствует|не добавлен"
_WITHOUT_BLANKS: Final = (
    r"ไม่มี(?:รูปภาพ|วิดีโอ|ไฟล์เสียง|สติกเกอร์)|วิดีโอถูกลบ|บัตรรายชื่อที่ละเว้น|ละเว้นเอกสาร"
    r"|(?:画像|ビデオ|音声|スタンプ|ドキュメント|gif)は含まれていません|連絡先カードを省略"
)
_OTHERWISE: Final = rf"{_WITHOUT_BLANKS}|ละเว้น gif|لم يتم إدراج الصورة"
"""What is left out in languages that write it in one word, or with what was left out at the end."""

_OF_A_KIND: Final = rf"(?:{_KIND}|{_FURTHER_KIND}) (?:{_LEFT_OUT}|{_FURTHER_LEFT_OUT})|{_OTHERWISE}"
"""People write some of these words themselves ("my document is missing"): alone, marked, or behind the name of a file,
they are the application's."""

_OMITTED = re.compile(
    rf"<(?:{'|'.join(_NOT_EXPORTED)})>"
    r"|(?:.{1,240} )?(?:image|video(?: note)?|audio|sticker|gif|document|contact card) omitted"
    rf"|view once [a-z ]{{4,20}} omitted|(?:.{{1,240}} )?(?:{_KIND}) (?:{_LEFT_OUT})|{_OF_A_KIND}",
    re.IGNORECASE,
)
_OMITTED_FILE = re.compile(rf"{_FILE}(?: \u2022 .{{1,40}})? (?:{_OF_A_KIND})", re.IGNORECASE)
_OMITTED_MARKED = re.compile(rf"(?:.{{1,240}} )?(?:{_OF_A_KIND})", re.IGNORECASE)
# What comes last in such a text: few texts end so, and what stands in front is looked for at each of their blanks.
_LAST_WORDS: Final = re.sub("(?:non|não|не) ", "", f"{_LEFT_OUT}|{_FURTHER_LEFT_OUT}")
_OMITTED_LAST = re.compile(rf"omitted|{_LAST_WORDS}|{_WITHOUT_BLANKS}|gif|الصورة|[^ ]*>", re.IGNORECASE)
_OMITTED_BEHIND = re.compile(
    rf"{MARK}(?:(?:image|video(?: note)?|audio|sticker|gif|document|contact card|view once [a-z ]{{4,20}}) omitted"
    rf"|{_OF_A_KIND})$",
    re.IGNORECASE,
)


class Rest(msgspec.Struct, frozen=True, gc=False):
    """What stands behind a start.

    Attributes:
        sender: As written. None: a line of the application itself.
        text: The text as it begins on this line.
        quoted: What would be the sender if a quotation did not begin in it and go on behind it. None: nothing would.
    """

    sender: str | None
    text: str
    quoted: str | None = None


@lru_cache(maxsize=64)
def _titled(title: str) -> re.Pattern[str]:
    """Return what begins a message of whom the chat is called after."""
    name = "".join(_COLON_IN_FILE_NAME if char in "_-" else re.escape(char) for char in title)
    return re.compile(f"({name}){_SEPARATORS.pattern}")


def parted(rest: str) -> tuple[str, str, str]:
    """Return what stands in front of the first colon with a blank, these two, and what stands behind; as ``partition``.

    Without one the latter two are empty.
    """
    if rest.isascii():
        return rest.partition(_SEPARATOR)
    found = _SEPARATORS.search(rest)
    return (rest, "", "") if found is None else (rest[: found.start()], found[0], rest[found.end() :])


def read_rest(rest: str, known: Container[str] = (), title: str | None = None) -> Rest:
    """Return sender and text of what stands behind a start.

    Args:
        rest: The line from ``LineStart.end`` on.
        known: Senders that other lines show.
        title: The chat's name, which may hold ``: `` itself; in a file's name another character stands for the colon.
    """
    if title and (titled := _titled(title).match(rest)) is not None:
        return Rest(titled[1], rest[titled.end() :])
    sender, separator, text = parted(rest)
    if not separator:
        # Editors take blanks off the ends of lines; an empty text leaves its colon there.
        bare, colon, behind = rest.partition(":")
        if not colon or (behind and bare not in known):
            return Rest(None, rest)
        sender, text = bare, behind
    if not sender or len(sender) > _NAME_CHARS:
        return Rest(None, rest)
    if sender not in known:
        if _CHANGED.fullmatch(sender) is not None:
            return Rest(None, rest)
        if _is_open_quote(sender):
            return Rest(None, rest, None if shows_group(sender) else sender)
    return Rest(sender, text)


def is_of_application(text: str, sender: str = "", *, is_first: bool = False) -> bool:
    """Whether a text that stands behind a name is the application's own: marked, and in its words.

    In any language it is where it tells of whose name stands in front (``Jay: <mark>Jay hat die Gruppe verlassen``),
    and where it begins the chat and names the application.

    Args:
        text: Behind the name.
        sender: The name.
        is_first: Whether no start stands before its own.
    """
    if not text.startswith(MARK):
        return False
    plain = text.lstrip(MARK)
    if _TO_BE_SEEN_ONCE.match(plain) is not None:
        return False
    if _OF_APPLICATION.match(plain) is not None or _TO_OWNER.match(plain) is not None:
        return True
    if opens_chat(plain) or tells_of_code(plain):
        return True
    if not (is_first and names_application(plain)) and not (sender and plain.startswith(f"{sender} ")):
        return False
    return attached_name(text) is None and attached_behind(text) is None and not is_omitted_behind(text)


def is_of_person(text: str) -> bool:
    """Whether a text that stands behind a name is surely that person's: unmarked, or in place of what they sent."""
    if not text.startswith(MARK) or is_omitted(text) or is_omitted_behind(text) or is_deleted(text):
        return True
    return attached_name(text) is not None or attached_behind(text) is not None


def is_title(name: str, title: str) -> bool:
    """Whether a name is the chat's, which a file's name may write otherwise."""
    return _titled(title).fullmatch(f"{name}{_SEPARATOR}") is not None


def is_known_line(text: str) -> bool:
    """Whether a line without a sender is in words of the application that are known here."""
    plain = text.lstrip(MARK)
    is_worded = _OF_APPLICATION.match(plain) is not None or _OF_PAIR.match(plain) is not None
    return is_worded or opens_chat(plain) or tells_of_code(plain)


def shows_group(text: str) -> bool:
    """Whether a line of the application is one that only groups have."""
    return _OF_GROUP.search(text) is not None


def attached_name(text: str) -> str | None:
    """Return the name of the file that a text says is attached. None: it says none."""
    plain = text.lstrip(MARK)
    found = _ATTACHED.match(plain) if plain.startswith("<") or "(" in plain else None
    return next((name.lstrip(MARK) for name in found.groups() if name), None) if found is not None else None


def attached_behind(text: str) -> str | None:
    """Return the name of the file that the last line of a text says is attached, where its caption comes first."""
    found = _ATTACHED_BEHIND.search(text) if "<" in text else None
    return next((name.lstrip(MARK) for name in found.groups() if name), None) if found is not None else None


def attached_date(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day in the name of the file that a text says is attached (``IMG-20240205-WA0001.jpg``).

    The application names files by the day on which they were sent or received.
    """
    found = _NAMED_DATE.search(attached_name(text) or "")
    return (int(found[1]), int(found[2]), int(found[3])) if found is not None else None


def is_omitted(text: str) -> bool:
    """Whether a text stands for a file that was not exported."""
    plain = text.replace(MARK, "").strip()
    if _OMITTED_LAST.fullmatch(plain.rpartition(" ")[2]) is None:
        return False
    further = _OMITTED_MARKED if MARK in text else _OMITTED_FILE
    return _OMITTED.fullmatch(plain) is not None or further.fullmatch(plain) is not None


def is_omitted_behind(text: str) -> bool:
    """Whether the last line of a text says that a file was not exported, where its caption comes first."""
    return _OMITTED_BEHIND.search(text.rstrip()) is not None


def _is_open_quote(text: str) -> bool:
    """Whether a quotation begins in the text and does not end in it: the ``: `` behind it is quoted."""
    if text.count('"') % 2 == 1:
        return True
    closing = ""
    for mark in _QUOTE.findall(text):
        # U+201C opens an English quotation and closes a German one.
        closing = "" if mark in closing else closing or _CLOSED_BY.get(mark, "")
    return bool(closing)
