"""The demonstration case taken in once, for the tests that only look at it, and as a copy for those that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.acceptance.command_line import CommandLine


@pytest.fixture(scope="session")
def held_case(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The case in a data folder; MUST NOT be changed."""
    command_line = CommandLine(tmp_path_factory.mktemp("held"))
    drops = command_line.root / "drops"
    assert command_line.run("demo", drops).code == 0
    finished = command_line.run("ingest", drops, "--json", timeout_seconds=600)
    assert finished.code == 0, finished.err
    return command_line


@pytest.fixture
def own_case(held_case: CommandLine, tmp_path: Path) -> CommandLine:
    """A copy of the case that a test may change."""
    command_line = CommandLine(tmp_path)
    shutil.copytree(held_case.data, command_line.data)
    return command_line
