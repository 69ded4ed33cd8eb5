"""Rules about the prose: it names what there is, and it says nothing that the code does not do."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.contract import ExtractionParser
from parsers.records.facts import RECORD_KINDS
from parsers.registry import all_parsers
from tests.meta.repository import ROOT, modules, prose

GLOSSARY = ("drop", "extraction", "exhibit", "device", "record", "notice", "finding", "advert", "template", "flare",
            "deal line", "nickname", "line", "link", "report")  # fmt: skip


def test_the_glossary_stands_in_contributing() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [word for word in GLOSSARY if not re.search(rf"^\| {word}[ ,|]", text, re.MULTILINE)] == []


def test_the_readme_names_every_verb() -> None:
    commands = [
        path.stem for path in modules("ingest") if path.parent.name == "commands" and not path.stem.startswith("_")
    ]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert commands
    assert [verb for verb in commands if f"trapline {verb}" not in text and f"`{verb}`" not in text] == []


def test_every_format_has_its_page() -> None:
    folders = [folder for folder in (ROOT / "parsers" / "formats").iterdir() if (folder / "__init__.py").exists()]
    assert folders
    assert [folder.name for folder in folders if not (folder / "README.md").exists()] == []


@pytest.mark.parametrize("parser", all_parsers(), ids=lambda parser: parser.name)
def test_the_page_of_a_format_says_the_version_of_its_parser(parser: ExtractionParser) -> None:
    folder = ROOT / "parsers" / "formats" / type(parser).__module__.split(".")[2]
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"`{parser.name}`,\s+version {parser.version}\b", text), f"{folder.name}: {parser.version}"


def said_in(path: Path) -> Iterator[str]:
    """Yield what a module or a template may show of its own words: all but docstrings and comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from text.splitlines()
        return
    tree = ast.parse(text)
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.value


def test_no_report_says_of_who_got_an_advert_that_he_bought_or_of_who_sent_one_that_he_sells() -> None:
    """Receiving an advert is not buying, and a phone sent it, not a person."""
    claims = re.compile(r"\b(customers? (in|and|alone)|same customers|(people|who) (buys?|bought)|dealers?|suspects?|"
                        r"offenders?|victims?)\b")  # fmt: skip
    shown = [*modules("search"), *sorted((ROOT / "search" / "reports" / "templates").iterdir())]
    found = {(path.name, said) for path in shown for said in said_in(path) if " " in said and claims.search(said)}
    assert found == set()


def test_record_kinds_are_unique() -> None:
    kinds = [kind.kind for kind in RECORD_KINDS]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("path", list(prose()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_fixture_has_a_line_in_the_manifest() -> None:
    """Nothing enters the repository without its origin and its licence."""
    folder = ROOT / "tests" / "fixtures"
    manifest = tomllib.loads((folder / "MANIFEST.toml").read_text(encoding="utf-8"))
    files = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != "MANIFEST.toml"
    }
    named = {entry["path"] for entry in manifest["fixture"]}
    assert sorted(files - named) == []
    assert all(entry["origin"] and entry["licence"] for entry in manifest["fixture"])
