"""The report as PDF, for paper: set by Typst from the same page data, with fonts that come with the program.

Evidence reaches the layout as JSON and is shown as text, never read as markup. Bytes are a function of the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from search.reports.print_data import print_data
from search.reports.print_fonts import FOLDER

_TEMPLATE: Final = Path(__file__).parent / "templates" / "report.typ"


def render_pdf(report: Mapping[str, Any]) -> bytes:
    """Return the PDF of a report made by ``build_report``."""
    data = msgspec.json.encode(print_data(report)).decode()
    printed: bytes = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"data": data},
        format="pdf",
        timestamp=0,
    )
    return printed


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER)])
