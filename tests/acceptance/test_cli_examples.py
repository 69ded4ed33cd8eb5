"""The example that ends the help of each verb runs as it stands, one after the other, in an empty working folder."""

from __future__ import annotations

import os
import re
from importlib import import_module
from pathlib import Path

import pytest

from ingest.cli import VERBS
from tests.acceptance.cli_process import shell, started
from tests.acceptance.command_line import CommandLine

NEVER_ENDS = "watch"
ORDER = ["demo", "ingest", *(verb for verb in VERBS if verb not in {"demo", "ingest", NEVER_ENDS})]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, str]]:
    """Exit code, standard output and standard error of each example."""
    command_line = CommandLine(tmp_path_factory.mktemp("examples"))
    return {verb: shell(command_line, import_module(f"ingest.commands.{verb}").EXAMPLE) for verb in ORDER}


@pytest.mark.parametrize("verb", ORDER)
def test_the_example_runs(ran: dict[str, tuple[int, str, str]], verb: str) -> None:
    code, out, err = ran[verb]
    # Disk space on the machine of the test is not what is tested.
    assert code == 0 or (verb == "doctor" and code == 4), err
    assert out or verb == "report", verb
    assert "Traceback" not in err
    assert not re.search(r"\x1b", out + err)


def test_the_example_that_never_ends_starts(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    (command_line.surroundings[1] / "case-files").mkdir()
    words = import_module(f"ingest.commands.{NEVER_ENDS}").EXAMPLE.split()
    with started(command_line, *words[1:]) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith(b"Watching case-files")
        os.kill(process.pid, 15)
        process.communicate(timeout=60)
    assert process.returncode == 0
