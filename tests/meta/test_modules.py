"""Rules about the modules: size, names, what they may not do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.meta.repository import ROOT, modules

LINES_ALLOWED = 400
LARGER_WITH_REASON: dict[str, str] = {}
FORBIDDEN_STEMS = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "types"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_outgrows_its_subject() -> None:
    """At 400 lines a module is two things."""
    too_large = {
        relative(path): count
        for path in modules()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES_ALLOWED
        and relative(path) not in LARGER_WITH_REASON
    }
    assert too_large == {}


def test_every_module_has_a_subject_for_a_name() -> None:
    assert [relative(path) for path in modules() if path.stem in FORBIDDEN_STEMS] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        relative(path)
        for path in modules()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def constant_keywords(path: Path) -> set[tuple[str, object]]:
    """Every keyword argument with a constant value, in every call of the module."""
    return {
        (keyword.arg, keyword.value.value)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg is not None and isinstance(keyword.value, ast.Constant)
    }


@pytest.mark.parametrize("path", list(modules("parsers")), ids=relative)
def test_parsers_recover_nothing_in_silence(path: Path) -> None:
    """``recover=True`` loses whole bodies without a word (measured); so do ignored decoding errors."""
    assert not constant_keywords(path) & {("recover", True), ("errors", "ignore")}


@pytest.mark.parametrize("path", list(modules("parsers")), ids=relative)
def test_parsers_open_nothing_for_writing(path: Path) -> None:
    """Evidence is read-only; the one place to write is the scratch folder, named at the call."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == "open"
    ]
    modes = [
        argument.value
        for call in calls
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    assert [mode for mode in modes if re.fullmatch(r"[rbt]*[wax+][rbt+]*", mode)] == []


def test_only_config_reads_the_environment() -> None:
    """Nothing else reads the environment or a settings file; the composition root passes settings in."""
    allowed = {"ingest/cli.py", "ingest/assemble.py", "ingest/__main__.py"}
    readers = [
        relative(path)
        for path in modules("parsers", "nlp", "search", "ingest")
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8")) and relative(path) not in allowed
    ]
    assert readers == []


def test_no_page_refers_to_anything_outside_itself() -> None:
    """A page opened on an air-gapped machine must be whole, and must tell nobody that it was opened."""
    templates = [*ROOT.glob("search/**/*.html"), *ROOT.glob("search/**/*.j2"), *ROOT.glob("search/**/*.css")]
    remote = [
        relative(path)
        for path in templates
        if re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:)?//", path.read_text(encoding="utf-8"))
    ]
    assert templates
    assert remote == []
    assert [relative(path) for path in templates if "|safe" in path.read_text(encoding="utf-8").replace(" ", "")] == []
