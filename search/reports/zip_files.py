"""Several files as one zip whose bytes are a function of the files alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can state: when the files were made stands in the report."""
_PLAIN_FILE: Final = 0o644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _PLAIN_FILE
            archive.writestr(entry, content)
    return target.getvalue()
