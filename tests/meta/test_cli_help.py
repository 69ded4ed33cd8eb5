"""Help of every verb: it says what the verb does, names its options, and ends with one real example."""

from __future__ import annotations

import inspect
import subprocess
import sys
from functools import cache
from importlib import import_module

import pytest

from ingest.cli import VERBS
from tests.meta.repository import modules

EVERYWHERE = ("--json", "--data")
NEED_NO_DATA_FOLDER = {"formats", "analyse", "map", "lexicon"}


@cache
def help_of(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ingest", *words, "--help"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_every_module_of_commands_is_a_verb() -> None:
    stems = {path.stem for path in modules("ingest") if path.parent.name == "commands"}
    assert {stem for stem in stems if not stem.startswith("_")} == set(VERBS)


def test_the_help_lists_every_verb_with_its_line() -> None:
    text = help_of()
    assert [verb for verb, line in VERBS.items() if f"  {verb}" not in text or line not in text] == []


@pytest.mark.parametrize("verb", VERBS)
def test_help_ends_with_the_example(verb: str) -> None:
    example = import_module(f"ingest.commands.{verb}").EXAMPLE
    assert f"trapline {verb}" in example
    text = help_of(verb)
    assert text.rstrip().endswith(f"Example:\n\n    {example}")
    assert "\x1b" not in text


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_the_options_that_all_have(verb: str) -> None:
    text = help_of(verb)
    wanted = EVERYWHERE if verb not in NEED_NO_DATA_FOLDER else EVERYWHERE[:1]
    assert [option for option in wanted if option not in text] == []


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_holds_no_logic(verb: str) -> None:
    """Parse arguments, call one function, print, return a code: a long verb has work in it that belongs elsewhere."""
    module = import_module(f"ingest.commands.{verb}")
    body = inspect.getsource(module.run).split('"""')[-1]
    assert len(body.splitlines()) <= 30
