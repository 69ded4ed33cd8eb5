"""``trapline doctor``: checks the machine, the settings and the stores."""

from __future__ import annotations

from typing import Final

import msgspec
import typer

from config.loading import effective_values
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, settings_with_origins
from ingest.doctor_checks import index_check, local_checks
from ingest.exit_codes import ExitCode
from ingest.printed.doctor_text import diagnosis_lines, setting_lines
from ingest.printed.output import print_json, print_lines
from ingest.running import run_async

EXAMPLE: Final = "trapline doctor --data case-data"


def run(
    ctx: typer.Context,
    *,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Check the machine, the settings and the stores, and print every setting with where it came from.

    Secrets are shown as ***. Changes nothing. Exit code 5 where the index cannot be used, 4 where another check fails.
    """
    settings, origins = settings_with_origins(ctx, data, index, settings_file)
    diagnoses = [*local_checks(settings)]
    of_index = run_async(lambda: index_check(settings))
    values = effective_values(settings)
    if as_json:
        rows = [{"key": key, "value": value, "origin": origins[key]} for key, value in values.items()]
        print_json({"settings": rows, "checks": msgspec.to_builtins([*diagnoses, of_index])})
    else:
        print_lines([*setting_lines(values, origins), "", *diagnosis_lines([*diagnoses, of_index])])
    if not of_index.is_sound:
        return ExitCode.NO_INDEX
    return ExitCode.WHOLE if all(diagnosis.is_sound for diagnosis in diagnoses) else ExitCode.PARTIAL
