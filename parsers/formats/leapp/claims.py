"""Tells an output of ALEAPP, iLEAPP and their kin by the files that only they write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from parsers.contract import Claim, Head
from parsers.members.neighbours import could_be_delivery, is_of_a_mac
from parsers.members.told_fronts import (
    AMONG_DELIVERIES,
    deliveries_beside,
    format_told,
    named_member,
    own_among_deliveries,
)
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.zip_headers import LOCAL_MAGIC

DATABASE, TSV_FOLDER = "_lava_artifacts.db", "_TSV Exports"
DESCRIPTIONS: Final = ("_lava_data.lava", "_lava_data.json")
_TABLES: Final = frozenset({"_artifact_search_patterns", "_file_path_list"})
_DEEPEST: Final = 2
_LIKELY: Final = 93
_FOLDERS: Final = frozenset({"data", "temp", "media", "elements", "script logs", "html", "images"})
_OWN_STARTS: Final = ("_lava", "_html", "_elements", "_timeline", "_script", "_temp", "_data")
_EXPORTS: Final = " exports"
_TABLE_SUFFIXES: Final = (".csv", ".tsv")
_SENT: Final = ".vcf"
"""A card may have been sent, and lie among the media."""

_COPIED: Final = (SQLITE_MAGIC, b"bplist")
_PLIST: Final = ".plist"


def output_prefix(names: tuple[str, ...], *, is_folder: bool) -> str | None:
    """Return the folder of the one output in a delivery, with its ``/``; None where there is none, or several.

    A folder is an output only itself; in a zip it may lie in one folder or two.
    """
    found: set[str] = set()
    for name in names:
        folder, slash, last = name.rpartition("/")
        if is_of_a_mac(name):
            continue
        if last == DATABASE:
            found.add(folder + slash)
        elif last.casefold().endswith(".tsv") and (folder == TSV_FOLDER or folder.endswith(f"/{TSV_FOLDER}")):
            found.add(folder.removesuffix(TSV_FOLDER))
    if len(found) != 1:
        return None
    (prefix,) = found
    return prefix if prefix == "" or (not is_folder and prefix.count("/") <= _DEEPEST) else None


def are_exports(name: str, names: tuple[str, ...]) -> bool:
    """Whether a delivery is the folder of TSV exports alone, or a zip of what lies in it: by its name and its files."""
    if name.casefold().removesuffix(".zip") != TSV_FOLDER.casefold():
        return False
    could_be = [each for each in names if could_be_delivery(each)]
    return bool(could_be) and all(each.casefold().endswith(".tsv") for each in could_be)


def has_tsv(names: tuple[str, ...], prefix: str) -> bool:
    """Whether TSV files of the output in a folder are there; ``prefix`` as ``output_prefix`` returns it."""
    folder = f"{prefix}{TSV_FOLDER}/"
    return any(name.startswith(folder) and name.casefold().endswith(".tsv") and not is_of_a_mac(name) for name in names)


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.tables:
        tables = {table.casefold() for table in head.tables}
        is_lava = tables >= _TABLES or {"_lava_media_items", "_lava_media_references"} <= tables
        return Claim(score=92, reason="tables of LAVA") if is_lava else None
    if not head.members:
        return None
    prefix = output_prefix(head.members, is_folder=head.is_folder)
    if prefix is None:
        is_alone = not head.is_within and are_exports(head.name, head.members)
        return Claim(score=_LIKELY, reason=f"a folder called {TSV_FOLDER}") if is_alone else None
    has_others = bool(deliveries_beside(head, _own_test(head, prefix)))
    is_whole = not has_others and all(name.startswith(prefix) for name in head.members)
    score = AMONG_DELIVERIES if has_others else _LIKELY
    return Claim(score=score, reason=f"{DATABASE} or {TSV_FOLDER} in it", is_whole=is_whole)


def own_members(head: Head) -> tuple[str, ...]:
    """Return the files of the output that a folder is, where deliveries were put beside it. Empty: none were."""
    prefix = output_prefix(head.members, is_folder=True) if head.is_folder else None
    return () if prefix is None else own_among_deliveries(head, _own_test(head, prefix))


def _is_own_name(folder: str) -> bool:
    return folder.startswith(_OWN_STARTS) or (folder.startswith("_") and folder.endswith(_EXPORTS))


def _is_told(head: Head, name: str) -> bool:
    """Whether a file shows by its front that it is a delivery; a database or archive may be a copy off the handset.

    A table does by its name, where its front was not looked at.
    """
    front = head.member_heads.get(name)
    if front is None:
        return name.casefold().endswith(_TABLE_SUFFIXES)
    return not front.startswith((*_COPIED, LOCAL_MAGIC)) and format_told(head, name) is not None


def _own_test(head: Head, prefix: str) -> Callable[[str], bool]:
    """Return what tells whether a file is the tool's own, or lies outside of the output.

    Older scripts keep pages, pictures and copies of databases and property lists in a folder for each kind of artifact.
    What it takes off a handset lies in folders below its own; what lies in one of them itself may have been put there.
    """

    def is_own(name: str) -> bool:
        below = name.removeprefix(prefix)
        folder, slash, _ = below.partition("/")
        if not name.startswith(prefix) or _is_own_name(folder.casefold()):
            return True
        if slash and folder.casefold() in _FOLDERS:
            return (
                "/" in below.removeprefix(f"{folder}/") or name.casefold().endswith(_SENT) or not _is_told(head, name)
            )
        is_copy = head.member_heads.get(name, b"").startswith(_COPIED)
        return bool(slash) and (is_copy or below.casefold().endswith(_PLIST)) and named_member(name) is None

    return is_own


def is_kept_beside(path: str) -> bool:
    """Whether a file is one that the tool writes, or lies in a folder that it makes in its output."""
    *folders, name = path.casefold().split("/")
    return name in DESCRIPTIONS or any(_is_own_name(folder) or folder in _FOLDERS for folder in folders)
