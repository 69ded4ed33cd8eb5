"""How a sidecar may be called, and what a file with nearly such a name should be called.

Windows takes capitals for the same name, its editor puts ``.txt`` behind, and browsers and copies put a number within:
what the submitter states would then be taken for a note, and its delivery be read without its case and exhibit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Final

from parsers.part_book import shown_name
from parsers.sheets.text_encoding import encoding_of_front

SIDECAR_SUFFIX: Final = ".trapline.toml"

_MARK: Final = ".trapline"
_LIKE: Final = re.compile(
    r"(?P<owner>.+?)\.trapline(?:\W*+(?:toml|txt|text|copy|bak|old|[0-9]++))*+\W*+", re.IGNORECASE | re.DOTALL
)
_MOST_BYTES: Final = 64 * 1024
_TOML: Final = "toml"
_STATEMENT: Final = re.compile(
    r"(?:\s*+(?:#[^\n]*+\n)?+)*+(?:[\w\"'.-]++[ \t]*+=|\[\[|"
    r"(?:case_ref|exhibit_ref|owner_number|imei|iccid|make|model|time_zone|date_order|legal_power|notes)[ \t]*+:)",
    re.IGNORECASE,
)
"""How a sidecar begins behind its comments, also where its writer put a colon for the equals sign."""

_ITS_NAME: Final = f"it is called as its file or folder is, with {SIDECAR_SUFFIX} behind that whole name"


def sidecar_names(owner: str) -> tuple[str, ...]:
    """Return what the sidecar of a file or folder may be called, the usual name first; its path may stand before it."""
    folder, slash, last = owner.rpartition("/")
    in_capitals = f"{folder}{slash}{last.upper()}{SIDECAR_SUFFIX.upper()}"
    return owner + SIDECAR_SUFFIX, owner + SIDECAR_SUFFIX.upper(), f"{owner}{_MARK}.TOML", in_capitals


def sidecar_among(owner: str, has: Callable[[str], bool]) -> str | None:
    """Return the sidecar of a file or folder. None: it has none.

    Args:
        owner: Its name, or its path in an archive.
        has: Whether there is a file of a name.
    """
    usual = owner + SIDECAR_SUFFIX
    return usual if has(usual) else next(filter(has, sidecar_names(owner)), None)


def is_sidecar_name(name: str) -> bool:
    """Whether a file is called as sidecars are, in any letters."""
    return name.casefold().endswith(SIDECAR_SUFFIX)


def attached_sidecars(names: Collection[str]) -> frozenset[str]:
    """Return those of some files that are sidecars of others among them, or of the folders that these lie in."""
    if not any(map(is_sidecar_name, names)):
        return frozenset()
    has = frozenset(names).__contains__
    present, above = {*names, ""}, set(names)
    while above := {name.rpartition("/")[0] for name in above} - present:
        present |= above
    return frozenset(sidecar for name in present - {""} if (sidecar := sidecar_among(name, has)) is not None)


def looks_like_sidecar(name: str) -> bool:
    """Whether a file is called as sidecars are, or nearly so (``HW7.csv.trapline.toml.txt``)."""
    return _MARK in name.casefold() and _LIKE.fullmatch(name) is not None


def is_meant_as_sidecar(name: str, front: Callable[[int], bytes]) -> bool:
    """Whether a file is called as sidecars are, or nearly so and holds what one does.

    A name without TOML says too little by itself: ``HW7.trapline.txt`` may be a table that somebody made.

    Args:
        name: Of the file.
        front: Gives its first bytes, up to a number of them.
    """
    found = _LIKE.fullmatch(name) if _MARK in name.casefold() else None
    if found is None or _TOML in name[found.end("owner") :].casefold():
        return found is not None
    content = front(_MOST_BYTES + 1)
    return len(content) <= _MOST_BYTES and _STATEMENT.match(_text_of(content)) is not None


def _text_of(content: bytes) -> str:
    encoding = encoding_of_front(content)
    mark, name = (encoding.mark_bytes, encoding.name) if encoding else (0, "utf-8")
    return content[mark:].decode(name, "replace")


class Beside:
    """The files and folders that lie in one folder, as ``fault_of_name`` asks for them: looked through once.

    Args:
        names: Their names.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._has = frozenset(names).__contains__
        self._whole: defaultdict[str, list[str]] = defaultdict(list)
        self._without_end: defaultdict[str, list[str]] = defaultdict(list)
        self._attached: set[str | None] = set()
        for name in names:
            if not looks_like_sidecar(name):
                self._attached.add(self.sidecar_of(name))
                self._whole[name.casefold()].append(name)
                self._without_end[name.rpartition(".")[0].casefold()].append(name)

    def sidecar_of(self, owner: str) -> str | None:
        """Return the sidecar of one of them. None: it has none."""
        return sidecar_among(owner, self._has)

    def is_attached(self, name: str) -> bool:
        """Whether one of them is the sidecar of another."""
        return name in self._attached

    def meant_by(self, stated: str) -> str | None:
        """Return the one whose name, with or without its end, a sidecar states. None: there is none, or several."""
        wanted = stated.casefold()
        found = self._whole.get(wanted) or self._without_end.get(wanted, [])
        return found[0] if len(found) == 1 else None


def fault_of_name(name: str, beside: Beside) -> str:
    """Return why a file that looks like a sidecar is used for none, and what it should be called.

    Args:
        name: Of the file.
        beside: What lies where it lies.
    """
    if beside.is_attached(name):
        return "name its delivery, not the sidecar"
    found = _LIKE.fullmatch(name)
    owner = beside.meant_by(found["owner"] if found else name)
    fault = "it stands without its delivery" if is_sidecar_name(name) else "its name is not one of a sidecar"
    if owner is None:
        return f"{fault}; {_ITS_NAME}"
    own = beside.sidecar_of(owner)
    if own is not None:
        other = f"{shown_name(owner)} has another, {shown_name(own)}"
        return other if is_sidecar_name(name) else f"{fault}; {other}"
    return f"{fault}; that of {shown_name(owner)} is called {shown_name(owner + SIDECAR_SUFFIX)}"
