"""Names and locations that are made to hurt, rows of chats, and sources that name no image."""

from __future__ import annotations

import pytest

from parsers.formats.axiom_xml.fragments import read_name
from parsers.formats.axiom_xml.hit_stream import Fragment
from parsers.formats.axiom_xml.survey import image_of


def test_a_name_of_many_letters_of_a_pattern_is_read_at_once() -> None:
    # Exponential before: some forty pairs did not end.
    assert read_name("Date (" + "yy" * 2_000 + "!").date_order is None


@pytest.mark.parametrize(
    ("source", "image"),
    [
        ("A.zip\\data\\mmssms.db", "a.zip"),
        ("efs/FactoryApp/imei1.dat", None),
        ("EFS (ExtX)\\FactoryApp\\imei1.dat", None),
    ],
)
def test_a_folder_or_partition_is_no_image(source: str, image: str | None) -> None:
    assert image_of([Fragment("Source", source, 0, is_cut=False, markup=None)]) == image
