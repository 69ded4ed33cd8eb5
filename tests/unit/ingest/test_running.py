"""What a verb's coroutine gives back comes out as it is, and costs nothing on the way."""

from __future__ import annotations

from ingest.running import run_async


class _Large:
    """Says when it is written out as text."""

    written = 0

    def __repr__(self) -> str:
        type(self).written += 1
        return "large"


def test_a_result_is_not_written_out_as_text() -> None:
    made = _Large()

    async def work() -> _Large:
        return made

    assert run_async(work) is made
    assert _Large.written == 0
