"""A newcomer's first format: the blocks of CONTRIBUTING, put where they say they belong, work as they stand."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import ingest.demo.writers
import parsers.formats
from parsers import registry

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"
FILE_BLOCK = re.compile(r"^`(?P<path>[\w/]+\.\w+)`\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
REGISTRY_LINE = re.compile(r"^```registry\n(?P<line>.*?)\n```$", re.MULTILINE | re.DOTALL)
MODULES = ("parsers.formats.burnerlog", "ingest.demo.writers.burnerlog")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the example's files, importable beside the installed packages, and one more registry line."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    for block in FILE_BLOCK.finditer(text):
        path = tmp_path / block["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["text"], encoding="utf-8")
    (line,) = REGISTRY_LINE.findall(text)
    for package, folder in ((parsers.formats, "parsers/formats"), (ingest.demo.writers, "ingest/demo/writers")):
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / folder)])
    monkeypatch.setattr(registry, "PARSERS", (*registry.PARSERS, line.strip().rstrip(",").strip('"')))
    registry._loaded.cache_clear()
    yield tmp_path
    registry._loaded.cache_clear()
    for name in MODULES:
        sys.modules.pop(name, None)


def own_tests(module: ModuleType) -> dict[str, Callable[[Path], None]]:
    return {name: value for name, value in vars(module).items() if name.startswith("test_")}


def test_the_example_names_a_folder_a_writer_and_a_test(checkout: Path) -> None:
    written = {path.relative_to(checkout).as_posix() for path in checkout.rglob("*") if path.is_file()}
    assert written == {
        "parsers/formats/burnerlog/__init__.py",
        "parsers/formats/burnerlog/README.md",
        "ingest/demo/writers/burnerlog.py",
        "tests/unit/parsers/test_burnerlog.py",
    }


def test_the_examples_own_tests_pass(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = checkout / "tests" / "unit" / "parsers" / "test_burnerlog.py"
    spec = importlib.util.spec_from_file_location("newcomers_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tests = own_tests(module)
    assert len(tests) == 2
    for name, test in tests.items():
        test(tmp_path_factory.mktemp(name))


def test_the_example_keeps_what_the_contract_asks(checkout: Path) -> None:
    parser = importlib.import_module("parsers.formats.burnerlog").BurnerlogParser
    assert Path(sys.modules["parsers.formats.burnerlog"].__file__ or "").is_relative_to(checkout)
    for attribute in ("name", "version", "tier", "title", "versions_seen", "not_read"):
        assert getattr(parser, attribute) is not None
    assert parser.name == checkout.joinpath("parsers/formats/burnerlog").name


def test_the_example_is_not_among_the_shipped_formats() -> None:
    """The fixture leaves nothing behind."""
    assert not any("burnerlog" in line for line in registry.PARSERS)
    assert importlib.util.find_spec("parsers.formats.burnerlog") is None
