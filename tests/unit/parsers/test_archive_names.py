"""Names of an archive's members that stand in it twice."""

from __future__ import annotations

import pytest

from parsers.archive_names import safe_names
from parsers.errors import InputRefused

_XLSX = ("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
_ODS = ("mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml")


@pytest.mark.parametrize(
    ("names", "twice"),
    [
        *((_XLSX, name) for name in _XLSX),
        *((_XLSX[1:], name) for name in _XLSX[1:]),
        *((_ODS, name) for name in _ODS[1:]),
    ],
)
def test_a_workbook_with_a_part_twice_is_refused(names: tuple[str, ...], twice: str) -> None:
    both = (*names, twice)
    with pytest.raises(InputRefused) as refused:
        safe_names(both, both)
    assert (refused.value.code, refused.value.subject) == ("archive_refused", f"{twice} stands in it twice")


def test_of_files_that_are_no_parts_of_one_document_those_alone_are_left_out_that_stand_there_twice() -> None:
    names = ("a/content.xml", "b.xml", "b.xml", "c.jpg", "c.jpg")
    assert safe_names(names, names) == [True, False, False, False, False]
