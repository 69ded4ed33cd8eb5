"""Rules about names and folders whose breach gives no error of its own."""

from __future__ import annotations

from importlib.metadata import packages_distributions

import pytest

from tests.meta.repository import PACKAGES, ROOT, modules

OURS = "trapline"


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_owns(name: str) -> None:
    """A second owner overwrites or hides our code without an error at install."""
    assert set(packages_distributions().get(name, [OURS])) == {OURS}


def test_every_folder_of_tests_is_a_package() -> None:
    """One folder without ``__init__`` below one with it makes pytest hide the package of the same name."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py") if "newcomer" not in path.parts}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_docker_is_no_package() -> None:
    """A package named docker would hide the real one in an editable install."""
    assert not (ROOT / "docker" / "__init__.py").exists()


def test_there_are_modules_to_check() -> None:
    """The rules of this folder walk the tree; an empty walk would pass them all."""
    assert len(list(modules())) > 50
