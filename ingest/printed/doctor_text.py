"""What ``doctor`` found, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.diagnoses import Diagnosis
from ingest.printed.output import table_lines, visible


def setting_lines(values: Mapping[str, str], origins: Mapping[str, str]) -> Iterator[str]:
    """Yield every setting with its value and where it came from."""
    yield from table_lines(
        ("setting", "value", "from"), [(key, value or '""', origins[key]) for key, value in values.items()]
    )


def diagnosis_lines(diagnoses: Sequence[Diagnosis]) -> Iterator[str]:
    """Yield one line a check, and its remedy where it is not sound."""
    for diagnosis in diagnoses:
        yield visible(f"{'ok' if diagnosis.is_sound else 'NOT OK':<7} {diagnosis.name}: {diagnosis.detail}")
        if diagnosis.remedy and not diagnosis.is_sound:
            yield visible(f"        {diagnosis.remedy}")
