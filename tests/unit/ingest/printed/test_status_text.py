"""The status of a data folder as text: one is one, and what waits is told with what loads it."""

from __future__ import annotations

import msgspec
import pytest

from ingest.outcomes import DeliveryStatus, Status
from ingest.printed.status_text import lacking_words, status_lines


def status(count: int) -> Status:
    failed = DeliveryStatus(
        sha256=None, file_name="one.xml", original_path="/one.xml", received_at="", state="failed: OSError", reason=None
    )
    return Status(
        data_dir="/data",
        schema_version=1,
        index_backend="embedded",
        index_is_ready=True,
        index_detail="",
        extractions=(),
        deliveries=(failed,) * count,
        waiting_count=count,
        unfinished_count=count,
        decision_count=count,
        audit_count=1_000 * count,
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, ["1 decision", "1 extraction waits ", "1 delivery was not finished", "1 delivery failed"]),
        (2, ["2 decisions", "2 extractions wait ", "2 deliveries were not finished", "2 deliveries failed"]),
    ],
)
def test_one_is_told_as_one_and_several_as_several(count: int, said: list[str]) -> None:
    text = "\n".join(status_lines(status(count)))
    assert [words for words in said if words not in text] == []
    assert f"{count},000 lines of audit" in text


def test_what_was_read_before_is_not_said_to_have_given_nothing() -> None:
    (failed,) = status(1).deliveries
    damaged = msgspec.structs.replace(failed, state="failed: vault_damaged", was_read=True)
    text = "\n".join(status_lines(msgspec.structs.replace(status(1), deliveries=(damaged,))))
    assert "gave nothing" not in text
    assert "what was read of it before stands" in text
    assert "1 delivery is not as taken in the vault" in text
    assert "trapline reparse reads again" not in text, "it cannot read that copy"


def test_what_an_index_lacks_is_told_with_both_verbs_that_may_mend_it() -> None:
    assert lacking_words(1).startswith("1 extraction that was read is not in the index. ")
    assert "trapline rebuild" in lacking_words(3)
    assert "trapline reparse" in lacking_words(3)
