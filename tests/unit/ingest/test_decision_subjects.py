"""What a person names becomes a key that says what was meant, to whoever reads it later."""

from __future__ import annotations

import pytest

from ingest.decision_subjects import phone_key
from ingest.errors import DecisionRefused
from tests.fakes.phones import Phone


def test_a_phone_is_called_by_its_exhibit_and_case_for_another_case_may_have_the_exhibit_too() -> None:
    one, other = Phone("JB/2", 101, case="OP/1"), Phone("JB/2", 102, case="OP/2")
    other.device_id, other.extraction_id = "dv-other", "ex-other"
    entries = [one.entry(), other.entry()]
    assert phone_key("jb/2", entries, ["OP/2"]).label == "JB/2 (case OP/2)"
    assert phone_key("dv-other", entries, []).extraction_ids == ("ex-other",)
    with pytest.raises(DecisionRefused, match="2 phones are held as JB/2"):
        phone_key("JB/2", entries, [])


def test_a_phone_without_a_case_is_called_by_its_exhibit_alone() -> None:
    held = Phone("JB/2", 101, case="")
    assert phone_key("JB/2", [held.entry()], []).label == "JB/2"


def test_a_phone_may_be_named_as_reports_print_it_and_its_case_without_regard_to_spaces() -> None:
    one, other = Phone("HW/40", 101, case="DRG- 236/23"), Phone("HW/40", 102, case="DRG- 9/23")
    other.device_id, other.extraction_id = "dv-other", "ex-other"
    entries = [one.entry(), other.entry()]
    expected = phone_key("HW/40", entries, ["DRG- 236/23"])
    assert phone_key("HW/40 (case DRG- 236/23)", entries, []) == expected
    assert phone_key("hw/40 (Case DRG-236/23)", entries, []) == expected
    assert phone_key("hw/40", entries, ["drg-236/23"]) == expected
