"""Gives a unit of an archive or folder the form of a delivery: a file or folder of its own, with its sidecar.

A packed file is copied into the scratch folder; one that lies in a folder is read where it lies. The delivery's hash
is derived from the outer one's and the unit's place, so that ids made from it are unique and come out again.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from parsers.contract import EMPTY_SIDECAR, Delivery, Sidecar
from parsers.errors import InputRefused, is_out_of_room
from parsers.members.sources import MemberSource
from parsers.members.units import COMPANION_SUFFIXES, Unit
from parsers.part_book import shown_name
from parsers.records.notices import Notice
from parsers.sidecar import read_sidecar
from parsers.sidecar_names import sidecar_among
from parsers.sqlite_pages import written_suffixes

_TOO_LONG: Final = "has a name that cannot be written"
_MOST_LEVELS: Final = 500
"""Folders are made and removed level by level, each within the one before."""


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """A unit as a delivery.

    Attributes:
        sidecar: What the submitter states beside the unit itself; all None where nothing is.
        notices: What was wrong with its packed bytes, and with its sidecar.
    """

    delivery: Delivery
    sidecar: Sidecar
    notices: tuple[Notice, ...]


@contextmanager
def delivered(source: MemberSource, unit: Unit, outer: Delivery, scratch_dir: Path, region: str) -> Iterator[Delivered]:
    """Give a unit as a delivery; what was copied for it is gone when the block ends.

    Args:
        source: Where its files lie.
        unit: What it is.
        outer: The delivery that holds it.
        scratch_dir: Where its files are copied to.
        region: ISO 3166 code in which a number that its sidecar states without a country code is read.

    Raises:
        InputRefused: A file of it is encrypted, packed by a method that is not read, or too large; or its sidecar
            cannot be used.
    """
    work = scratch_dir / "unit"
    work.mkdir()
    try:
        notices: list[Notice] = []
        sidecar = _sidecar_of(source, unit, work, region, notices)
        path, companions = _placed(source, unit, work, notices)
        name = unit.key.rpartition("/")[2] or outer.name
        delivery = Delivery(
            path=path, name=name, is_folder=unit.is_folder, sha256=_derived(outer, unit), companions=companions
        )
        yield Delivered(delivery=delivery, sidecar=sidecar, notices=tuple(notices))
    finally:
        shutil.rmtree(work)


def _placed(source: MemberSource, unit: Unit, work: Path, notices: list[Notice]) -> tuple[Path, tuple[str, ...]]:
    if not unit.is_folder:
        (name,) = unit.names
        companions = _companions(source, name)
        suffixes = tuple(companions)
        place = source.place_of(name)
        if place is not None:
            return place, suffixes
        _copy(source, name, work / "file", notices)
        for suffix, member in companions.items():
            _copy(source, member, work / f"file{suffix}", notices)
        return work / "file", suffixes
    folder = work / "folder"
    folder.mkdir()
    unwritable: list[str] = []
    has_one = False
    for name in _with_companions(source, unit):
        if _is_written(source, name, folder / name[len(unit.key) :].lstrip("/"), notices):
            has_one = True
        else:
            unwritable.append(name)
    if not has_one and unwritable:
        raise InputRefused("archive_refused", f"{shown_name(unwritable[0])} {_TOO_LONG}")
    # Its neighbours are read without it.
    notices.extend(Notice(code="member_refused", subject=shown_name(name)) for name in unwritable)
    return folder, ()


def _is_written(source: MemberSource, name: str, target: Path, notices: list[Notice]) -> bool:
    """Copy a file. False: its name cannot be written here."""
    if name.count("/") > _MOST_LEVELS:
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Told before the file is copied: a copy that cannot have its name would lie there under another.
        target.touch(exist_ok=False)
        _copy(source, name, target, notices)
    except OSError as error:
        if is_out_of_room(error):
            raise
        # A name that the file system cannot hold, or a file where another name needs a folder.
        return False
    return True


def _with_companions(source: MemberSource, unit: Unit) -> Iterator[str]:
    for name in unit.names:
        yield name
        yield from _companions(source, name).values()


def _companions(source: MemberSource, name: str) -> dict[str, str]:
    """Return the members that belong to a database, by their suffixes."""
    found: dict[str, str] = {}
    for suffix in COMPANION_SUFFIXES:
        written = (name + each for each in written_suffixes(suffix))
        member = next((each for each in written if source.has(each)), None)
        if member is not None:
            found[suffix] = member
    return found


def _copy(source: MemberSource, name: str, target: Path, notices: list[Notice]) -> None:
    damage = source.copy(name, target)
    if damage is not None:
        ends_reading = damage != "checksum_wrong"
        notices.append(Notice(code=damage, subject=shown_name(name), ends_reading=ends_reading))


def _sidecar_of(source: MemberSource, unit: Unit, work: Path, region: str, notices: list[Notice]) -> Sidecar:
    name = sidecar_among(unit.key, source.has) if unit.key else None
    if name is None:
        return EMPTY_SIDECAR
    place = source.place_of(name)
    if place is None:
        place = work / "sidecar"
        _copy(source, name, place, notices)
    sidecar, stated = read_sidecar(place, region)
    notices.extend(stated)
    return sidecar


def _derived(outer: Delivery, unit: Unit) -> str:
    parser = unit.parser.name if unit.parser is not None else ""
    return hashlib.sha256(f"{outer.sha256}\0{unit.key}\0{parser}".encode("utf-8", "surrogatepass")).hexdigest()
