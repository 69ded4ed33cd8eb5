"""A number below a name in a list of contacts may be that person's further one, or of nobody who has a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Contact
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path


def test_a_number_alone_below_a_name_is_read_by_itself_and_named(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("Name,Number\nJay,07700900123\n,07700900124\n,07700900125\nMo,07700900126\n")
    result = read_path(path)
    assert [each.name for each in of_kind(result, Contact)] == ["Jay", None, None, "Mo"]
    assert codes_of(result)["name_above"] == 2


@pytest.mark.parametrize(
    "table",
    [
        "Name,Number\n,07700900124\nMo,07700900126\n",
        "Name,Number,Email\nJay,07700900123,\n,07700900124,mo@example.org\n",
        "Name,Number,Source\nJay,07700900123,SIM\n,07700900124,SIM\n",
        "#,Name,Number\n1,Jay,07700900123\n2,,07700900124\n",
        "Nickname,Name,Number\n,Jay,07700900123\nM,,07700900124\n",
        "Name,Number\nJay,07700900123\nMo,07700900124\n",
        "Name,Number\nJay,07700900123\nMo,\n",
    ],
)
def test_a_contact_that_says_more_or_stands_first_is_not_named(tmp_path: Path, table: str) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(table)
    assert "name_above" not in codes_of(read_path(path))
