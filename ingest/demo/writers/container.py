"""Packs vendor files as a unit packs them: several deliveries in one zip or tar, archives in archives, folders."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_TIME = (2024, 2, 5, 12, 0, 0)
_PACKINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gz": partial(gzip.compress, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}


def members_below(folder: Path, prefix: str = "") -> dict[str, bytes]:
    """Return the files of a folder by their names in an archive, sorted."""
    return {
        f"{prefix}{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def packed(members: Mapping[str, bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    """Return a zip of the members, in the order given; the same bytes each time."""
    content = BytesIO()
    with ZipFile(content, "w", method) as archive:
        for name, member in members.items():
            about = ZipInfo(name, _TIME)
            about.compress_type = method
            about.external_attr = 0o600 << 16
            archive.writestr(about, member)
    return content.getvalue()


def packed_tar(members: Mapping[str, bytes], *, packing: str = "", form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar of the members, in the order given; the same bytes each time.

    Args:
        members: Name to content.
        packing: ``gz``, ``bz2``, ``xz``, or empty for none.
        form: As ``tarfile`` numbers the ways in which long names are written.
    """
    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=form) as archive:
        for name, member in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(member)
            archive.addfile(about, BytesIO(member))
    return _PACKINGS[packing](content.getvalue())


def write_archive(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write a zip of the members and return its path."""
    path.write_bytes(packed(members))
    return path


def write_collection(folder: Path, members: Mapping[str, bytes]) -> Path:
    """Write the members as files below a folder and return it."""
    for name, member in members.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(member)
    return folder
