"""What a submitter states of the columns of a table: the ``[[table]]`` sections of a sidecar.

The mapping lies in the sidecar, so that it comes with the delivery, is in custody with it, and a corrected one has the
delivery read again. A section names a sheet (none: the only one, or a delimited text), the row of its headings, what
its rows are, and the headings of the columns that hold each field; where a table has no headings, the letters that a
spreadsheet program gives its columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from parsers.clocks import zone_of
from parsers.errors import InputRefused
from parsers.locale_times import DAY_FIRST, MONTH_FIRST
from parsers.records.facts import Direction
from parsers.table_fields import Field, TableKind

TABLE_KEY: Final = "table"
_MOST_TABLES: Final = 200
_TEXTS: Final = ("sheet", "service", "date_order", "time_zone")
_KEYS: Final = (*_TEXTS, "header_row", "kind", "columns", "values")
_VALUE_FIELDS: Final = frozenset({Field.DIRECTION, Field.TYPE})
_MOST_ROW: Final = 1_048_576


class TableMapping(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the columns of one table hold.

    Attributes:
        kind: A ``TableKind``.
        columns: ``Field`` to the headings (without headings: letters) of its columns, in order.
        sheet: Name of the sheet. None: the only one.
        header_row: As a spreadsheet program counts, from 1; 0: the table has no headings. None: it is looked for.
        service: Of rows that name none: ``sms``, ``whatsapp`` ...
        date_order: ``day_first`` or ``month_first``. None: as the sidecar or the column says.
        time_zone: IANA name for times without a zone. None: as the sidecar or the settings say.
        values: Field (``direction``, ``type``) to a cell's text to a direction.
    """

    kind: str
    columns: dict[str, tuple[str, ...]]
    sheet: str | None = None
    header_row: int | None = None
    service: str | None = None
    date_order: str | None = None
    time_zone: str | None = None
    values: dict[str, dict[str, str]] = {}


def read_mappings(value: object) -> tuple[TableMapping, ...]:
    """Return the mappings that the ``table`` key of a sidecar states.

    Raises:
        InputRefused: ``sidecar_refused``; the subject says which section and key, and never repeats a value.
    """
    sections = value if isinstance(value, list) else [value]
    if len(sections) > _MOST_TABLES:
        raise _refused(1, f"more than {_MOST_TABLES} sections")
    return tuple(_mapping(number, section) for number, section in enumerate(sections, start=1))


def _mapping(number: int, section: object) -> TableMapping:
    if not isinstance(section, dict):
        raise _refused(number, "is no section ([[table]])")
    unknown = next((key for key in section if key not in _KEYS), None)
    if unknown is not None:
        raise _refused(number, "holds a key that is not known; keys are " + ", ".join(_KEYS))
    texts = {key: _text(number, key, section[key]) for key in _TEXTS if section.get(key) is not None}
    kind = section.get("kind")
    if kind not in set(TableKind):
        raise _refused(number, "kind is none of " + ", ".join(TableKind))
    header_row = section.get("header_row")
    if header_row is not None and not (type(header_row) is int and 0 <= header_row <= _MOST_ROW):
        raise _refused(number, "header_row is no number of a row")
    if texts.get("date_order", DAY_FIRST) not in {DAY_FIRST, MONTH_FIRST}:
        raise _refused(number, f"date_order is neither {DAY_FIRST} nor {MONTH_FIRST}")
    if "time_zone" in texts and zone_of(texts["time_zone"]) is None:
        raise _refused(number, "time_zone is not a time zone by its IANA name")
    return TableMapping(
        kind=str(kind),
        columns=_columns(number, section.get("columns")),
        header_row=header_row,
        values=_values(number, section.get("values", {})),
        **texts,
    )


def _columns(number: int, value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not value:
        raise _refused(number, "has no columns ([table.columns])")
    found: dict[str, tuple[str, ...]] = {}
    for field, headings in value.items():
        if field not in set(Field):
            raise _refused(number, "columns holds a field that is not known; fields are " + ", ".join(Field))
        texts = [headings] if isinstance(headings, str) else headings
        if (
            not isinstance(texts, list)
            or not texts
            or not all(isinstance(each, str) and each.strip() for each in texts)
        ):
            raise _refused(number, f'columns.{field} is no list of headings ({field} = ["..."])')
        found[str(field)] = tuple(text.strip() for text in texts)
    return found


def _values(number: int, value: object) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        raise _refused(number, "values is no section")
    found: dict[str, dict[str, str]] = {}
    for field, words in value.items():
        if field not in _VALUE_FIELDS or not isinstance(words, dict):
            raise _refused(number, "values holds another field than " + " and ".join(sorted(_VALUE_FIELDS)))
        if any(word not in set(Direction) for word in words.values()):
            raise _refused(number, f"values.{field} holds a word that is none of " + ", ".join(Direction))
        found[str(field)] = {str(text).strip(): str(word) for text, word in words.items()}
    return found


def render_mapping(mapping: TableMapping, comments: Sequence[str] = ()) -> str:
    """Return a mapping as a section of a sidecar."""
    lines = ["[[table]]", *(f"# {line}" for line in comments)]
    scalars: Mapping[str, object] = {
        "sheet": mapping.sheet,
        "header_row": mapping.header_row,
        "kind": mapping.kind,
        "service": mapping.service,
        "date_order": mapping.date_order,
        "time_zone": mapping.time_zone,
    }
    lines += [f"{key} = {toml_value(value)}" for key, value in scalars.items() if value is not None]
    lines += ["", "[table.columns]"]
    lines += [f"{field} = {toml_value(list(headings))}" for field, headings in mapping.columns.items()]
    for field, words in mapping.values.items():
        lines += ["", f"[table.values.{field}]"]
        lines += [f"{toml_value(text)} = {toml_value(word)}" for text, word in words.items()]
    return "\n".join(lines) + "\n"


def toml_value(value: object) -> str:
    """Return a text, whole number or list of texts as TOML writes it."""
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(each) for each in value) + "]"
    if isinstance(value, int):
        return str(value)
    # A basic string of TOML is a string of JSON but for DEL, which JSON leaves as it is.
    return msgspec.json.encode(str(value)).decode().replace("\x7f", "\\u007F")


def _text(number: int, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _refused(number, f"{key} is not text in quotes")
    return value.strip()


def _refused(number: int, fault: str) -> InputRefused:
    return InputRefused("sidecar_refused", f"table {number} {fault}")
