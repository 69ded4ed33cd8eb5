"""Reads what the submitter states beside a delivery, in ``<name>.trapline.toml``.

A statement decides which exhibit a handset is and in which zone its times are read; one that cannot be used is
refused with the delivery, because going on without it would put evidence under a wrong or an empty name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

from parsers.clocks import zone_of
from parsers.contract import Sidecar
from parsers.device_ids import has_wrong_check_digit, iccid_key, imei_key
from parsers.errors import InputRefused
from parsers.locale_times import DAY_FIRST, MONTH_FIRST
from parsers.part_book import shown_name
from parsers.phone_numbers import to_e164
from parsers.records.notices import Notice
from parsers.sidecar_names import attached_sidecars
from parsers.table_mapping import TABLE_KEY, read_mappings

_MOST_BYTES: Final = 64 * 1024
_MULTILINE_KEY: Final = "notes"
_WHAT_TOML_WANTS: Final = 'write one statement a line: key = "value", with an equals sign and straight quotes'
_NO_PLACES: Final = frozenset({"localtime", "posixrules", "factory"})
_OTHER_CLOCKS: Final = ("posix/", "right/")
"""Names in the folder of zones that are no place's: what the machine is set to, and zones that count leap seconds."""
_LINE = re.compile(r"\(at line ([0-9]+)")


def states_members(names: Collection[str]) -> bool:
    """Whether a sidecar among the files of an archive or folder states something of a file or a folder beside it."""
    return bool(attached_sidecars(names))


def read_sidecar(path: Path, region: str) -> tuple[Sidecar, tuple[Notice, ...]]:
    """Return what a sidecar states, and a notice for each key that is not known, is blank or is doubtful.

    A blank value states nothing.

    Args:
        path: Where it lies.
        region: ISO 3166 code in which a number without its country code is read.

    Raises:
        InputRefused: ``sidecar_refused``; the subject says which key or line, and never repeats a value.
        OSError: It cannot be read.
    """
    values = _table_of(path)
    stated: dict[str, str] = {}
    notices = [] if values else [Notice(code="sidecar_blank", subject="anything")]
    for key, value in values.items():
        if key not in Sidecar.__struct_fields__:
            notices.append(Notice(code="sidecar_key_unknown", subject=shown_name(key)))
            continue
        if key == TABLE_KEY:
            continue
        text = _text_of(key, value)
        if text:
            stated[key] = text
        else:
            notices.append(Notice(code="sidecar_blank", subject=key))
    for key, (is_usable, fault) in _CHECKS.items():
        if key in stated and not is_usable(stated[key], region):
            raise InputRefused("sidecar_refused", f"{key} {fault}")
    if has_wrong_check_digit(stated.get("imei", "")):
        notices.append(Notice(code="sidecar_check_digit", subject="imei"))
    mappings = read_mappings(values[TABLE_KEY]) if TABLE_KEY in values else ()
    return Sidecar(**stated, table=mappings), tuple(notices)


def _table_of(path: Path) -> Mapping[str, object]:
    with path.open("rb") as file:
        raw = file.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise InputRefused("sidecar_refused", f"it is larger than {_MOST_BYTES // 1024} KiB")
    try:
        # Editors on Windows put a byte order mark in front, which TOML does not allow.
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused("sidecar_refused", "it is not UTF-8 text") from error
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _LINE.search(str(error))
        where = f"line {line[1]}" if line else "it"
        raise InputRefused("sidecar_refused", f"{where} is not TOML ({_WHAT_TOML_WANTS})") from None


def _text_of(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputRefused("sidecar_refused", f'{key} is not text in quotes (write {key} = "...")')
    text = value.strip()
    shown = text.replace("\n", " ").replace("\r", " ").replace("\t", " ") if key == _MULTILINE_KEY else text
    if not shown.isprintable():
        raise InputRefused("sidecar_refused", f"{key} holds characters that cannot be printed")
    return text


def _is_place(zone: str) -> bool:
    return zone_of(zone) is not None and zone.lower() not in _NO_PLACES and not zone.lower().startswith(_OTHER_CLOCKS)


_CHECKS: Final[Mapping[str, tuple[Callable[[str, str], bool], str]]] = {
    "time_zone": (lambda text, _: _is_place(text), "is not a time zone by its IANA name (such as Europe/London)"),
    "date_order": (lambda text, _: text in {DAY_FIRST, MONTH_FIRST}, f"is neither {DAY_FIRST} nor {MONTH_FIRST}"),
    "owner_number": (
        lambda text, region: to_e164(text, region) is not None,
        "is no telephone number (write it with its country code)",
    ),
    "imei": (lambda text, _: imei_key(text) is not None, "is not an IMEI, or a dummy that many handsets show"),
    "iccid": (lambda text, _: iccid_key(text) is not None, "is not the number of a SIM card, or a dummy"),
}
