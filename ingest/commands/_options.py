"""The options that verbs share, each declared once, and the settings and the selection that they lead to."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from config.loading import load_with_origins
from config.settings import IndexBackend, Settings
from ingest.boundary import Invocation
from ingest.report_since import Since, read_earlier
from ingest.selection import Selection, bound_of, instant_of, is_no_day


def named_path(text: str) -> Path:
    """Return the path of an argument; an empty one, as a variable that is not set leaves it, is not the working folder.

    Raises:
        typer.BadParameter: It is empty.
    """
    if not text:
        raise typer.BadParameter("is empty: name a path")
    return Path(text)


def existing_folder(text: str) -> Path:
    """Return the path of an argument that is a folder.

    Raises:
        typer.BadParameter: It is none.
    """
    path = named_path(text)
    if not path.is_dir():
        raise typer.BadParameter(f"{text} is no folder that is there")
    return path


DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        parser=named_path,
        metavar="DIR",
        help="Data folder. Default: TRAPLINE_DATA, else the settings file, else ./trapline-data.",
    ),
]
IndexOption = Annotated[
    IndexBackend | None,
    typer.Option(
        "--index", metavar="embedded|elastic", help="Index. Elasticsearch is where TRAPLINE_ELASTIC_URL says."
    ),
]
SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--settings", parser=named_path, metavar="FILE", help="Settings file (TOML). Default: TRAPLINE_SETTINGS."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
CaseOption = Annotated[
    list[str] | None, typer.Option("--case", metavar="REF", help="Only this case; may be given several times.")
]
ExhibitOption = Annotated[
    list[str] | None, typer.Option("--exhibit", metavar="REF", help="Only this exhibit; may be given several times.")
]
FromOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="WHEN",
        help="Only from this day or time on: 2020-05-18, 18/05/2020 (day first), 7d (7 days ago), 2020-05-18T21:00Z.",
    ),
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="WHEN", help="Only up to the end of this day, or before this time.")
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", parser=named_path, metavar="FILE", help="Write to this file. Default: standard output."),
]


def settings_of(
    ctx: typer.Context, data: Path | None = None, index: IndexBackend | None = None, settings_file: Path | None = None
) -> Settings:
    """Return the settings that file, environment and command line add up to.

    Raises:
        SettingsError: One of them cannot be used.
    """
    return settings_with_origins(ctx, data, index, settings_file)[0]


def settings_with_origins(
    ctx: typer.Context, data: Path | None = None, index: IndexBackend | None = None, settings_file: Path | None = None
) -> tuple[Settings, dict[str, str]]:
    """As ``settings_of``, with the place that each value came from.

    Raises:
        SettingsError: One of them cannot be used.
    """
    invocation: Invocation = ctx.obj
    overrides = {"data_dir": data, "index.backend": index}
    settings, origins = load_with_origins(settings_file, invocation.environ, overrides)
    invocation.data_dir = settings.data_dir
    return settings, origins


def selection_of(
    settings: Settings,
    case: list[str] | None = None,
    exhibit: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Selection:
    """Return what the filters of the command line narrow a verb to.

    Raises:
        typer.BadParameter: ``--from`` or ``--to`` is no time, or the one lies behind the other.
    """
    zone = settings.parsers.default_time_zone
    first, end = _bound("--from", since, zone), _bound("--to", until, zone, is_end=True)
    if first is not None and end is not None and instant_of(end) <= instant_of(first):
        raise typer.BadParameter("lies before --from: nothing can be in that period", param_hint="--to")
    return Selection(cases=tuple(case or ()), exhibits=tuple(exhibit or ()), since=first, until=end)


def instant_of_option(settings: Settings, option: str, text: str | None) -> str | None:
    """Return the instant that an option states; None where it was not given.

    Raises:
        typer.BadParameter: It is no time.
    """
    return _bound(option, text, settings.parsers.default_time_zone)


def since_of_option(settings: Settings, text: str | None) -> Since | None:
    """Return what ``--since`` names: an instant, or the earlier report in a file; None where it was not given.

    Raises:
        EarlierReportRefused: It is a file, and no report.
        typer.BadParameter: It is neither.
    """
    if text is not None and Path(text).is_file():
        return read_earlier(Path(text))
    return _bound("--since", text, settings.parsers.default_time_zone, or_else=", and no file that is there")


def _bound(option: str, text: str | None, zone: str, *, is_end: bool = False, or_else: str = "") -> str | None:
    if text is None:
        return None
    try:
        return bound_of(text.strip(), zone, is_end=is_end)
    except ValueError:
        if is_no_day(text.strip()):
            raise typer.BadParameter(
                f"{text.strip()} is no day of the calendar: name a day that there is", param_hint=option
            ) from None
        raise typer.BadParameter(
            "is neither a day (2020-05-18, 18/05/2020 with the day first, 7d for seven days ago) nor a time"
            f" (2020-05-18T21:00Z){or_else}",
            param_hint=option,
        ) from None


class Kind(StrEnum):
    """The kinds of record."""

    MESSAGE = "message"
    CALL = "call"
    CONTACT = "contact"
    ACCOUNT = "account"
    SIM = "sim"
    DEVICE = "device"


KindOption = Annotated[
    list[Kind] | None, typer.Option("--kind", help="Only records of this kind; may be given several times.")
]


def kinds_of(kinds: list[Kind] | None) -> tuple[str, ...]:
    """Return the names of the kinds that are asked for; empty: all."""
    return tuple(kind.value for kind in kinds or ())
