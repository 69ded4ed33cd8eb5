"""Slips of whoever types: each is told in a plain sentence, with the exit code of its kind and no traceback."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.command_line import CONSOLE_SCRIPT, CommandLine

INTERRUPTED_WHILE_LOADING = """
import importlib, os, signal, sys
import ingest.cli
def interrupted(name):
    os.kill(os.getpid(), signal.SIGINT)
    return importlib.import_module(name)
ingest.cli.import_module = interrupted
# Where the tests run behind a shell's "&" an interrupt is ignored, and that is inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)
ingest.cli.main(["status"])
"""


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.mark.parametrize("option", [("--data", "D"), ("--data=D",), ("--json",), ("-x",)])
def test_an_option_before_the_verb_is_told_where_it_belongs(command_line: CommandLine, option: tuple[str, ...]) -> None:
    finished = command_line.run(*option, "status", data=False)
    name = option[0].partition("=")[0]
    assert (finished.code, finished.out) == (2, "")
    assert finished.err == (
        f"trapline: {name} stands before the verb: options come behind it, as in trapline status ... {name} ...\n"
    )


def test_the_options_of_the_program_stand_before_any_verb(command_line: CommandLine) -> None:
    assert command_line.run("--help", "status", data=False).code == 0
    unknown = command_line.run("--nonsense", data=False)
    assert unknown.code == 2
    assert "No such option" in unknown.err


@pytest.mark.parametrize(("option", "called"), [("--limit", "--size"), ("--limit=3", "--size"), ("--since", "--from")])
def test_an_option_of_other_programs_is_told_what_it_is_called_here(
    command_line: CommandLine, option: str, called: str
) -> None:
    finished = command_line.run("search", "white", option, "3")
    assert (finished.code, finished.out) == (2, "")
    assert finished.err == f"trapline: There is no option {option.partition('=')[0]}: it is called {called} here.\n"
    assert "no option" not in command_line.run("search", "--", "--limit").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("search", "x", "--kind", "sms"), "'device'. A text of any service is a message: --kind message; those of"),
        (("export", "--format", "xml"), "for '--format': 'xml' is not one of 'jsonl', 'csv', 'case'."),
        (("search", "x", "--from", "30/02/2024"), "for --from: 30/02/2024 is no day of the calendar: name a day"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_told_in_plain_words(
    command_line: CommandLine, words: tuple[str, ...], said: str
) -> None:
    finished = command_line.run(*words)
    assert (finished.code, finished.out) == (2, "")
    assert said in finished.err
    assert "Value error" not in finished.err


def test_a_database_needs_no_mapping(command_line: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "mmssms.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE sms (_id INTEGER PRIMARY KEY, address TEXT, body TEXT)")
    finished = command_line.run("map", path, data=False)
    assert (finished.code, finished.out) == (3, "")
    assert "This is a database" in finished.err
    assert "trapline ingest" in finished.err


def test_showing_nothing_says_so(command_line: CommandLine) -> None:
    assert command_line.run("ingest", "--json", command_line.root / "working").code in {0, 3}
    done = subprocess.run(
        [CONSOLE_SCRIPT, "show", "-", "--data", command_line.data], input=b"", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"No id came on standard input" in done.stderr


def test_the_status_says_that_a_refused_place_is_gone(command_line: CommandLine, tmp_path: Path) -> None:
    gone = tmp_path / "drop"
    gone.mkdir()
    assert command_line.run("ingest", gone).code == 3
    (before,) = command_line.run("status", "--json").rows()[0]["deliveries"]
    gone.rmdir()
    (after,) = command_line.run("status", "--json").rows()[0]["deliveries"]
    assert after["reason"] == f"{before['reason']} Nothing lies there any longer."


def test_an_interrupt_while_modules_load_leaves_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED_WHILE_LOADING], capture_output=True, check=False)
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr == b"Interrupted before anything was done.\n"
