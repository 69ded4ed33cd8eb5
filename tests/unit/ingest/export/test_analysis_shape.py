"""What the record export says of an analysed text, adverts and others."""

from __future__ import annotations

import pytest

from ingest.export.analysis_shape import analysis_of
from tests.fakes.phones import finding


@pytest.mark.parametrize("is_advert", [True, False])
def test_every_analysed_text_has_its_template(*, is_advert: bool) -> None:
    said = finding("on till late", advert=is_advert)
    shape = analysis_of(said, None)
    assert shape is not None
    assert (shape["is_advert"], shape["template_id"], shape["flare_id"]) == (is_advert, said.template_id, None)


def test_what_was_not_analysed_has_nothing() -> None:
    assert analysis_of(None, None) is None
