"""Tells an output of ALEAPP, iLEAPP and their kin by the files that only they write."""

from __future__ import annotations

from typing import Final

from parsers.contract import Claim, Head
from parsers.members.neighbours import is_of_a_mac

DATABASE, TSV_FOLDER = "_lava_artifacts.db", "_TSV Exports"
DESCRIPTIONS: Final = ("_lava_data.lava", "_lava_data.json")
_TABLES: Final = frozenset({"_artifact_search_patterns", "_file_path_list"})
_DEEPEST: Final = 2


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
        return None
    is_whole = all(name.startswith(prefix) for name in head.members)
    return Claim(score=93, reason=f"{DATABASE} or {TSV_FOLDER} in it", is_whole=is_whole)
