"""What is shown was written to the audit log before: where the log cannot be written, nothing is shown."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.command_line import CommandLine

LOOKS = {
    "search": ("search", "bell", "--json"),
    "show": ("show",),
    "export": ("export", "--format", "jsonl"),
    "report": ("report", "--format", "json"),
}


def words_of(action: str, command_line: CommandLine) -> tuple[str, ...]:
    if action != "show":
        return LOOKS[action]
    (page,) = command_line.run("search", "bell", "--size", "1", "--json").rows()
    return ("show", page["hits"][0]["record"]["record_id"])


@pytest.mark.parametrize("action", LOOKS)
def test_every_look_is_in_the_log(own_case: CommandLine, action: str) -> None:
    assert own_case.run(*words_of(action, own_case)).code == 0
    last = json.loads((own_case.data / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["action"] == action
    assert last["user"]
    assert own_case.run("verify").code == 0


@pytest.mark.parametrize("action", LOOKS)
def test_nothing_is_shown_where_the_log_cannot_be_written(own_case: CommandLine, action: str) -> None:
    words = words_of(action, own_case)
    log = own_case.data / "audit.jsonl"
    log.rename(own_case.root / "audit.jsonl")
    log.mkdir()
    finished = own_case.run(*words)
    assert finished.code == 70
    assert finished.out == ""
    assert "Traceback" not in finished.err


@pytest.mark.parametrize("action", LOOKS)
def test_nothing_is_shown_where_the_log_was_changed(own_case: CommandLine, action: str) -> None:
    words = words_of(action, own_case)
    log = own_case.data / "audit.jsonl"
    *before, last = log.read_text(encoding="utf-8").splitlines()
    changed = json.dumps(json.loads(last) | {"user": "somebody else"})
    log.write_text("\n".join([*before, changed, ""]), encoding="utf-8")
    finished = own_case.run(*words)
    assert (finished.code, finished.out) == (4, "")
    assert "internal error" not in finished.err
    assert "backup" in finished.err, "how work goes on"
    assert own_case.run("verify").code == 4


def test_an_internal_error_names_itself_and_keeps_evidence_to_itself(own_case: CommandLine) -> None:
    """The id finds the traceback in the data folder; neither holds a word of a message."""
    (own_case.data / "audit.jsonl").unlink()
    (own_case.data / "audit.jsonl").mkdir()
    finished = own_case.run("search", "brown")
    assert "brown" not in finished.err
    error_id = finished.err.split("internal error ")[1].split()[0]
    log = (own_case.data / "trapline.log").read_text(encoding="utf-8")
    assert error_id in log
    assert "brown" not in log
